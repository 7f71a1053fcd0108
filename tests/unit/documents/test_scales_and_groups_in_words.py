"""What the whole report and the page of the school say alike: of the scales in use, and of groups."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hand_built import analysis, flag, frame, gap, result, rules
from siptrack.analysis.evidence_tables import EVIDENCE
from siptrack.analysis.group_tables import CLOSERS, PARADOXES
from siptrack.analysis.model import Beside, Crossing
from siptrack.documents.analyse.whole import whole_report
from siptrack.documents.scales import BothKinds, Crossed, Scales, scales_of
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections
from siptrack.rendering.terminal import as_text, print_sections
from siptrack.school.register import RESULTS
from siptrack.school.scale import Bridge

SCALES = Scales((), (), ())
TO_LEVELS = Bridge("ta-levels", "a", "b", {}, "the school's own table", by_school=True)


def printed(macro, *view):
    page = Page(None, colour=False)
    print_sections(page, sections(macro, *view, template="school.jinja"))
    return page.text().strip().splitlines()


def whole(made):
    return as_text(whole_report(made, rules()), width=None, colour=False)


@pytest.mark.parametrize(
    ("bridge", "says"),
    [
        (None, "Grades of two scales are not compared: progress begins again with the first result on the new."),
        (TO_LEVELS, "Progress crosses by your siptrack.yaml's bridge ta-levels (the school's own table)."),
        (
            TO_LEVELS._replace(by_school=False),
            "Progress crosses by siptrack's bridge ta-levels (the school's own table).",
        ),
    ],
)
def test_where_results_stand_on_two_scales_what_becomes_of_progress_is_said(bridge, says):
    crossed = Crossed("Reading", "Levels", "Teacher assessment", bridge, 1)

    assert printed("crossed", SCALES._replace(crossings=[crossed])) == [
        f"Reading: earlier results of 1 child are on Levels, now Teacher assessment. {says}"
    ]


@pytest.mark.parametrize(
    ("tests", "results", "says"),
    [
        (True, 2, "2 test results stand beside the teachers' judgements"),
        (False, 1, "1 teacher judgement stands beside the tests"),
    ],
)
def test_by_which_of_tests_and_judgements_progress_is_told_is_said(tests, results, says):
    (line,) = printed("crossed", SCALES._replace(beside=[BothKinds("Reading", tests, results)]))

    assert line.startswith(f"Reading: {says}. Progress goes by the ")


def test_the_scales_of_an_analysis_are_those_of_its_results():
    made = analysis().having(
        crossings=(Crossing("writing", "nc-levels", "teacher-assessment", "", 3),),
        beside=(Beside("writing", tests=True, count=2),),
    )

    scales = scales_of(made, rules())

    assert [scale.label for scale in scales.notes] == [rules().scales["nc-levels"].label]
    assert (scales.crossings[0].bridge, scales.crossings[0].children, scales.beside[0].results) == (None, 3, 2)


def test_the_school_s_own_settings_stand_before_the_defaults_and_a_note_on_a_line():
    choice, *_ = rules().scales["nc-levels"].choices
    of_scale = scales_of(analysis(), rules()).notes[0]
    own = of_scale._replace(choices=[choice._replace(by_school=True), choice], says=["A note."])

    heading, ours, default, note = printed("notes", SCALES._replace(notes=[own]))

    assert heading == f"About {of_scale.label}"
    assert ours == f"  As siptrack.yaml has it: {choice.says}."
    assert default.startswith(f"  Schools disagree on this, so siptrack takes: {choice.says} (others: ")
    assert note == "  A note."


def test_which_exports_were_recognised_is_said():
    register = replace(analysis().register, exports=(("Pupils.csv", "SIMS roster"), ("Marks.csv", "Arbor marks")))

    assert printed("exports", register) == ["Recognised: Pupils.csv as SIMS roster; Marks.csv as Arbor marks."]


def test_whom_the_marks_hardly_name_stands_apart_in_the_whole_report():
    row = {"pupil": "P1", "subject": "writing", "scale": "nc-levels", "terms": 5, "behind_in_100": 3.0}

    made = analysis(flags=[flag()], evidence=frame(EVIDENCE, [row]))
    of_one_term = replace(made.register, results=frame(RESULTS, [result()]))

    text = whole(replace(made, register=of_one_term))

    assert "  Named by the rule, but by their marks probably chance:\n  Smith, Jo\n" in text


def test_a_gap_that_turns_round_and_who_would_close_a_gap_stand_with_the_groups():
    paradox = {
        "subject": "writing",
        "characteristic": "gender",
        "group": "boys",
        "peers": "girls",
        "within": "year_group",
        "gap": -12.0,
        "pooled": 6.0,
        "n": 30,
        "peers_n": 30,
        "parts": 3,
    }
    closers = [
        {"pupil": "P1", "subject": subject, "groups": "gender=boys", "distance": 1.0}
        for subject in ("writing", "maths")
    ]

    text = whole(
        analysis(gaps=[gap()], paradoxes=frame(PARADOXES, [paradox]), closers=frame(CLOSERS, closers), flags=[])
    )

    assert "Writing: boys are behind over the whole school, but within 3 year groups" in text
    assert "Nearest to closing the clear gaps: 1 child\n" in text
    assert "5K\n  Smith, Jo: Writing (Boys); Maths (Boys)\n" in text
