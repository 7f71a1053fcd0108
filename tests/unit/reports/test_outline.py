"""A report put down as sections, sentences and tables."""

from siptrack.rendering.model import ColumnHead, Grid, Heading, Item, Items, Paragraph, RowGroup
from siptrack.reports.outline import Outline, outlined

SUBJECT = ColumnHead("Subject")
COUNT = ColumnHead("Count", numbers=True)


def test_what_stands_before_the_first_title_has_none():
    sections = outlined(lambda on: (on.say("Read 2 files."), on.heading("Groups"), on.say("Nothing.")))

    assert [section.title for section in sections] == ["", "Groups"]
    assert sections[0].parts == (Paragraph("Read 2 files."),)


def test_sentences_set_in_belong_to_one_list_and_bold_leads():
    outline = Outline()
    outline.say("5K", style="bold cyan")
    outline.say("One", indent=2)
    outline.say("Two", indent=4)
    outline.say("Careful", style="yellow")

    (section,) = outline.sections()
    assert section.parts == (Heading("5K"), Items((Item("One"), Item("Two"))), Paragraph("Careful", "warning"))


def test_a_table_s_caption_is_what_was_said_in_bold_before_it_else_the_title():
    outline = Outline()
    outline.heading("Gaps")
    outline.table([SUBJECT, COUNT], [["Reading", "3"]])
    outline.say("Insufficient", style="bold")
    outline.table([SUBJECT, COUNT], [["Maths", "4"]])

    first, second = outline.sections()[0].parts
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert (first.caption, second.caption) == ("Gaps", "Insufficient")


def test_a_line_with_a_label_alone_begins_a_group_of_rows_and_ends_with_the_indent():
    outline = Outline()
    outline.table([SUBJECT, COUNT], [["All", "9"], ["Gender", ""], ["  Girls", "4"], ["  Boys", "5"], ["None", "0"]])

    (grid,) = outline.sections()[0].parts
    assert isinstance(grid, Grid)
    assert grid.groups == (
        RowGroup("", (("All", "9"),)),
        RowGroup("Gender", (("Girls", "4"), ("Boys", "5"))),
        RowGroup("", (("None", "0"),)),
    )


def test_nothing_is_made_harmless_twice():
    outline = Outline()
    outline.say("<b>\x1b[31m")

    assert outline.sections()[0].parts == (Paragraph("<b>\x1b[31m"),)
