"""The page of a look back: each sentence where it belongs, and none where it would be wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from hand_built import TREND as OF_A_YEAR
from providing import with_provision
from registers import Term, register, term, usual_rules
from siptrack.analysis.analyse import Filters
from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.by_noise import ByNoise
from siptrack.cycle.since import look_back
from siptrack.cycle.since_tables import Came, OnList
from siptrack.documents.since.looked_back import Effect
from siptrack.documents.since.view import since_document
from siptrack.rendering.model import Grid, Items
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


def grid_of(document):
    """The one table of the page."""
    (found,) = [part for section in document.sections for part in section.parts if isinstance(part, Grid)]
    return found


def test_each_child_stands_on_one_line_of_its_class_once():
    document = school(from_term=SPRING)

    assert titles(document) == ["The list, then and now", "What this rests on"]
    assert under(document, "The list")[2:] == [
        "4T, Year 4: 2 stayed, 1 joined, 1 left",
        "Long, Bea: reading GDS→WTS 98, dropped",
        "Stay, Ann: reading GDS→EXS 47",
        "joined",
        "Join, Cai: reading EXS→WTS 58",
        "left",
        "Left, Dee: reading WTS→EXS",
        "Neither joined nor left, by name with --detail",
        "2 children on the list now, cannot tell for Spring 2026 (no result this term)",
        "1 child on the list in Spring 2026, cannot tell now (no result this term)",
        "1 child on the list in Spring 2026, no longer at the school",
    ]


def test_those_who_neither_joined_nor_left_are_named_on_request():
    document = page(look_back(register(SCHOOL, scale="teacher-assessment"), usual_rules()), every=True)
    said = under(document, "The list")

    assert said[said.index("Neither joined nor left") :] == [
        "Neither joined nor left",
        "2 children on the list now, cannot tell for Spring 2026 (no result this term)",
        "  Away, Gus (Owls): reading EXS→WTS early",
        "  New, Hal (Owls): reading EXS→WTS early",
        "1 child on the list in Spring 2026, cannot tell now (no result this term)",
        "  Here, Fay (Owls): reading WTS→A, cannot tell now",
        "1 child on the list in Spring 2026, no longer at the school",
        "  Gone, Eve: reading WTS",
    ]


NEW = """
    pupil | year group | Summer 2025 | Autumn 2025 | Summer 2026 | maths Autumn 2025 | maths Summer 2026
    Ann   | 4          | EXS         | EXS         | EXS         | .                 | .
    New   | 4          | .           | EXS         | WTS         | EXS               | WTS
"""


def test_who_had_no_result_by_then_is_new():
    document = school({"pupil": "New", "subjects": "reading", "term": None}, table=NEW, from_term=term("Summer 2025"))

    assert under(document, "The list")[-1] == "1 child on the list now, without a result by Summer 2025"
    assert under(document, "What was agreed")[-1] == (
        "New: Read daily (when agreed is not known): no date and no outcome. Now: reading on the list now."
    )
    assert ("No", "result", "then") in [head.words for head in grid_of(document).heads]


def test_that_a_new_school_year_began_is_said_to_those_who_compare():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 | Autumn 2025
        Ann   | 4          | EXS         | EXS         | WTS
    """
    assert "A new school year began in between:" in "\n".join(lines(school(table=table)))


def test_the_table_counts_the_school_and_each_class_on_request_and_only_what_there_is():
    found = look_back(register(SCHOOL, scale="teacher-assessment"), usual_rules())
    counts, detail = grid_of(page(found)), grid_of(page(found, every=True))

    assert [head.words for head in counts.heads] == [
        *("Subject", ("Spring", "2026"), "Stayed", "Left"),
        *(("Cannot", "tell", "now"), ("Left", "school"), "Joined", ("Cannot", "tell", "then"), ("Summer", "2026")),
    ]
    assert counts.groups[0].rows == (("Reading", "5", "2", "1", "1", "1", "1", "2", "5"),)
    assert detail.groups[0].rows == (
        ("All", "Reading", "5", "2", "1", "1", "1", "1", "2", "5"),
        (("4T", "Year 4"), "Reading", "3", "2", "1", "0", "0", "1", "0", "3"),
        ("Year 5", "Reading", "1", "0", "0", "0", "1", "0", "0", "0"),
        (("Owls", "Year 5"), "Reading", "1", "0", "0", "1", "0", "0", "2", "2"),
    )


