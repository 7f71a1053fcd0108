"""A page in marked lines becomes a document, and every renderer writes all that is in it."""

from __future__ import annotations

import io

import pytest
from docx import Document as WordDocument
from jinja2 import UndefinedError

from siptrack.rendering import template
from siptrack.rendering.kept import write_document
from siptrack.rendering.model import (
    ColumnHead,
    Drawing,
    Fold,
    Grid,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Picture,
    RowGroup,
    Section,
)
from siptrack.rendering.template import parsed

PAGE = """
# A title

> Keep this
  as records are kept.

First sentence.
It goes on.

Another one.
! Careful
!! Wrong
~ To be skipped
## Groups
### Boys
- One
  - of it
- Two
#### Deeper
|: By class
| Class | Then<br>and now | Room |
|---|--:|_20|
|> Year 5
| 5K | 12<br>13 | |
|> Year 6
| 6K | 3 | |
* chart | The chart | Two marks, one higher
+++ Where they stand
- A cell
+++
"""
DRAWN = Drawing(10, 5, "<rect/>")
DOCUMENT = parsed(PAGE, "Rules: x.", drawings={"chart": DRAWN})
FORMS = ("table", "markdown", "html")


def written(form):
    text = write_document(DOCUMENT, form, width=None, colour=False)
    return text.decode() if isinstance(text, bytes) else text


def test_each_mark_makes_its_part():
    table = Grid(
        "By class",
        (ColumnHead("Class"), ColumnHead(("Then", "and now"), numbers=True), ColumnHead("Room", room=20)),
        (RowGroup("Year 5", (("5K", ("12", "13"), ""),)), RowGroup("Year 6", (("6K", "3", ""),))),
    )

    assert DOCUMENT.title == "A title"
    assert DOCUMENT.ruler == "Rules: x."
    assert DOCUMENT.notice == "Keep this as records are kept."
    assert DOCUMENT.sections == (
        Section(
            "",
            (
                Notice("Keep this as records are kept."),
                Paragraph("First sentence. It goes on."),
                Paragraph("Another one."),
                Paragraph("Careful", "warning"),
                Paragraph("Wrong", "error"),
                Paragraph("To be skipped", "quiet"),
            ),
        ),
        Section(
            "Groups",
            (
                Heading("Boys"),
                Items((Item("One"), Item("of it", 1), Item("Two"))),
                Heading("Deeper", 1),
                table,
                Picture("The chart", "Two marks, one higher", DRAWN),
                Fold("Where they stand", (Items((Item("A cell"),)),)),
            ),
        ),
    )


def test_a_table_without_a_caption_has_the_title_of_its_section():
    (section,) = parsed("## Groups\n| Class |\n|---|\n| 5K |\n", "").sections

    assert section.parts[0].caption == "Groups"
    assert section.parts[0].groups == (RowGroup("", (("5K",),)),)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "said",
    [
        *("A title", "Another one.", "Careful", "Wrong", "To be skipped", "Groups", "Boys", "One", "of it", "Two"),
        *("Deeper", "By class", "Year 5", "5K", "Year 6", "6K", "Two marks, one higher", "Where they stand", "A cell"),
        "Rules: x.",
    ],
)
def test_every_form_says_all_of_it(form, said):
    assert said in written(form)


def test_word_says_all_of_it_too():
    document = WordDocument(io.BytesIO(write_document(DOCUMENT, "docx", width=None, colour=False)))
    said = [one.text for one in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    assert {"A title", "Another one.", "Groups", "Boys", "One", "of it", "Where they stand", "A cell"} <= set(said)
    assert {"Class", "5K", "6K"} <= set(cells)


def test_on_a_screen_what_leads_a_part_stands_apart_and_what_belongs_to_it_is_set_in():
    lines = written("table").split("\n")

    assert lines[lines.index("Boys") + 1 : lines.index("Boys") + 4] == ["  One", "    of it", "  Two"]
    year = next(at for at, line in enumerate(lines) if line.startswith("Year 5"))
    assert lines[year + 1].startswith("  5K")
    assert "Keep this" not in written("table")


def test_what_a_school_writes_is_text_and_never_a_mark(tmp_path, monkeypatch):
    (tmp_path / "page.jinja").write_text("{{ word }}\n\n- {{ word }}\n| A |\n|---|\n| {{ word }} |\n", encoding="utf-8")
    monkeypatch.setattr(template, "_environment", lambda: _strict(tmp_path))
    word = "# not <br> a | mark - > ! ~ \r\n\n## nor\tthis"
    shown = "# not <br> a | mark - > ! ~ ## nor this"

    (section,) = template.document("page.jinja", "", word=word).sections

    paragraph, items, table = section.parts
    assert paragraph == Paragraph(shown)
    assert items == Items((Item(shown),))
    assert table.groups[0].rows == ((shown,),)


@pytest.mark.parametrize(("view", "error"), [({}, UndefinedError), ({"word": None}, TypeError)])
def test_what_is_not_given_or_is_nothing_is_a_fault_and_never_said(tmp_path, monkeypatch, view, error):
    (tmp_path / "page.jinja").write_text("{{ word }}", encoding="utf-8")
    monkeypatch.setattr(template, "_environment", lambda: _strict(tmp_path))

    with pytest.raises(error):
        template.document("page.jinja", "", **view)


def _strict(folder):
    from siptrack.rendering.templates import environment

    return environment([folder], template._sheltered)
