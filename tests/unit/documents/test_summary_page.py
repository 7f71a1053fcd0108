"""The summary without names: its sentences, its table, and what it says where figures are hidden or not there."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace

import pytest

from hand_built import rules
from siptrack.analysis.shareable import Shared
from siptrack.analysis.shared_changes import GapChange, GapThen, changes
from siptrack.analysis.shared_national import England
from siptrack.analysis.shared_terms import EarlierTerm
from siptrack.documents.summary.drawing import TermLine
from siptrack.documents.summary.view import (
    ComparedGroup,
    GroupGap,
    SubjectStanding,
    TableBlock,
    YearSixBesideEngland,
    summary_document,
    summary_page,
)
from siptrack.rendering.terminal import as_text
from siptrack.school.term import Season, Term

NOW, THEN = Term(2025, Season.SUMMER), Term(2024, Season.SUMMER)
THREE = "Reading, writing and maths"


def row(n: int | None, count: int | None, percent: int | None, status: str = "shown") -> dict[str, object]:
    return {"n": n, "count": count, "percent": percent, "status": status}


def shared(mode: str = "governors", **more: object) -> Shared:
    known = {"mode": rules().sharing.modes[mode], "filters": {}, "kept_back": False}
    return Shared(**{**known, "characteristics": rules().groups.all(), **more})


def summary(given: Shared | None = None, **more: object) -> SimpleNamespace:
    nothing: dict[str, object] = {
        "term": NOW,
        "shared": given or shared(),
        "rules": rules(),
        "subjects": {"reading": "Reading", "rwm": THREE},
        "a_year_ago": None,
        "year_before": THEN,
        "lines": [],
        "by_term": [],
        "groups": [],
        "symbols": "",
        "further": 0,
        "england_hidden": False,
        **{key: [] for key in ("missing", "not_shown", "not_recorded", "not_known_then")},
        **dict.fromkeys(("standings", "england", "progress", "table"), list),
    }
    return SimpleNamespace(**{**nothing, **more})


def words_of(these: SimpleNamespace, *, room: bool = False) -> str:
    return " ".join(as_text(summary_document(these, room=room), width=None, colour=False).split())


def test_it_says_how_many_are_at_expectations_beside_a_year_ago_and_england():
    england = England("reading", 6, 75.0, "2024-25", by_test=True, doubt="")
    doubtful = England("writing", 6, 72.0, "2024-25", by_test=False, doubt="provisional")
    said = words_of(
        summary(
            standings=lambda: [
                SubjectStanding("Reading", (207, 145), (204, 160)),
                SubjectStanding(THREE, None, None),
            ],
            england=lambda: [
                YearSixBesideEngland("Reading", "Year 6", (40, 32), england),
                YearSixBesideEngland("Maths", "Year 6", (9, 8), doubtful),
            ],
            progress=lambda: [("Reading", (202, 44)), ("Maths", (199, 34))],
            a_year_ago=EarlierTerm(THEN, {}, {}),
            missing=["Year 6"],
        )
    )

    assert "In reading 145 of 207 children (70 %) are at expectations; a year ago 160 of 204 (78 %)." in said
    assert "In reading, writing and maths together the number of children at expectations is hidden" in said
    assert "Year 6 beside England: reading 32 of 40 (80 %), in England 75 % (2024-25, tests);" in said
    assert "maths 8 of 9, in England 72 % (2024-25, teachers' judgements; provisional)." in said
    assert "reading 44 of 202 (22 %), maths 34 of 199 (17 %)." in said
    assert "A year ago: Summer 2025, without Year 6" in said


def gap(subject: str, *, clear: bool = True, ahead: bool = False, **more: object) -> GroupGap:
    return GroupGap(subject, (60, 17), (120, 77), clear, ahead, **more)


def test_it_says_which_groups_are_behind_and_what_became_of_their_gaps():
    compared = partial(ComparedGroup, "Disadvantaged", "disadvantaged children", "all other children")
    moved = [
        gap("Reading", then=-41.0, now=-20.0, change=GapChange.NARROWED),
        gap("Writing", clear=False, then=-30.0, now=-1.0, change=GapChange.NARROWED),
        gap("Maths", then=-10.0, now=-35.0, change=GapChange.WIDENED),
        gap(THREE, then=-30.0, now=-35.0),
    ]
    groups = [
        compared(moved, ["Science"]),
        compared([gap("Reading", clear=False)], []),
        compared([gap("Reading", clear=False)], ["Maths"]),
        compared([], ["Maths"]),
        compared([GroupGap("Reading", (9, 7), (120, 20), clear=True, ahead=True)], []),
    ]
    lacking = {"not_shown": ["SEN"], "not_recorded": ["EAL"], "not_known_then": ["Gender"]}
    said = words_of(summary(shared(kept_back=True), groups=groups, **lacking))

    assert (
        "Disadvantaged children are behind all other children: in reading 28 % are at expectations against 64 %" in said
    )
    assert "In writing the gap is not clear. Too few children to compare in science." in said
    assert "Disadvantaged children are ahead of all other children: in reading 7 of 9 are" in said
    assert "too few children to compare in maths." in said
    assert "reading: the gap has narrowed from 41 points to 20 points and is still clear." in said
    assert "writing: the gap has closed, from 30 points a year ago to 1 point." in said
    assert "maths: the gap has widened from 10 points to 35 points." in said
    assert "all three: 30 points a year ago, 35 points now: we cannot tell whether it has changed." in said
    assert "Too few to show, or they would give others away: SEN." in said
    assert "The files do not say: EAL." in said
    assert "not say who belonged then: Gender." in said


@pytest.mark.parametrize("room", [False, True])
def test_the_table_has_a_symbol_for_what_is_hidden_and_the_terms_their_figures(room):
    cells = [row(30, 18, 60), row(9, 7, None, "low_reliability"), row(None, None, None, "suppressed"), None]
    subjects = {str(at): f"Subject {at}" for at in range(4)}
    line = TermLine("Reading", [(THEN, (30, 15)), (NOW, (30, 18))])
    given = shared("public", all_others=["sen"], since=["Autumn 2025"], of_some=True, filters={"year": "4"})
    these = summary(
        given,
        subjects=subjects,
        table=lambda: [TableBlock("", [("All children", cells)]), TableBlock("Gender", [("Girls", cells)])],
        symbols="[c] hidden.",
        further=3,
        lines=[line],
        by_term=[(THEN, [(30, 15)]), (NOW, [None]), (NOW, [(9, 7)])],
    )
    said = words_of(these, room=room)

    assert "18 of 30 (60 %) 7 of 9 [u] [c] [x]" in said
    assert "Counts are rounded to the nearest 5" in said
    assert "Only year 4." in said
    assert "3 further groups" in said
    assert ("What the school will look at" in said) == room
    assert ("Reading: Summer 2025 50 %, Summer 2026 60 %." in said) == room
    assert summary_page(these).count(b"<svg") == 1


def test_it_says_that_there_is_nothing_to_compare_with():
    assert "Not compared with a year ago" in words_of(summary())
    assert "the national figures are of other terms" in words_of(summary())
    assert "numbers of its year groups are hidden" in words_of(summary(england_hidden=True))
    assert "year groups and groups" not in words_of(summary(subjects={}))


def test_a_gap_has_changed_only_where_chance_would_seldom_make_the_change():
    large, same = (
        GapThen((200, 150), (200, 150), (200, 60), (200, 150)),
        GapThen((60, 30), (90, 50), (60, 28), (90, 50)),
    )
    governors, public = (rules().sharing.modes[mode] for mode in ("governors", "public"))
    small = rules().groups.small

    assert changes([large, same], governors, small) == [GapChange.NARROWED, GapChange.CANNOT_TELL]
    assert changes([large._replace(ours=large.ours_then, ours_then=large.ours)], governors, small) == [
        GapChange.WIDENED
    ]
    assert changes([], public, small) == []
    assert [round(one) for one in large.gaps] == [-45, 0]
