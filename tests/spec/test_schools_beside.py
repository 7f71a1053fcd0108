"""Schools beside each other: their gaps together are those of one school, and none is found clear for their number."""

from __future__ import annotations

import numpy as np
import pytest

from registers import register, usual_rules
from siptrack.analysis.across.beside import set_beside
from siptrack.analysis.across.counting import count_school, without
from siptrack.analysis.analyse import analyse
from siptrack.analysis.shareable_gaps import compare_with_all_others
from siptrack.school.frame import Frame

OAK = """
    pupil | children | year group | class | gender | fsm     | Summer 2018 | Summer 2019
    Ada   | 23       | 4          | Oak   | girls  | not_fsm | EXS         | EXS
    Bea   | 13       | 4          | Oak   | girls  | fsm     | EXS         | WTS
    Bob   | 17       | 4          | Ash   | boys   | not_fsm | WTS         | WTS
    Cai   | 15       | 5          | Ash   | boys   | fsm     | EXS         | EXS
"""
ELM = """
    pupil | children | year group | class | gender | fsm     | Summer 2018 | Summer 2019
    Dot   | 19       | 4          | Elm   | girls  | not_fsm | EXS         | GDS
    Eli   | 22       | 5          | Ash   | boys   | .       | EXS         | WTS
    Eve   | 12       | 5          | Ash   | girls  | fsm     | EXS         | WTS
"""
CLEAR = """
    pupil | children | year group | class | gender | Summer 2018 | Summer 2019
    Ada   | 30       | 4          | Oak   | girls  | EXS         | EXS
    Bea   | 10       | 4          | Oak   | girls  | EXS         | WTS
    Bob   | 18       | 4          | Ash   | boys   | EXS         | EXS
    Cai   | 24       | 4          | Ash   | boys   | EXS         | WTS
"""
BOTH = OAK + "\n".join(ELM.splitlines()[2:])
SHOWN = usual_rules().sharing.modes["governors"]


def counted(table, scale="teacher-assessment"):
    return count_school(register(table, scale=scale), usual_rules(), None, {})


def beside(mode=SHOWN, **tables):
    schools = {name: counted(table) for name, table in tables.items()}
    return set_beside(schools, [counts.cells for counts in schools.values()], usual_rules(), mode)


def rows(frame, *names):
    return list(frame.in_rows(*names))


OF_A_GAP = ("subject", "measure", "characteristic", "group", "peers")
COUNTS = ("n", "count", "peers_n", "peers_count")


def test_the_gaps_of_all_schools_are_those_of_one_school_with_all_children():
    rules = usual_rules()
    whole = compare_with_all_others(analyse(register(BOTH, scale="teacher-assessment"), rules), rules)
    known = {tuple(row[:5]): row[5:] for row in rows(whole[whole["among"] == "all"], *OF_A_GAP, *COUNTS, "p", "gap")}
    found = beside(Oak=OAK, Elm=ELM).across
    shown = found[~np.isnan(found["n"])]

    assert len(shown) >= 3
    for row in rows(shown, *OF_A_GAP, *COUNTS, "gap"):
        assert row[5:9] == pytest.approx(known[row[:5]][:4])
        assert row[9] == pytest.approx(known[row[:5]][5])


def test_within_the_schools_the_gap_is_pooled_over_them():
    found = beside(Oak=OAK, Elm=ELM).across
    gender = found[(found["characteristic"] == "gender") & (found["measure"] == "at_are")]

    # Oak: girls 23 of 36, boys 15 of 32; Elm: girls 19 of 31, boys 0 of 22
    oak, elm = 36 * 32 / 68, 31 * 22 / 53  # Mantel and Haenszel's weights
    expected = 100 * (oak * (23 / 36 - 15 / 32) + elm * (19 / 31 - 0)) / (oak + elm)
    assert gender["within"].tolist() == [pytest.approx(expected, abs=0.5)]


def test_a_gap_clear_in_one_school_alone_is_not_when_many_schools_are_asked():
    level = CLEAR.replace("30 ", "20 ").replace("| 10 ", "| 20 ").replace("| 18 ", "| 21 ").replace("| 24 ", "| 21 ")
    alone = beside(Oak=CLEAR).in_schools
    many = beside(Oak=CLEAR, **{f"School{number}": level for number in range(40)}).in_schools
    first = many[(many["school"] == "Oak") & (many["measure"] == "at_are")]

    assert alone[alone["measure"] == "at_are"]["verdict"].tolist() == ["clear"]
    assert first["alone"].tolist() == ["clear"]
    assert first["verdict"].tolist() == ["not clear"]


