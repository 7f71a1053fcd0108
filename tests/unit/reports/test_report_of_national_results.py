"""The page beside national results: what is in it, what it warns of, and when there is none."""

import pytest

from registers import register, usual_rules
from siptrack.analysis.national import NATIONAL, compare_with_national
from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY
from siptrack.documents.national_words import sources_of
from siptrack.documents.rules.national import figure_rows, rules_blocks
from siptrack.rendering.page import Page
from siptrack.reports.national import print_national
from siptrack.school.in_pandas import to_pandas
from siptrack.school.national import Figure


def page(table, scale="teacher-assessment", width=None):
    rules = usual_rules()
    national = to_pandas(
        compare_with_national(open_register(register(table, scale=scale), rules, None, EVERYBODY), rules)
    )
    whole = Page(width, colour=False)
    print_national(whole, national, rules)
    return whole.text()


NO_FIGURE = "siptrack has no national figure of this school year or an earlier one"
GIVEN = [("EES; SON26", "read"), ("SON26", "read"), ("SFR", "provisional"), ("a governor", "")]
DISADVANTAGED = """
    children | year group | disadvantaged     | reading Summer 2026 | writing Summer 2026 | maths Summer 2026
    5        | 6          | disadvantaged     | EXS                 | EXS                 | GDS
    7        | 6          | disadvantaged     | EXS                 | WTS                 | EXS
    20       | 6          | not_disadvantaged | EXS                 | EXS                 | EXS
"""


def test_each_figure_stands_with_its_year_and_each_gap_with_its_interval():
    shown = " ".join(page(DISADVANTAGED).split())

    assert "Key Stage 2, expected standard (Year 6)" in shown
    row = "Disadvantaged 5 of 12 (42 %) 47 % (2024-25) -5 (-28 to +21) 0 69 % (2024-25) -27"
    assert f"Reading, writing and maths {row}" in shown


def test_that_teacher_assessment_is_no_test_is_said_with_the_subjects():
    shown = page(DISADVANTAGED)

    assert "Teacher assessment is not a test result" in shown
    assert "(Reading; Maths; Reading, writing and maths)" in shown


def test_tests_beside_tests_need_no_such_warning():
    table = """
        children | year group | reading Summer 2025
        12       | 6          | 104
    """
    assert "Teacher assessment" not in page(table, "ks-scaled-score")


def test_tests_beside_teachers_judgements_are_warned_of_too():
    table = """
        children | year group | writing Summer 2025
        12       | 6          | 104
    """
    assert "A test result is not teacher assessment" in page(table, "ks-scaled-score")


def test_a_figure_in_doubt_is_said_to_be_so_once():
    table = """
        children | year group | gender | writing Summer 2009 | reading Summer 2009
        12       | 6          | girls  | 4b                  | 4b
        12       | 6          | boys   | 4b                  | 3a
    """
    shown = page(table, "nc-levels")

    doubt = "In doubt: national figures of 2008-09 for Reading and Writing are provisional in the source named."
    assert shown.count("In doubt") == 1
    assert doubt in shown


def test_small_groups_are_counted_and_not_shown():
    table = """
        children | year group | gender | reading Summer 2025
        12       | 6          | girls  | EXS
        3        | 6          | boys   | EXS
    """
    shown = page(table)

    assert "Boys" not in shown
    assert "1 group with a national figure has fewer than 11 children" in shown


def test_a_school_too_small_for_any_comparison_is_told_so_in_a_line():
    table = """
        children | year group | reading Summer 2025
        6        | 6          | EXS
    """
    assert page(table).splitlines() == [
        "1 group with a national figure has fewer than 11 children: look at the named children instead."
    ]


@pytest.mark.parametrize(
    ("table", "scale", "said"),
    [
        (
            "children | year group | maths Spring 2009\n 12 | 6 | 4b \n 12 | 2 | 2b",
            "nc-levels",
            "Year 6 and Year 2 are not set beside national results: national results are those of Summer.",
        ),
        (
            "children | year group | maths Summer 2007\n 12 | 6 | 4b",
            "nc-levels",
            f"Year 6 is not set beside national results: {NO_FIGURE}.",
        ),
    ],
)
def test_why_there_is_no_comparison_is_one_line(table, scale, said):
    assert page(table, scale) == f"{said}\n"


def test_nothing_is_printed_where_there_is_nothing_to_compare():
    whole = Page(None, colour=False)
    print_national(whole, NATIONAL.empty(), usual_rules())

    assert whole.text() == "\n"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_screen(width):
    assert max(map(len, page(DISADVANTAGED, width=width).splitlines())) <= width


def test_every_figure_is_in_the_list_of_the_rules_page_with_its_source():
    rules = usual_rules()

    for standard in rules.national.standards.values():
        listed = figure_rows(standard, rules)
        assert sum(percents.count(";") + 1 for _, _, percents, _ in listed) == len(standard.figures)
        assert all(source for *_, source in listed)
    assert (
        f"{sum(len(one.figures) for one in rules.national.standards.values())} figures" in rules_blocks(rules)[0].words
    )


def test_each_source_is_named_once_with_how_sure_its_figures_are():
    national = usual_rules().national
    told = [Figure(2025, "", "", "", 60, source, sure, "") for source, sure in GIVEN]

    assert sources_of(told, national) == (
        "EES; SON26 (read in the source named); SFR (provisional in the source named); a governor (not said how sure)"
    )
