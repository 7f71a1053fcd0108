"""The pack for the pupil progress meetings: who has room, who a line, in which order, and that nobody is missing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from providing import with_provision
from registers import register, term, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.documents.meeting.sheets import meeting_sheets
from siptrack.documents.meeting.view import Need, SubjectRaised, meeting_document, meeting_pack
from siptrack.rendering.kept import write_document
from siptrack.rendering.template import sentence
from siptrack.school.actions import ACTIONS

CLASS = """
pupil | year group | class | fsm | sen | Summer 2008 | Summer 2009 | maths Summer 2008 | maths Summer 2009
Ann   | 4          | 4A    | fsm | sen | 2b          | 2b          | 2b                | 2b
Bob   | 4          | 4A    | .   | .   | 4c          | 4c          | 3b                | 4c
Cat   | 4          | 4A    | .   | .   | 1a          | 2a          | 3b                | 4c
Dan   | 4          | 4A    | .   | .   | .           | 3a          | .                 | 3a
Eve   | 4          | 4A    | .   | .   | 3c          | 3a          | 3c                | 3a
Fay   | 4          | 4A    | .   | .   | 2a          | 2a          | 3b                | 4c
Gus   | 4          | 4A    | .   | .   | 3c          | 3a          | 3c                | A
Hal   | 4          | .     | .   | .   | 3c          | 3a          | 3c                | 3a
Ivy   | 0          | R/1   | .   | .   | .           | .           | .                 | .
Joe   | 1          | R/1   | .   | .   | .           | .           | .                 | .
"""
WORDS = "meeting/words.jinja"
SUMMER = term("Summer 2009")
AUTUMN, SPRING = term("Autumn 2008").number, term("Spring 2009").number
TERMS = "Autumn 2024 | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026"
MARKED = f"""
pupil | year group | class | {TERMS} | {" | ".join(f"maths {name}" for name in TERMS.split(" | "))}
Weak  | 4          | 4A    | EXS | EXS | EXS | EXS | EXS | WTS | EXS | EXS | EXS | EXS | EXS | WTS
Sure  | 4          | 4A    | GDS | GDS | GDS | GDS | EXS | WTS | EXS | EXS | EXS | EXS | EXS | EXS
"""


def rules_with(**meeting):
    usual = usual_rules()
    return usual._replace(meeting=usual.meeting._replace(**meeting))


def agreed(action, when, pupil="Ann", **more):
    row = {**dict.fromkeys(ACTIONS.names, ""), "pupil": pupil, "term": when, "action": action, "due": None}
    return {**row, "file": "Actions.xlsx", "row": len(action), "subjects": "reading", **more}


def of(table=CLASS, *, actions=(), given="", when=SUMMER, scale="nc-levels", filters=Filters(), **rules):  # noqa: B008
    """An analysis of a table, of actions and of provision, and the rules."""
    whole = with_provision(table, given, scale) if given else register(table, scale=scale)
    frame = pd.DataFrame(list(actions), columns=ACTIONS.names).astype({"term": "float64", "due": "float64"})
    return analyse(replace(whole, actions=frame), usual_rules(), when, filters), rules_with(**rules)


def page(*args, form="table", **more):
    return write_document(meeting_document(*of(*args, **more)), form, width=None, colour=False)


def meeting_of(name, *args, **more):
    return next(meeting for meeting in meeting_pack(*of(*args, **more)).meetings if meeting.name == name)


ACTIONS_OF_ANN = (
    agreed("Old", AUTUMN, who="Ms Ash"),
    agreed("New", SPRING, by_when="2009-07-03", outcome="Reads more"),
    agreed("Shared", None, who="Ms Ash", by_when="July", subjects=""),
    agreed("Gone on", SPRING, "Eve", status="done"),
    agreed("Of no subject", SPRING, "Dan", subjects=""),
)
GIVEN = """
    pupil | intervention | subject | from        | to          | planned | attended
    Ann   | Boost        | reading | Spring 2009 | Summer 2009 | 20      | 4
    Ann   | Talk         | .       | Spring 2009 | .           | .       | .
    Ann   | Earlier      | reading | Autumn 2007 | Summer 2008 | 20      | 4
