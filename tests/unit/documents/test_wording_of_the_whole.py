from dataclasses import replace
from functools import partial

import pytest

from hand_built import analysis, gap, rules
from siptrack.analysis.model import Warned
from siptrack.analysis.vocabulary import Within
from siptrack.documents import gaps
from siptrack.documents.comparisons import comparisons_of, list_causes, list_far_behind
from siptrack.documents.in_short import warned_sentence
from siptrack.documents.workbook.cover import WORDS
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import sentence
from siptrack.rules.model import RuleFile, Ruler
from siptrack.school.term import Season, Term

SMALL = rules().groups.small


def comparison(**row):
    whole = analysis(gaps=[gap(**row)])
    return comparisons_of(whole.compared.gaps, whole, rules())[0]


def said(**row):
    return gaps.gap_sentence(comparison(**row), SMALL)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {},
            (
                "Writing: 14 of 30 boys (47 %) are at age-related expectations and 24 of 30 girls (80 %): "
                "a gap of 33 percentage points (95 % interval 9 to 52), or 10 children."
            ),
        ),
        (
            {"measure": "insufficient", "count": 1, "peers_count": 0, "low": -1.0, "high": 17.0, "children": 1},
            (
                "Writing: 1 of 30 boys (3 %) makes insufficient progress and 0 of 30 girls (0 %): "
                "a gap of 3 percentage points (95 % interval -1 to 17), or 1 child."
            ),
        ),
        (
            {"characteristic": "fsm", "group": "fsm", "peers": "not_fsm"},
            (
                "Writing: 14 of 30 children on FSM (47 %) are at age-related expectations "
                "and 24 of 30 children not on FSM (80 %): "
                "a gap of 33 percentage points (95 % interval 9 to 52), or 10 children."
            ),
        ),
        (
            {"characteristic": "gender_fsm", "group": "boys+fsm", "peers": "rest", "n": 5, "count": 1},
            (
                'Writing: 1 of 5 children in the group "Boys, FSM" is at age-related expectations '
                "and 24 of 30 other children (80 %): "
                "a gap of 60 percentage points (95 % interval 9 to 52), or 10 children."
            ),
        ),
    ],
)
def test_a_gap_is_said_with_its_counts_its_interval_and_in_children(row, sentence):
    assert said(**row) == sentence


def test_gaps_that_may_be_nothing_are_said_once():
    assert gaps.not_clear_sentence(1, others=False, few=0, small=SMALL) == (
        "1 comparison of the whole school is not clear: chance could make as much."
    )
    assert gaps.not_clear_sentence(38, others=True, few=14, small=SMALL) == (
        "38 other comparisons of the whole school are not clear: chance could make as much. 14 more have fewer than 11 "
        "children on a side."
    )


def test_the_report_says_how_seldom_chance_makes_a_clear_gap():
    assert gaps.held_together_sentence(60, 0, 5) == (
        "60 comparisons of the whole school were judged together (Holm): of 100 schools in which no group differs, at "
        "most 5 would be told of a clear gap."
    )
    assert gaps.held_together_sentence(60, 1021, 5).endswith(
        "1,021 more comparisons, within key stages, year groups and classes, say where a gap lies and stand in the "
        "tables."
    )


def test_the_gaps_of_one_group_are_one_sentence():
    whole = analysis(gaps=[gap(), gap(subject="maths", count=10), gap("clear there", subject="maths", among="ks2")])
    (cause,) = list_causes(whole, rules())
    assert gaps.cause_sentence(cause.gaps, cause.within, SMALL) == (
        "Boys behind girls. Writing: 14 of 30 (47 %) and 24 of 30 (80 %) are at age-related expectations: 33 "
        "percentage points apart (95 % interval 9 to 52), or 10 children. Maths: 10 of 30 (33 %) and 24 of 30 (80 %) "
        "are at age-related expectations: 47 percentage points apart (95 % interval 9 to 52), or 10 children; clear "
        "there in Key Stage 2."
    )


def test_a_group_that_is_ahead_of_another_is_told_of_as_that_one_behind():
    ahead = gap(group="girls", peers="boys", count=24, peers_count=14, gap=33.0, low=9.4, high=52.2, children=10)
    (cause,) = list_causes(analysis(gaps=[ahead]), rules())
    assert gaps.cause_sentence(cause.gaps, cause.within, SMALL).startswith("Boys behind girls. Writing: 14 of 30")


def short(*rows):
    causes = list_causes(analysis(gaps=list(rows)), rules())
    return gaps.causes_words([(cause.gaps, cause.behind) for cause in causes])


def test_a_gap_in_the_three_together_is_not_taken_for_one_in_each():
    assert short(gap(subject="rwm")) == "boys behind girls in reading, writing and maths together"
    each = [gap(subject=subject) for subject in ("reading", "writing", "maths")]
    assert short(*each) == "boys behind girls in reading, writing and maths"


def test_a_gap_in_progress_is_not_taken_for_one_in_attainment():
    slower = gap(subject="maths", measure="insufficient", gap=33.0, low=9.0, high=52.0, count=24, peers_count=14)
    assert short(slower) == "boys behind girls in progress in maths"
    assert short(gap(), slower) == "boys behind girls in writing, and in progress in maths"


