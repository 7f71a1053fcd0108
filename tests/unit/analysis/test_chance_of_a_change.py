"""How often chance makes a change in a gap, beside scipy and statsmodels."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from registers import register, usual_rules
from siptrack.analysis.everybody import everybody_in
from siptrack.analysis.membership import members_of
from siptrack.analysis.opened import open_register
from siptrack.analysis.over_time import lay_over_time
from siptrack.analysis.selection import EVERYBODY
from siptrack.analysis.student import student_chance
from siptrack.analysis.trends import measure_trends
from siptrack.school.in_pandas import to_pandas


@given(st.floats(0, 60), st.floats(0.5, 5000))
@example(0.0, 3.0)
@example(1e-8, 3.0)
@example(5.88066749560556e-162, 14.0)
@example(40.0, 20_000.0)
def test_the_chance_of_so_many_standard_errors_is_scipy_s(t, freedom):
    (got,) = student_chance(np.array([t]), np.array([freedom]))
    assert got == pytest.approx(2 * stats.t.sf(t, freedom), rel=1e-9, abs=1e-9)


def test_without_freedom_there_is_no_chance():
    assert np.isnan(student_chance(np.array([1.0]), np.array([0.0]))).all()


moves = st.lists(st.sampled_from(["WTS EXS", "EXS EXS", "WTS WTS", "EXS WTS", "EXS GDS"]), min_size=11, max_size=24)


@given(moves, moves, moves)
def test_a_change_is_judged_by_the_less_sure_of_welch_and_student_and_together_with_all_others(boys, girls, others):
    sides = [("girls", "fsm", girls), ("boys", "not_fsm", boys), ("boys", "fsm", others)]
    rows = [f"1 | 4 | {gender} | {fsm} | {move.replace(' ', ' | ')}" for gender, fsm, side in sides for move in side]
    written = register(
        "\n".join(["children | year group | gender | fsm | Summer 2018 | Summer 2019", *rows]),
        scale="teacher-assessment",
    )
    opened = open_register(written, usual_rules(), None, EVERYBODY)
    members = members_of(opened.chosen.pupils, usual_rules())
    everybody = everybody_in(written, opened, members, EVERYBODY, usual_rules())
    found = to_pandas(measure_trends(lay_over_time(opened, everybody, usual_rules()), everybody, usual_rules()))
    met = {"WTS": 0, "EXS": 100, "GDS": 100}
    change = {"girls": girls, "boys": boys + others, "fsm": girls + others, "not_fsm": boys}
    of_group = {key: [met[move.split()[1]] - met[move.split()[0]] for move in side] for key, side in change.items()}
    for row in found[found["measure"] == "at_are"].to_dict("records"):
        ours, theirs = of_group[row["group"]], of_group[row["peers"]]
        if np.ptp(ours) == np.ptp(theirs) == 0:
            wanted = float(np.mean(ours) == np.mean(theirs))
        else:
            both = CompareMeans(DescrStatsW(ours), DescrStatsW(theirs))
            wanted = max(both.ttest_ind(usevar=how)[1] for how in ("unequal", "pooled"))
            ends = np.array([both.tconfint_diff(usevar=how) for how in ("unequal", "pooled")])
            assert (row["low"], row["high"]) == pytest.approx((ends.min(), ends.max()), rel=1e-9, abs=1e-9)
        assert row["chance"] == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    assert found["q"].to_numpy() == pytest.approx(multipletests(found["chance"], method="fdr_bh")[1], abs=1e-12)
