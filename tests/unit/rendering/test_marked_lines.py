"""A document from the marked lines of its template."""

from __future__ import annotations

import io

import docx
import pytest

from siptrack.rendering.html.pages import as_html
from siptrack.rendering.markdown import as_markdown
from siptrack.rendering.model import ColumnHead, Drawing, Grid, Item, Items, Paragraph, Picture
from siptrack.rendering.template import parsed
from siptrack.rendering.terminal import as_text
from siptrack.rendering.word.document import as_word

DRAWING = Drawing(640, 228, '<circle r="5"/>')


def parts(text):
    return parsed(text, "", drawings={"reading": DRAWING}).sections[0].parts


def test_lines_below_each_other_are_one_paragraph_and_an_empty_line_ends_it():
    assert parts("One\nand two.\n\nThree.") == (Paragraph("One and two."), Paragraph("Three."))


@pytest.mark.parametrize(("line", "tone"), [("! a", "warning"), ("!! a", "error"), ("~ a\n  b", "quiet")])
def test_a_mark_leads_a_tone(line, tone):
    assert parts(line)[0].tone == tone


def test_a_mark_that_is_part_of_a_word_is_none():
    assert parts("-5 points\n\n#1 of all") == (Paragraph("-5 points"), Paragraph("#1 of all"))


def test_an_item_that_is_set_in_belongs_to_the_one_before_it():
    assert parts("- one\n  - of it\n- two") == (Items((Item("one"), Item("of it", 1), Item("two"))),)


def test_a_table_has_numbers_and_room_to_write_and_goes_on_after_an_empty_line():
    table, other = parts(
        "|: Caption\n| Name | From<br>line | Agreed |\n|---|--:|_30|\n| a | 1 | |\n\n| b | 2 | |\n"
        "|: Other\n| Name |\n|---|\n| c |"
    )

    assert isinstance(table, Grid)
    assert table.heads == (
        ColumnHead("Name"),
        ColumnHead(("From", "line"), numbers=True),
        ColumnHead("Agreed", room=30),
    )
    assert table.groups[0].rows == (("a", "1", ""), ("b", "2", ""))
    assert (table.caption, table.room, other.caption) == ("Caption", True, "Other")


def test_a_picture_is_drawn_where_it_can_be_and_said_where_not():
    made = parsed("# Title\n* reading | Reading | 1b, then 2a.", "", drawings={"reading": DRAWING})

    assert made.sections[0].parts == (Picture("Reading", "1b, then 2a.", DRAWING),)
    assert "Reading. 1b, then 2a." in as_text(made, width=None, colour=False)
    assert "Reading. 1b, then 2a." in as_markdown(made)
    assert "Reading. 1b, then 2a." in [one.text for one in docx.Document(io.BytesIO(as_word(made))).paragraphs]
    assert DRAWING.shapes in as_html(made).decode()


def test_items_of_an_item_are_set_in_on_paper_too():
    made = parsed("# Title\n- one\n  - of it", "")

    written = docx.Document(io.BytesIO(as_word(made))).paragraphs
    assert [(one.text, one.style.name) for one in written[1:3]] == [("one", "List Bullet"), ("of it", "List Bullet 2")]


def test_what_leads_a_part_stands_apart_from_what_is_before_it_and_not_from_what_leads_it():
    made = parsed("# Title\n## A\n### b\n### c\n- d\n### e\n- f", "")

    assert as_text(made, width=None, colour=False) == "Title\n\nA\nb\nc\n  d\n\ne\n  f\n"
