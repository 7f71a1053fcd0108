"""What the page of provision says where there is little to say, and how sure it is where there is something."""

from __future__ import annotations

import jsonschema
import pytest

from providing import provided
from registers import usual_rules
from shipped import shipped_schema
from siptrack.documents import impact_words as impact_wording
from siptrack.documents import provision_words as wording
from siptrack.documents.contents import of_provision
from siptrack.reports.printed import printed_text
from siptrack.reports.provision import Wanted, provision_printed

HEADINGS = "pupil | year group | class | children | Spring 2008 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009"
KEPT_UP = "2a | 2a | 3c | 3c"
GIVEN = "pupil | intervention | subject | from | to"
SIX = "\n".join([GIVEN, *(f"in {child} | Boost | reading | Summer 2009 | Summer 2009" for child in range(1, 7))])


def page(results: str, provision: str, *, suggest: bool = False, detail: bool = False) -> str:
    """The report of these tables, as a pipe has it."""
    found = provided(f"{HEADINGS}\n{results}", provision)
    wanted = Wanted(suggest=suggest, detail=detail)
    return printed_text(provision_printed(found, usual_rules(), wanted), width=None, colour=False)


def six(after: str, others: str, count: int = 6) -> str:
    """Six children in it, and some in nothing who had gone the same way, with what each came to."""
    return f"in | 4 | 4A | 6 | {KEPT_UP} | {after}\nout | 4 | 4A | {count} | {KEPT_UP} | {others}"


def test_what_both_sides_did_and_were_expected_to_do_is_told_with_its_interval_and_chance():
    said = page(six("3b", "3c"), SIX)

    assert "Boost, reading: its children moved more than comparable children, by more than chance shows." in said
    assert "6 children moved +1 point against the line; their marks before let expect +0.3. " in said
    assert "6 comparable children moved -1 point; theirs let expect +0.3." in said
    assert "came further than expected beside the comparable children, by 2 points (95 % interval +1.3 to +2.8)" in said
    assert "Chance alone shows as much less than 1 time in 1,000." in said


def test_what_such_children_show_without_help_stands_beside_what_was_seen_with_its_numbers():
    ahead = "ahead | 4 | 4A | 10 | 3b | 3b | 3a | 3a | 3a"

    said = page(f"{six('3b', '3b')}\n{ahead}", SIX)

    assert "whether it made a difference could not be told" in said
    assert "So they came no further than expected beside the comparable children (95 % interval" in said
    assert "All in nothing in these year groups moved -0.3 points (16 of them)." in said
    assert "So about +1.3 points comes of such a start by itself (regression to the mean)." in said


def test_children_who_came_less_far_are_said_to_have_by_how_much():
    assert "came less far than expected beside the comparable children, by 2 points" in page(six("3c", "3b"), SIX)


def test_too_few_is_an_answer_and_says_how_many_are_needed():
    said = page(six("3b", "3c"), "\n".join(SIX.splitlines()[:5]))

    assert "Boost, reading (4 children): 4 children with comparable children, and 6 are needed." in said
    assert "What was seen, compared with nobody: 4 children moved +1 point against the line." in said
    assert "No intervention can be compared with children who were in none." in said


def test_where_the_answer_hangs_on_how_they_were_chosen_both_are_told():
    falling = "in | 4 | 4A | 6 | 3c | 3c | 2a | 2a | 2a\nout | 4 | 4A | 6 | 3c | 3c | 2a | 2a | 3c"

    said = page(falling, SIX)

    assert "If they were chosen for their marks, +1.8 points was to be expected of them meanwhile" in said
    assert "if because they were known to be going that way," in said
    assert "Marks do not tell which; comparable children moved +1 point." in said


def test_each_child_is_named_with_how_many_stand_beside_it_only_when_asked():
    results = f"{six('3b', '3c')}\ntop | 4 | 4A | 1 | 4a | 4a | 4a | 4a | 4a"
    given = f"{SIX}\ntop | Boost | reading | Summer 2009 | Summer 2009"

    assert "in 1: " not in page(results, given)
    detail = page(results, given, detail=True)
    assert "in 1: +1 point; 6 comparable children: -1 point (Spring 2009 to Summer 2009)." in detail
    assert "No comparable child: top." in detail
    assert "1 child with results is not compared ('--detail' says why)." in detail


def test_children_who_are_compared_are_followed_afterwards():
    headings = HEADINGS.replace("Spring 2008", "Autumn 2007 | Spring 2008")
    results = "in | 4 | 4A | 6 | 2a | 2a | 2a | 3c | 3b | 3b\nout | 4 | 4A | 6 | 2a | 2a | 2a | 3c | 3c | 3b"
    found = provided(f"{headings}\n{results}", SIX.replace("Summer 2009", "Spring 2009"))
    document = provision_printed(found, usual_rules(), Wanted())

    said = printed_text(document, width=None, colour=False)

    assert "Afterwards (6 children) they moved -1 point, the comparable children +1 point." in said


def test_a_sheet_without_rows_says_so():
    said = page("in | 4 | 4A | 2 | 2b | 2b | 2b | 2b | 2b", GIVEN, suggest=True, detail=True)

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
    found = provided(f"{HEADINGS}\n{six('3b', '3c')}", SIX)

    jsonschema.validate(of_provision(found, usual_rules()).document(), shipped_schema("provision"))
