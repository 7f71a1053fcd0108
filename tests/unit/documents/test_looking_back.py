"""The page of a look back: each sentence where it belongs, and none where it would be wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from providing import with_provision
from registers import Term, register, term, usual_rules
from siptrack.analysis.analyse import Filters
from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.by_noise import ByNoise
from siptrack.cycle.since import look_back
from siptrack.cycle.since_tables import Came, OnList
from siptrack.documents.since.looked_back import Effect
from siptrack.documents.since.view import since_document
from siptrack.rendering.model import Grid, Heading, Items, Notice, Paragraph
from siptrack.rendering.template import sentence
from siptrack.rendering.terminal import as_text
from siptrack.school.actions import ACTIONS
from siptrack.school.term import Season

# One term is noise: of nobody here can progress be told.
TOO_SOON = "pupil | year group | class | Spring 2009 | Summer 2009\nAnn | 4 | 4T | 2a | 3c\nBob | 4 | 4T | 3c | 3b"
KEEPING_UP = "pupil | year group | class | Summer 2008 | Summer 2009\nAnn | 4 | 4T | 2a | 3b\nBob | 4 | 4T | 2a | 3b"
SCHOOL = """
    pupil      | year group | class | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026 | left after
    Stay, Ann  | 4          | 4T    | GDS         | EXS         | EXS         | EXS         |
    Long, Bea  | 4          | 4T    | GDS         | EXS         | EXS         | WTS         |
    Join, Cai  | 4          | 4T    | EXS         | EXS         | EXS         | WTS         |
    Left, Dee  | 4          | 4T    | EXS         | WTS         | WTS         | EXS         |
    Gone, Eve  | 5          |       | EXS         | WTS         | WTS         | .           | Spring 2026
    Here, Fay  | 5          | Owls  | EXS         | WTS         | WTS         | A           |
    Away, Gus  | 5          | Owls  | EXS         | EXS         | A           | WTS         |
    New, Hal   | 5          | Owls  | EXS         | EXS         | .           | WTS         |
    Well, Ida  | 5          | Owls  | EXS         | EXS         | EXS         | EXS         |
"""
SPRING = Term(2025, Season.SPRING)
SOON = usual_rules()._replace(actions=usual_rules().actions._replace(long=2))  # two terms in a row are long


def agreed(*actions):
    usual = {**dict.fromkeys(ACTIONS.names, ""), "term": SPRING.number, "due": None, "file": "Actions.xlsx"}
    rows = [{**usual, "row": at, "action": "Read daily", **action} for at, action in enumerate(actions, 2)]
    return pd.DataFrame(rows, columns=ACTIONS.names).astype({"term": "float64", "due": "float64", "row": "int64"})


def school(*actions, table=SCHOOL, scale="teacher-assessment", rules=None, **asked):
    written = register(table, scale=scale)
    if actions:
        written = replace(written, actions=agreed(*actions))
    return page(look_back(written, usual_rules(), **asked), rules=rules)


def page(since, *, rules=None, every=False):
    return since_document(since, rules or usual_rules(), every=every)


def lines(document):
    return as_text(document, width=None, colour=False).splitlines()


def under(document, title):
    """The parts of a section, the words of each."""
    (section,) = [one for one in document.sections if one.title.startswith(title)]
    said = []
    for part in section.parts:
        if isinstance(part, Items):
            said += ["  " * item.depth + item.words for item in part.items]
        elif not isinstance(part, Grid):
            said.append(part.words)
    return said


def titles(document):
    return [section.title for section in document.sections if section.title]


def since_words(macro, *view):
    return sentence(macro, *view, template="since/words.jinja")


def test_it_is_named_by_both_terms_and_says_that_it_names_children():
    document = school()

    assert document.title == "Since Spring 2026: Summer 2026 (school year 2025-26)"
    assert document.notice.startswith("This report names children.")


def test_every_part_of_the_list_has_its_section_and_each_child_a_sentence():
    document = school()

    assert titles(document) == [
        "What was agreed, and what came of it: no action",
        "The list, then and now",
        "Stayed on the list less long: 2 children",
        "Joined the list: 1 child",
        "Left the list: 1 child",
        "Neither joined nor left",
    ]
    assert under(document, "Stayed")[1:] == [
        "4T (Year 4): 2 children",
        "Long, Bea",
        (
            "Reading (98 in 100), 2 terms in a row since Spring 2026: GDS in Summer 2025, WTS now; keeping the "
            "same band was expected, 2 bands were lost."
        ),
        "Stay, Ann",
        (
            "Reading (48 in 100), 2 terms in a row since Spring 2026: GDS in Summer 2025, EXS now; keeping the same "
            "band was expected, one band was lost."
        ),
    ]
    assert under(document, "Joined")[0].startswith("Progress could be told in Spring 2026 and was not insufficient.")
    assert under(document, "Left")[0].startswith("Progress can be told now and is not insufficient.")


def test_those_who_neither_joined_nor_left_stand_apart_with_why():
    apart = under(school(from_term=SPRING), "Neither")

    assert apart == [
        "On the list now; progress could not be told in Spring 2026 (no result this term): 2 children",
        "Away, Gus (Owls): reading",
        "New, Hal (Owls): reading",
        "On the list in Spring 2026; progress cannot be told now (no result this term): 1 child",
        "Here, Fay (Owls): reading",
        "On the list in Spring 2026; has left the school: 1 child",
        "Gone, Eve: reading",
    ]


NEW = """
    pupil | year group | Summer 2025 | Autumn 2025 | Summer 2026 | maths Autumn 2025 | maths Summer 2026
    Ann   | 4          | EXS         | EXS         | EXS         | .                 | .
    New   | 4          | .           | EXS         | WTS         | EXS               | WTS
