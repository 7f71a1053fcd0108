"""The single plan: which priorities the data supports, which are refused and why, and what the figures come to."""

from __future__ import annotations

import pytest

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.plan import Plan, draft
from siptrack.documents.plan.priorities import title_of
from siptrack.school.in_pandas import to_pandas

HEADINGS = "pupil | children | year group | gender | writing Summer 2008 | writing Summer 2009"
# In Year 4 the line is 3b in summer: 2a to 3b keeps up and is there, 2c to 2a keeps up below it, 2b to 2b loses ground.
GIRLS = "girl | 16 | 4 | girls | 2a | 3b"
BOYS_BELOW = "boy | 12 | 4 | boys | 2c | 2a"
BOYS_SLOW = "boy | 12 | 4 | boys | 2b | 2b"
BOYS_AT = "other boy | 4 | 4 | boys | 2a | 3b"


def drafted(*rows: str, headings: str = HEADINGS, **changed) -> Plan:
    """The plan of a small school; `changed` are rules of the plan."""
    rules = usual_rules()
    rules = rules._replace(plan=rules.plan._replace(**changed))
    return draft(analyse(register("\n".join((headings, *rows))), rules), rules)


def titles(plan: Plan) -> list[str]:
    return [title_of(one, plan.analysis, usual_rules()) for one in plan.priorities]


def refused(plan: Plan) -> set[tuple[str, str, str]]:
    """What is refused: progress or a gap, the measure, and why."""
    rows = to_pandas(plan.refused)
    return set(zip(rows["source"], rows["measure"], rows["reason"], strict=True))


def outcome(plan: Plan, kind: str, subject: str = "writing", group: str = ""):
    """The rows of an outcome, term by term."""
    rows = to_pandas(plan.outcomes)
    return rows[(rows["outcome"] == kind) & (rows["subject"] == subject) & (rows["group"] == group)]


# --- which priorities ---------------------------------------------------------------------------------------------


def test_a_clear_gap_is_a_priority_to_close_it():
    plan = drafted(GIRLS, BOYS_BELOW, BOYS_AT)

    assert titles(plan) == ["To close the gap in achievement between boys and their peers in writing, in Year 4"]
    assert plan.priorities[0].children == 12  # 16 of 16 girls, 4 of 16 boys


def test_a_gap_that_is_clear_in_one_key_stage_is_a_priority_of_that_key_stage():
    small = ("small boy | 15 | 2 | boys | 1b | 2b", "small girl | 15 | 2 | girls | 1b | 2b")
    plan = drafted(GIRLS, BOYS_BELOW, BOYS_AT, "big girl | 6 | 5 | girls | 3b | 3a", *small)

    assert titles(plan) == ["To close the gap in achievement between boys and their peers in writing, in Key Stage 2"]


def test_insufficient_progress_of_many_is_a_priority_to_improve_rates_of_progress():
    plan = drafted("girl | 12 | 4 | girls | 2b | 2b", BOYS_SLOW, "child | 6 | 3 | boys | 2b | 3b")

    assert titles(plan) == ["To improve rates of progress through Key Stage 2 in writing"]
    assert plan.priorities[0].children == 24


def test_a_gap_and_slow_progress_in_the_same_subject_are_one_priority_particularly_for_the_group():
    plan = drafted(GIRLS, BOYS_SLOW, BOYS_AT, "girl in five | 12 | 5 | girls | 3b | 3a")

    assert titles(plan) == ["To improve rates of progress through Key Stage 2 in writing, particularly for boys"]
    assert set(plan.evidence["source"].tolist()) == {"progress", "gap"}


def test_a_year_group_is_named_where_its_key_stage_as_a_whole_keeps_up():
    plan = drafted(
        "child | 10 | 4 | boys | 2b | 2b",
        "twin | 10 | 4 | girls | 2b | 2b",
        "other | 45 | 3 | boys | 2b | 3c",
        "another | 45 | 5 | girls | 3b | 3a",
    )

    assert [one for one in titles(plan) if "progress" in one] == ["To improve rates of progress in Year 4 in writing"]


