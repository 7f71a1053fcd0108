"""What the page of provision says where there is little to say, and how sure it is where there is something."""

from __future__ import annotations

import jsonschema
import pytest

from providing import provided
from registers import usual_rules
from shipped import shipped_schema
from siptrack.documents.contents import of_provision
from siptrack.reports.printed import printed_text
from siptrack.reports.provision import Wanted, provision_printed
from siptrack.reports.wording import impact as impact_wording
from siptrack.reports.wording import provision as wording

HEADINGS = "pupil | year group | class | children | Autumn 2008 | Spring 2009 | Summer 2009"
GIVEN = "pupil | intervention | subject | from | to"
SIX = "\n".join([GIVEN, *(f"in {child} | Boost | reading | Summer 2009 | Summer 2009" for child in range(1, 7))])


def page(results: str, provision: str, *, suggest: bool = False, detail: bool = False) -> str:
    """The report of these tables, as a pipe has it."""
    found = provided(f"{HEADINGS}\n{results}", provision)
    wanted = Wanted(suggest=suggest, detail=detail)
    return printed_text(provision_printed(found, usual_rules(), wanted), width=None, colour=False)


def test_pairs_that_all_differ_by_the_same_have_no_interval_and_a_chance():
    said = page("in | 4 | 4A | 6 | 2b | 2b | 2a\nout | 4 | 4A | 6 | 2b | 2b | 2b", SIX)

    assert "Boost, reading: its children moved more than comparable children, by more than chance shows." in said
    assert "a difference of +2, the same in every pair." in said
    assert "Changing places within the pairs at random shows as much 3 % of the time." in said


def test_what_such_children_show_without_help_stands_beside_what_was_seen_with_its_numbers():
    said = page("in | 4 | 4A | 6 | 2b | 2b | 2a\nout | 4 | 4A | 8 | 2b | 2b | 2a\nup | 4 | 4A | 9 | 2b | 2a | 2a", SIX)

    assert "whether it made a difference could not be told" in said
    assert "moved +1 point (8 of them); all in nothing in these year groups -0.1 points (17)" in said
    assert "+1.1 points comes of such a start by itself (regression to the mean)" in said


def test_too_few_is_an_answer_and_says_how_many_are_needed():
    said = page("in | 4 | 4A | 6 | 2b | 2b | 2a\nout | 4 | 4A | 2 | 2b | 2b | 2b", SIX)

    assert "Boost, reading (6 children): 2 children with a comparable child, and 6 are needed." in said
    assert "What was seen, compared with nobody: 6 children moved +1 point against the line." in said
    assert "No intervention can be compared with children who were in none." in said


def test_each_child_is_named_beside_the_comparable_one_only_when_asked():
    results = "in | 4 | 4A | 6 | 2b | 2b | 2a\nout | 4 | 4A | 5 | 2b | 2b | 2b"

    assert "beside out" not in page(results, SIX)
    detail = page(results, SIX, detail=True)
    assert "in 1: +1 point; beside out 1: -1 point (Spring 2009 to Summer 2009)." in detail
    assert "No comparable child: in 6." in detail


def test_a_sheet_without_rows_says_so():
    said = page("in | 4 | 4A | 2 | 2b | 2b | 2b", GIVEN, suggest=True, detail=True)

    assert "The sheet of provision has no row about these children." in said
    assert "Insufficient progress, and no provision this school year: 2 children" in said


@pytest.mark.parametrize(
    ("chance", "often"), [(0.0001, "less than 1 time in 1,000"), (0.004, "0.4 %"), (0.375, "38 %")]
)
def test_how_often_chance_shows_as_much_is_told_in_plain_numbers(chance, often):
    assert often in impact_wording._often(chance)


def test_a_ratio_gain_whose_limits_are_unsure_says_so_and_one_whose_limits_are_read_does_not():
    rules = usual_rules().provision.ratio_gain

    unsure = wording.ratio_sentence("Recovery", 4, 14.25, 5, 2.85, rules)
    sure = wording.ratio_sentence("Recovery", 4, 14.25, 5, 2.85, rules._replace(sure=True))

    assert "Brooks would call useful (the limits of these names are recalled, not read" in unsure
    assert "recalled" not in sure
    assert "months in 5 months" in sure


def test_the_json_is_what_its_schema_says():
    found = provided(f"{HEADINGS}\nin | 4 | 4A | 6 | 2b | 2b | 2a\nout | 4 | 4A | 6 | 2b | 2b | 2b", SIX)

    jsonschema.validate(of_provision(found, usual_rules()).document(), shipped_schema("provision"))
