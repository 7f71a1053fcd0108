"""The report with names: what stands on its first sheets, where names and counts lead, and what is folded."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import nan

import pytest

from hand_built import TERM, analysis, flag, frame, gap, progress, pupil, result, rules
from registers import register
from siptrack.analysis.analyse import analyse
from siptrack.analysis.evidence_tables import EVIDENCE
from siptrack.analysis.tables import PROGRESS
from siptrack.documents.child_lines import class_lists
from siptrack.documents.children import every_child, list_children
from siptrack.documents.findings import list_findings
from siptrack.documents.report.every_child import every_child_of
from siptrack.documents.report.figures import Share, a_year_ago, figures_of
from siptrack.documents.report.journeys import DrawnGrade, Journey, journeys
from siptrack.documents.report.terms import Assessed, YearLines, largest_change
from siptrack.documents.report.view import report_page
from siptrack.school.register import RESULTS

NAMES = {"P1": "Smith, Jo", "P2": "Baker, Ann", "P3": "Cook, Bob"}


def evidence(key, number, subject="writing"):
    return {"pupil": key, "subject": subject, "scale": "nc-levels", "terms": 5, "behind_in_100": number}


def school(**more):
    """Three children: Jo and Bob are named, Bob hardly by the marks; Ann is not."""
    pupils = [pupil(key, name) for key, name in NAMES.items()]
    flags = [
        flag(),
        flag("insufficient-key-stage", from_grade="3c", window="key_stage"),
        flag(key="P3"),
        flag(key="P1", subject="maths"),
    ]
    known = [evidence("P1", 60.0), evidence("P3", 3.0), evidence("P1", 91.0, "maths")]
    rows = [progress(key, subject) for key in NAMES for subject in ("writing", "maths")]
    tables = {"evidence": frame(EVIDENCE, known), "progress": frame(PROGRESS, rows)}
    return analysis(pupils=pupils, flags=flags, **{**tables, **more})


def children(made):
    return every_child(made, list_findings(made, rules()))


def lists(made):
    listed = list_children(made, rules(), list_findings(made, rules()), frozenset())
    return class_lists(listed.insufficient, rules(), {})


@pytest.fixture
def page(monkeypatch):
    return page_of(school(gaps=[gap()]), monkeypatch, {"P1": "children/pupil-001.html"})


def page_of(made, monkeypatch, links):
    """The page of an analysis built by hand, of which no year ago is known."""
    monkeypatch.setattr("siptrack.documents.report.view.a_year_ago", lambda *_: None)
    nothing = frame(RESULTS, []).having(distance=nan, graded=False, attainment="", year_group=nan)
    now = replace(made.register, results=frame(RESULTS, [result()]))
    return report_page(replace(made.having(judged=nothing), register=now), rules(), links).decode()


def of_section(page, key):
    return page.partition(f'<section aria-labelledby="{key}"')[2].partition("</section>")[0]


def test_a_child_is_a_line_of_the_class_with_a_move_a_subject_the_strongest_first():
    (of_class,) = lists(school())
    (line,) = of_class.sure

    assert (of_class.name, of_class.year, len(of_class.lines), of_class.size) == ("5K", "Year 5", 2, 3)
    assert line.child.name == "Smith, Jo"
    assert [(move.subject, move.grades, move.behind) for move in line.moves] == [
        ("Maths", ["2a", "2a"], 91),
        ("Writing", ["3c", "2a", "2a"], 60),
    ]


def test_whom_the_marks_hardly_name_stands_apart():
    (of_class,) = lists(school())

    assert [line.child.name for line in of_class.hardly] == ["Cook, Bob"]


def test_every_child_has_a_row_to_which_names_lead_and_says_where_it_is_named():
    made = school()
    everybody = every_child_of(made, rules(), children(made))
    (of_class,) = everybody.classes

    assert everybody.rows == {"P2": "#child-1", "P3": "#child-2", "P1": "#child-3"}
    assert everybody.years == {"Year 5": "#everybody-1"}
    assert [place.named for place in of_class.rows[2].places] == [False, True, True]
    assert of_class.rows[0].places[1] == ("2a", "well below", False)


def test_a_name_leads_to_the_child_s_page_and_without_one_to_its_row(page):
    named = of_section(page, "named")

    assert '<a href="children/pupil-001.html">Smith, Jo</a>' in named
    assert '<a href="#child-2">Cook, Bob</a>' in named
    assert '<tr id="child-2">' in page.partition('<div id="everybody">')[2]


def test_each_large_figure_leads_to_its_names_or_gaps(page):
    assert re.findall(r'<li><a href="(#[\w-]+)"><b class="large">([^<]+)</b>', page) == [
        ("#everybody", "0"),
        ("#named", "2"),
        ("#gaps", "1"),
    ]


def test_the_rest_is_folded_and_closed_and_links_lead_into_it(page):
    folds = re.findall(r"<details([^>]*)>\s*<summary><h3>([^<]+)</h3></summary>\s*<div id=\"([\w-]+)\">", page)

    assert [(opened, key) for opened, _, key in folds if opened] == []
    assert {"insufficient", "everybody", "every-gap", "left-out", "read"} <= {key for _, _, key in folds}
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(re.findall(r' id="([\w-]+)"', page))


def test_the_clear_gap_stands_with_its_sentence_in_the_picture(page):
    assert "Boys behind girls. Writing: 14 of 30 (47 %)" in of_section(page, "gaps")


def test_no_sentence_stands_twice_before_the_folds(page):
    first = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL).partition('<section aria-labelledby="more"')[0]
    sentences = [text.strip() for text in re.findall(r"<(?:p|li)[^>]*>([^<]+)<", first) if len(text.split()) > 6]

    assert sorted(sentences) == sorted(set(sentences))


def test_without_anybody_named_it_says_so(monkeypatch):
    page = page_of(analysis(flags=[]), monkeypatch, {})

    assert "None among the children whose progress can be judged." in page


def test_the_figures_count_each_child_once():
    assert figures_of(school(), rules(), Share(1, 4)).named == (2, 3)


def test_the_figures_of_a_year_ago_are_of_the_same_term_then_and_need_results_in_it():
    table = """
        pupil | year group | Summer 2008 | Summer 2009
        Ann   | 4          | 3c          | 3c
    """
    then = a_year_ago(analyse(register(table), rules()), rules())

    assert then is not None
    assert figures_of(then, rules(), Share(0, 0)).term == "Summer 2008"
    assert a_year_ago(then, rules()) is None


def test_a_journey_is_of_one_scale_and_its_line_is_where_the_verdict_draws_it():
    def at(term, distance, scale="nc-levels"):
        of = {**result(term=term), "scale": scale}
        return {**of, "distance": distance}

    earlier, before = TERM._replace(academic_year=2006), TERM._replace(academic_year=2007)
    rows = [at(earlier, 1.0, "other"), at(before, 2.0), at(TERM, -2.0)]
    judged = frame(RESULTS, rows).having(
        distance=frame(RESULTS, rows)["points"] * 0 + [row["distance"] for row in rows], year_group=5.0
    )
    (journey,) = journeys(school(judged=judged), rules(), {("P1", "writing")}).values()

    assert [grade.distance for grade in journey.grades] == [2.0, -2.0]
    assert journey.dots[0][1] < journey.line < journey.dots[1][1]
    assert journey.line == Journey(journey.grades, rules().scales["nc-levels"].at_within.at(5) or 0).line
    assert journey.line > Journey(journey.grades).line


def test_one_result_is_no_journey_and_nobody_else_has_one():
    assert journeys(school(), rules(), {("P1", "writing")}) == {}
    assert Journey([DrawnGrade(1, "2a", 0.0), DrawnGrade(2, "2a", 0.0)]).line == 14


def test_what_moved_most_in_a_year_is_said_of_one_year_group_and_subject():
    def drawn(year, then, now):
        return YearLines(year, {"Reading": [Assessed(1, then, 20), Assessed(4, now, 20)]})

    change = largest_change([drawn("Year 3", 10, 11), drawn("Year 4", 15, 9)])

    assert change is not None
    assert (change.year, change.then.met, change.now.met) == ("Year 4", 15, 9)
    assert largest_change([drawn("Year 3", 10, 10)]) is None


def test_labels_at_the_ends_of_lines_stand_apart():
    drawn = YearLines("Year 3", {name: [Assessed(1, 10, 20), Assessed(4, 12, 20)] for name in ("A", "B", "C")})
    heights = sorted(line.label.y for line in drawn.lines)

    assert all(lower - higher > 11.9 for higher, lower in pairwise(heights))
