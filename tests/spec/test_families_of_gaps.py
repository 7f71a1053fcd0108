"""What is clear among many comparisons: one sentence a cause, a small group far behind, and where a gap lies."""

from __future__ import annotations

import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.causes import own_findings
from siptrack.analysis.selection import Filters

HEADINGS = "pupil | children | year group | gender | fsm | sen | ethnicity | reading Summer 2018 | reading Summer 2019"


def analysed(*rows, headings=HEADINGS, filters=None):
    table = "\n".join([headings, *rows])
    return analyse(register(table, scale="teacher-assessment"), usual_rules(), filters=filters or Filters())


def rows_of(analysis, **wanted):
    gaps = analysis.gaps
    for column, value in {"among": "all", "measure": "at_are", **wanted}.items():
        gaps = gaps[gaps[column] == value]
    return gaps


def found(analysis):
    gaps = analysis.frame("gaps")
    return {f"{name}={group}" for name, group in gaps[own_findings(gaps)].in_rows("characteristic", "group")}


FSM_BEHIND = (
    "Ada | 12 | 4 | girls | fsm     | no_sen | WBRI | EXS | WTS",
    "Bob | 12 | 5 | boys  | fsm     | no_sen | WBRI | EXS | WTS",
    "Cai | 25 | 4 | girls | not_fsm | no_sen | WBRI | EXS | EXS",
    "Dan | 25 | 5 | boys  | not_fsm | no_sen | WBRI | EXS | EXS",
)


def test_a_gap_of_one_group_is_one_finding_and_its_pairs_are_silent():
    analysis = analysed(*FSM_BEHIND)
    assert found(analysis) == {"fsm=fsm"}
    (row,) = rows_of(analysis, characteristic="fsm").to_dict("records")
    assert (row["family"], row["verdict"]) == ("primary", "clear")  # it stands in for disadvantaged, not recorded
    pairs = rows_of(analysis, characteristic="gender_fsm")
    assert set(pairs["family"]) == {"pairs"}
    assert set(pairs["verdict"]) == {"not clear"}


def test_where_a_gap_lies_is_judged_by_itself_and_said_to_be_so():
    lies = rows_of(analysed(*FSM_BEHIND), characteristic="fsm", among="year_4")
    assert lies[["family", "verdict"]].to_numpy().tolist() == [["there", "clear there"]]


def test_what_is_asked_for_by_name_is_judged_as_the_whole():
    of_year = analysed(*FSM_BEHIND, filters=Filters(years=frozenset({4})))
    assert rows_of(of_year, characteristic="fsm")["verdict"].tolist() == ["clear"]


def test_a_pair_is_a_finding_only_where_it_differs_from_what_its_groups_predict():
    analysis = analysed(
        "Ada | 15 | 4 | girls | fsm     | no_sen | WBRI | EXS | EXS",
        "Bob | 15 | 4 | boys  | fsm     | no_sen | WBRI | EXS | WTS",
        "Eve | 1  | 4 | boys  | fsm     | no_sen | WBRI | EXS | EXS",
        "Fay | 1  | 4 | girls | fsm     | no_sen | WBRI | EXS | WTS",
        "Cai | 30 | 4 | girls | not_fsm | no_sen | WBRI | EXS | EXS",
        "Dan | 30 | 4 | boys  | not_fsm | no_sen | WBRI | EXS | EXS",
    )
    pairs = rows_of(analysis, characteristic="gender_fsm").set_index("group")
    assert pairs.loc["boys+fsm", "verdict"] == "clear"
    assert "gender_fsm=boys+fsm" in found(analysis)
    assert not [name for name in found(analysis) if "not_fsm" in name]


@pytest.mark.parametrize("explaining", ["sen", "no_sen"])
def test_a_gap_that_a_stronger_one_explains_is_no_finding_of_its_own(explaining):
    both = "sen" if explaining == "sen" else "no_sen"
    analysis = analysed(
        f"Ada | 10 | 4 | girls | fsm     | {both}  | WBRI | EXS | WTS",
        f"Abe | 10 | 4 | boys  | fsm     | {both}  | WBRI | EXS | WTS",
        "Bob | 3  | 4 | girls | not_fsm | sen     | WBRI | EXS | WTS",
        "Bea | 3  | 4 | boys  | not_fsm | sen     | WBRI | EXS | WTS",
        "Cai | 2  | 4 | boys  | fsm     | no_sen  | WBRI | EXS | EXS",
        "Dan | 20 | 4 | boys  | not_fsm | no_sen  | WBRI | EXS | EXS",
        "Dot | 20 | 4 | girls | not_fsm | no_sen  | WBRI | EXS | EXS",
    )
    assert ("fsm=fsm" in found(analysis)) == (explaining == "no_sen")
    if explaining == "sen":
        assert set(rows_of(analysis, characteristic="fsm")["explained_by"]) == {"sen=sen"}


