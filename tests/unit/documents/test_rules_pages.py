"""The pages of the rules: every figure and setting in force, all about each scale, and what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registers import term, usual_rules
from siptrack.documents.rules.national import figures_of, sources_of
from siptrack.documents.rules.view import differences_page, rules_page, scale_page
from siptrack.rendering.markdown import as_markdown
from siptrack.rules.load import load
from siptrack.rules.model import Change
from siptrack.school.national import Figure

GIVEN = [("EES; SON26", "read"), ("SON26", "read"), ("SFR", "provisional"), ("a governor", "")]
SCHOOLS_OWN = """
choices: {nc-levels: {year-1: "1a"}}
flags: {flags: {below: {active: false}}}
"""


def text(page) -> str:
    return as_markdown(page).replace("\\", "")


# --- the rules in force -----------------------------------------------------------------------------------------------


def test_every_national_figure_is_on_the_page_with_its_source():
    rules = usual_rules()
    page = text(rules_page(rules, [], None))

    for standard in rules.national.standards.values():
        listed = figures_of(standard, rules)
        assert sum(of_year.percent.count(";") + 1 for of_year in listed) == len(standard.figures)
        assert all(of_year.source for of_year in listed)
        assert all(
            f"| {standard.key} | {of_year.year} | {of_year.subject} | {of_year.percent} |" in page for of_year in listed
        )
    assert f"{sum(len(one.figures) for one in rules.national.standards.values())} figures, in percent" in page


def test_each_source_is_named_once_with_how_sure_its_figures_are():
    national = usual_rules().national
    told = [Figure(2025, "", "", "", 60, source, sure, "") for source, sure in GIVEN]

    assert sources_of(told, national) == (
        "EES; SON26 (read in the source named); SFR (provisional in the source named); a governor (not said how sure)"
    )


def test_what_the_school_has_chosen_is_told_from_what_siptrack_takes(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text(SCHOOLS_OWN, encoding="utf-8")
    rules = load(settings)
    page = text(rules_page(rules, [], None))

    assert "| nc-levels: year-1 | 1a | the school |" in page
    assert "| nc-levels: years-3-and-5 | 2a at the end of Year 3 and 3a of Year 5 | siptrack's default |" in page
    assert "(switched off)" in next(line for line in page.splitlines() if line.startswith("| below |"))
    assert "| 1a (chosen in siptrack.yaml) |" in text(scale_page(rules.scales["nc-levels"], rules))


def test_rules_that_hold_from_a_term_on_are_named_by_it():
    rules = usual_rules()

    assert "No rule has changed over time." in text(rules_page(rules, [], None))
    page = text(rules_page(rules, [term("Autumn 2008"), term("Summer 2009")], term("Spring 2009")))
    assert page.startswith("# The rules in force in Spring 2009\n")
    assert "Some rules hold only from a term on: Autumn 2008, Summer 2009." in page


def test_what_a_mode_of_sharing_keeps_back_is_named():
    rules = usual_rules()
    strict = next(iter(rules.sharing.modes.values()))._replace(pairs=False, names_from_data=False, not_recorded=False)
    sharing = rules.sharing._replace(modes={strict.key: strict})

    page = text(rules_page(rules._replace(sharing=sharing), [], None))

    assert [line for line in page.splitlines() if "not shared" in line] == [
        f"| {strict.key} | not shared: groups of several characteristics |  |",
        f"| {strict.key} | not shared: groups that the data name, such as classes |  |",
        f"| {strict.key} | not shared: children whose group is not recorded |  |",
    ]


# --- a scale ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", usual_rules().scales)
def test_a_scales_page_holds_every_grade_and_code_and_every_point_of_its_line(name):
    rules = usual_rules()
    scale = rules.scales[name]
    page = text(scale_page(scale, rules))

    assert all(f"| {one.code} | " in page for one in (*scale.grades, *scale.codes))
    line = page.partition("## The reference line")[2].partition("##")[0]
    years = {rules.years.label(year) for year, _ in scale.reference}
    assert {row.split(" | ")[0].removeprefix("| ") for row in line.splitlines()[4:] if row.startswith("| ")} == years
    assert ("There is no line" in line) is not bool(scale.reference)


def test_a_scale_says_what_is_special_about_it():
    rules = usual_rules()
    levels, steps = (text(scale_page(rules.scales[name], rules)) for name in ("nc-levels", "steps"))

    assert "- In use from 1988 to 2014.\n" in levels
    assert "| Year 1 | 4 (P6) | 7 (1c) | 9 (1b) |" in levels
    assert "1 step in 3 terms is expected, none may be lost, and it is never called accelerated." in levels
    assert "- Never compared with each other: those of W and those of P1i, P1ii, P2i," in levels
    assert "- W holds more children than a step does: the true points may lie 3 under or 4 over its own" in levels
    assert "from there middle prior attainment, from 18 high prior attainment." in levels
    assert "A grade may name the year group whose work it is" in steps


def test_grades_that_may_be_any_of_several_are_named():
    rules = usual_rules()
    scale = rules.scales["nc-levels"]
    small = scale.small_steps._replace(any_of_them=frozenset({"P4"}))

    page = text(scale_page(replace(scale, small_steps=small), rules))

    assert "- P4 may be any of these, so movement between P4 and them is not told.\n" in page


# --- what changed -----------------------------------------------------------------------------------------------------


def test_what_changed_is_told_a_line_each():
    page = text(
        differences_page(
            [
                Change("a.yaml", ("thresholds", "tolerance"), "1", "2"),
                Change("a.yaml", ("new",), None, "3"),
                Change("a.yaml", ("gone",), "4", None),
                Change("b.yaml", ("words",), "x", "y", words=True),
                Change("b.yaml", ("words",), "x", None, words=True),
                Change("b.yaml", ("words",), None, "y", words=True),
            ]
        )
    )

    assert page == (
        "# 6 rules differ from the saved ruler:\n\n"
        "- a.yaml, thresholds, tolerance: was 1, is 2 now.\n"
        "- a.yaml, new: is new: 3.\n"
        "- a.yaml, gone: is gone; was 4.\n"
        "- b.yaml, words: now without x and with y.\n"
        "- b.yaml, words: now without x.\n"
        "- b.yaml, words: now with y.\n"
    )


def test_rules_that_are_the_same_differ_in_nothing():
    assert text(differences_page([])) == "# No rule differs.\n"
