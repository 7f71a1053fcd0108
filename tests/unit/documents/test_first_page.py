"""The first page of an analysis, line by line: each year group and each child on one, nothing where there is none."""

from __future__ import annotations

from dataclasses import replace

from hand_built import analysis, flag, frame, problem, pupil, rules
from siptrack.analysis.tables import SUMMARY
from siptrack.documents.analyse.view import (
    ClassLines,
    FirstPage,
    InYear,
    ListedNamed,
    NamedSubject,
    YearLine,
    class_lines,
    first_page,
    year_lines,
)
from siptrack.documents.children import list_children
from siptrack.documents.evidence import Basis, Slipping, sureness
from siptrack.documents.findings import list_findings
from siptrack.rendering.terminal import as_text
from siptrack.school.problem import Severity
from siptrack.school.term import Season, Term

READING = NamedSubject("Reading", ("2c", "2a"), 81.4, early=False, lower=False, newer="")
PAGE = FirstPage(
    warnings=(),
    in_short=("One finding.",),
    subjects=("Reading", "All 3"),
    others=(),
    years=(YearLine("Year 5", 30, (InYear(20, 29, 4), InYear(10, 28, None))),),
    classes=(ClassLines("5K", 5, 30, (ListedNamed("Beck, Adam", (READING,), hardly=False),)),),
    below=0,
    recovered=(),
    gaps=(),
    settings=(),
)


def printed(page=PAGE, made=None, **sure):
    made = made or analysis()
    text = as_text(
        first_page(page, made, rules(), sureness(made, rules())._replace(**sure), "data"), width=None, colour=False
    )
    return [line for line in text.splitlines() if line]


def test_a_year_group_and_a_child_stand_on_a_line_each_and_sections_without_anything_are_not_there():
    assert printed() == [
        "Pupil progress: Summer 2009 (school year 2008-09)",
        "In short",
        "  One finding.",
        "At a glance",
        "Year    On roll    Reading  slow      All 3",
        "Year 5       30  20 (69 %)     4  10 (36 %)",
        "At expectations, in percent of those assessed; slow: how many make insufficient progress.",
        "Children making insufficient progress: 1",
        "The grade at the start and now.",
        "5K, Year 5: 1 of 30",
        "  Beck, Adam  reading 2c→2a 81",
        "What this rests on",
        (
            "  Read 2 files. 1,265 rows: 1,262 used, 3 set aside (3: headings repeated). 40 results: all used. "
            "1 child on roll; 11 have left."
        ),
    ]


def test_a_child_is_told_of_with_every_subject_and_what_to_check():
    lower = READING._replace(label="Maths", behind=40.2, lower=True)
    newer = READING._replace(label="Writing", behind=None, newer="Autumn 2009 already: 3c")
    early = READING._replace(label="Science", behind=None, early=True)
    child = ListedNamed("Beck, Adam", (READING, lower, newer, early), hardly=False)
    page = PAGE._replace(classes=(ClassLines("", None, 9, (child,)),))

    lines = printed(page, bases=(Basis(("Reading",), 0.9, None, 20, own_base=False),))

    assert (
        "  Beck, Adam  reading 2c→2a 81; maths 2c→2a 40, lower than last term; "
        "writing 2c→2a, Autumn 2009 already: 3c; science 2c→2a (early)"
    ) in lines
    assert "The grade at the start and now; behind it, of 100 children with these marks" in " ".join(lines)
    assert any(line.endswith(": 1 of 9") for line in lines)


def test_below_a_line_stand_those_whom_their_marks_hardly_name():
    hardly = [ListedNamed(name, (READING,), hardly=True) for name in ("Cole, Ben", "Dean, Cy")]
    page = PAGE._replace(classes=(ClassLines("5K", 5, 30, (PAGE.classes[0].children[0], *hardly)),))

    names = [
        line.split("  ")[1] for line in printed(page) if (line.startswith("  ") and "2a" in line) or "hardly" in line
    ]

    assert names == ["Beck, Adam", "hardly, by their marks:", "Cole, Ben", "Dean, Cy"]


