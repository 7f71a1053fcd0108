"""How far back gaps are followed, and how many years are pooled."""

from __future__ import annotations

from rule_texts import refusal_of, rules_of


def test_gaps_are_followed_for_three_years_and_three_years_are_pooled():
    trends = rules_of().trends

    assert (trends.years_followed, trends.years_pooled) == (3, 3)


def test_a_school_may_follow_and_pool_other_numbers_of_years_and_from_a_term_on():
    settings = """
trends:
  years_followed: [{value: 1, source: "the head"}, {value: 2, from: "Autumn 2020", source: "governors"}]
  years_pooled: {value: 4, source: "governors"}
"""

    assert rules_of(settings).trends.years_pooled == 4
    assert [rules_of(settings, term).trends.years_followed for term in ("Summer 2020", "Autumn 2020")] == [1, 2]


def test_no_year_at_all_is_refused():
    assert "expected from 1 to 20" in refusal_of('trends: {years_followed: {value: 0, source: "nobody"}}')
