"""The first page of an analysis, line by line: each year group and each child on one, nothing where there is none."""

from __future__ import annotations

from dataclasses import replace

from hand_built import analysis, flag, frame, problem, pupil, rules
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.trend_tables import TRENDS
from siptrack.cycle.first_tables import FirstChild
from siptrack.documents.analyse.view import FirstPage, SubjectColumn, YearLine, Years, page_of, year_lines
from siptrack.documents.at_a_glance import StandingAtAGlance, at_a_glance
from siptrack.documents.child_lines import ChildLine, Move, NamedInClass, class_lists
from siptrack.documents.children import Child, list_children
from siptrack.documents.evidence import Basis, First, OnListSince, Slipping, sureness
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.in_short import InShort
from siptrack.documents.trends import gaps_that_changed
from siptrack.rendering.terminal import as_text
from siptrack.school.problem import Severity
from siptrack.school.term import Season, Term

TOGETHER = "Reading, writing and maths"
READING = Move("Reading", ("2c", "2a"), 81.4, early=False, dropped=False, newer_term="", newer_grade="")


def standing(at_are, assessed, insufficient):
    return StandingAtAGlance(
        5, "Year 5", "reading", "Reading", 30, assessed, at_are, insufficient, None, None, 0, 0, ()
    )


def line(*moves, name="Beck, Adam", key="P1", on_list=None):
    return ChildLine(Child(key, name, 5, "5K", ()), moves or (READING,), on_list)


YEARS = Years(
    (SubjectColumn("Reading", 0, slow=True), SubjectColumn("Reading, writing and maths", 3, slow=False)),
    (YearLine("Year 5", 30, (standing(20, 29, 4), standing(10, 28, None))),),
    (),
)
CLASS = NamedInClass("class-1", "5K", "Year 5", 30, (line(),), ())
PAGE = FirstPage(
    warnings=(),
    in_short=(InShort("named", "One finding."),),
    years=YEARS,
    classes=(CLASS,),
    below=0,
    behind_own_age=0,
    recovered=(),
    gaps=(),
    changed=(),
    untold=(),
    choices=(),
)


def printed(page=PAGE, made=None, width=None, **sure):
    made = made or analysis()
    sure = sureness(made, rules())._replace(**sure)
    text = as_text(page_of(page, made, rules(), sure, "data"), width=width, colour=False)
    return [line for line in text.splitlines() if line and not line.startswith("Rules: ")]


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


def test_a_child_has_every_subject_and_what_to_check():
    dropped = READING._replace(subject="Maths", behind=40.2, dropped=True)
    newer = READING._replace(subject="Writing", behind=None, newer_term="Autumn 2009", newer_grade="3c")
    early = READING._replace(subject="Science", behind=None, early=True)
    of_class = NamedInClass("class-1", "", "Year group not known", 9, (line(READING, dropped, newer, early),), ())
    page = PAGE._replace(classes=(of_class,))

    lines = printed(page, bases=(Basis(("Reading",), 0.9, None, 20, own_base=False),))

    assert (
        "  Beck, Adam  reading 2c→2a 81; maths 2c→2a 40, dropped; "
        "writing 2c→2a, Autumn 2009 already: 3c; science 2c→2a early"
    ) in lines
    assert "The grade at the start and now; behind it, of 100 children with these marks" in " ".join(lines)
    assert "Dropped: lower than last term" in " ".join(lines)
    assert "Year group not known: 1 of 9" in lines


def test_how_long_a_child_is_named_and_for_whom_something_is_recorded_stands_at_every_width():
    on_list = {"P1": OnListSince(3, "Autumn 2008", nothing=True), "P2": OnListSince(1, "Summer 2009", nothing=False)}
    two = (line(on_list=on_list["P1"]), line(name="Cole, Ben", key="P2", on_list=on_list["P2"]))
    page = PAGE._replace(classes=(CLASS._replace(sure=two),))

    lines = printed(page, since=on_list)

    assert "  Beck, Adam   reading 2c→2a 81 · 3 terms" in lines
    assert "  Cole, Ben*   reading 2c→2a 81" in lines
    assert any(
        "*: provision or an action is recorded this school year; for the 1 other nothing is." in x for x in lines
    )
    assert "· 3 terms" in " ".join(said.strip() for said in printed(page, since=on_list, width=35))


def test_where_the_school_keeps_no_records_nobody_has_a_star():
    on_list = {"P1": OnListSince(3, "Autumn 2008", nothing=False)}
    page = PAGE._replace(classes=(CLASS._replace(sure=(line(on_list=on_list["P1"]),)),))

    lines = printed(page, since=on_list)

    assert "  Beck, Adam  reading 2c→2a 81 · 3 terms" in lines
    assert not any("*" in said for said in lines)


def test_where_some_are_to_be_talked_about_first_the_number_is_explained_there():
    since = OnListSince(3, "Autumn 2008", nothing=True)
    page = PAGE._replace(classes=(CLASS._replace(sure=(line(on_list=since),)),))
    row = FirstChild(
        1, "P1", "Beck", "Adam", 5, "5K", "reading", 81.4, named=True, terms=3, since="Autumn 2008", why=""
    )
    bases = (Basis(("Reading",), 0.9, None, 20, own_base=False),)

    lines = printed(page, first=(First(row, "Beck, Adam", "Reading"),), bases=bases)

    assert "  1. Beck, Adam (5K): reading 81; 3 terms on the list." in lines
    assert "  Beck, Adam  reading 2c→2a 81 · 3 terms" in lines
    assert any(said.startswith("The grade at the start and now, and the number as above.") for said in lines)


