"""Trends and pooled years of schools that a machine invents, worked out again child by child, with statsmodels."""

from __future__ import annotations

import math
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from schools import GROUPS, register_of, schools
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from how_many import examples
from registers import usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.everybody import everybody_in
from siptrack.analysis.membership import members_of
from siptrack.analysis.opened import open_register
from siptrack.analysis.over_time import lay_over_time
from siptrack.analysis.pooled import pool_years
from siptrack.analysis.selection import EVERYBODY
from siptrack.analysis.trends import measure_trends
from siptrack.school.in_pandas import to_pandas
from siptrack.school.register import NOT_RECORDED
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from oracle import School

SETTINGS = settings(derandomize=True, max_examples=examples(8), report_multiple_bugs=False)
PARTS = ["reading", "writing", "maths"]


class Followed:
    """A school's trends beside the plain rows that they are made from."""

    def __init__(self, school: School, term: Term) -> None:
        rules = usual_rules()
        self.term, self.school, self.register = term, school, register_of(school)
        self.opened = open_register(self.register, rules, term, EVERYBODY)
        members = members_of(self.opened.chosen.pupils, rules)
        everybody = everybody_in(self.register, self.opened, members, EVERYBODY, rules)
        over = lay_over_time(self.opened, everybody, rules)
        self.trends, self.pooled = (
            to_pandas(made(over, everybody, rules)).to_dict("records") for made in (measure_trends, pool_years)
        )
        self.here = set(self.opened.chosen.keys)
        past = to_pandas(self.opened.past).to_dict("records")
        self.written = {(row["pupil"], row["subject"], row["term"]): row for row in past}
        roll = self.register.pupils.to_dict("records")
        self.on_roll = {row["pupil"]: range(row["on_roll_from"], row["on_roll_until"] + 1) for row in roll}

    def at_are(self, pupil: str, subject: str, term: int) -> float | None:
        """100 at expectations, 0 below, None where not assessed."""
        if subject == "rwm" and "rwm" not in self.opened.subjects:
            parts = [self.at_are(pupil, part, term) for part in PARTS]
            return None if None in parts else float(min(parts))
        row = self.written.get((pupil, subject, term))
        if row is None or not row["counts"] or (row["graded"] and row["attainment"] == "not known"):
            return None
        return 100.0 * (row["attainment"] in ("at", "above"))

    def distance(self, pupil: str, subject: str, term: int) -> float | None:
        now = [
            self.written.get((one, subject, self.term.number))
            for one in self.here
            if (one, subject, self.term.number) in self.written
        ]
        scales = [row["scale"] for row in now if not math.isnan(row["distance"])]
        row = self.written.get((pupil, subject, term))
        if not scales or row is None or math.isnan(row["distance"]):
            return None
        commonest = min(set(scales), key=lambda scale: (-scales.count(scale), scale))
        return row["distance"] if row["scale"] == commonest else None

    def sides(self, row: dict[str, object]) -> list[list[str]]:
        """The group's children and its peers', whoever is or was in the school."""
        groups = {one["pupil"]: one.get(row["characteristic"], NOT_RECORDED) for one in self.school.pupils}
        ours = [pupil for pupil, group in groups.items() if group == row["group"]]
        others = [
            pupil
            for pupil, group in groups.items()
            if (group == row["peers"] or row["peers"] == "rest") and group not in (row["group"], NOT_RECORDED)
        ]
        return [ours, others]


def of_recorded(rows):
    return [row for row in rows if row["characteristic"] in GROUPS]


@SETTINGS
@given(schools())
def test_the_change_of_those_who_stayed_and_the_mix_are_the_whole_change(case):
    for row in Followed(*case).trends:
        assert row["change"] + row["mix"] == pytest.approx(row["all_gap_now"] - row["all_gap_then"], abs=1e-9)
        assert row["change"] == pytest.approx(row["gap_now"] - row["gap_then"], abs=1e-9)
        assert row["n"] <= row["stayed"]