def test_only_the_class_asked_for_is_spoken_of():
    assert "Only class 4T." in lines(school(filters=Filters(classes=frozenset({"4T"}))))


def test_a_list_that_could_be_told_in_neither_term_is_not_said_to_be_empty():
    text = "\n".join(lines(school(table=TOO_SOON, scale="nc-levels")))

    assert "nobody can be seen to have joined or left" in text
    assert "Nobody is on the list" not in text


def test_a_list_that_could_be_told_in_one_term_is_empty_in_that_one():
    assert under(school(table=KEEPING_UP, scale="nc-levels"), "The list")[1:] == [
        "Nobody is on the list in Summer 2009."
    ]


def test_a_list_that_could_be_told_in_both_terms_is_empty_in_both():
    table = "pupil | year group | Summer 2025 | Spring 2026 | Summer 2026\nAnn | 4 | EXS | EXS | EXS"

    assert under(school(table=table), "The list") == ["Nobody is on the list in Spring 2026 or in Summer 2026."]


def test_without_a_record_it_is_asked_for_at_the_end():
    document = school()

    assert under(document, "What this rests on")[-1].startswith(
        "No record of actions is among the files. siptrack reads any sheet with a heading"
    )


def test_of_a_child_who_has_left_the_school_that_is_said_once():
    document = school({"pupil": "Gone, Eve", "subjects": "reading"})

    assert under(document, "What was agreed")[-1] == "Gone, Eve: Read daily: the child has left."


def test_an_action_is_one_line_with_what_came_of_it_and_where_its_child_is_now():
    document = school(
        {
            "pupil": "Long, Bea",
            "subjects": "reading",
            "due": SPRING.number,
            "by_when": "2026-03-20",
            "who": "Ms Fern",
        },
        {"pupil": "Left, Dee", "barrier": "Vocabulary.", "outcome": "Reads with ease", "status": "done"},
        {"pupil": "Gone, Eve", "subjects": "reading, maths", "outcome": "Moved"},
        {"pupil": "Here, Fay", "term": None, "status": "stopped", "who": "Ms Elm"},
        {"pupil": "Away, Gus", "due": 10**6, "by_when": "Easter"},
        {"pupil": "Well, Ida", "term": Term(2025, Season.AUTUMN).number},
        {"pupil": "Well, Ida", "subjects": "reading", "term": Term(2025, Season.AUTUMN).number},
        {"pupil": "Well, Ida", "term": Term(2025, Season.SUMMER).number},
    )

    said = under(document, "What was agreed, and what came of it: 7 actions for 6 children")
    assert said[2] == "1 more action was agreed in Summer 2026 or later: for next term's look back."
    assert said[3:] == [
        (
            "Long, Bea (4T): Read daily (Ms Fern, by 20 March 2026): past its date. "
            "Now: reading EXS→WTS, still on the list."
        ),
        "Left, Dee (4T): Read daily: done. Reads with ease. Now: reading WTS→EXS, off the list.",
        "Gone, Eve: Read daily: reviewed. Moved. Now: has left the school.",
        "Well, Ida (Owls): Read daily (agreed in Autumn 2025): no date and no outcome. Now: on no list.",
        (
            "Well, Ida (Owls): Read daily (agreed in Autumn 2025): no date and no outcome. "
            "Now: reading EXS→EXS, not on the list."
        ),
        "Away, Gus (Owls): Read daily (by Easter): not due yet. Now: reading A→WTS, on the list now.",
        (
            "Here, Fay (Owls): Read daily (Ms Elm; when agreed is not known): stopped. "
            "Now: reading WTS→A, cannot tell now."
        ),
    ]


