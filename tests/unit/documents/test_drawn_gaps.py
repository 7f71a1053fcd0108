"""Gaps drawn: as dots on their intervals, and the clear ones as both sides on one scale."""

from hand_built import analysis, gap, rules
from siptrack.documents.report.drawn_gaps import drawn_gaps, gap_picture, position


def test_nothing_lies_in_the_middle_of_the_scale_of_gaps_and_as_far_to_either_side():
    assert position(0, 40) - position(-40, 40) == position(40, 40) - position(0, 40)
    assert position(-40, 40) < position(-39, 40) < position(0, 40)


def test_a_gap_is_drawn_between_the_ends_of_its_interval_and_filled_where_it_is_clear():
    (chart,) = drawn_gaps(analysis(gaps=[gap(), gap("not clear", group="girls", peers="boys")]), rules()).charts
    first, second = chart.gaps

    assert first.low < first.dot < first.high
    assert (first.clear, second.clear) == (True, False)
    assert chart.most >= 52
    assert all(tick.x > 0 for tick in chart.ticks)
    assert first.interval == ("-33", "(-52 to -9)")


def test_gaps_of_too_few_children_are_not_drawn():
    assert drawn_gaps(analysis(gaps=[gap("too few")]), rules()).charts == ()


def test_the_picture_has_every_clear_gap_with_both_sides_and_its_sentence():
    (cause,) = gap_picture(analysis(gaps=[gap(), gap("not clear", subject="maths")]), rules()).causes
    (sides,) = cause.sides

    assert cause.clear
    assert cause.sentence.startswith("Boys behind girls. Writing: 14 of 30 (47 %) and 24 of 30 (80 %)")
    assert (sides.subject, sides.group[0], sides.peers[0]) == ("Writing", "47 %", "80 %")
    assert sides.group[1] < sides.peers[1]
    assert sides.described == "Boys: 14 of 30 (47 %); Girls: 24 of 30 (80 %)."


def test_a_small_group_far_behind_is_in_the_picture_by_its_counts_and_not_as_clear():
    small = gap("too few but far behind", n=5, count=0)
    (cause,) = gap_picture(analysis(gaps=[small]), rules()).causes

    assert not cause.clear
    assert "too few to judge" in cause.sentence
    assert cause.sides[0].group[0] == "0 of 5"


def test_without_a_clear_gap_there_is_nothing_to_draw():
    assert gap_picture(analysis(gaps=[gap("not clear")]), rules()).causes == ()
