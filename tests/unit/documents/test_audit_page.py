"""The page that opens a year: the finding first, a line a year group, each child once, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from providing import with_provision
from registers import Term, register, term, usual_rules
from siptrack.analysis.selection import Filters
from siptrack.cycle.audit import audit
from siptrack.documents.audit.view import audit_document
from siptrack.rendering.model import Grid, Heading, Items, Paragraph
from siptrack.school.actions import ACTIONS
from siptrack.school.term import Season

# One term is noise: of nobody here can progress be told.
TOO_SOON = "pupil | year group | class | Spring 2009 | Summer 2009\nAnn | 4 | 4T | 2a | 3c\nBob | 4 | 4T | 3c | 3b"
KEEPING_UP = "pupil | year group | class | Summer 2008 | Summer 2009\nAnn | 4 | 4T | 2a | 3b\nBob | 4 | 4T | 2a | 3b"
SCHOOL = """
    pupil|children|year group|class|born|Summer 2024|Spring 2025|Summer 2025|Autumn 2025|Spring 2026|Summer 2026
    Strong|1|3|3K|2018-01-01|GDS|GDS|GDS|WTS|WTS|WTS
    Weaker|1|3|3K|2018-01-01|GDS|EXS|GDS|EXS|GDS|EXS
    Newer|1|3|3K|2018-01-01|.|.|.|EXS|EXS|WTS
    Late|1|3|3K| |.|.|.|.|.|EXS
    Fine|12|3|3K|2018-01-01|EXS|EXS|EXS|EXS|EXS|EXS
    Leaver|1|6|6W| |EXS|EXS|EXS|EXS|EXS|EXS
"""
TARGETS = """
    pupil  | year group | Summer 2008 | Autumn 2008 | Summer 2009 | target Summer 2010 | target Spring 2010
    Met    | 4          | 3c          | 3c          | 3a          | 3a                 | .
    Not    | 4          | 2b          | 2b          | 2b          | 3b                 | 3c
    Fell   | 4          | 2a          | 2a          | 2b          | 3b                 | .
    Absent | 4          | 3c          | 3c          | A           | 3a                 | .
    None   | 3          | 2c          | 2b          | 2b          | .                  | .