"""


def every_page():
    """Every branch of the templates."""
    for analysis, rules in (
        of(actions=ACTIONS_OF_ANN, given=GIVEN, strips=3),
        of(strips=0),
        of(MARKED, scale="teacher-assessment", when=term("Summer 2026"), strips=1),
        of(filters=Filters(classes=frozenset({"4A"}))),
    ):
        yield write_document(meeting_document(analysis, rules), "table", width=None, colour=False)
        yield meeting_sheets(analysis, rules)


def test_the_children_stand_in_the_one_rank_and_each_stands_once():
    four = meeting_of("4A")

    assert [(child.name, child.need) for child in four.children] == [
        ("Ann", Need.INSUFFICIENT),
        ("Fay", Need.INSUFFICIENT),
        ("Bob", Need.INSUFFICIENT),
        ("Cat", Need.BELOW),
        ("Gus", Need.LOOK_AT),
        ("Dan", Need.CANNOT_TELL),
        ("Eve", Need.KEEPING_UP),
    ]


def test_so_many_have_room_as_the_rules_say_the_others_named_a_line_and_nobody_is_missing():
    four = meeting_of("4A", strips=2)

    assert [child.name for child in four.strips] == ["Ann", "Fay"]
    assert [child.name for child in four.lines] == ["Bob"]
    rest = {need: [child.name for child in children] for need, children in four.rest.items()}
    assert rest == {
        Need.BELOW: ["Cat"],
        Need.LOOK_AT: ["Gus"],
        Need.CANNOT_TELL: ["Dan"],
        Need.KEEPING_UP: ["Eve"],
    }


def test_where_few_are_named_others_to_raise_have_room_and_those_with_nothing_to_raise_never():
    assert [child.name for child in meeting_of("4A", strips=8).strips] == ["Ann", "Fay", "Bob", "Cat", "Gus"]


def test_classes_stand_by_year_group_and_children_without_one_in_the_last():
    pack = meeting_pack(*of())

    assert [(meeting.name, list(meeting.years)) for meeting in pack.meetings] == [
        ("R/1", ["Reception", "Year 1"]),
        ("4A", ["Year 4"]),
        ("", ["Year 4"]),
    ]
    assert sorted(child.name for meeting in pack.meetings for child in meeting.children) == [
        *("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus", "Hal", "Ivy", "Joe")
    ]


def test_the_strongest_marks_come_first_and_the_number_stands_behind_the_grades():
    (four,) = meeting_pack(*of(MARKED, scale="teacher-assessment", when=term("Summer 2026"))).meetings
    sure, weak = four.children
    text = page(MARKED, scale="teacher-assessment", when=term("Summer 2026"))

    assert (sure.name, weak.name) == ("Sure", "Weak")
    assert (sure.raised[0].behind or 0) > (weak.raised[0].behind or 0)
    assert "Reading: GDS GDS GDS GDS → EXS → WTS (" in text
    assert "Also: maths EXS" in text


def test_grades_go_back_no_further_than_the_number_does():
    rules = usual_rules()
    few = rules._replace(evidence=rules.evidence._replace(terms=2))
    analysis, _ = of(MARKED, scale="teacher-assessment", when=term("Summer 2026"))
    (four,) = meeting_pack(analysis, few).meetings

    assert [list(subject.grades) for subject in four.children[0].raised] == [["EXS", "WTS"]]


def test_a_strip_has_the_groups_the_help_of_this_year_and_a_question():
    text = page(given=GIVEN)

    assert "FSM, SEN" in text
    assert "Boost (reading), 4 of 20 sessions; Talk." in " ".join(text.split())
    assert "Earlier" not in text
    assert "No help on record." in text
    assert "No help on record." not in page()


def test_last_meetings_actions_come_first_with_what_came_of_them_and_older_ones_are_counted():
    four = meeting_of("4A", actions=ACTIONS_OF_ANN)
    kept = {action.row.action for _, action in four.agreed if action.last}
    text = " ".join(page(actions=ACTIONS_OF_ANN).split())

    assert kept == {"New", "Shared", "Gone on", "Of no subject"}
    assert four.older == 1
    assert text.index("First, what was agreed last time") < text.index("To talk about")
    for words in (
        "Reading: New (by 3 July 2009)",
        "Reads more.",
        "Reading 2b → 2b, named now",
        "Done. Reading 3c → 3a",
    ):
        assert words in text
    assert "1 older action without an outcome: siptrack since" in text


def test_without_actions_nothing_is_said_of_last_time():
    assert "last time" not in page()


def test_the_working_groups_hold_each_child_once_a_subject():
    four = meeting_of("4A")
    pack = meeting_pack(*of())

    for at, subject in enumerate(pack.subjects):
        names = [name for row in four.grid for name in row.names[at]]
        assert sorted(names) == ["Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus"], subject


def test_a_sheet_has_a_row_for_each_child_room_in_strips_and_the_columns_that_are_read_back():
    groups, _, four, _ = meeting_sheets(*of(actions=ACTIONS_OF_ANN, strips=2))
    titles = [heading.title for heading in four.headings]
    says = {row[0]: row[1].split("\n") for row in four.rows}

    assert groups.key == "working_groups"
    assert len(four.rows) == 7
    assert len(four.lines) == 2
    read = usual_rules().actions
    assert set(read.own) <= set(titles)
    for column in ("key", "barrier", "action", "who", "by_when", "outcome", "status"):
        assert set(titles) & set(read.headings[column]), column
    assert any(line.startswith("Agreed last time: Reading: New") for line in says["Ann"])
    assert says["Ann"][-1] == "Reading: 2b 2b (early); Maths: 2b 2b (early)"
    assert says["Dan"][-1] == "Cannot tell yet"
    assert says["Gus"] == ["Something else to look at: Maths: A"]


def test_what_is_printed_of_a_sheet_can_be_read():
    """Excel makes a print smaller until its columns fit: 12 points stay over 9, what people write in near 11."""
    (_, _, four, _) = meeting_sheets(*of())
    pixels = sum(7 * (1.1 * heading.narrowest + 2.5) + 5 for heading in four.headings if heading.printed)
    scale = (297 - 2 * 0.4 * 25.4) / 25.4 * 72 / (pixels * 0.75)

    assert 12 * scale >= 9
    assert 14 * scale >= 10.9


@pytest.mark.parametrize("form", ["html", "table"])
def test_a_page_of_every_kind_can_be_written(form):
    text = page(actions=ACTIONS_OF_ANN, given=GIVEN, strips=2, form=form)

    assert "4A (Year 4)" in (text.decode() if isinstance(text, bytes) else text)


NOTED = """
pupil | year group | class | Summer 2007 | Spring 2008 | Autumn 2008 | Spring 2009 | Summer 2009 | maths Spring 2009
Stays | 4          | 4A    | 2b          | 2b          | 2b          | 2b          | 2b          | .
Left  | 4          | 4A    | 2b          | 2b          | 2b          | 2b          | 3a          | 2b
"""


def test_what_came_of_an_action_says_who_is_still_named_and_who_is_no_longer():
    actions = [agreed("Read", SPRING, "Stays"), agreed("Write", SPRING, "Left")]
    text = " ".join(page(NOTED, actions=actions).split())

    assert "Reading 2b → 2b, still named" in text
    assert "Reading 2b → 3a, no longer named" in text


def test_a_newer_grade_stands_beside_and_without_any_grade_that_is_said():
    newer = SubjectRaised("Maths", ["EXS", ""], 91.2, early=False, newer="Summer 2026: EXS")

    assert sentence("journey", newer, template=WORDS) == "Maths: EXS → no grade (91), Summer 2026: EXS"