def test_in_one_line_stand_those_whom_their_marks_hardly_name():
    rest = [line(name=name, key=name) for name in ("Cole, Ben", "Dean, Cy")]

    said = printed(PAGE._replace(classes=(CLASS._replace(hardly=rest),)))

    assert [of for of in said if "2a" in of][1:] == [
        "  Probably chance, by their marks (under 20): Cole, Ben (reading 2c→2a 81); Dean, Cy (reading 2c→2a 81)."
    ]


def test_what_is_known_of_few_or_of_nobody_is_no_percentage():
    five = YearLine("Year 5", 9, (standing(3, 5, 1), None))
    six = YearLine("Year 6", 30, (None, standing(9, 20, None)))
    years = YEARS._replace(lines=(five, six), others=("Science", "History"), missing=2)
    lines = printed(PAGE._replace(years=years))
    assert "Year 5        9   3 of 5     1         -" in lines
    assert "Year 6       30        -        9 (45 %)" in lines
    assert any(said.endswith("Science and History: with --all.") for said in lines)
    assert any("of those assessed (2 judgements missing or on no scale: --detail); slow" in said for said in lines)


def test_nobody_named_is_said():
    assert "None among the children whose progress can be judged." in printed(PAGE._replace(classes=()))


def test_where_nobody_s_progress_can_be_judged_it_is_not_said_that_none_is_named():
    made = analysis(flags=[])
    unknown = made.having(progress=made.children.progress.having(verdict="cannot tell"))
    lines = printed(PAGE._replace(classes=()), unknown)
    assert "Children making insufficient progress: cannot tell yet" in lines
    assert "No child's progress can be judged from these files." in lines


def test_a_gap_that_has_changed_stands_among_the_gaps():
    row = {
        "from_term": "Summer 2008",
        "term": "Summer 2009",
        "terms": 3,
        "subject": "writing",
        "measure": "at_are",
        "characteristic": "gender",
        "group": "girls",
        "peers": "boys",
        "n": 30,
        "peers_n": 28,
        "trend": "narrowing",
        "gap_then": 25.2,
        "gap_now": 12.4,
        "change": -12.8,
        "low": -22.5,
        "high": -3.1,
        "chance": 0.001,
        "rescaled": 0,
        "joined": 0,
        "left": 0,
        "mix": 0.0,
    }
    changed = gaps_that_changed(frame(TRENDS, [row]), rules().groups.all(), rules())

    lines = printed(PAGE._replace(changed=changed))

    words = (
        "  Writing: the gap between 30 girls and 28 boys who were assessed in both terms has narrowed since Summer 2008"
    )
    assert lines[lines.index("Gaps between groups") + 1].startswith(words)


def test_the_rest_stands_where_there_is_any():
    page = PAGE._replace(warnings=("Too many.",), below=12, gaps=("Boys behind girls.",), untold=("Others not clear.",))
    page = page._replace(behind_own_age=1)
    elm = Finding("below", "P9", "maths", "Maths", newer_term="Autumn 2009", newer_grade="3c")
    page = page._replace(recovered=(("Elm, Di", elm), ("Fir, Al", elm)), choices=rules().scales["nc-levels"].choices)
    slipping = (
        Slipping("Dean, Cy", "5K", [("Writing", 74.0), ("Maths", 50.1)]),
        Slipping("Elm, Di", "", [("Maths", 60)]),
    )
    made = analysis(problems=[problem(), *[problem("a-query", row=at, severity=Severity.QUERY) for at in (3, 4)]])

    lines = printed(page, made, slipping=slipping)

    assert lines[1] == "Too many."
    slow = "Slipping slowly, not named by the rule: Dean, Cy (5K) writing 74, maths 50; Elm, Di maths 60."
    newer = (
        "A newer result shows more: Elm, Di, maths (Autumn 2009 already: 3c); Fir, Al, maths (Autumn 2009 already: 3c)."
    )
    gaps = ["Gaps between groups", "  Boys behind girls.", "  Others not clear."]
    at = lines.index(slow)
    ages = "Reading or spelling age more than 12 months behind their own: 1 child."
    keeping_up = f"Below expectations and keeping up: 12 children. {ages} By name: --all."
    assert lines[at : at + 6] == [slow, newer, keeping_up, *gaps]
    assert "  In the data: 1 error to correct and 2 queries to check. siptrack check data lists every one." in lines
    assert any(line.startswith("Error unknown-grade: ") for line in lines)
    assert any(line.startswith("Query a-query, 2 times: ") for line in lines)
    assert lines[-1].startswith("  Schools disagree on this, so siptrack takes: ")


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
    since = OnListSince(2, "Spring 2009", nothing=False)
    classes = class_lists(listed.insufficient, rules(), {"P3": since})
    assert [(of.name, of.size, [named.child.name for named in of.lines]) for of in classes] == [
        ("4A", 1, ["Cole, Cy"]),
        ("5K", 2, ["Awl, Di", "Beck, Jo"]),
    ]
    assert [(of.lines[0].moves[0].dropped, of.lines[0].on_list) for of in classes] == [(True, since), (False, None)]


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
    years = year_lines(at_a_glance(analysis(summary=frame(SUMMARY, rows)), rules()), rules())
    assert (years.columns, years.others) == (
        [SubjectColumn("Reading", 0, slow=True), SubjectColumn(TOGETHER, 3, slow=True)],
        ["Science"],
    )
    (five,) = years.lines
    assert (five.label, five.on_roll, [part and part.at_are for part in five.subjects]) == ("Year 5", 30, [20, 20])
    alone = year_lines(at_a_glance(analysis(summary=frame(SUMMARY, rows[1:2])), rules()), rules())
    assert ([column.label for column in alone.columns], alone.others) == (["Science"], [])