def test_what_is_known_of_few_or_of_nobody_is_no_percentage():
    years = (YearLine("Year 5", 9, (InYear(3, 5, 1), None)), YearLine("Year 6", 30, (None, InYear(9, 20, None))))
    lines = printed(PAGE._replace(years=years, others=("Science", "History")))
    assert "Year 5        9   3 of 5     1         -" in lines
    assert "Year 6       30        -        9 (45 %)" in lines
    assert any(line.endswith("Science and History: with --all.") for line in lines)


def test_nobody_named_is_said():
    assert "Nobody whose progress can be told." in printed(PAGE._replace(classes=()))


def test_the_rest_stands_where_there_is_any():
    page = PAGE._replace(warnings=("Too many.",), below=12, gaps=("Boys behind girls.",), settings=("A default.",))
    page = page._replace(recovered=("Elm, Di, maths (Autumn 2009 already: 3c)",))
    slipping = (
        Slipping("Dean, Cy", "5K", [("Writing", 74.0), ("Maths", 50.1)]),
        Slipping("Elm, Di", "", [("Maths", 60)]),
    )
    made = analysis(problems=[problem(), *[problem("a-query", row=at, severity=Severity.QUERY) for at in (3, 4)]])

    lines = printed(page, made, slipping=slipping)

    assert lines[1] == "Too many."
    slow = "Slipping slowly, not named by the rule: Dean, Cy (5K) writing 74, maths 50; Elm, Di maths 60."
    newer = "A newer result shows more: Elm, Di, maths (Autumn 2009 already: 3c)."
    below = "Below expectations and keeping up: 12 children, by name with --all."
    gaps = ["Gaps between groups", "  Boys behind girls."]
    at = lines.index(slow)
    assert lines[at : at + 5] == [slow, newer, below, *gaps]
    assert "  In the data: 1 error to correct and 2 queries to check. siptrack check data lists every one." in lines
    assert any(line.startswith("Error unknown-grade: ") for line in lines)
    assert any(line.startswith("Query a-query, 2 times: ") for line in lines)
    assert lines[-1] == "  A default."


def test_a_term_of_no_year_and_a_school_that_nobody_left():
    made = replace(analysis(), term=Term(0, Season.SUMMER), leavers=0)
    lines = printed(made=made)
    assert lines[0] == "Pupil progress: Summer, this year"
    assert lines[-1].endswith("1 child on roll; none has left.")
    assert printed(made=replace(made, leavers=None))[-1].endswith("1 child on roll.")


def test_named_children_come_by_class_and_the_strongest_first():
    pupils = [pupil("P1", "Beck, Jo"), pupil("P2", "Awl, Di"), pupil("P3", "Cole, Cy", class_name="4A")]
    flags = [flag(key="P1", from_grade="2c"), flag(key="P2"), flag(key="P3"), flag("fell-back", key="P3")]
    made = analysis(pupils=pupils, flags=flags)
    listed = list_children(made, rules(), list_findings(made, rules()), frozenset())
    classes = class_lines(listed.insufficient, rules())
    assert [(one.name, one.size, [child.name for child in one.children]) for one in classes] == [
        ("4A", 1, ["Cole, Cy"]),
        ("5K", 2, ["Awl, Di", "Beck, Jo"]),
    ]
    assert classes[0].children[0].subjects[0].lower
    assert not classes[1].children[0].subjects[0].lower


def test_only_the_subjects_that_make_up_a_combined_one_stand_side_by_side():
    row = {
        "year_group": 5,
        "n": 30,
        "assessed": 29,
        "at_are": 20,
        "insufficient": 3,
        "accelerated": 0,
        "cannot_tell": 0,
    }
    rows = [{**row, "subject": subject} for subject in ("reading", "science", "rwm")]
    subjects, others, years = year_lines(analysis(summary=frame(SUMMARY, rows)), rules())
    assert (subjects, others) == (["Reading", "All 3"], ["Science"])
    assert years == [YearLine("Year 5", 30, [InYear(20, 29, 3), InYear(20, 29, 3)])]
    alone, none, _ = year_lines(analysis(summary=frame(SUMMARY, rows[1:2])), rules())
    assert (alone, none) == (["Science"], [])
