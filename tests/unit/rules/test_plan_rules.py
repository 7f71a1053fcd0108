"""What is a priority of the single plan, and what it offers to choose from."""

from __future__ import annotations

from rule_texts import rules_of

from siptrack.school.term import Season


def test_many_are_more_than_the_fifth_whom_the_example_plan_leaves_out_and_one_group_of_six_at_least():
    plan = rules_of().plan

    assert (plan.share, plan.children, plan.most) == (20, 6, 4)
    assert plan.seasons == tuple(Season)


def test_monitoring_and_themes_are_those_of_the_intensifying_support_programme():
    plan = rules_of().plan

    assert "Environment walk" in plan.monitoring
    assert len(plan.monitoring) == 5
    assert len(plan.themes) == 4


def test_a_school_has_its_own_limits_and_terms_and_adds_its_own_methods_of_monitoring():
    settings = """
plan:
  share: {value: 30, source: "governors"}
  seasons: {autumn: false}
  monitoring: {words: ["Book look"]}
"""
    plan = rules_of(settings).plan

    assert plan.share == 30
    assert plan.seasons == (Season.SPRING, Season.SUMMER)
    assert plan.monitoring[-1] == "Book look"
