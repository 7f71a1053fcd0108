"""Rules of siptrack and of the school that change on a date, as they are in force in each term."""

from __future__ import annotations

import pytest
from rule_texts import book_of, refusal_of, rules_of, scale_of

from siptrack.school.scale import Grade
from siptrack.school.term import Season, Term

TOLERANCE = "scales:\n  nc-levels: {{thresholds: {{tolerance: {}}}}}\n"
FROM_2026 = TOLERANCE.format('{from: "Autumn 2026", value: 2, source: governors}')
BOTH_FORMS = TOLERANCE.format('[{value: 3, source: staff}, {from: "Autumn 2026", value: 2, source: governors}]')


@pytest.mark.parametrize(
    ("term", "points"),
    [("Summer 2016", 70), ("Spring 2017", 70), ("Summer 2017", 71), ("Spring 2019", 71), ("Summer 2019", 62), ("", 62)],
)
def test_below_the_key_stage_2_tests_has_the_nominal_points_of_its_year(term, points):
    assert scale_of("ks-scaled-score", term=term).by_code["BLW"].points == points


def test_data_that_names_no_year_is_judged_by_the_newest_rules():
    book = book_of(BOTH_FORMS)

    this_year, last_year = book.at(Term(0, Season.AUTUMN)), book.at(Term(-1, Season.SUMMER))

    assert this_year == last_year == book.at()
    assert this_year.scales["nc-levels"].tolerance == 2


@pytest.mark.parametrize("settings", [FROM_2026, BOTH_FORMS], ids=["one form", "both forms"])
@pytest.mark.parametrize("term", ["Autumn 2026", "Spring 2027", ""])
def test_what_the_school_says_from_a_term_on_holds_from_then_on(settings, term):
    ours, school = scale_of("nc-levels", term=term), scale_of("nc-levels", settings, term)

    assert (ours.tolerance, school.tolerance) == (1, 2)


@pytest.mark.parametrize(("settings", "before"), [(FROM_2026, 1), (BOTH_FORMS, 3)], ids=["one form", "both forms"])
def test_before_then_what_siptrack_says_holds_unless_the_school_says_otherwise(settings, before):
    assert scale_of("nc-levels", settings, "Summer 2026").tolerance == before


@pytest.mark.parametrize(("term", "tolerance"), [("Summer 2026", 1), ("Autumn 2026", 2)])
def test_a_scale_like_one_that_changes_changes_with_it(term, tolerance):
    assert scale_of("ours", f"{FROM_2026}  ours: {{like: nc-levels}}\n", term).tolerance == tolerance


@pytest.mark.parametrize(
    ("term", "points"), [("Summer 2016", 70), ("Summer 2017", 71), ("Summer 2019", 62), ("Summer 2020", 65)]
)
def test_a_form_that_the_school_adds_follows_those_of_siptrack(term, points):
    settings = 'scales: {ks-scaled-score: {grades: {BLW: {from: "Summer 2020", points: 65}}}}'

    assert scale_of("ks-scaled-score", settings, term).by_code["BLW"].points == points


def test_the_school_cannot_say_what_holds_from_a_term_before_siptracks_last_form():
    settings = 'scales: {ks-scaled-score: {grades: {BLW: {from: "Autumn 2018", points: 65}}}}'

    assert refusal_of(settings) == (
        "siptrack.yaml, line 1: the forms of a rule stand in order of time, each with a later 'from'."
    )


@pytest.mark.parametrize(("term", "active", "too_many"), [("Summer 2026", True, 40), ("Autumn 2026", False, 50)])
def test_flags_may_change_on_a_date(term, active, too_many):
    settings = """
flags:
  flags: {fell-back: {from: "Autumn 2026", active: false}}
  too_many: {from: "Autumn 2026", value: 50}
"""

    rules = rules_of(settings, term)

    assert (rules.flags.flags["fell-back"].active, rules.flags.too_many) == (active, too_many)


@pytest.mark.parametrize(("term", "before"), [("Summer 2016", ", no P scale"), ("Summer 2019", "")])
def test_what_the_school_says_without_a_date_holds_in_every_term_and_leaves_the_rest(term, before):
    settings = "scales: {ks-scaled-score: {grades: {BLW: {points: 65}}}}"

    assert scale_of("ks-scaled-score", settings, term).by_code["BLW"] == Grade(
        "BLW", 65, f"below the pre-key-stage standards{before}"
    )


def test_every_section_of_the_settings_may_have_changed():
    settings = """
use: [{reading: nc-levels}, {from: "Autumn 2014", reading: teacher-assessment}]
choices: {nc-levels: [{year-1: 1b}, {from: "Autumn 2014", year-1: 1a}]}
headings: {Band: [{subject: reading}, {from: "Autumn 2014", subject: maths}]}
"""

    found = {}
    for term in ("Summer 2014", "Autumn 2014"):
        rules = rules_of(settings, term)
        found[term] = (rules.use, rules.scales["nc-levels"].choices[0].chosen, rules.headings[0].name)

    assert found == {
        "Summer 2014": ({"reading": "nc-levels"}, "1b", "reading"),
        "Autumn 2014": ({"reading": "teacher-assessment"}, "1a", "maths"),
    }


@pytest.mark.parametrize(
    ("settings", "terms"),
    [
        ("", ["Summer 2017", "Summer 2019"]),
        (FROM_2026, ["Summer 2017", "Summer 2019", "Autumn 2026"]),
        (FROM_2026.replace("Autumn 2026", "Autumn 2008"), ["Autumn 2008", "Summer 2017", "Summer 2019"]),
        (FROM_2026.replace("Autumn 2026", "Summer 2019"), ["Summer 2017", "Summer 2019"]),
    ],
)
def test_the_changes_are_the_terms_of_siptracks_rules_and_the_schools(settings, terms):
    assert [term.label for term in book_of(settings).changes()] == terms


def test_a_wrong_date_in_the_settings_names_the_schools_file():
    settings = 'use:\n  - {reading: nc-levels}\n  - {from: "next year", reading: teacher-assessment}\n'

    assert refusal_of(settings) == "siptrack.yaml, line 3: 'from' must be a term such as Autumn 2026."
