"""The choices on which schools disagree: siptrack's default, and what each option sets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_texts import different, refusal_of, rules_of, scale_of, stars, year

from siptrack.school.scale import Limit

OPTIONS = {
    "emerging-developing-secure": {"expected": ["developing", "secure"]},
    "nc-levels": {"year-1": ["1a", "1b"], "years-3-and-5": ["lower", "upper"]},
    "point-in-time-sonar": {"just-at": ["counts", "working-towards"]},
    "standardised-score": {"expected": ["85", "90", "95"]},
    "steps": {"end-of-year": ["s", "w"]},
    "teacher-assessment": {"basis": ["end-of-year", "taught-so-far"]},
}


def chosen(scale: str, choice: str, option: str) -> str:
    return f'choices: {{{scale}: {{{choice}: "{option}"}}}}\n'


def test_every_option_that_siptrack_ships_with_is_known_to_these_tests():
    shipped = {
        name: {choice.name: sorted(option.name for option in choice.options) for choice in scale.choices}
        for name, scale in rules_of().scales.items()
        if scale.choices
    }

    assert shipped == OPTIONS


@pytest.mark.parametrize(
    ("scale", "choice", "option", "changed"),
    [
        ("emerging-developing-secure", "expected", "secure", []),
        ("emerging-developing-secure", "expected", "developing", ["at_within"]),
        ("nc-levels", "year-1", "1b", []),
        ("nc-levels", "year-1", "1a", ["reference"]),
        ("nc-levels", "years-3-and-5", "lower", []),
        ("nc-levels", "years-3-and-5", "upper", ["at_within"]),
        ("point-in-time-sonar", "just-at", "counts", []),
        ("point-in-time-sonar", "just-at", "working-towards", ["reference", "well_below", "above"]),
        ("standardised-score", "expected", "95", []),
        ("standardised-score", "expected", "90", ["at_within"]),
        ("standardised-score", "expected", "85", ["at_within"]),
        ("steps", "end-of-year", "s", []),
        ("steps", "end-of-year", "w", ["reference"]),
        ("teacher-assessment", "basis", "taught-so-far", []),
        ("teacher-assessment", "basis", "end-of-year", ["reference"]),
    ],
)
def test_an_option_changes_what_it_says_and_the_default_changes_nothing(scale, choice, option, changed):
    school = scale_of(scale, chosen(scale, choice, option))

    assert different(scale_of(scale), school) == changed
    assert [(made.chosen, made.by_school) for made in school.choices if made.name == choice] == [(option, True)]


def test_the_figures_of_the_options_are_those_of_their_sources():
    year_1 = scale_of("nc-levels", chosen("nc-levels", "year-1", "1a"))
    steps = scale_of("steps", chosen("steps", "end-of-year", "w"))
    bands = scale_of("teacher-assessment", chosen("teacher-assessment", "basis", "end-of-year"))
    just_at = scale_of("point-in-time-sonar", chosen("point-in-time-sonar", "just-at", "working-towards"))

    assert (year(year_1, 1), year(year_1, 2), year(year_1, 3)) == ([4, 8, 11], [12, 14, 15], [16, 17, 18])
    assert (year(steps, 1), year(steps, 6)) == ([5, 7, 9], [35, 37, 39])
    assert year(bands, 3) == [None, None, 8]
    assert (year(just_at, 0), year(just_at, 3), just_at.well_below, just_at.above) == (
        [3, 3, 3], [21, 21, 21], Limit(3), Limit(1)
    )  # fmt: skip


def test_a_choice_says_what_is_chosen_and_what_else_there_is():
    ours = scale_of("teacher-assessment").choices[0]
    school = scale_of("teacher-assessment", chosen("teacher-assessment", "basis", "end-of-year")).choices[0]

    assert (ours.question, ours.default) == (school.question, school.default) == (
        "What is a child judged against in Autumn and Spring?",
        "taught-so-far",
    )  # fmt: skip
    assert [option.name for option in ours.options] == ["taught-so-far", "end-of-year"]
    assert all(option.source for option in ours.options)
    taught = "each term is judged against what has been taught so far"
    end = "against the end of the year, so that only Summer can be set against expectations"
    assert (ours.chosen, ours.by_school, ours.says, ours.others) == ("taught-so-far", False, taught, [end])
    assert (school.chosen, school.by_school, school.says, school.others) == ("end-of-year", True, end, [taught])


def test_two_choices_of_one_scale_are_made_together():
    settings = "choices: {nc-levels: {year-1: 1a, years-3-and-5: upper}}"

    assert different(scale_of("nc-levels"), scale_of("nc-levels", settings)) == ["reference", "at_within"]


def test_a_choice_of_one_scale_leaves_the_others():
    settings = chosen("nc-levels", "year-1", "1a")

    ours, school = rules_of().scales, rules_of(settings).scales

    assert [name for name in ours if ours[name] != school[name]] == ["nc-levels"]


def test_what_the_school_says_outright_of_its_scale_counts_for_more_than_what_a_choice_sets():
    settings = chosen("standardised-score", "expected", "85")
    outright = 'scales: {standardised-score: {thresholds: {at_within: {value: 2, source: "governors"}}}}\n'

    school = scale_of("standardised-score", settings + outright)

    assert school.at_within == Limit(2)
    assert school == replace(scale_of("standardised-score", settings), at_within=Limit(2))


@pytest.mark.parametrize(("term", "within"), [("Summer 2026", 15), ("Autumn 2026", 2)])
def test_what_the_school_says_outright_from_a_term_on_leaves_the_choice_until_then(term, within):
    settings = chosen("standardised-score", "expected", "85")
    dated = '{from: "Autumn 2026", value: 2, source: "governors"}'
    settings += f"scales: {{standardised-score: {{thresholds: {{at_within: {dated}}}}}}}\n"

    assert scale_of("standardised-score", settings, term).at_within == Limit(within)


@pytest.mark.parametrize(("term", "option"), [("Summer 2010", "1b"), ("Autumn 2010", "1a")])
def test_a_choice_made_from_a_term_on_leaves_siptracks_default_until_then(term, option):
    settings = 'choices: {nc-levels: {from: "Autumn 2010", year-1: 1a}}'

    assert scale_of("nc-levels", settings, term).choices[0].chosen == option


def test_a_choice_changes_a_scale_of_the_schools_own():
    begun = '{says: "begun", source: "staff", set: {reference: {"1-2": "*"}}}'
    met = '{says: "not yet", source: "staff"}'
    settings = stars(f"choices: {{line: {{question: Which, default: met, options: {{met: {met}, begun: {begun}}}}}}}")

    assert year(scale_of("stars", settings), 1) == [1, 1, 1]
    assert year(scale_of("stars", settings + "\nchoices: {stars: {line: begun}}"), 1) == [0, 0, 0]


def test_what_the_school_says_outright_beside_what_a_choice_sets_leaves_the_choice():
    settings = 'choices: {steps: {end-of-year: w}}\nscales: {steps: {reference: {"1-6": {summer: s+}}}}'

    assert year(scale_of("steps", settings), 1) == [5, 7, 12]


def test_a_school_may_change_which_option_is_the_default_and_add_options():
    settings = """
