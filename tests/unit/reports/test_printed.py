"""A document for people says the same in every form, with what its reader must know first where it is kept."""

from __future__ import annotations

import io
from zipfile import ZipFile

import docx
import pytest

from siptrack.rendering import styles
from siptrack.rendering.markdown import as_markdown
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.reports.printed import Printed, printed_text, write_printed
from siptrack.rules.load import load

NOTICE = "This names children."
SAID = ("Every child", "All of them.", "4K", "Lark, Bo", "Reading: 2a", "Class", "4K & 5R", "17")


def _put(page: Page) -> None:
    page.heading("Every child")
    page.say("All of them.")
    page.say("4K", style=styles.CLASS)
    page.say("Lark, Bo", indent=2, style=styles.STRONG)
    page.say("Reading: 2a", indent=4)
    page.gap()
    page.table([ColumnHead("Class"), ColumnHead("Children", numbers=True)], [["4K & 5R", "17"]])


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed("A document", _put, load(), NOTICE)


def _plain(printed: Printed, form: str) -> str:
    """All words of a document in a form, without their marks."""
    content = write_printed(printed, form, width=None, colour=False)
    if isinstance(content, str):
        return content.replace("\\", "")
    if form == "docx":
        content = ZipFile(io.BytesIO(content)).read("word/document.xml")
    return content.decode("utf-8").replace("&amp;", "&")


@pytest.mark.parametrize("form", ["table", "markdown", "html", "docx"])
def test_everything_put_on_it_is_in_each_form_with_the_rules_it_rests_on(printed, form):
    words = _plain(printed, form)

    assert [one for one in ("A document", *SAID, printed.document.ruler) if one not in words] == []


@pytest.mark.parametrize(("form", "told"), [("table", False), ("markdown", True), ("html", True), ("docx", True)])
def test_what_to_know_before_passing_it_on_stands_where_it_is_kept_and_not_on_the_screen(printed, form, told):
    assert (NOTICE in _plain(printed, form)) is told


def test_a_child_stands_under_the_class_and_the_class_under_the_section(printed):
    lines = as_markdown(printed.document).splitlines()

    assert [line for line in lines if line.startswith("#")] == [
        "# A document",
        "## Every child",
        "### 4K",
        "#### Lark, Bo",
    ]
    assert r"| 4K \& 5R | 17 |" in lines


def test_text_is_folded_to_a_screen_and_not_in_a_pipe(printed):
    narrow = printed_text(printed, width=30, colour=False)

    assert max(map(len, narrow.splitlines())) <= 30
    assert printed.document.ruler in printed_text(printed, width=None, colour=False)


@pytest.mark.parametrize("form", ["html", "docx"])
def test_the_same_document_is_the_same_bytes(printed, form):
    assert write_printed(printed, form, width=None, colour=False) == write_printed(
        printed, form, width=None, colour=False
    )


def test_a_table_that_people_write_in_keeps_its_empty_rows_wide_and_high():
    room = [ColumnHead("What", room=60), ColumnHead("Who", room=20)]
    printed = Printed("To write", lambda page: page.table(room, [["", ""], ["One", ""]]), load())
    (table,) = docx.Document(io.BytesIO(write_printed(printed, "docx", width=None, colour=False))).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [["What", "Who"], ["", ""], ["One", ""]]
    assert table.columns[0].width > 2 * table.columns[1].width
    assert table.rows[0].height is None
    assert table.rows[1].height.mm > 10
    assert '<table class="room">' in _plain(printed, "html")