def test_a_count_that_alone_may_be_chance_gives_way_to_the_mean():
    count = gap(measure="insufficient", gap=3.0, low=-6.0, high=8.0, count=3, peers_count=2, children=1)
    mean = gap(measure="mean_progress", value=-0.6, peers_value=0.0, gap=-0.6, low=-0.8, high=-0.4)
    (cause,) = list_causes(analysis(gaps=[count, mean]), rules())
    assert gaps.cause_sentence(cause.gaps, cause.within, SMALL) == (
        "Boys behind girls. Writing: a mean progress since the start of the key stage of -0.6 and 0 points (95 % "
        "interval of the gap 0.4 to 0.8)."
    )


def test_two_groups_of_the_same_children_are_said_to_be():
    fsm = gap(characteristic="fsm", group="fsm", peers="not_fsm")
    sen = gap(characteristic="sen", group="sen", peers="no_sen", explained_by="fsm=fsm")
    (cause,) = list_causes(analysis(gaps=[fsm, sen]), rules())
    assert gaps.cause_sentence(cause.gaps, cause.within, SMALL, cause.same).endswith(
        "or 10 children. The same children, and no others, are children with SEN: results cannot tell which of these "
        "it is."
    )
    (cause,) = list_causes(analysis(gaps=[fsm, {**sen, "count": 13}]), rules())
    assert cause.same == ()


def test_beside_a_rate_no_complement_is_told_of_and_a_name_once():
    rate = {"peers": "rate", "peers_n": 0, "peers_count": 0, "peers_value": 65.0}
    fsm, others = (gap(characteristic="fsm", group=group, **rate) for group in ("fsm", "not_fsm"))
    (cause,) = list_causes(analysis(gaps=[fsm, others]), rules())
    assert gaps.sides_line(cause.gaps[0]) == "Children on FSM behind 65 %"
    twice = [
        gap(characteristic="minority_ethnic", group="white_british", count=1, **rate),
        gap(characteristic="ethnicity", group="WBRI", count=1, **rate),
    ]
    (cause,) = list_causes(analysis(gaps=twice), rules())
    said = gaps.cause_sentence(cause.gaps, cause.within, SMALL)
    assert said.startswith("White British children behind 65 %. Writing: 1 of 30 (3 %) is at age-related")
    assert said.count("Writing") == 1


def test_who_was_chosen_by_name_is_not_called_the_whole_school():
    assert gaps.held_together_sentence(2, 0, 5, chosen=True).startswith("2 comparisons of all these children were")
    made = gaps.not_clear_sentence(2, others=False, few=3, small=SMALL, chosen=True)
    assert made == (
        "2 comparisons of all these children are not clear: chance could make as much. 3 more have fewer than 11 "
        "children on a side."
    )
    alone = gaps.not_clear_sentence(0, others=False, few=1, small=SMALL)
    assert alone == "1 comparison has fewer than 11 children on a side."


def test_nobody_speaks_of_a_complement():
    ahead = gap(characteristic="fsm", group="fsm", peers="not_fsm", gap=33.0, count=24, peers_count=14)
    (cause,) = list_causes(analysis(gaps=[ahead]), rules())
    assert gaps.sides_line(cause.gaps[0]) == "Children on FSM ahead of children not on FSM"


def test_a_gap_that_a_stronger_one_explains_is_not_told():
    explained = gap(characteristic="fsm", group="fsm", peers="not_fsm", explained_by="gender=boys")
    assert [cause.gaps[0].group for cause in list_causes(analysis(gaps=[gap(), explained]), rules())] == ["Boys"]


def test_a_group_too_small_to_judge_is_told_of_in_counts():
    few = {"characteristic": "fsm", "group": "fsm", "peers": "not_fsm", "n": 10, "count": 0, "peers_n": 50}
    far = gap("too few but far behind", **few, peers_count=50, gap=-100.0)
    (cause,) = list_far_behind(analysis(gaps=[far]), rules())
    assert gaps.far_behind_sentence(cause.gaps) == (
        "Of children on FSM 10 of 10 are below expectations in writing (0 of 50 others): too few to judge; look at "
        "them by name."
    )


def test_the_small_side_far_behind_may_be_those_outside_a_group():
    sides = {"n": 50, "count": 50, "peers_n": 10, "peers_count": 0, "gap": 100.0}
    verdict = "too few but far behind"
    wide = gap(verdict, characteristic="disadvantaged", group="disadvantaged", peers="not_disadvantaged", **sides)
    fsm = gap(verdict, characteristic="fsm", group="fsm", peers="not_fsm", explained_by="disadvantaged", **sides)
    (cause,) = list_far_behind(analysis(gaps=[wide, fsm]), rules())
    assert gaps.far_behind_sentence(cause.gaps, cause.same) == (
        "Of children other than disadvantaged children 10 of 10 are below expectations in writing (0 of 50 others): "
        "too few to judge; look at them by name."
    )