"""


def page(table, *, scale="teacher-assessment", wanted=None, every=False, actions=(), **filters):
    """The page of the year that these results open."""
    school = register(table, scale=scale)
    if actions:
        blank = {**dict.fromkeys(ACTIONS.names, ""), "term": Term(2025, Season.SPRING).number, "due": None, "row": 2}
        rows = [{**blank, "action": "Read daily", "pupil": pupil} for pupil in actions]
        school = replace(
            school, actions=pd.DataFrame(rows).astype({"term": "float64", "due": "float64", "row": "int64"})
        )
    opened = audit(school, usual_rules(), None if wanted is None else term(wanted), Filters(**filters))
    return audit_document(opened, usual_rules(), every=every)


def under(document, title):
    """What stands under a title: sentences as they are, items set in, tables as their rows."""
    (section,) = [section for section in document.sections if section.title.startswith(title)]
    found = []
    for part in section.parts:
        if isinstance(part, Items):
            found += [f"- {item.words}" for item in part.items]
        elif isinstance(part, Grid):
            found += [row for group in part.groups for row in group.rows]
        else:
            assert isinstance(part, Heading | Paragraph)
            found.append(part.words)
    return found


def titles(document):
    return [section.title for section in document.sections]


def test_the_page_says_the_finding_first_then_the_year_groups_what_is_missing_and_each_child():
    document = page(SCHOOL, actions=["Strong"])

    assert document.title == "Opening the school year 2026-27"
    assert document.notice.startswith("This report names children.")
    assert titles(document) == [
        "",
        "In short",
        "Where each year group stands",
        "Missing from the data",
        "Children to follow: 3 on the list in Summer 2026",
        "What this rests on",
    ]
    roll, listed, at, gaps, targets = under(document, "In short")
    assert roll == (
        "- 16 children of Summer 2026, each a year group up and in the class of that term. The 1 child who finished "
        "Year 6 is left out. Children new in Autumn 2026 are not in the files yet."
    )
    assert listed == (
        "- 3 of 16 children (19 %) were on the list of insufficient progress in Summer 2026, the longest for 3 terms. "
        "Cannot tell for 1 child. The record holds no action for 2 of those on it."
    )
    assert at == "- At expectations in Summer 2026: reading 14 of 16 (88 %)."
    assert gaps == "- No gap was clear in Summer 2026 among these children, of 8 comparisons."
    assert targets == "- The files hold no target for these children."


def test_each_child_stands_once_in_its_class_the_strongest_marks_first_those_hardly_named_in_passing():
    lead, *listed = under(page(SCHOOL, actions=["Strong", "Weaker"]), "Children to follow")

    assert lead.endswith("the strongest first. Terms: how long on the list. *: an action is on record.")
    assert listed == [
        "Year 4 (3K): 3 of 16 on the list",
        "- Strong*: reading WTS over 99, 3 terms",
        "- Fewer than 4 terms to go by: Newer (reading WTS).",
        "- Probably chance, by their marks (under 20): Weaker* (reading EXS 1).",
    ]


def test_a_line_a_year_group_has_its_start_and_who_is_at_expectations_and_the_rest_is_there_on_request():
    words, every = under(page(SCHOOL), "Where each"), under(page(SCHOOL, every=True), "Where each")

    assert words[0] == "At expectations in Summer 2026, of those assessed"
    assert words[1] == ("Year 4", "16", "0 · 12 · 2 (2)", "14 (88 %)")
    assert words[2].endswith("in brackets, not known. Working groups: --detail.")
    assert ("Year 4", "0 · 2 · 14 · 0") in every
    assert ("Year 4", "EXS", "14 of 16") in words  # where no target is set


def test_whom_progress_can_be_told_of_nobody_carries_over():
    document = page(TOO_SOON, scale="nc-levels")

    assert "- Nobody can be seen to carry over: no child's progress can be judged in Summer 2009." in under(
        document, "In short"
    )
    assert not [title for title in titles(document) if title.startswith("Children")]


def test_where_there_is_a_sheet_of_provision_its_command_is_named():
    given = "pupil | intervention | subject | from | to\nAnn | Boost | reading | Summer 2009 | Summer 2009"
    opened = audit(with_provision(KEEPING_UP, given), usual_rules())

    _, listed, *_ = under(audit_document(opened, usual_rules(), every=False), "In short")
    assert listed.endswith(" in Summer 2009. Who has what provision: siptrack provision PATHS.")


def test_where_nobody_was_on_the_list_that_is_said():
    assert "- Nobody here was on the list of insufficient progress in Summer 2009." in under(
        page(KEEPING_UP, scale="nc-levels"), "In short"
    )


def test_one_term_alone_has_no_year_before_it():
    short = under(page("pupil | year group | Autumn 2026\nAnn | 4 | WTS\nBob | 4 | EXS"), "In short")

    assert short[0] == "- 2 children on roll in Autumn 2026; none has a result from before this school year."
    assert short[1].startswith("- The files hold no results from the year before: nobody can be seen to carry over")
    assert short[2] == "- At expectations in Autumn 2026: reading 1 of 2."
    assert len(short) == 4


def test_a_year_under_way_has_both_terms_and_says_where_each_child_is_now():
    table = """
        pupil | year group | Summer 2024 | Summer 2025 | Autumn 2025
        Still | 4          | EXS         | WTS         | WTS
        Came  | 4          | EXS         | WTS         | EXS
        Away  | 4          | EXS         | WTS         | A
        New   | 4          | .           | .           | EXS
    """
    document, every = page(table), page(table, every=True)

    assert document.title == "Opening the school year 2025-26, as at Autumn 2025"
    short = under(document, "In short")
    assert short[0] == "- 4 children on roll in Autumn 2025; 1 has no result from before this school year."
    assert [line for line in short if line.startswith("- At exp")] == [
        "- At expectations in Summer 2025: reading 0 of 3.",
        "- At expectations in Autumn 2025: reading 2 of 3.",
    ]
    assert under(document, "Children to follow") == [
        "The grade then. Terms: how long on the list.",
        "Year 4: 3 of 4 on the list",
        "- Away: reading WTS, cannot tell now",
        "- Came: reading WTS, off it now",
        "- Still: reading WTS, still on it",
    ]
    assert ("Year 4", "4", "0 · 3 · 0 (1)", "0 of 3") in under(every, "Where each")
    assert ("Year 4", "4", "0 · 3 · 0 (1)", "0 of 3") not in under(document, "Where each")


def test_where_no_child_has_an_earlier_result_none_has():
    short = under(page(TOO_SOON, scale="nc-levels", wanted="Summer 2009"), "In short")

    assert short[0] == "- 2 children on roll in Summer 2009; none has a result from before this school year."


def test_who_is_not_on_course_is_counted_by_year_group_and_named_with_the_target():
    document = page(TARGETS, scale="nc-levels")
    stands, listed = under(document, "Where each"), under(document, "Children to follow")

    assert under(document, "In short")[-1] == (
        "- 4 of 5 children have a target; 2 of them are not on course for one or more."
    )
    assert ("Year 5", "Summer 2010", "2 of 4 (1)") in stands
    assert ("Year 5", "Spring 2010", "1 of 1") in stands
    assert stands[-1].endswith("No target: Year 4 in reading. Where expectations lie for them: --detail.")
    assert "Target: not on course for it." in listed[0]
    assert [line for line in listed if "target" in line.lower()][1:] == [
        "- Fell: reading 2b, target 3b",
        "- Not: reading 2b, target 3c and 3b",
    ]
    assert ("Year 4", "3b", "0 of 1") in under(page(TARGETS, scale="nc-levels", every=True), "Where each")


def test_a_child_with_a_target_alone_stands_in_passing_and_none_who_is_on_course():
    table = """
        pupil | year group | Summer 2008 | Autumn 2008 | Summer 2009 | target Summer 2010
        Met   | 4          | 3c          | 3c          | 3a          | 3a
        Some  | 4          | 2b          | 2a          | 3c          | 5c
    """
    document = page(table, scale="nc-levels")

    assert under(document, "Children to follow")[-1] == "- For a target alone: Some (reading 3c, target 5c)."


def test_where_every_target_is_in_reach_none_is_behind():
    table = """
        pupil | year group | Summer 2008 | Autumn 2008 | Summer 2009 | target Summer 2010
        Met   | 4          | 3c          | 3c          | 3a          | 3a
    """
    short = under(page(table, scale="nc-levels"), "In short")

    assert short[-1] == "- 1 of 1 child has a target; none of them are not on course for one or more."


def test_what_is_missing_is_said_by_year_group_and_by_name_where_it_is_a_few():
    terms = "reading Spring 2026|reading Summer 2026|maths Spring 2026|maths Summer 2026"
    table = f"""
        pupil|children|year group|gender|born|{terms}
        Ann|1|4|girls|2016-03-01|EXS|EXS|EXS|.
        Bob|1|4| | |.|EXS|EXS|.
        Cai|8|3|boys| |EXS|EXS|EXS|EXS
        Dee|1|3|boys|2017-03-01|.|EXS|EXS|EXS
    """

    missing = under(page(table), "Missing")

    assert missing[:5] == [
        "- No result at all of Summer 2026: Year 5 in maths.",
        "- Results of some children: Spring 2026, Year 4 reading 1, Year 5 reading 1.",
        "- UPN: Year 4 (all 9); Ann and Bob (Year 5).",
        "- Date of birth: Year 4 (8 of 9); Bob (Year 5).",
        "- For some children: Gender 1.",
    ]
    assert missing[5].startswith("- For every child: ")


def test_where_nothing_is_missing_that_is_said():
    school = register("pupil | year group | born | Summer 2026\nAnn | 4 | 2016-03-01 | EXS", scale="teacher-assessment")
    opened = audit(school, usual_rules())
    document = audit_document(opened.with_tables(missing=opened.frame("missing")[:0]), usual_rules(), every=False)

    assert under(document, "Missing") == ["- Nothing that siptrack looks for."]


GENDERS = """
    pupil | children | year group | gender | Summer 2025 | Summer 2026
    Girl  | 30       | 4          | girls  | EXS         | EXS
    Boy   | 30       | 4          | boys   | EXS         | {boys}