def test_the_barrier_stands_below_the_action_on_request():
    written = replace(
        register(SCHOOL, scale="teacher-assessment"), actions=agreed({"pupil": "Long, Bea", "barrier": "Slow"})
    )

    said = under(page(look_back(written, usual_rules()), every=True), "What was agreed")

    assert said[-1] == "  Barrier: Slow."


def test_a_record_without_an_earlier_action_says_so():
    said = under(school({"pupil": "Ann", "term": Term(2025, Season.SUMMER).number}), "What was agreed")

    assert said[0] == "The record holds no action for these children that was agreed before Summer 2026."


def test_who_is_long_on_the_list_comes_first_with_the_terms_and_stands_there_only():
    document = school({"pupil": "Long, Bea", "status": "done"}, rules=SOON)

    assert under(document, "On the list for 2 terms or more: 2 children") == [
        (
            "The list is of children making insufficient progress; so long a stay is seldom chance alone. "
            "The number: of 100 children with these marks, how many have truly fallen behind. Dropped: lower than last "
            "term. For 1 of them nothing is recorded: no action."
        ),
        "Long, Bea (4T): reading GDS→WTS 98, dropped, 2 terms",
        "Stay, Ann (4T): reading GDS→EXS 47, 2 terms; nothing recorded",
    ]
    assert titles(document)[1:] == [
        "On the list for 2 terms or more: 2 children",
        "The list, then and now",
        "What this rests on",
    ]
    assert "By class, without those above:" in under(document, "The list")
    assert not [line for line in lines(school(rules=SOON)) if "recorded" in line]


def test_where_most_have_nothing_recorded_those_who_have_are_marked():
    table = """
        pupil | year group | Summer 2025 | Spring 2026 | Summer 2026
        Ann   | 4          | EXS         | WTS         | WTS
        Bea   | 4          | EXS         | WTS         | WTS
        Cai   | 4          | EXS         | WTS         | WTS
    """
    given = "pupil | intervention | subject | from | to\nAnn | Boost | reading | Spring 2026 | Summer 2026"
    document = page(look_back(with_provision(table, given, "teacher-assessment"), SOON), rules=SOON)

    long = under(document, "On the list for 2 terms or more: 3 children")
    assert long[0].endswith(
        "For 2 of them nothing is recorded: no action, and no provision in these subjects since Spring 2026."
    )
    assert [line.endswith("something recorded") for line in long[1:]] == [True, False, False]


def test_a_subject_that_is_new_or_left_the_list_is_marked_on_the_childs_line():
    terms = [
        f"{subject}{when}"
        for subject in ("", "maths ", "writing ")
        for when in ("Summer 2024", "Summer 2025", "Spring 2026", "Summer 2026")
    ]
    table = f"""
        pupil | year group | {" | ".join(terms)}
        Ann | 4 | EXS | EXS | WTS | WTS | EXS | EXS | EXS | WTS | EXS | EXS | WTS | EXS
    """

    said = under(school(table=table), "The list")

    assert said[-1].startswith("Ann: ")
    assert {part.split(" ")[0]: part.rpartition(", ")[2] for part in said[-1].removeprefix("Ann: ").split("; ")} == {
        "reading": "reading EXS→WTS 81",
        "maths": "new",
        "writing": "left the list",
    }


@pytest.mark.parametrize(
    ("noise", "says"),
    [
        (ByNoise(0.4, 0.4, 3), ""),
        (
            ByNoise(11.2, 39.0, 1073),
            (
                "If every child had kept up, the ups and downs of marks alone would bring about 11 to the list, "
                "and take about 39 of 1,073 off it."
            ),
        ),
    ],
)
def test_how_many_noise_alone_would_have_moved(noise, says):
    assert since_words("moved_by_noise", noise) == says