"""


def test_who_had_no_result_by_then_is_new():
    document = school({"pupil": "New", "subjects": "reading", "term": None}, table=NEW, from_term=term("Summer 2025"))

    assert under(document, "Neither") == [
        "On the list now; no result by Summer 2025, so new to the school or to assessment: 1 child",
        "New: reading and maths",
    ]
    assert under(document, "What was agreed")[-1] == "  No result by then, on it now (WTS now)."
    (counts,) = [part for section in document.sections for part in section.parts if isinstance(part, Grid)]
    assert ("No", "result", "then") in [head.words for head in counts.heads]
    assert "A new school year began in between." in "\n".join(lines(document))


def test_the_table_counts_each_class_and_the_school_and_says_only_what_there_is():
    (counts,) = [part for section in school().sections for part in section.parts if isinstance(part, Grid)]
    heads = [head.words for head in counts.heads]

    assert heads == [
        *("Class", "Subject", ("Spring", "2026"), "Stayed", "Left"),
        *(("Not", "told", "now"), ("Left", "school"), "Joined", ("Not", "told", "then"), ("Summer", "2026")),
    ]
    (group,) = counts.groups
    assert group.rows == (
        ("All", "Reading", "5", "2", "1", "1", "1", "1", "2", "5"),
        ("4T", "Reading", "3", "2", "1", "0", "0", "1", "0", "3"),
        ("Year 5", "Reading", "1", "0", "0", "0", "1", "0", "0", "0"),
        (("Owls", "(Year 5)"), "Reading", "1", "0", "0", "1", "0", "0", "2", "2"),
    )


def test_of_one_class_there_is_no_total():
    document = school(filters=Filters(classes=frozenset({"4T"})))

    assert not [line for line in lines(document) if line.startswith("All ")]
    assert "Only class 4T." in lines(document)


def test_a_list_that_could_be_told_in_neither_term_is_not_said_to_be_empty():
    text = "\n".join(lines(school(table=TOO_SOON, scale="nc-levels")))

    assert "nobody can be said to have joined or left" in text
    assert "Nobody is on the list" not in text
    assert "The list, then and now" not in text


def test_a_list_that_could_be_told_in_one_term_is_empty_in_that_one():
    assert under(school(table=KEEPING_UP, scale="nc-levels"), "The list") == ["Nobody is on the list in Summer 2009."]


def test_a_list_that_could_be_told_in_both_terms_is_empty_in_both():
    table = "pupil | year group | Summer 2025 | Spring 2026 | Summer 2026\nAnn | 4 | EXS | EXS | EXS"

    assert under(school(table=table), "The list") == ["Nobody is on the list in Spring 2026 or in Summer 2026."]


def test_without_a_record_it_is_asked_for_and_nothing_is_said_to_be_missing_from_it():
    document = school()

    (asked,) = under(document, "What was agreed")
    assert asked.startswith("No record of actions is among the files. siptrack reads any sheet with a heading")


def test_an_action_stands_with_its_child_and_what_came_of_it():
    said = under(
        school(
            {
                "pupil": "Long, Bea",
                "subjects": "reading",
                "due": SPRING.number,
                "by_when": "2026-03-20",
                "who": "Ms Fern",
            },
            {"pupil": "Left, Dee", "barrier": "Vocabulary.", "outcome": "Reads with ease", "status": "done"},
            {"pupil": "Gone, Eve", "subjects": "reading, maths", "outcome": "Moved"},
            {"pupil": "Here, Fay", "term": None, "status": "stopped"},
            {"pupil": "Away, Gus", "due": 10**6},
            {"pupil": "Well, Ida", "term": Term(2025, Season.AUTUMN).number},
            {"pupil": "Well, Ida", "term": Term(2025, Season.SUMMER).number},
        ),
        "What was agreed, and what came of it: 6 actions for 6 children",
    )

    assert said[:3] == [
        (
            "By the record: 1 past its date and not said to be done, 1 without a date and not said to be done, 1 not "
            "due yet, 1 with an outcome written, 1 done, 1 stopped."
        ),
        (
            "4 of these children were on the list in Spring 2026: 1 is on it now, 1 has left it, 1 cannot be told now "
            "and 1 has left the school. Of the 2 others 1 is on it now. "
            "What came after an action need not have come from it."
        ),
        "1 more action was agreed in Summer 2026 or later: for next term's look back.",
    ]
    assert said[3:] == [
        "Past its date and not said to be done: 1 action",
        "4T (Year 4)",
        "Long, Bea",
        "Reading: Read daily (Ms Fern; by 20 March 2026; agreed in Spring 2026)",
        (
            "  On the list then, on it now, for 2 terms in a row (EXS in Spring 2026, WTS now; keeping the same band "
            "was expected, one band was lost)."
        ),
        "Without a date and not said to be done: 1 action",
        "Owls (Year 5)",
        "Well, Ida",
        "Read daily (agreed in Autumn 2025)",
        "  On the list in no subject, then or now.",
        "Not due yet: 1 action",
        "Owls (Year 5)",
        "Away, Gus",
        "Read daily (agreed in Spring 2026)",
        "  Reading: could not be told then, on it now (A in Spring 2026, WTS now).",
        "With an outcome written: 1 action",
        "Year 5",
        "Gone, Eve",
        "Maths and Reading: Read daily (agreed in Spring 2026)",
        "  Outcome: Moved.",
        "  Maths: could not be told then, has left the school.",
        "  Reading: on the list then, has left the school (WTS in Spring 2026).",
        "Done: 1 action",
        "4T (Year 4)",
        "Left, Dee",
        "Read daily (agreed in Spring 2026)",
        "  Barrier: Vocabulary. Outcome: Reads with ease. Status: done.",
        (
            "  Reading: on the list then, not on it now (WTS in Spring 2026, EXS now; keeping the same band was "
            "expected, one band was gained)."
        ),
        "Stopped: 1 action",
        "Owls (Year 5)",
        "Here, Fay",
        "Read daily (the record does not say when it was agreed)",
        "  Status: stopped.",
        "  Reading: on the list then, cannot be told now (WTS in Spring 2026, A now).",
    ]


def test_two_actions_for_a_child_stand_under_one_name():
    said = under(school({"pupil": "Long, Bea", "status": "done"}, {"pupil": "Long, Bea", "status": "done"}), "What was")

    assert said.count("Long, Bea") == 1
    assert said.count("Read daily (agreed in Spring 2026)") == 2


def test_a_child_who_left_and_was_on_no_list_is_said_to_have_left():
    table = SCHOOL.replace(
        "Gone, Eve  | 5          |       | EXS         | WTS         | WTS ",
        "Gone, Eve  | 5          |       | EXS         | EXS         | EXS ",
    )

    said = under(school({"pupil": "Gone, Eve"}, table=table), "What was agreed")
    assert "For a child who has left the school: 1 action" in said
    assert "  On the list in no subject then; has left the school." in said


def test_a_record_without_an_earlier_action_says_so():
    said = under(school({"pupil": "Ann", "term": Term(2025, Season.SUMMER).number}), "What was agreed")

    assert said[0] == "The record holds no action for these children that was agreed before Summer 2026."


def test_who_is_long_on_the_list_without_action_is_named_where_there_is_a_record():
    said = under(school({"pupil": "Long, Bea", "status": "done"}, rules=SOON), "On the list for 2 terms or more: 2")

    assert said[0].endswith("stands below the child. The record holds no action for 1 of them.")
    assert [line.strip() for line in said[1:]] == [
        "Long, Bea (4T)",
        (
            "Reading (98 in 100), 2 terms in a row since Spring 2026: GDS in Summer 2025, WTS now; keeping the "
            "same band was expected, 2 bands were lost."
        ),
        "Agreed: Read daily (done).",
        "Stay, Ann (4T)",
        (
            "Reading (48 in 100), 2 terms in a row since Spring 2026: GDS in Summer 2025, EXS now; keeping the same "
            "band was expected, one band was lost."
        ),
    ]
    assert not [line for line in lines(school(rules=SOON)) if "The record holds no action" in line]


def test_who_is_long_on_the_list_comes_first_and_stands_there_only():
    document = school(rules=SOON)

    assert titles(document)[:3] == [
        "On the list for 2 terms or more: 2 children",
        "What was agreed, and what came of it: no action",
        "The list, then and now",
    ]
    assert not [title for title in titles(document) if title.startswith("Stayed")]


def test_alike_subjects_stand_in_one_line_and_where_it_is_too_early_it_says_so():
    terms = [f"{subject}{when}" for subject in ("", "maths ") for when in ("Summer 2025", "Spring 2026", "Summer 2026")]
    table = f"""
        pupil | year group | {" | ".join(terms)}
        Ann | 4 | EXS | WTS | WTS | EXS | WTS | WTS
    """
    document = school(table=table, rules=SOON)

    assert under(document, "On the list for 2 terms or more: 1 child") == [
        "So long a stay is seldom noise alone.",
        "Ann",
        (
            "  Reading (too early to be sure) and Maths (too early to be sure), 2 terms in a row since Spring 2026: "
            "EXS in Summer 2025, WTS now; keeping the same band was expected, one band was lost."
        ),
    ]


def test_of_two_windows_that_in_which_more_is_missing_is_told_in_one_line():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 | Spring 2026 | Summer 2026
        Ann   | 4          | GDS         | EXS         | WTS         | WTS
    """

    said = under(school(table=table), "On the list for 3 terms or more: 1 child")
    assert said[-1].endswith(": GDS in Summer 2024, WTS now; keeping the same band was expected, 2 bands were lost.")


