"""The page beside national results: what is in it, what it warns of, and when there is none."""

import pytest

from registers import register, usual_rules
from siptrack.analysis.national import NATIONAL, compare_with_national
from siptrack.analysis.opened import open_register
from siptrack.analysis.selection import EVERYBODY
from siptrack.documents.national import BesideEngland, WhyNone, national
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections
from siptrack.rendering.terminal import print_sections


def page(table, scale="teacher-assessment", width=None):
    rules = usual_rules()
    opened = open_register(register(table, scale=scale), rules, None, EVERYBODY)
    return printed(compare_with_national(opened, rules), width)


def printed(table, width=None):
    return in_print(national(table, usual_rules()), width)


def in_print(found, width=None):
    whole = Page(width, colour=False)
    print_sections(whole, sections("national", found, usual_rules().groups.small, template="school.jinja"))
    return whole.text()


NO_FIGURE = "siptrack has no national figure of this school year or an earlier one"
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


def test_where_the_data_name_no_school_year_that_is_why():
    why = WhyNone("YEAR", ["Year 6"], ["Summer"])

    assert in_print(BesideEngland([], 0, [why])) == (
        "Year 6 is not set beside national results: the data name no school year.\n"
    )


def test_nothing_is_printed_where_there_is_nothing_to_compare():
    assert printed(NATIONAL.no_rows()) == "\n"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_screen(width):
    assert max(map(len, page(DISADVANTAGED, width=width).splitlines())) <= width
