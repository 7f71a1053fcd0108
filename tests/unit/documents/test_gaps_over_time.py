"""What the report says of gaps over time, to the letter."""

import pytest

from hand_built import TREND, frame, rules
from siptrack.analysis.trend_tables import POOLED, TRENDS
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections
from siptrack.rendering.terminal import print_sections

UNTOLD = {**TREND, "subject": "reading", "trend": "cannot tell", "chance": 0.4}
FEW = {**UNTOLD, "subject": "maths", "chance": None}
POOL = {
    "subject": "reading",
    "year_group": 6,
    "characteristic": "gender",
    "group": "girls",
    "peers": "boys",
    "pooled": "Summer 2008; Summer 2009",
    "n": 12,
    "count": 12,
    "peers_n": 13,
    "peers_count": 1,
    "gap": 92.3,
    "low": 60,
    "high": 98.6,
    "needed": True,
    "verdict": "clear there",
}


def printed(trends=(), pooled=()):
    page = Page(None, colour=False)
    gaps = gaps_over_time(frame(TRENDS, trends), frame(POOLED, pooled), rules().groups.all(), rules())
    print_sections(page, sections("over_time", gaps, rules().groups.small, rules().years, template="trends.jinja"))
    return page.text().strip().splitlines()


def sentence(**other):
    return printed([{**TREND, **other}])[1]


def test_a_gap_that_widened_is_told_in_one_sentence_with_who_came_and_left():
    assert sentence() == (
        "Writing: the gap between 30 girls and 28 boys who were assessed in both terms has widened since Summer 2008, "
        "from 12 to 25 percentage points, girls ahead (change 13, 95 % interval 3 to 23); "
        "4 of the girls joined and 2 left since."
    )


def test_a_gap_that_narrowed_is_told_from_the_side_behind_and_the_interval_without_signs():
    said = sentence(
        trend="narrowing", gap_then=-30.0, gap_now=-10.0, change=20.0, low=5.0, high=35.0, joined=0, left=0, mix=-6.0
    )
    assert said == (
        "Writing: the gap between 30 girls and 28 boys who were assessed in both terms has narrowed since Summer 2008, "
        "from 30 to 10 percentage points, boys ahead (change 20, 95 % interval 5 to 35); "
        "children who came, went or were assessed once add 6 percentage points to the gap among everybody."
    )


def test_of_a_gap_that_closed_it_is_told_who_was_ahead():
    said = sentence(
        trend="closed", gap_then=40.0, gap_now=0.0, now_low=-14.0, now_high=12.0, change=-40.0, mix=-1.0, left=0
    )
    assert "has closed since Summer 2008, from 40 to 0 percentage points, girls ahead then" in said
    assert "girls ahead then (95 % interval of the gap now -14 to 12)" in said
    assert said.endswith(
        "4 of the girls joined and none left since; children who came, went or were assessed once "
        "take 1 percentage point from the gap among everybody."
    )


def test_of_a_gap_that_closed_and_a_little_more_it_is_not_told_that_it_turned_round():
    said = sentence(trend="closed", gap_then=-28.0, gap_now=2.0, now_low=-18.0, now_high=22.0, change=30.0)
    assert (
        "has closed since Summer 2008: boys were 28 percentage points ahead then, and girls are 2 percentage points "
        "ahead now (95 % interval of the gap now -22 to 18)"
    ) in said


def test_of_a_gap_that_turned_round_it_is_told_who_was_ahead_and_who_is_now():
    said = sentence(trend="reversing", gap_then=1.0, gap_now=-18.0, change=-19.0, low=-26.0, high=-13.0)
    assert (
        "has turned round since Summer 2008: girls were 1 percentage point ahead then, and boys are 18 percentage "
        "points ahead now (change 19, 95 % interval 13 to 26)"
    ) in said


def test_a_gap_in_points_is_told_with_a_decimal_and_a_change_of_scale_is_told():
    said = sentence(measure="mean_distance", gap_then=0.5, gap_now=2.0, change=1.5, low=0.4, high=2.6, rescaled=3)
    assert said.startswith("Writing: the gap in mean distance from the reference line between 30 girls and 28 boys ")
    assert "from 0.5 to 2 points, girls ahead (change 1.5, 95 % interval 0.4 to 2.6)" in said
    assert said.endswith(" 3 of these children were on another scale then, so part of it may be the scale's.")


def test_the_other_gaps_are_summed_up_in_a_line():
    (line,) = printed([TREND, UNTOLD, FEW])[2:]
    assert line == (
        "Of 2 gaps followed since Summer 2008 among the same children, 1 widened; no clear change in the others. "
        "Taken one by one 1 would seem to have changed; luck alone would make fewer than one seem so. "
        "1 more has fewer than 11 of the same children on a side."
    )


def test_where_nothing_can_be_told_the_line_says_so():
    assert printed([UNTOLD] * 40)[1] == (
        "Of 40 gaps followed since Summer 2008 among the same children no change is clear. "
        "Taken one by one 0 would seem to have changed; luck alone would make about 2 seem so."
    )
    assert printed([FEW])[1:] == [
        "No gap can be followed since Summer 2008: there are fewer than 11 of the same children on a side."
    ]


def test_a_gap_is_told_once_over_the_longest_span_and_first_in_percent():
    start = {**TREND, "from_term": "Autumn 2007", "terms": 5}
    last_term = {**TREND, "from_term": "Spring 2009", "terms": 1}
    told = printed([last_term, TREND, {**TREND, "measure": "mean_distance"}, start])
    assert [line.partition(" since ")[2][:11] for line in told[1:]] == ["Autumn 2007", "Autumn 2007", "Summer 2008"]


def test_one_term_back_is_never_told():
    assert printed([{**TREND, "terms": 1}]) == []


@pytest.mark.parametrize("row", [{**POOL, "needed": False}, {**POOL, "verdict": "too few"}])
def test_years_together_are_told_only_where_one_year_is_too_few_and_all_are_enough(row):
    assert printed(pooled=[row]) == []


def test_the_clear_gaps_of_several_years_stand_in_a_table():
    lines = printed(pooled=[POOL, {**POOL, "subject": "writing", "verdict": "not clear"}])
    assert lines[1] == (
        "Taken together with the same year group of the years before, 2 gaps at age-related expectations can be "
        "compared for which this term has too few children; 1 of them is clear."
    )
    cells = [cell for cell in lines[-1].split("  ") if cell]
    assert [cell.strip() for cell in cells] == [
        "Reading",
        "Year 6",
        "Girls 12 of 12 (100 %)",
        "Boys 1 of 13 (8 %)",
        "+92 (+60 to +99)",
        "Summer 2008 Summer 2009",
    ]


def test_a_term_without_a_year_is_told_inside_a_sentence():
    assert "since Summer last year, from 12" in sentence(from_term="Summer, last year")