def test_a_gap_that_a_stronger_one_explains_is_no_priority_of_its_own():
    plan = drafted(
        "child | 12 | 4 | fsm | disadvantaged | 2c | 2a",
        "other | 2 | 4 | not_fsm | disadvantaged | 2c | 2a",
        "third | 20 | 4 | not_fsm | not_disadvantaged | 2a | 3b",
        headings=HEADINGS.replace("gender", "fsm | disadvantaged"),
    )

    assert len(plan.priorities) == 1
    assert plan.priorities[0].groups == (("disadvantaged", "disadvantaged"),)
    assert plan.priorities[0].also == (("fsm", "fsm"),)


def test_low_attainment_of_children_who_started_low_is_no_gap_to_close():
    headings = "pupil | children | year group | writing Summer 2007 | writing Summer 2008 | writing Summer 2009"
    plan = drafted("low | 15 | 4 | 1b | 2c | 2a", "high | 15 | 4 | 3b | 4c | 4b", headings=headings)

    of_start = plan.analysis.gaps[plan.analysis.gaps["characteristic"] == "prior_attainment"]
    assert of_start.loc[of_start["measure"] == "at_are", "placebo"].min() < 0.001
    assert plan.priorities == ()


# --- what is refused ----------------------------------------------------------------------------------------------


def test_a_gap_that_is_not_clear_is_refused():
    plan = drafted(GIRLS, "boy | 2 | 4 | boys | 2c | 2a", "other boy | 14 | 4 | boys | 2a | 3b")

    assert titles(plan) == []
    assert refused(plan) == {("gap", "at_are", "not clear")}


def test_a_gap_of_too_few_children_is_refused_however_wide():
    plan = drafted(GIRLS, "boy | 10 | 4 | boys | 2c | 2a")

    assert titles(plan) == []
    assert refused(plan) == {("gap", "at_are", "too few")}


@pytest.mark.parametrize(
    ("slow", "keeping_up", "reason"),
    [
        (7, 24, ""),  # 7 of 31 is more than a fifth
        (6, 24, "not many"),  # 6 of 30 is a fifth, and no more
        (5, 10, "few children"),
        (6, 4, "too few"),
    ],
)
def test_insufficient_progress_is_of_many_or_refused(slow, keeping_up, reason):
    headings = "pupil | children | year group | writing Summer 2008 | writing Summer 2009"
    plan = drafted(f"slow | {slow} | 4 | 2b | 2b", f"child | {keeping_up} | 4 | 2b | 3c", headings=headings)

    assert bool(plan.priorities) is (reason == "")
    assert refused(plan) == ({("progress", "insufficient", reason)} if reason else set())


def test_what_a_plan_has_no_room_for_is_listed_as_that():
    plan = drafted(
        GIRLS, BOYS_BELOW, BOYS_AT, "slow | 9 | 2 | boys | 1b | 1b", "quick | 9 | 2 | girls | 1b | 2b", most=1
    )

    assert len(plan.priorities) == 1
    assert len(plan.beyond) >= 1
    assert "beyond the most" in set(plan.refused["reason"].tolist())


def test_what_concerns_only_children_who_will_have_left_is_refused():
    plan = drafted("girl | 16 | 6 | girls | 3a | 4b", "boy | 16 | 6 | boys | 3c | 3b")

    assert titles(plan) == []
    assert ("gap", "at_are", "leaving") in refused(plan)


def test_nothing_to_plan_for_is_a_plan_without_priorities():
    plan = drafted(GIRLS, "boy | 16 | 4 | boys | 2a | 3b")

    assert (plan.priorities, len(plan.evidence), len(plan.outcomes), len(plan.refused)) == ((), 0, 0, 0)


# --- what the figures come to -------------------------------------------------------------------------------------


def test_the_gap_is_set_out_in_children_evenly_to_the_end_of_the_next_school_year():
    rows = outcome(drafted(GIRLS, BOYS_BELOW, BOYS_AT), "gap", group="boys")

    assert rows["term"].tolist() == ["Autumn 2009", "Spring 2010", "Summer 2010"]
    assert set(rows["n"]) == {16}
    assert set(rows["count"]) == {4}
    assert rows["more"].tolist() == [4, 8, 12]