def test_a_school_far_from_the_others_lies_beyond_the_outer_limits():
    usual = """
        pupil | children | year group | class | gender | Summer 2018 | Summer 2019
        Ada   | 70       | 4          | Oak   | girls  | EXS         | EXS
        Bea   | 30       | 4          | Oak   | boys   | EXS         | WTS
    """
    low = usual.replace("| 70 ", "| 30 ").replace(
        "| 30       | 4          | Oak   | boys", "| 70       | 4          | Oak   | boys"
    )
    usual_ones = {f"School {number}": usual for number in range(9)}
    found = beside(**usual_ones, Low=low).standings
    reading = dict(rows(found[found["measure"] == "at_are"], "school", "position"))

    assert reading == {**dict.fromkeys(usual_ones, "within"), "Low": "far below", "all": "not known"}


def test_pupils_left_out_are_in_no_count():
    whole = register(OAK, scale="teacher-assessment")
    fewer = without(whole, {pupil for pupil in whole.frame("pupils")["pupil"].tolist() if pupil.startswith("Bob")})

    assert count_school(whole, usual_rules(), None, {}).on_roll == 68
    assert count_school(fewer, usual_rules(), None, {}).on_roll == 51


def test_schools_on_two_scales_are_compared_on_expectations_and_the_subjects_are_named():
    bands = ELM.replace("GDS", "3").replace("EXS", "2b").replace("WTS", "1a")
    schools = {"Oak": counted(OAK), "Elm": counted(bands, "nc-levels")}
    found = set_beside(schools, [counts.cells for counts in schools.values()], usual_rules(), SHOWN)

    assert list(found.several_scales) == ["reading"]
    assert "at_are" in found.across["measure"].distinct()


def test_of_a_school_that_is_hidden_no_chance_and_no_verdict_is_told():
    few = OAK.replace("| 23 ", "| 3 ").replace("| 17 ", "| 2 ")
    found = beside(Few=few, Oak=OAK, Elm=OAK).in_schools
    hidden = found[found["status"] == "suppressed"]

    assert "Few" in hidden["school"].distinct()
    assert np.isnan(hidden["p_adjusted"]).all()
    assert set(hidden["verdict"].distinct()) | set(hidden["alone"].distinct()) == {"too few"}


def test_where_counts_are_rounded_no_exact_chance_is_told():
    found = beside(usual_rules().sharing.modes["public"], Oak=CLEAR, Elm=CLEAR)

    assert not np.isnan(beside(Oak=CLEAR, Elm=CLEAR).across["p_adjusted"]).all()
    assert np.isnan(found.across["p_adjusted"]).all()
    assert np.isnan(found.in_schools["p_adjusted"]).all()


def test_a_gap_is_clear_in_the_schools_in_which_it_goes_the_same_way():
    turned = CLEAR.replace("girls", "x").replace("boys", "girls").replace("| x ", "| boys ")
    found = beside(Oak=CLEAR, Elm=CLEAR, Ash=CLEAR, Fir=turned)
    gap = found.across[found.across["measure"] == "at_are"]

    assert found.in_schools[found.in_schools["measure"] == "at_are"]["verdict"].tolist() == ["clear"] * 4
    assert (gap["gap"][0] > 0, gap["clear_in"].tolist()) == (True, [3])


def test_what_one_school_alone_calls_a_group_or_subject_is_set_beside_nothing():
    own = counted(OAK)
    house = own.counted[own.counted["characteristic"] == "gender"].having(characteristic="house")
    latin = own.counted[own.counted["characteristic"] == "all"].having(subject="latin")
    strange = own.cells[own.cells["characteristic"] == "gender"].having(group="reds")
    own = own._replace(
        counted=Frame.stacked([own.counted, house, latin]),
        gaps=Frame.stacked([own.gaps, own.gaps.having(characteristic="house"), own.gaps.having(subject="latin")]),
        cells=strange,
    )
    schools = {"Own": own, "Elm": counted(ELM)}
    found = set_beside(schools, [of.cells for of in schools.values()], usual_rules(), SHOWN)

    assert found.standings["subject"].distinct() == ["reading"]
    assert set(found.in_schools["characteristic"].distinct()) == {"gender", "fsm"}
    assert set(found.across["group"].distinct()) <= {"girls", "fsm"}