scales:
  nc-levels:
    choices:
      year-1:
        default: 1c
        options: {1c: {says: "1c", source: "staff", set: {reference: {"1": {summer: 7}}}}}
"""

    scale = scale_of("nc-levels", settings)

    assert (year(scale, 1), scale.choices[0].chosen, scale.choices[0].by_school) == ([4, 7, 7], "1c", False)
    assert [option.name for option in scale.choices[0].options] == ["1b", "1a", "1c"]


def test_a_scale_of_the_schools_own_may_have_choices():
    settings = stars(
        "choices:",
        "  line:",
        '    question: "Which stars are expected?"',
        "    default: usual",
        "    options:",
        '      usual: {says: "two", source: "staff"}',
        '      begun: {says: "one", source: "staff", set: {reference: {"1-2": "*"}}}',
    )

    choice = scale_of("stars", settings).choices[0]
    assert (choice.chosen, choice.says, choice.others, choice.by_school) == ("usual", "two", ["one"], False)
    assert year(scale_of("stars", settings), 1) == [1, 1, 1]


def test_words_that_the_school_adds_to_a_scale_with_choices_are_added_once():
    settings = 'scales: {nc-levels: {hints: ["our levels"], grades: {2b: {spellings: ["two b"]}}}}'

    ours, school = scale_of("nc-levels"), scale_of("nc-levels", settings)

    assert school.hints == (*ours.hints, "our levels")
    assert school.by_code["2b"].spellings == (*ours.by_code["2b"].spellings, "two b")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("choices: {nc-level: {year-1: 1a}}", "a name in 'choices' is not a scale. Did you mean 'nc-levels'?"),
        (
            "choices: {nc-levels: {year-2: 1a}}",
            (
                "'year-2' is not a choice of the scale 'nc-levels'; its choices: year-1, years-3-and-5."
                " Did you mean 'year-1'?"
            ),
        ),
        ("choices: {nc-points: {year-1: 1a}}", "'year-1' is not a choice of the scale 'nc-points'; its choices: none."),
        (
            "choices: {nc-levels: {year-1: [1a]}}",
            "'year-1' in 'nc-levels' in 'choices' in siptrack.yaml must be one text.",
        ),
    ],
)
def test_an_unknown_scale_or_choice_is_refused_with_what_there_is(settings, message):
    assert refusal_of(settings) == f"siptrack.yaml, line 1: {message}"