"""


@pytest.mark.parametrize(
    ("boys", "sentence"),
    [
        ("WTS", "- Gaps clear in Summer 2026, among these children: boys behind girls in reading"),
        ("EXS", "- No gap was clear in Summer 2026 among these children, of "),
    ],
)
def test_the_gaps_inherited_stand_in_a_line_and_their_figures_are_there_on_request(boys, sentence):
    table = GENDERS.format(boys=boys)
    document, every = page(table), page(table, every=True)

    assert [line for line in under(document, "In short") if line.startswith(sentence)]
    assert "Gaps inherited" not in titles(document)
    assert ("Gaps inherited" in titles(every)) == (boys == "WTS")
    if boys == "WTS":
        assert under(every, "Gaps inherited")[1].startswith("- Boys behind girls. Reading: 0 of 30 (0 %)")


def test_several_subjects_make_one_and_those_that_do_not_stand_on_request():
    parts = ("reading", "writing", "maths", "science")
    table = (
        f"pupil | year group | {' | '.join(f'{part} Summer 2026' for part in parts)}\nAnn | 4 | EXS | EXS | EXS | WTS"
    )
    words, every = page(table), page(table, every=True)

    (grid, *_) = [part for section in words.sections for part in section.parts if isinstance(part, Grid)]
    assert [head.words for head in grid.heads][3:] == ["Reading", "Writing", "Maths", "All 3"]
    assert any("Working groups and Science: --detail." in str(line) for line in under(words, "Where each"))
    (grid, *_) = [part for section in every.sections for part in section.parts if isinstance(part, Grid)]
    assert "Science" in [head.words for head in grid.heads]


def test_results_that_no_line_is_known_for_are_set_against_nothing():
    short = under(page("pupil | year group | Summer 2026\nAnn | 0 | EXS"), "In short")

    assert short[2] == "- No result can be set against age-related expectations."
    assert short[3] == "- No gap of Summer 2026 can be seen: no group is recorded, or no result to compare groups by."


def test_where_all_who_were_assessed_the_year_before_have_left_there_is_no_gap_to_see():
    table = """
        pupil | year group | Summer 2025 | Autumn 2025 | left after
        Gone  | 4          | EXS         | .           | Summer 2025
        Ann   | 4          | .           | EXS         |
    """
    short = under(page(table), "In short")

    assert "- No gap can be seen: no graded result of these children stands in Summer 2025." in short


def test_where_only_some_children_are_asked_about_who_left_is_not_counted():
    document = page(SCHOOL, years=frozenset({4}))

    assert "left out" not in under(document, "In short")[0]
    assert document.sections[0].parts[1].words.startswith("Only year")


def test_where_the_files_name_no_year_it_is_a_school_year():
    opened = audit(register(KEEPING_UP, scale="nc-levels"), usual_rules())
    undated = replace(opened, year=replace(opened.year, term=Term(1, Season.AUTUMN)))

    assert audit_document(undated, usual_rules(), every=False).title == "Opening a school year"