def test_a_newer_mark_is_told_beside_the_child_who_has_recovered():
    table = """
        pupil | year group | class | Summer 2023 | Autumn 2025 | Spring 2026 | Summer 2026
        Ann   | 5          | 5K    | EXS         | WTS         | WTS         | EXS
        Cai   | 5          | 5K    | EXS         | EXS         | EXS         | .
        Dee   | 5          | 5K    | EXS         | EXS         | EXS         | .
        Eve   | 5          | 5K    | EXS         | EXS         | EXS         | .
    """
    document = school(table=table)

    assert under(document, "The list")[-1].endswith(", Summer 2026 already: EXS")
    assert "Summer 2026 has begun: 1 of 4 children has a result" in "\n".join(lines(document))


def test_two_children_of_one_name_in_a_class_are_told_apart_by_their_keys():
    written = register(SCHOOL, scale="teacher-assessment")
    alike = replace(written, pupils=written.pupils.assign(surname="Ash", forename="Ann"))

    said = under(page(look_back(alike, usual_rules()), every=True), "The list")

    assert said[said.index("left") + 1] == "Ash, Ann (Left, Dee): reading WTS→EXS"
    assert said[-1] == "  Ash, Ann: reading WTS"


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
                "6 of these children were on the list in Spring 2026: 2 are on it now, 1 has left it, 1 is not known "
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
                "1 of these children was on the list in Spring 2026: 1 is not known now. "
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


THIS_YEAR = {"from_term": "Spring 2026", "term": "Summer 2026", "terms": 1, "joined": 0, "left": 0, "mix": 0}
TREND = {**OF_A_YEAR, **THIS_YEAR}
UNTOLD = {**TREND, "subject": "reading", "trend": "cannot tell", "chance": 0.4}


def with_gaps(*rows, every=False):
    table = "pupil | year group | gender | Spring 2026 | Summer 2026\nAnn | 4 | girls | EXS | EXS"
    since = look_back(register(table, scale="teacher-assessment"), usual_rules())
    gaps = TRENDS.of([row.get(name) for name in TRENDS.names] for row in rows)
    return page(replace(since, gaps=gaps), every=every)


def test_only_a_gap_that_has_changed_is_told_and_the_others_are_counted():
    document = with_gaps(TREND, UNTOLD)

    said = under(document, "Gaps since Spring 2026, on the same children")
    assert said[0].startswith(
        "Writing: the gap between 30 girls and 28 boys who were assessed in both terms has widened"
    )
    assert said[1].startswith("Of 2 gaps followed since Spring 2026 among the same children, 1 widened")
    assert len(said) == 2


def test_every_gap_is_shown_on_request_between_groups_of_enough_children():
    document = with_gaps(UNTOLD, {**UNTOLD, "n": 3}, every=True)

    said = under(document, "Gaps since")
    assert len(said) == 2
    assert said[1].endswith("between groups of enough of the same children.")
    (row,) = grid_of(document).groups[0].rows
    assert row == (
        *("Reading", "Girls", "Boys", "30, 28", "+12", "+25"),
        ("+13", "(+3 to +23)"),
        "cannot tell",
    )


def test_of_the_gaps_clear_now_only_own_findings_are_named():
    table = """
        pupil | year group | gender | fsm     | children | Spring 2026 | Summer 2026
        Girl  | 4          | girls  | not_fsm | 20       | EXS         | EXS
        Boy   | 4          | boys   | fsm     | 20       | WTS         | WTS
    """

    said = under(school(table=table), "Gaps since")

    assert said[-1].startswith("Clear now: ")
    assert said[-1].count(" behind ") == 1


def test_where_none_can_be_followed_it_is_said():
    assert under(with_gaps({**UNTOLD, "n": 3, "chance": None}), "Gaps since") == [
        "No gap can be followed since Spring 2026: there are fewer than 11 of the same children on a side."
    ]