def test_groups_of_the_same_children_are_one_comparison():
    twice = analysed(*(row.replace("| no_sen", "| no_sen") for row in FSM_BEHIND))
    alone = analysed(
        *(row.replace("| no_sen ", "").replace("| WBRI ", "") for row in FSM_BEHIND),
        headings=HEADINGS.replace("| sen ", "").replace("| ethnicity ", ""),
    )
    p_adjusted = [rows_of(one, characteristic="fsm")["p_adjusted"].item() for one in (twice, alone)]
    assert p_adjusted[0] == p_adjusted[1]


def test_a_group_too_small_to_judge_yet_far_behind_is_told_and_not_clear():
    analysis = analysed(
        "Ada | 5  | 4 | girls | fsm     | no_sen | WBRI | EXS | WTS",
        "Abe | 5  | 4 | boys  | fsm     | no_sen | WBRI | EXS | WTS",
        "Bob | 25 | 4 | girls | not_fsm | no_sen | WBRI | EXS | EXS",
        "Cai | 25 | 4 | boys  | not_fsm | no_sen | WBRI | EXS | EXS",
    )
    (row,) = rows_of(analysis, characteristic="fsm").to_dict("records")
    assert (row["family"], row["verdict"], row["explained_by"]) == ("few", "too few but far behind", "")
    assert found(analysis) == set()


def test_the_grade_s_order_finds_what_counts_at_expectations_do_not():
    rows = (
        "Ada | 15 | 4 | girls | not_fsm | no_sen | WBRI | EXS | GDS",
        "Bea | 15 | 4 | girls | not_fsm | no_sen | WBRI | EXS | EXS",
        "Bet | 2  | 4 | girls | not_fsm | no_sen | WBRI | EXS | WTS",
        "Cai | 20 | 4 | boys  | not_fsm | no_sen | WBRI | EXS | EXS",
        "Dan | 5  | 4 | boys  | not_fsm | no_sen | WBRI | EXS | WTS",
        "Eli | 5  | 4 | boys  | not_fsm | no_sen | WBRI | EXS | PK4",
    )
    (row,) = rows_of(analysed(*rows), characteristic="gender").to_dict("records")
    assert row["placebo"] > 0.005 > row["p"]
    assert row["verdict"] == "clear"


def test_the_families_of_what_is_held_add_up_to_five():
    alarms = usual_rules().groups.held.false_alarms
    assert sum(alarms[name] for name in ("primary", "secondary", "progress", "pairs")) == pytest.approx(5)


def test_where_only_a_part_of_two_groups_is_behind_neither_of_them_is_told():
    analysis = analysed(
        "Ada | 20 | 4 | boys  | fsm     | no_sen | WBRI | EXS | WTS",
        "Abe | 2  | 4 | boys  | fsm     | no_sen | WBRI | EXS | EXS",
        "Bob | 12 | 4 | boys  | fsm     | no_sen | APKN | EXS | EXS",
        "Bea | 14 | 4 | girls | fsm     | no_sen | APKN | EXS | EXS",
        "Bet | 20 | 4 | girls | fsm     | no_sen | WBRI | EXS | EXS",
        "Cai | 60 | 4 | girls | not_fsm | no_sen | WBRI | EXS | EXS",
        "Cat | 30 | 4 | girls | not_fsm | no_sen | APKN | EXS | EXS",
        "Dan | 60 | 4 | boys  | not_fsm | no_sen | WBRI | EXS | EXS",
        "Dov | 30 | 4 | boys  | not_fsm | no_sen | APKN | EXS | EXS",
        "Eve | 9  | 4 | girls | not_fsm | no_sen | WBRI | EXS | WTS",
        "Eli | 9  | 4 | boys  | not_fsm | no_sen | APKN | EXS | WTS",
    )
    assert found(analysis) == {"minority_gender_fsm=white_british+boys+fsm"}
    clear = rows_of(analysis, verdict="clear")
    assert set(clear["explained_by"]) <= {"", "minority_gender_fsm=white_british+boys+fsm"}


def test_of_groups_of_the_same_children_the_one_that_is_behind_is_told():
    analysis = analysed(
        "Ada | 14 | 4 | girls | not_fsm | no_sen | APKN | EXS | WTS",
        "Abe | 14 | 4 | boys  | not_fsm | no_sen | APKN | EXS | WTS",
        "Bob | 60 | 4 | boys  | not_fsm | no_sen | WBRI | EXS | EXS",
        "Bea | 60 | 4 | girls | not_fsm | no_sen | WBRI | EXS | EXS",
    )
    assert found(analysis) == {"minority_ethnic=minority_ethnic"}


def test_that_few_of_low_prior_attainment_are_at_expectations_is_no_finding():
    analysis = analysed(
        "Ada | 9  | 6 | girls | fsm | no_sen | WBRI | WTS | WTS",
        "Bob | 30 | 6 | boys  | fsm | no_sen | WBRI | EXS | EXS",
        headings=HEADINGS.replace("2018", "2015"),
    )
    rows = rows_of(analysis, characteristic="prior_attainment")
    assert "low_prior" in set(rows["group"])
    assert set(rows["verdict"]) == {"too few"}
