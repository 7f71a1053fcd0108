"""Which term is judged when none is named: the newest in which more than half as many children as before have a result.

A head would not call it Summer because one teacher has entered one mark, and would once most marks are in.
"""

import pytest

from registers import Term, register, term, typed, usual_rules
from siptrack.analysis.analyse import Filters, analyse, check
from siptrack.analysis.term_judged import choose_term
from siptrack.cycle.audit import audit
from siptrack.cycle.since import look_back
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.term import Season

ONE_EARLY_MARK = """
    pupil    | year group | class | Summer 2025 | Spring 2026 | Summer 2026 || this year    | newer
    Tess     | 5          | 5K    | EXS         | WTS         | EXS         || insufficient | Summer 2026 EXS
    Grace    | 5          | 5K    | EXS         | WTS         | .           || insufficient |
    Noah     | 5          | 5L    | EXS         | EXS         | .           || expected     |
    Iris     | 5          | 5L    | EXS         | EXS         | .           || expected     |
"""


def judged(table, scale="teacher-assessment"):
    return choose_term(register(table, scale=scale), usual_rules())


@pytest.mark.parametrize(
    ("autumn", "spring", "summer", "wanted", "begun"),
    [
        (20, 20, 0, "Spring 2026", []),
        (20, 20, 1, "Spring 2026", [("Summer 2026", 1, 20)]),
        (16, 16, 12, "Summer 2026", []),
        (20, 20, 10, "Spring 2026", [("Summer 2026", 10, 20)]),
        (20, 20, 11, "Summer 2026", []),
        (20, 2, 1, "Autumn 2025", [("Spring 2026", 2, 20), ("Summer 2026", 1, 20)]),
        (0, 0, 1, "Summer 2026", []),
        (1, 0, 0, "Autumn 2025", []),
    ],
)
def test_a_term_is_judged_once_more_than_half_the_children_have_a_result(autumn, spring, summer, wanted, begun):
    rows = "\n".join(
        " | ".join(("4", *("EXS" if child < count else "." for count in (autumn, spring, summer))))
        for child in range(max(autumn, spring, summer))
    )
    found = judged(f"year group | Autumn 2025 | Spring 2026 | Summer 2026\n{rows}")

    assert found.term.label == wanted
    assert [(one.term.label, one.children, one.of) for one in found.begun] == begun


def test_the_early_mark_of_a_child_who_has_recovered_is_told_and_judges_nobody():
    analysis = analyse(register(ONE_EARLY_MARK, scale="teacher-assessment"), usual_rules())

    assert analysis.term.label == "Spring 2026"
    year = analysis.progress[analysis.progress["window"] == "year"].set_index("pupil")["verdict"]
    flags = analysis.flags[analysis.flags["code"] == "insufficient-year"].set_index("pupil")
    newer = (flags["newer_term"] + " " + flags["newer_grade"]).str.strip().to_dict()
    assert {
        name: {"this year": year[name], "newer": newer.get(name, "")} for name in typed(ONE_EARLY_MARK).wanted
    } == typed(ONE_EARLY_MARK).wanted


@pytest.mark.parametrize(
    ("spring", "summer", "scale", "told"),
    [
        ("WTS", "EXS", "teacher-assessment", True),
        ("WTS", "GDS", "teacher-assessment", True),
        ("WTS", "WTS", "teacher-assessment", False),
        ("WTS", "A", "teacher-assessment", False),
        ("3c", "3b", "nc-levels", True),  # two of three points in the year, within the width of a judgement
        ("3c", "3c", "nc-levels", False),
        ("90", "101", "standardised-score", True),
        ("90", "91", "standardised-score", False),
    ],
)
def test_a_mark_tells_of_recovery_when_progress_by_it_is_insufficient_no_more(spring, summer, scale, told):
    start = {"nc-levels": "3c", "standardised-score": "101"}.get(scale, "EXS")
    others = "\n".join(f"Other {at} | 5 | {start} | {start} | ." for at in range(3))
    table = f"""
        pupil | year group | Summer 2025 | Spring 2026 | Summer 2026
        Tess  | 5          | {start}     | {spring}    | {summer}
        {others}
    """
    flags = analyse(register(table, scale=scale), usual_rules()).flags

    of_tess = flags[(flags["pupil"] == "Tess") & (flags["newer_term"] != "")]
    assert (len(of_tess) > 0) is told
    assert set(of_tess["code"]) <= usual_rules().flags.counting


@pytest.mark.parametrize(
    ("autumn", "spring", "summer", "told"),
    [
        ("WTS", "WTS", "EXS", {"below"}),
        ("WTS", "WTS", "WTS", set()),
        ("GDS", "EXS", "GDS", {"fell-back"}),
        ("GDS", "EXS", "EXS", set()),
        ("EXS", "WTS", "EXS", {"below", "fell-back"}),
    ],
)
def test_a_child_named_for_something_else_has_recovered_when_it_is_so_no_more(autumn, spring, summer, told):
    table = f"""
        pupil | year group | Autumn 2025 | Spring 2026 | Summer 2026
        Tess  | 5          | {autumn}    | {spring}    | {summer}
        Bob   | 5          | EXS         | EXS         | .
        Cai   | 5          | EXS         | EXS         | .
    """
    flags = analyse(register(table, scale="teacher-assessment"), usual_rules()).flags

    assert set(flags.loc[flags["newer_grade"] == summer, "code"]) == told
    assert (flags["newer_grade"] != "").sum() == len(told)