def test_the_points_a_term_are_what_the_nearest_children_need_to_be_on_the_line_in_the_last_term():
    rows = outcome(drafted(GIRLS, BOYS_BELOW, BOYS_AT), "gap", group="boys")

    # From 2a (17 points) to the fewest at expectations in Year 5 in summer (24, within 1): 6 points in 3 terms.
    assert set(rows["least"]) == set(rows["most"]) == {2}


def test_progress_is_set_out_to_where_it_is_a_priority_no_more():
    headings = "pupil | children | year group | writing Summer 2008 | writing Summer 2009"
    plan = drafted("slow | 9 | 4 | 2b | 2b", "child | 21 | 4 | 2b | 3c", headings=headings)

    assert outcome(plan, "progress")["more"].tolist() == [1, 2, 3]  # 6 of 30 are a fifth
    assert outcome(plan, "attainment")["more"].isna().all()  # how many more are to reach the line no figure says


def test_children_who_will_have_left_are_in_the_evidence_and_not_in_the_figures():
    plan = drafted(
        GIRLS, BOYS_BELOW, BOYS_AT, "big girl | 12 | 6 | girls | 4c | 4b", "big boy | 12 | 6 | boys | 3c | 3b"
    )

    assert plan.reach.leaving == 24
    assert plan.evidence["n"].max() == 28
    assert set(outcome(plan, "gap", group="boys")["n"]) == {16}


def test_in_the_middle_of_the_year_a_plan_runs_to_its_end_and_nobody_leaves():
    headings = "pupil | children | year group | gender | writing Summer 2008 | writing Spring 2009"
    plan = drafted("girl | 16 | 6 | girls | 3a | 4b", "boy | 16 | 6 | boys | 3c | 3b", headings=headings)

    assert [one.label for one in plan.reach.terms] == ["Summer 2009"]
    assert plan.reach.leaving == 0


def test_combined_attainment_counts_those_who_miss_it_in_the_priority_s_subject_alone():
    headings = "pupil | children | year group | gender | " + " | ".join(
        f"{subject} Summer {year}" for subject in ("reading", "writing", "maths") for year in (2008, 2009)
    )
    plan = drafted(
        "girl | 16 | 4 | girls | 2a | 3b | 2a | 3b | 2a | 3b",
        "boy | 12 | 4 | boys | 2a | 3b | 2c | 2a | 2a | 3b",
        "other boy | 3 | 4 | boys | 2a | 3b | 2c | 2a | 2c | 2a",
        headings=headings,
    )
    one = next(one for one in plan.priorities if "writing" in one.subjects)

    rows = plan.outcomes[(plan.outcomes["priority"] == one.number) & (plan.outcomes["subject"] == "rwm")]
    assert set(rows["count"]) == {0}
    assert rows["more"][-1] in (12, 15)


def test_the_school_s_own_targets_stand_beside_and_none_is_made():
    headings = f"{HEADINGS} | target writing Summer 2010"
    plan = drafted(
        "girl | 16 | 4 | girls | 2a | 3b | 3a",
        "boy | 5 | 4 | boys | 2c | 2a | 3a",
        "boy without | 7 | 4 | boys | 2c | 2a | 3c",
        "other boy | 4 | 4 | boys | 2a | 3b | .",
        headings=headings,
    )
    last = outcome(plan, "gap", group="boys").iloc[-1]

    assert (last["term"], last["targets"], last["targets_at_are"]) == ("Summer 2010", 12, 5)
    assert outcome(plan, "gap", group="boys")["targets"].isna().tolist() == [True, True, False]


def test_the_terms_are_those_the_school_asks_for():
    plan = drafted(GIRLS, BOYS_BELOW, BOYS_AT, seasons=(term("Summer 2009").season,))

    assert [one.label for one in plan.reach.terms] == ["Summer 2010"]
