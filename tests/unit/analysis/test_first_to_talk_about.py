"""Whom to talk about first, of children whose marks, provision and stay on the list are typed here."""

from __future__ import annotations

import pytest

from providing import with_provision
from registers import usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.first import first_to_talk_about
from siptrack.cycle.first_tables import FirstChild
from siptrack.school.tables import rows_of

TERMS = ("Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026", "Summer 2026")
FELL = "GDS GDS GDS GDS EXS WTS"  # 96 in 100, on the list since Spring
LONG_BELOW = "GDS GDS GDS EXS EXS EXS"  # less than that, on the list since Autumn
HARDLY = "GDS EXS EXS EXS EXS EXS"  # 10 in 100, and on the list all the time
STRONG, LONG, NOTHING = "strong marks", "long on the list", "neither provision nor action"


def first(children, provided=("Nobody",)):
    """The children to talk about first, of marks by subject; the `provided` have provision this year."""
    subjects = list(dict.fromkeys(subject for marks in children.values() for subject in marks))
    lines = [["pupil", "year group", *(f"{subject} {term}" for subject in subjects for term in TERMS)]]
    for name, marks in children.items():
        grades = [grade for subject in subjects for grade in marks.get(subject, "." + 5 * " .").split()]
        lines.append([name, "4", *grades])
    provision = ["pupil | intervention | subject | from | to"]
    provision += [f"{name} | Boost | reading | Autumn 2025 | Summer 2026" for name in provided]
    register = with_provision("\n".join(map(" | ".join, lines)), "\n".join(provision), scale="teacher-assessment")
    rules = usual_rules()
    return rows_of(FirstChild, first_to_talk_about(analyse(register, rules), rules))


def told(rows):
    return [(row.pupil, row.why.split("; ")) for row in rows]


def test_a_child_whom_the_rule_names_and_whose_marks_hardly_do_is_not_among_the_first():
    rows = first({"Weak": {"reading": HARDLY}, "Strong": {"reading": FELL}}, provided=["Strong"])

    assert told(rows) == [("Strong", [STRONG])]
    assert rows[0].behind_in_100 > 90


def test_nobody_is_where_the_marks_of_all_who_are_named_hardly_do():
    assert first({"Weak": {"reading": HARDLY}}) == []


def test_a_child_of_whom_it_is_too_early_to_be_sure_may_be():
    (row,) = first({"New": {"reading": ". . . EXS . WTS"}})

    assert (row.pupil, row.behind_in_100, row.why) == ("New", None, NOTHING)


def test_the_terms_on_the_list_are_those_of_the_subject_that_is_told():
    (both,) = first({"Ann": {"reading": HARDLY, "maths": FELL}})
    (longer,) = first({"Ann": {"reading": LONG_BELOW, "maths": FELL}})

    assert (both.subject, both.terms, both.since, both.why) == ("maths", 2, "Spring 2026", f"{STRONG}; {NOTHING}")
    assert (longer.subject, longer.terms, longer.since) == ("reading", 3, "Autumn 2025")
    assert longer.why == f"{STRONG}; {LONG}; {NOTHING}"
    assert longer.behind_in_100 < both.behind_in_100


def test_of_two_subjects_with_as_many_reasons_the_stronger_is_told():
    (row,) = first({"Ann": {"maths": "GDS GDS GDS GDS EXS EXS", "reading": FELL}})

    assert (row.subject, row.terms, row.since) == ("reading", 2, "Spring 2026")


@pytest.mark.parametrize(("provided", "why"), [(["Ann"], STRONG), (["Bob"], f"{STRONG}; {NOTHING}")])
def test_provision_in_any_subject_is_something_done(provided, why):
    (row,) = first({"Ann": {"maths": FELL}}, provided)

    assert row.why == why