def test_a_gap_says_what_would_close_it_and_what_is_left_of_it_among_children_of_equal_start():
    assert said(close=10).endswith("or 10 children; 10 more boys at expectations would close it.")
    like = {"like_gap": -7.4, "like_low": -20.0, "like_high": 5.0, "like_n": 28, "like_peers_n": 25}
    assert said(**like).endswith(
        "Among 28 boys and 25 girls of equal start it is 7 percentage points (-5 to 20), which may be none."
    )
    assert said(**{**like, "like_high": -2.0}).endswith(
        "7 percentage points (2 to 20), so the grades at the start do not account for all of it."
    )
    assert said(**{**like, "like_gap": 1.0}).endswith(
        "Among 28 boys and 25 girls of equal start none of it is left (-5 to 20)."
    )
    assert said(**{**like, "like_gap": -99.8, "like_low": -100.0, "like_high": -84.2}).endswith(
        "it is 99.8 percentage points (84 to 100), so the grades at the start do not account for all of it."
    )


def test_a_gap_in_points_is_said_with_both_means_and_its_index():
    row = {"measure": "mean_distance", "count": None, "peers_count": None, "value": -1.25, "peers_value": 0.5}
    assert said(**row, gap=-1.75, low=-2.5, high=-1.0, index=-4.2, among="ks2") == (
        "Writing, Key Stage 2: the mean distance from the reference line of boys is -1.3 points (30 children) and of "
        "girls +0.5 (30): a gap of 1.8 points (95 % interval 1 to 2.5; gap index -4.2)."
    )


def test_a_gap_that_turns_round_within_year_groups_is_said_to():
    found = gaps.Paradox("Writing", "boys", "girls", -12.0, 6.4, 90, 84, 5, Within.YEAR_GROUP)
    assert gaps.paradox_sentence(found) == (
        "Writing: boys are behind over the whole school, but within 5 year groups (90 boys and 84 girls) they are "
        "6 percentage points ahead. This gap comes from how many of them are in each of the year groups, and not from "
        "the group itself (Simpson's paradox)."
    )


def test_a_gap_that_turns_round_within_equal_starts_was_there_at_the_start():
    found = gaps.Paradox("Writing", "boys", "girls", -12.0, 6.4, 90, 84, 5, Within.START)
    assert gaps.paradox_sentence(found).endswith(
        "This gap comes from where they started, and not from what became of them since (Simpson's paradox)."
    )


def test_a_gap_beside_a_rate_says_so_and_names_no_peers():
    assert said(peers="rate", peers_n=0, peers_count=0, among="all").startswith(
        "Writing: 14 of 30 boys (47 %) are at age-related expectations, beside "
    )


@pytest.mark.parametrize(
    ("peers_children", "whose"), [("girls", "girls"), ("", "children other than boys")], ids=["of a group", "others"]
)
def test_peers_that_are_far_behind_are_named_as_such(peers_children, whose):
    few = comparison(count=9, n=9, peers_count=0, peers_n=5, gap=100.0)
    few = replace(few, peers_children=peers_children or "other children")

    assert gaps.far_behind_sentence([few]) == (
        f"Of {whose} 5 of 5 are below expectations in writing (0 of 9 others): too few to judge; look at them by name."
    )


@pytest.mark.parametrize(
    ("causes", "counted", "says"),
    [
        (1, (3, 60, 2), "Clear gaps between groups: boys behind girls in writing; and 2 more, under Groups."),
        (
            0,
            (0, 60, 2),
            "No gap between groups is clear, of 60 that could be judged; 2 more have too few children on a side.",
        ),
        (0, (0, 60, 0), "No gap between groups is clear, of 60 that could be judged."),
        (0, (0, 0, 2), "No gap between groups could be judged: too few children on a side."),
        (0, (0, 0, 0), ""),
    ],
)
def test_the_line_of_gaps_says_what_could_be_judged_and_what_is_told_elsewhere(causes, counted, says):
    assert gaps.gaps_line([([comparison()], True)] * causes, *counted) == says


def test_the_title_names_the_school_year_where_it_is_known():
    title = partial(sentence, "title", template=WORDS)

    assert title(Term(2008, Season.SUMMER)) == "Pupil progress: Summer 2009 (school year 2008-09)"
    assert title(Term(0, Season.SUMMER)) == "Pupil progress: Summer, this year"


def test_too_many_flags_cast_doubt_on_the_rule():
    assert warned_sentence(Warned(5, "writing", 14, 30), rules()) == (
        "Year 5, writing: 14 of 30 (47 %) children are flagged, more than 40 %. "
        "The rule, not the children, may be wrong: check the scale and its reference line before acting on the list."
    )


def test_the_ruler_says_whether_the_school_has_rules_of_its_own():
    files = (RuleFile("flags.yaml", "a"), RuleFile("siptrack.yaml", "b"))
    assert ruler_line(Ruler("3f2a91c0d7e4ffff", files[:1]), "0.1.0") == "Rules: 3f2a91c0d7e4 (siptrack 0.1.0)."
    assert ruler_line(Ruler("3f2a91c0d7e4ffff", files), "0.1.0") == (
        "Rules: 3f2a91c0d7e4 (siptrack 0.1.0); the school's siptrack.yaml is part of them."
    )
