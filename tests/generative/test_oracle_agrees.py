"""siptrack and an independent recomputation say the same of every school that a machine can invent."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from counting import CountingOracle
from hypothesis import given, settings
from schools import register_of, schools
from scipy.stats import hypergeom, mannwhitneyu
from statsmodels.stats.proportion import confint_proportions_2indep

from how_many import examples
from registers import usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.school.term import Term

if TYPE_CHECKING:
    from counting import Gap
    from oracle import School

    from siptrack.analysis.model import Analysis

ORACLE_SETTINGS = settings(derandomize=True, max_examples=examples(20), report_multiple_bugs=False)
WINDOWS = ("year", "key_stage")
MORE_THAN_ONE = 2
VERDICTS, TOO_FEW = {"clear", "clear there", "not clear"}, {"too few", "too few but far behind"}
CLOSE = 1e-9


def both(school: School, term: Term) -> tuple[Analysis, CountingOracle]:
    return analyse(register_of(school), usual_rules(), term), CountingOracle(school, usual_rules(), term)


@ORACLE_SETTINGS
@given(schools())
def test_what_is_said_of_each_child_is_the_same(case):
    analysis, oracle = both(*case)
    assert_same_pupils(analysis, oracle)
    assert_same_verdicts(analysis, oracle)
    assert_same_gains(analysis, oracle)
    assert_same_flags(analysis, oracle)


@ORACLE_SETTINGS
@given(schools())
def test_every_count_of_year_groups_and_groups_is_the_same(case):
    analysis, oracle = both(*case)
    assert_same_summary(analysis, oracle)
    assert_same_groups(analysis, oracle)


@ORACLE_SETTINGS
@given(schools())
def test_every_gap_is_the_same(case):
    analysis, oracle = both(*case)
    assert_same_gaps(analysis, oracle)


def exact(value: object) -> Fraction | None:
    return None if pd.isna(value) else Fraction(value)


def whole(value: object) -> int | None:
    return None if pd.isna(value) else int(value)


def assert_same_pupils(analysis: Analysis, oracle: CountingOracle) -> None:
    found = {row.pupil: whole(row.year_group) for row in analysis.pupils.itertuples()}
    assert found == {row["pupil"]: oracle.year_group(row["pupil"], oracle.term.academic_year) for row in oracle.pupils}
    assert analysis.leavers == sum(row["on_roll_until"] < oracle.term.number for row in oracle.school.pupils)


def assert_same_verdicts(analysis: Analysis, oracle: CountingOracle) -> None:
    found = {
        (row.pupil, row.subject, row.window): (row.verdict, row.reason, row.attainment)
        for row in analysis.progress.itertuples()
    }
    wanted = {
        (pupil, subject, window): (progress.verdict, progress.reason, oracle.attainment(pupil, subject))
        for pupil, subject in oracle.taught
        for window in WINDOWS
        for progress in [oracle.progress(pupil, subject, window)]
    }
    assert found == wanted
    assert len(analysis.progress) == len(wanted)


def assert_same_gains(analysis: Analysis, oracle: CountingOracle) -> None:
    told = analysis.progress[analysis.progress["verdict"] != "cannot tell"]
    for row in told.itertuples():
        wanted = oracle.progress(row.pupil, row.subject, row.window)
        assert (exact(row.gain), exact(row.expected_gain)) == (wanted.gain, wanted.expected_gain)
        assert exact(row.progress) == wanted.gain - wanted.expected_gain
        assert row.start_term == Term.numbered(wanted.start).label


def assert_same_flags(analysis: Analysis, oracle: CountingOracle) -> None:
    found = {(row.pupil, row.subject, row.code) for row in analysis.flags.itertuples()}
    assert found == {
        (pupil, subject, code) for pupil, subject in oracle.taught for code in oracle.flags(pupil, subject)
    }


def assert_same_summary(analysis: Analysis, oracle: CountingOracle) -> None:
    columns = ("n", "assessed", "at_are", "insufficient", "accelerated", "cannot_tell")
    found = {
        (whole(row["year_group"]), row["subject"]): {column: whole(row[column]) for column in columns}
        for row in analysis.summary.to_dict("records")
    }
    years = {}
    for row in oracle.pupils:
        years.setdefault(oracle.year_group(row["pupil"], oracle.term.academic_year), []).append(row["pupil"])
    assert found == {
        (year_group, subject): {column: counts[column] for column in columns}
        for year_group, pupils in years.items()
        for subject in (*oracle.subjects, *oracle.worked_out)
        if (counts := oracle.counts(pupils, subject))["n"]
    }


def assert_same_groups(analysis: Analysis, oracle: CountingOracle) -> None:
    columns = ("n", "assessed", "at_are", "judged", "insufficient")
    keys = ("subject", "characteristic", "group")
    found = {
        tuple(row[key] for key in keys): {column: whole(row[column]) for column in columns}
        for row in told_by_the_oracle(analysis.groups, oracle)
    }
    assert found == {
        (subject, characteristic.key, group): {column: counts[column] for column in columns}
        for characteristic in oracle.compared()
        for group, pupils in oracle.members(characteristic).items()
        for subject in (*oracle.subjects, *oracle.worked_out)
        if (counts := oracle.counts(pupils, subject))["n"]
    }


def told_by_the_oracle(table: pd.DataFrame, oracle: CountingOracle) -> list[dict[str, object]]:
    """The rows about everybody, of characteristics that the oracle knows: those recorded and made of these."""
    known = {characteristic.key for characteristic in oracle.compared()}
    return table[(table["among"] == "all") & table["characteristic"].isin(known)].to_dict("records")


def assert_same_gaps(analysis: Analysis, oracle: CountingOracle) -> None:
    found = {
        (row["subject"], row["characteristic"], row["group"], row["peers"], row["measure"]): row
        for row in told_by_the_oracle(analysis.gaps, oracle)
        if row["measure"] in ("at_are", "insufficient")
    }
    wanted = {
        (subject, characteristic.key, group, peers, measure): (gap, by_order(oracle, pupils, others, subject, measure))
        for characteristic in oracle.compared()
        for group, peers, pupils, others in oracle.comparisons(characteristic)
        for subject in (*oracle.subjects, *oracle.worked_out)
        for measure in (("at_are",) if subject in oracle.worked_out else ("at_are", "insufficient"))
        if (gap := oracle.gap(pupils, others, subject, measure))
    }
    assert found.keys() == wanted.keys()
    for key, (gap, p) in wanted.items():
        assert_same_gap(found[key], gap)
        assert p is None or exact(found[key]["p"]) is None or found[key]["p"] == pytest.approx(p, abs=CLOSE)


def by_order(oracle: CountingOracle, group: list[str], peers: list[str], subject: str, measure: str) -> float | None:
    """The test of Mann and Whitney as scipy has it, where the grades of all children are on one scale."""
    if measure != "at_are" or subject in oracle.worked_out:
        return None
    sides = [[pupil for pupil in side if oracle.assessed(pupil, subject)] for side in (group, peers)]
    of_subject = [oracle.now(pupil["pupil"], subject) for pupil in oracle.pupils]
    scales = {result["scale"] for result in of_subject if result is not None}
    away = [[oracle.away(pupil, subject) for pupil in side] for side in sides]
    if len(scales) > 1 or None in (away[0] + away[1]) or len(set(away[0] + away[1])) < MORE_THAN_ONE:
        return None
    return float(mannwhitneyu(*away, method="asymptotic", use_continuity=True).pvalue)


def assert_same_gap(row: dict[str, object], gap: Gap) -> None:
    small = usual_rules().groups.small
    counts = (row["n"], row["count"], row["peers_n"], row["peers_count"], row["children"])
    assert counts == (gap.n, gap.count, gap.peers_n, gap.peers_count, gap.children)
    for column, n, count in (("value", gap.n, gap.count), ("peers_value", gap.peers_n, gap.peers_count)):
        shown = 100 * count / n if n >= small.percentages_from else None
        assert exact(row[column]) is None if shown is None else row[column] == pytest.approx(shown, abs=CLOSE)
    low, high = interval(gap)
    assert row["gap"] == pytest.approx(float(gap.gap), abs=CLOSE)
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=CLOSE)
    enough = min(gap.n, gap.peers_n) >= small.compared_from
    if enough:
        assert row["placebo"] == pytest.approx(chance(gap), abs=CLOSE)
    assert row["verdict"] in (VERDICTS if enough else TOO_FEW)
    if row["verdict"] not in ("not clear", "too few"):
        assert row["p_adjusted"] < usual_rules().groups.held.false_alarms[row["family"]] / 100
        assert abs(gap.children) >= small.whole_children


def chance(gap: Gap) -> float:
    """How often a random split shows such a gap, as scipy has it."""
    counted, everybody = gap.count + gap.peers_count, gap.n + gap.peers_n
    at = range(max(0, gap.n + counted - everybody), min(gap.n, counted) + 1)
    away = abs(gap.count * everybody - counted * gap.n)
    return sum(
        hypergeom(everybody, counted, gap.n).pmf(count)
        for count in at
        if abs(count * everybody - counted * gap.n) >= away
    )


def interval(gap: Gap) -> tuple[float, float]:
    """The interval of a gap in percentage points, as statsmodels has it."""
    ends = confint_proportions_2indep(gap.count, gap.n, gap.peers_count, gap.peers_n, method="newcomb", alpha=0.05)
    return tuple(100 * end for end in ends)