@SETTINGS
@given(schools())
def test_each_trend_is_what_one_counts_child_by_child(case):
    school = Followed(*case)
    for row in of_recorded(school.trends):
        value = school.at_are if row["measure"] == "at_are" else school.distance
        now, then = school.term.number, school.term.number - row["terms"]
        found = []
        for side in school.sides(row):
            known_then = {p: value(p, row["subject"], then) for p in side if then in school.on_roll[p]}
            known_now = {p: value(p, row["subject"], now) for p in side if p in school.here}
            befores = {p: v for p, v in known_then.items() if v is not None}
            afters = {p: v for p, v in known_now.items() if v is not None}
            found.append((befores, afters, sorted(befores.keys() & afters.keys())))
        (then_ours, now_ours, ours), (then_theirs, now_theirs, theirs) = found
        assert (row["n"], row["peers_n"]) == (len(ours), len(theirs))
        gap_then = fmean(then_ours[p] for p in ours) - fmean(then_theirs[p] for p in theirs)
        gap_now = fmean(now_ours[p] for p in ours) - fmean(now_theirs[p] for p in theirs)
        assert (row["gap_then"], row["gap_now"]) == pytest.approx((gap_then, gap_now), abs=1e-9)
        assert row["all_gap_then"] == pytest.approx(fmean(then_ours.values()) - fmean(then_theirs.values()), abs=1e-9)
        assert row["all_gap_now"] == pytest.approx(fmean(now_ours.values()) - fmean(now_theirs.values()), abs=1e-9)
        assert row["joined"] == sum(then not in school.on_roll[p] for p in now_ours)
        assert row["left"] == len(then_ours.keys() - school.here)
        assert_interval(
            row, [now_ours[p] - then_ours[p] for p in ours], [now_theirs[p] - then_theirs[p] for p in theirs]
        )


def assert_interval(row, ours, theirs):
    if min(len(ours), len(theirs)) < 2:
        assert math.isnan(row["low"])
        return
    if np.ptp(ours) == np.ptp(theirs) == 0:
        assert (row["low"], row["high"]) == pytest.approx((row["change"],) * 2, abs=1e-9)
        return
    both = CompareMeans(DescrStatsW(ours), DescrStatsW(theirs))
    ends = np.array([both.tconfint_diff(usevar=how) for how in ("unequal", "pooled")])
    assert (row["low"], row["high"]) == pytest.approx((ends.min(), ends.max()), abs=1e-6, rel=1e-9)


@SETTINGS
@given(schools())
def test_the_gap_of_everybody_now_is_the_one_in_the_gaps_table(case):
    school, term = case
    gaps = analyse(register_of(school), usual_rules(), term).gaps
    key = ("subject", "characteristic", "group", "peers", "measure")
    of_all = {tuple(row[name] for name in key): row["gap"] for row in gaps.to_dict("records") if row["among"] == "all"}
    for row in Followed(school, term).trends:
        assert row["all_gap_now"] == pytest.approx(of_all[tuple(row[name] for name in key)], abs=1e-9)


@SETTINGS
@given(schools())
def test_each_pooled_gap_is_what_one_counts_child_by_child(case):
    school = Followed(*case)
    for row in of_recorded(school.pooled):
        terms = [
            number for number in (school.term.number - 3 * back for back in range(3)) if label(number) in row["pooled"]
        ]
        assert len(terms) >= 2
        wanted = []
        for side in school.sides(row):
            newest = {}
            for number in terms:
                for pupil in side:
                    met = school.at_are(pupil, row["subject"], number)
                    if (
                        met is not None
                        and number in school.on_roll[pupil]
                        and year_group(school, pupil, number) == row["year_group"]
                    ):
                        newest.setdefault(pupil, met)
            wanted += [len(newest), round(sum(newest.values()) / 100)]
        n, count, peers_n, peers_count = wanted
        assert [row[name] for name in ("n", "count", "peers_n", "peers_count")] == wanted
        assert row["gap"] == pytest.approx(100 * (count / n - peers_count / peers_n), abs=1e-9)
        low, high = confint_proportions_2indep(count, n, peers_count, peers_n, method="newcomb", compare="diff")
        assert (row["low"], row["high"]) == pytest.approx((100 * low, 100 * high), abs=1e-6)


def label(number: int) -> str:
    return Term.numbered(number).label


def year_group(school: Followed, pupil: str, number: int) -> float:
    roll = school.opened.roll
    year = number // SEASONS_IN_A_YEAR
    return roll.cohorts[roll.everyone.get_loc(pupil), year - roll.years.start] + year