def test_who_joined_without_a_loss_since_then_has_the_movement_that_names_the_child_beside_it():
    table = """
        pupil | year group | Summer 2024 | Autumn 2024 | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026
        Ann   | 3          | EXS         | EXS         | EXS         | GDS         | EXS         | EXS
        Bea   | 3          | EXS         | EXS         | EXS         | EXS         | EXS         | EXS
    """

    joined = under(school(table=table, from_term=term("Autumn 2025"), term=term("Spring 2026")), "Joined")
    assert joined[-1].split(": ")[1] == (
        "GDS in Summer 2025, EXS now; keeping the same band was expected, one band was lost."
    )


def test_who_could_not_be_told_then_and_is_long_on_the_list_stands_once():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
        Ann   | 4          | GDS         | EXS         | EXS         | A           | EXS
        Bea   | 4          | EXS         | EXS         | EXS         | EXS         | EXS
    """
    document = school(table=table)

    assert "On the list for 3 terms or more: 1 child" in titles(document)
    assert not [title for title in titles(document) if title.startswith("Neither")]


@pytest.mark.parametrize(
    ("action", "provision", "every", "said"),
    [
        (0, 0, 3, ""),
        (2, 0, 3, " The record holds no action for 2 of them."),
        (
            3,
            2,
            3,
            (
                " The record holds no action for any of them. The school's sheet holds no provision in the subject for "
                "2 of them."
            ),
        ),
        (1, 0, 1, " The record holds no action for this child."),
    ],
)
def test_for_how_many_of_those_long_on_the_list_the_records_hold_nothing(action, provision, every, said):
    look = SimpleNamespace(
        since=SimpleNamespace(from_term=SPRING),
        recorded=True,
        provided=True,
        long=[None] * every,
        without_action=action,
        without_provision=provision,
    )

    below = "What was agreed or provided since Spring 2026 stands below the child."
    assert since_words("long_without", look) == below + said


@pytest.mark.parametrize(
    ("noise", "joined", "left"),
    [
        (ByNoise(0.4, 0.4, 3), "", ""),
        (
            ByNoise(11.2, 0.6, 1),
            "If everybody had kept up, the ups and downs of marks alone would have brought about 11.",
            (
                "If the one child who could leave it had kept up, the ups and downs of marks alone would have taken "
                "off about 1."
            ),
        ),
        (
            ByNoise(0.5, 39.0, 1073),
            "If everybody had kept up, the ups and downs of marks alone would have brought about 1.",
            (
                "If all 1,073 children who could leave it had kept up, the ups and downs of marks alone would have "
                "taken off about 39."
            ),
        ),
    ],
)
def test_how_many_noise_alone_would_have_moved(noise, joined, left):
    assert since_words("joined_by_noise", noise.joined) == joined
    assert since_words("left_by_noise", noise) == left


def test_provision_stands_with_those_who_have_it_and_who_lacks_it_is_named():
    terms = [f"{subject}{when}" for subject in ("", "maths ") for when in ("Summer 2025", "Spring 2026", "Summer 2026")]
    table = f"""
        pupil | year group | {" | ".join(terms)}
        Ann | 4 | EXS | WTS | WTS | EXS | WTS | WTS
        Bea | 4 | EXS | WTS | WTS | EXS | EXS | EXS
    """
    given = """
        pupil | intervention | subject | from | to
        Ann | Boost | reading | Spring 2026 | Summer 2026
        Ann | Talk Time | . | Spring 2026 | Summer 2026
    """
    document = page(look_back(with_provision(table, given, "teacher-assessment"), SOON), rules=SOON)

    long = under(document, "On the list for 2 terms or more: 2 children")
    assert long[0].endswith("The school's sheet holds no provision in the subject for 1 of them.")
    assert "  Provision: Boost (reading), Talk Time." in long
    assert long[long.index("Bea") + 1].startswith("  Reading (too early to be sure), 2 terms in a row")


def test_a_newer_mark_is_told_beside_the_child_who_has_recovered():
    table = """
        pupil | year group | class | Summer 2023 | Autumn 2025 | Spring 2026 | Summer 2026
        Ann   | 5          | 5K    | EXS         | WTS         | WTS         | EXS
        Bea   | 5          | 5K    | EXS         | A           | WTS         | EXS
        Cai   | 5          | 5K    | EXS         | EXS         | EXS         | .
        Dee   | 5          | 5K    | EXS         | EXS         | EXS         | .
        Eve   | 5          | 5K    | EXS         | EXS         | EXS         | .
    """
    document = school(table=table)

    assert under(document, "Stayed")[-1].endswith("one band was lost. Summer 2026 already: EXS.")
    assert under(document, "Neither")[-1] == "Bea (5K): reading (Summer 2026 already: EXS)"
    assert "Summer 2026 has begun: 2 of 5 children have a result" in "\n".join(lines(document))


def test_two_children_of_one_name_in_a_class_are_told_apart_by_their_keys():
    written = register(SCHOOL, scale="teacher-assessment")
    alike = replace(written, pupils=written.pupils.assign(surname="Ash", forename="Ann"))
    document = page(look_back(alike, usual_rules()))

    assert under(document, "Left the list")[2] == "Ash, Ann (Left, Dee)"
    assert under(document, "Neither")[-1] == "Ash, Ann: reading"


@pytest.mark.parametrize(
    ("states", "others", "now_on", "says"),
    [
        (
            {},
            4,
            1,
            "None of these children was on the list in Spring 2026; 1 of the 4 is on it now.",
        ),
        ({}, 1, 0, "This child was not on the list in Spring 2026, and is not on it now."),
        ({}, 1, 1, "This child was not on the list in Spring 2026, and is on it now."),
        (
            {OnList.ON: 2, OnList.OFF: 1, OnList.UNTOLD: 1, OnList.ELSEWHERE: 2},
            3,
            0,
            (
                "6 of these children were on the list in Spring 2026: 2 are on it now, 1 has left it, 1 cannot be told "
                "now and 2 have left the school. Of the 3 others 0 are on it now. "
                "What came after an action need not have come from it."
            ),
        ),
        (
            {OnList.ON: 1},
            1,
            1,
            (
                "1 of these children was on the list in Spring 2026: 1 is on it now. The other one is on it now. "
                "What came after an action need not have come from it."
            ),
        ),
        (
            {OnList.UNTOLD: 1},
            0,
            0,
            (
                "1 of these children was on the list in Spring 2026: 1 cannot be told now. "
                "What came after an action need not have come from it."
            ),
        ),
        (
            {OnList.OFF: 1},
            1,
            0,
            (
                "1 of these children was on the list in Spring 2026: 1 has left it. The other one is not on it now. "
                "What came after an action need not have come from it."
            ),
        ),
    ],
)
def test_where_the_children_with_an_action_stand_now_is_told_by_where_they_stood(states, others, now_on, says):
    told = SimpleNamespace(since=SimpleNamespace(from_term=SPRING), effect=Effect(Counter(states), others, now_on))

    assert since_words("effect", told) == says


@pytest.mark.parametrize(
    ("came", "said"),
    [(Came.GONE, "For a child who has left the school"), (Came.NOT_DUE, "Not due yet"), (Came.DONE, "Done")],
)
def test_what_came_of_an_action_leads_those_of_which_it_came(came, said):
    assert since_words("came_in_words", came) == said


TREND = {
    "from_term": "Spring 2026",
    "term": "Summer 2026",
    "terms": 1,
    "subject": "writing",
    "characteristic": "gender",
    "group": "girls",
    "peers": "boys",
    "measure": "at_are",
    "n": 30,
    "peers_n": 28,
    "gap_then": 12.4,
    "gap_now": 25.2,
    "change": 12.8,
    "low": 3.1,
    "high": 22.5,
    "chance": 0.001,
    "trend": "widening",
    "rescaled": 0,
    "joined": 0,
    "left": 0,
    "mix": 0,
}
UNTOLD = {**TREND, "subject": "reading", "trend": "cannot tell", "chance": 0.4}


def with_gaps(*rows, every=False):
    table = "pupil | year group | gender | Spring 2026 | Summer 2026\nAnn | 4 | girls | EXS | EXS"
    since = look_back(register(table, scale="teacher-assessment"), usual_rules())
    gaps = TRENDS.of([row.get(name) for name in TRENDS.names] for row in rows)
    return page(replace(since, gaps=gaps), every=every)


def test_a_gap_that_has_changed_is_told_and_shown_and_the_others_are_counted():
    document = with_gaps(TREND, UNTOLD)

    said = under(document, "Gaps since Spring 2026, on the same children")
    assert said[0].startswith(
        "Writing: the gap between 30 girls and 28 boys who were assessed in both terms has widened"
    )
    assert said[1].startswith("Of 2 gaps followed since Spring 2026 among the same children, 1 widened")
    assert said[2].endswith("in percentage points: those that are clear now, or whose change is.")
    assert said[3] == "1 more gap between groups of enough children: --detail shows every one."
    assert lines(document)[-4].split("  ")[-1] == "widening"


def test_every_gap_is_shown_on_request_between_groups_of_enough_children():
    document = with_gaps(UNTOLD, {**UNTOLD, "n": 3}, every=True)

    said = under(document, "Gaps since")
    assert len(said) == 2
    assert said[1].endswith("between groups of enough of the same children.")
    (table,) = [part for part in document.sections[-1].parts if isinstance(part, Grid)]
    (row,) = table.groups[0].rows
    assert row == (
        *("Reading", "Girls", "Boys", "30, 28", "+12", "+25"),
        ("+13", "(+3 to +23)"),
        "cannot tell",
    )


def test_where_no_gap_is_clear_there_is_no_table():
    document = with_gaps({**UNTOLD, "n": 3, "chance": None})

    assert under(document, "Gaps since") == [
        "No gap can be followed since Spring 2026: there are fewer than 11 of the same children on a side."
    ]


def test_a_notice_and_parts_are_all_that_it_is_made_of():
    parts = {type(part) for section in school().sections for part in section.parts}

    assert parts == {Notice, Paragraph, Heading, Items, Grid}