def test_no_filter_changes_the_term_judged():
    school = register(ONE_EARLY_MARK, scale="teacher-assessment")
    asked = (
        Filters(classes=frozenset({"5K"})),
        Filters(years=frozenset({5})),
        Filters(subjects=frozenset({"reading"})),
    )
    found = [analyse(school, usual_rules(), filters=one) for one in asked]

    assert {one.term.label for one in found} == {"Spring 2026"}
    assert {one.begun for one in found} == {choose_term(school, usual_rules()).begun}


def test_a_subject_without_a_result_in_the_term_judged_is_not_judged_in_another():
    table = """
        pupil | year group | Spring 2026 | Summer 2026 | science Summer 2026
        Ann   | 5          | EXS         | .           | EXS
        Bob   | 5          | EXS         | .           | .
        Cai   | 5          | EXS         | .           | .
    """
    with pytest.raises(NothingToJudgeError, match="Spring 2026"):
        analyse(register(table, scale="teacher-assessment"), usual_rules(), filters=Filters(subjects={"science"}))


def test_everything_that_takes_a_term_takes_this_one_unless_it_is_named():
    school = register(ONE_EARLY_MARK, scale="teacher-assessment")
    rules, summer = usual_rules(), term("Summer 2026")

    assert check(school, rules).term.label == "Spring 2026"
    assert look_back(school, rules).term.label == "Spring 2026"
    assert audit(school, rules).term.label == "Spring 2026"
    assert analyse(school, rules, summer).term == summer
    assert analyse(school, rules, summer).begun == ()
    assert audit(school, rules, summer).term == summer


def test_when_only_the_next_autumn_has_begun_the_audit_opens_it_by_the_summer():
    table = """
        pupil | year group | Summer 2026 | Autumn 2026
        Ann   | 5          | EXS         | EXS
        Bob   | 5          | EXS         | .
        Cai   | 5          | WTS         | .
    """
    opened = audit(register(table, scale="teacher-assessment"), usual_rules())

    assert opened.year.moved_up
    assert opened.term.label == "Autumn 2026"
    assert [one.term.label for one in opened.year.begun] == ["Autumn 2026"]
    assert len(opened.on_roll) == 3


@pytest.mark.parametrize(
    ("told", "table", "wanted"),
    [
        (
            "only Year 6 sits a test in Summer",
            """
            year group | children | Autumn 2025 | Spring 2026 | Summer 2026
            3          | 6        | EXS         | EXS         | .
            4          | 6        | EXS         | EXS         | .
            5          | 6        | EXS         | EXS         | .
            6          | 6        | EXS         | EXS         | EXS
            """,
            "Spring 2026",
        ),
        (
            "Year 4 and Year 6 are half of a junior school",
            """
            year group | children | Autumn 2025 | Spring 2026 | Summer 2026
            3          | 6        | EXS         | EXS         | .
            4          | 6        | EXS         | EXS         | EXS
            5          | 6        | EXS         | EXS         | .
            6          | 6        | EXS         | EXS         | EXS
            """,
            "Spring 2026",
        ),
        (
            "a school that assesses once a year, one class first",
            """
            year group | children | Summer 2024 | Summer 2025 | Summer 2026
            4          | 6        | EXS         | EXS         | EXS
            5          | 12       | EXS         | EXS         | .
            """,
            "Summer 2025",
        ),
        (
            "a class that is new each year: nobody in it had a result before",
            """
            year group | children | Summer 2025 | Summer 2026
            2          | 6        | .           | EXS
            3          | 6        | EXS         | .
            """,
            "Summer 2026",
        ),
        (
            "leavers' histories: more have left than are here",
            """
            year group | children | Summer 2023 | Summer 2024 | Summer 2025 | Summer 2026 | left after
            6          | 6        | .           | EXS         | EXS         | EXS         |
            7          | 6        | EXS         | EXS         | EXS         | .           | Summer 2025
            8          | 6        | EXS         | EXS         | .           | .           | Summer 2024
            9          | 6        | EXS         | .           | .           | .           | Summer 2023
            """,
            "Summer 2025",
        ),
        (
            "targets are no results",
            """
            year group | children | Spring 2026 | target Summer 2026
            6          | 6        | EXS         | EXS
            """,
            "Spring 2026",
        ),
        (
            "nor is a column that says absent",
            """
            year group | children | Spring 2026 | Summer 2026
            6          | 6        | EXS         | A
            """,
            "Spring 2026",
        ),
        (
            "one subject handed in by everybody is the term's",
            """
            year group | children | Spring 2026 | maths Spring 2026 | maths Summer 2026
            6          | 6        | EXS         | EXS               | EXS
            """,
            "Summer 2026",
        ),
        (
            "a mark of a mistyped year, long after all others",
            """
            year group | children | Spring 2026 | Summer 2062
            6          | 1        | EXS         | EXS
            6          | 6        | EXS         | .
            """,
            "Spring 2026",
        ),
        (
            "marks on no scale count as any other",
            """
            year group | children | Spring 2026 (raw marks) | Summer 2026 (raw marks)
            6          | 6        | 31                      | 33
            """,
            "Summer 2026",
        ),
    ],
)
def test_children_are_counted_as_a_head_would(told, table, wanted):
    assert judged(table).term.label == wanted, told


def test_terms_without_a_year_are_counted_alike():
    school = register(ONE_EARLY_MARK, scale="teacher-assessment")
    years = 3 * 2025
    undated = school.results.assign(term=school.results["term"] - years)
    assert choose_term(type(school)(**{**vars(school), "results": undated}), usual_rules()).term == Term(
        0, Season.SPRING
    )
