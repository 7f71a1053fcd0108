"""Facts that hold of any school, whatever its rules: they need no second program to be checked against."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracle import School
from schools import TERMS, register_of, schools, shifted

from how_many import examples
from registers import result, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.school.term import Term

if TYPE_CHECKING:
    from collections.abc import Callable

    from siptrack.analysis.model import Analysis
    from siptrack.school.register import Register

FACT_SETTINGS = settings(derandomize=True, max_examples=examples(4), report_multiple_bugs=False)
TABLES = ("pupils", "progress", "flags", "summary", "groups", "gaps")
SAID = ["subject", "window", "start_grade", "grade", "attainment", "gain", "expected_gain", "verdict", "reason"]


def analysed(school: School, term: Term) -> Analysis:
    return analyse(register_of(school), usual_rules(), term)


def said_of(analysis: Analysis, name: Callable[[str], str] = str) -> list[tuple[object, ...]]:
    """All that is said of pupils one by one, with their names as `name` gives them."""
    progress = analysis.progress.astype("object").where(analysis.progress.notna(), None)
    rows = (
        progress[["pupil", *SAID]].to_numpy().tolist()
        + analysis.flags[["pupil", "subject", "code"]].to_numpy().tolist()
    )
    return sorted(((name(pupil), *rest) for pupil, *rest in rows), key=str)


@FACT_SETTINGS
@given(schools(), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_files_changes_no_verdict_and_no_count(case, random):
    school, term = case
    register = register_of(school)
    seed = random.randrange(1000)
    other = replace(
        register,
        placements=register.placements.sample(frac=1, random_state=seed).reset_index(drop=True),
        results=register.results.sample(frac=1, random_state=seed).reset_index(drop=True),
    )
    assert_same_tables(analyse(register, usual_rules(), term), analyse(other, usual_rules(), term))


@FACT_SETTINGS
@given(schools())
def test_the_order_of_the_pupils_changes_no_verdict_and_no_count(case):
    school, term = case
    one = analysed(school, term)
    other = analysed(replace(school, pupils=school.pupils[::-1]), term)
    assert said_of(one) == said_of(other)
    for table in ("summary", "groups", "gaps"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))


@FACT_SETTINGS
@given(schools())
def test_the_same_register_gives_the_same_tables(case):
    school, term = case
    register = register_of(school)
    before = copied(register)
    assert_same_tables(analyse(register, usual_rules(), term), analyse(register, usual_rules(), term))
    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(register, table), frame)


def copied(register: Register) -> dict[str, pd.DataFrame]:
    return {table: getattr(register, table).copy(deep=True) for table in ("pupils", "placements", "results", "targets")}


def assert_same_tables(one: Analysis, other: Analysis) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))
    assert (one.warned, one.leavers) == (other.warned, other.leavers)


@FACT_SETTINGS
@given(schools(), st.sampled_from(["1b", "2b", "3b", "4b", "A"]))
def test_a_new_pupil_in_another_year_group_changes_nothing_for_the_others(case, grade):
    school, term = case
    one = analysed(school, term)
    others = set(one.pupils["year_group"].dropna())
    year_group = (
        next(year for year in range(1, 7) if year not in others) if len(others & set(range(1, 7))) < 6 else None
    )
    assume(year_group is not None)
    groups = {key: school.pupils[0][key] for key in school.pupils[0] if key not in ("pupil", "on_roll_until")}
    newcomer = {"pupil": "newcomer", "on_roll_until": school.pupils[0]["on_roll_until"], **groups}
    placement = {"pupil": "newcomer", "academic_year": term.academic_year, "year_group": year_group}
    written = result("newcomer", "reading", term, grade, usual_rules().scales["nc-levels"])
    larger = School([*school.pupils, newcomer], [*school.placements, placement], [*school.results, written])
    before = said_of(one)
    assert [row for row in said_of(analysed(larger, term)) if row[0] != "newcomer"] == before


@FACT_SETTINGS
@given(schools(), st.randoms(use_true_random=False))
def test_renaming_children_changes_no_verdict(case, random):
    school, term = case
    names = [row["pupil"] for row in school.pupils]
    renamed = dict(zip(names, random.sample([f"child {number}" for number in range(100)], len(names)), strict=True))
    other = School(*([{**row, "pupil": renamed[row["pupil"]]} for row in rows] for rows in parts(school)))
    assert said_of(analysed(school, term), renamed.__getitem__) == said_of(analysed(other, term))


def parts(school: School) -> tuple[list[dict[str, object]], ...]:
    return list(school.pupils), list(school.placements), list(school.results)


@FACT_SETTINGS
@given(schools(), st.integers(min_value=-1, max_value=9))
def test_the_same_school_some_years_later_has_the_same_verdicts(case, years):
    school, term = case
    later = Term(term.academic_year + years, term.season)
    gone = [
        {**row, "on_roll_until": row["on_roll_until"] + 3 * years} if row["on_roll_until"] <= TERMS[-1].number else row
        for row in school.pupils
    ]
    moved = replace(shifted(school, years), pupils=gone)
    assert said_of(analysed(school, term)) == said_of(analysed(moved, later))


@FACT_SETTINGS
@given(schools(), st.data())
def test_a_better_grade_now_never_adds_an_insufficient_flag(case, data):
    school, term = case
    graded = [row for row in school.results if row["term"] == term.number and row["points"] is not None]
    assume(graded)
    row = data.draw(st.sampled_from(graded))
    scale = usual_rules().scales[row["scale"]]
    better = {**row, "points": row["points"] + data.draw(st.sampled_from([scale.step, 3 * scale.step]))}
    others = [other for other in school.results if other is not row]
    raised = analysed(replace(school, results=[*others, better]), term)
    assert insufficient(raised) <= insufficient(analysed(school, term))


def insufficient(analysis: Analysis) -> set[tuple[object, ...]]:
    flags = analysis.flags[analysis.flags["code"].str.startswith("insufficient")]
    return set(flags[["pupil", "subject", "code"]].itertuples(index=False, name=None))


@FACT_SETTINGS
@given(schools())
def test_the_groups_with_not_recorded_add_up_to_the_year_groups(case):
    analysis = analysed(*case)
    counts = ["n", "assessed", "at_are"]
    whole = analysis.summary.groupby("subject")[counts].sum()
    everybody = analysis.groups[analysis.groups["among"] == "all"]
    for (subject, _), table in everybody.groupby(["subject", "characteristic"]):
        assert table[counts].sum().to_dict() == whole.loc[subject].to_dict()


@FACT_SETTINGS
@given(schools())
def test_no_count_is_larger_than_what_it_is_part_of(case):
    analysis = analysed(*case)
    for table in (analysis.summary, analysis.groups):
        assert (table["at_are"] <= table["assessed"]).all()
        assert (table["assessed"] <= table["n"]).all()
        assert not (table["insufficient"] > table["n"]).any()
    told = analysis.summary[["insufficient", "accelerated", "cannot_tell"]].sum(axis=1)
    assert (told <= analysis.summary["n"]).all()


@FACT_SETTINGS
@given(schools())
def test_swapping_the_two_gender_groups_turns_every_gap_round(case):
    school, term = case
    assume("gender" in school.pupils[0])
    swap = {"girls": "boys", "boys": "girls"}
    other = replace(school, pupils=[{**row, "gender": swap[row["gender"]]} for row in school.pupils])
    found, turned = (gender_gaps(analysed(one, term)) for one in (school, other))
    assert found.keys() == turned.keys()
    for key, row in found.items():
        assert turned[key]["gap"] == pytest.approx(-row["gap"], abs=1e-9)
        ends = (-row["high"], -row["low"])  # missing both ways where a mean has no interval
        assert (turned[key]["low"], turned[key]["high"]) == pytest.approx(ends, abs=1e-9, nan_ok=True)
        assert (turned[key]["n"], turned[key]["peers_n"]) == (row["peers_n"], row["n"])


def gender_gaps(analysis: Analysis) -> dict[tuple[str, str], dict[str, object]]:
    gaps = analysis.gaps
    rows = gaps[(gaps["characteristic"] == "gender") & (gaps["among"] == "all")].to_dict("records")
    return {(row["subject"], row["measure"]): row for row in rows}


@FACT_SETTINGS
@given(schools())
def test_every_flag_is_of_a_pupil_and_a_subject_in_the_progress_table(case):
    analysis = analysed(*case)
    known = set(analysis.progress[["pupil", "subject"]].itertuples(index=False, name=None))
    assert set(analysis.flags[["pupil", "subject"]].itertuples(index=False, name=None)) <= known
    assert set(analysis.progress["pupil"]) <= set(analysis.pupils["pupil"])
