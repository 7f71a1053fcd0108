"""The page of a plan: each sentence where it belongs, and none where it would be wrong."""

from __future__ import annotations

import pytest

from registers import register, term, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.cycle.plan import draft
from siptrack.documents.plan.view import (
    ByTerm,
    Drafted,
    PlannedOutcome,
    PlannedPriority,
    RefusedInShort,
    SideBehind,
    SlowPlace,
    SubjectGap,
    TargetsOfTerm,
    plan_document,
)
from siptrack.documents.read import Read
from siptrack.rendering.model import Grid
from siptrack.rendering.template import document, sentence
from siptrack.rendering.terminal import as_text
from siptrack.school.plan_record import Outcome

HEADINGS = "pupil | children | year group | gender | writing Summer 2008 | writing Summer 2009"
GIRLS = "girl | 16 | 4 | girls | 2a | 3b"
BOYS_BELOW = "boy | 12 | 4 | boys | 2c | 2a"
BOYS_AT = "other boy | 4 | 4 | boys | 2a | 3b"
TERMS = (term("Autumn 2009"), term("Summer 2010"))
AIMED = PlannedOutcome(
    kind=Outcome.GAP,
    label="Boys at expectations in writing",
    children="boys",
    subject="writing",
    where="Key Stage 2",
    counted=4,
    n=16,
    steps=(ByTerm("Autumn 2009", 6), ByTerm("Summer 2010", 12)),
    least=1.3,
    most=2.3,
    target=TargetsOfTerm("Summer 2010", 12, 5),
    limit=None,
)
SLOWER = AIMED._replace(kind=Outcome.PROGRESS, target=None, limit=6, least=0.3, most=0.3, where="", counted=9)
NO_STEPS = (ByTerm("Autumn 2009", None), ByTerm("Summer 2010", None))
OPEN = AIMED._replace(kind=Outcome.COMBINED, label="Boys in all", target=None, least=None, most=None, steps=NO_STEPS)
GAP = SubjectGap("writing", "Key Stage 2", 4, 16, 16, 16, "-75", "(-90 to -50)", 12)
PRIORITY = PlannedPriority(
    number=1,
    title="To close the gap",
    key="writing",
    slow=(),
    gaps=(SideBehind("boys", "girls", of_progress=False, gaps=(GAP,)),),
    left_at_start=(),
    none_at_start=(),
    also=(),
    warned=(),
    named=0,
    closers=0,
    outcomes=(AIMED,),
    materials=(),
    until=None,
)
FOUND = Drafted(
    term=term("Summer 2009"),
    priorities=(PRIORITY,),
    beyond=(),
    with_progress=True,
    compared=True,
    terms=TERMS,
    when="Autumn 2009",
    leaving=0,
)
NOTHING_REFUSED = RefusedInShort({}, (), (), (), ())
READ = Read(register(HEADINGS + "\n" + GIRLS))


def page(found=FOUND, refused=None, *, room=False, every=False, **priority):
    """The page of a plan with these facts; `priority` are those of its one priority."""
    if priority:
        found = found._replace(priorities=(PRIORITY._replace(**priority),))
    return document(
        "plan/page.jinja",
        "Rules",
        found=found,
        refused=refused,
        read=READ,
        rules=usual_rules(),
        room=room,
        every=every,
    )


def text(*facts, **also):
    return as_text(page(*facts, **also), width=None, colour=False)


def lines(macro, *view):
    return sentence(macro, *view, template="plan/words.jinja")


def written(*rows, headings=HEADINGS, every=False, room=False, **asked):
    """The page of a small school."""
    rules = usual_rules()
    plan = draft(analyse(register("\n".join((headings, *rows))), rules, filters=Filters(**asked)), rules)
    return as_text(plan_document(plan, rules, room=room, every=every), width=None, colour=False)


def test_a_small_school_s_gap_is_told_in_counts_with_where_its_children_are_named():
    said = written(GIRLS, BOYS_BELOW, BOYS_AT)

    assert "Priority 1: To close the gap in achievement between boys and their peers in writing, in Year 4" in said
    assert "Boys at expectations, beside girls: writing 4 of 16 (25 %) and 16 of 16 (100 %), -75 points (" in said
    assert "12 more would close it." in said
    assert "Their names: 12 nearest to closing the gap in siptrack analyse PATHS --table closers." in said
    assert "No target in the files, so yours to set: " in said


def test_only_those_asked_about_are_said_to_be_planned_for():
    assert "Only year 4." in written(GIRLS, BOYS_BELOW, BOYS_AT, years=frozenset({4}))


def test_a_side_made_of_everybody_else_is_the_subject_of_no_priority():
    said = written(
        "on fsm | 16 | 4 | fsm | 2a | 3b",
        "not on it | 16 | 4 | not_fsm | 2c | 2a",
        headings=HEADINGS.replace("gender", "fsm"),
    )

    assert "The results support no priority" in said
    assert "not on FSM" not in said


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({}, "The results support 1 priority, those about most children first."),
        ({"beyond": ("A",)}, "1 priority, and 1 more for which this plan has no room, those"),
        ({"priorities": ()}, "no priority: no gap is clear, and insufficient progress is nowhere that of many. Child"),
        (
            {"priorities": (), "compared": False, "with_progress": False},
            "no priority: no two groups can be compared, and no child's progress can be judged.",
        ),
    ],
)
def test_how_many_priorities_the_results_support(found, says):
    assert says in text(FOUND._replace(**found))


def test_slow_progress_is_counted_by_place_and_what_explains_it_stands_in_a_line():
    slow = (SlowPlace("Writing", "Year 2", 9, 30), SlowPlace("Writing", "", 2, 5))
    said = text(
        slow=slow, gaps=(), named=11, closers=3, left_at_start=("maths",), none_at_start=("writing",), also=("EAL",)
    )

    assert "  Writing: 9 of 30 children in Year 2 (30 %), 2 of 5 make insufficient progress." in said
    assert (
        "  Among children of equal start the gap is still there in maths; there may be no gap in writing. "
        "Behind too, mostly the same children: EAL." in said
    )
    assert "11 children in siptrack analyse PATHS --subject writing; 3 nearest to closing" in said
    assert "  Among children of equal start there may be no gap in writing.\n" in text(none_at_start=("writing",))
    assert "  Behind too, mostly the same children: EAL.\n" in text(also=("EAL",))


def test_two_kinds_of_gap_stand_in_one_line_and_progress_says_so():
    moving = SideBehind("boys", "girls", of_progress=True, gaps=(GAP._replace(among="", close=0), GAP))
    said = text(gaps=(PRIORITY.gaps[0], moving))

    assert "12 more would close it. Boys making insufficient progress, beside girls: writing 4 of 16" in said
    assert "-75 points (-90 to -50); writing (Key Stage 2)" in said


def test_a_priority_is_met_by_a_target_or_a_limit_and_otherwise_it_is_for_the_school_to_say():
    said = text(outcomes=(AIMED, AIMED, SLOWER, OPEN))

    assert (
        "Met by the school's own targets for Summer 2010: boys at expectations in writing, 5 of the 12 children with "
        "a target (now 4 of all 16); boys" in said
    )
    assert "Met when, by Summer 2010, 6 or fewer of 16 children make insufficient progress in writing (now 9)." in said
    assert "yours to set: boys in all." in said


def test_what_may_be_wrong_and_what_the_catalogue_has_is_said():
    many = {"warned": ("The rule may be wrong.",), "materials": ("A", "B", "C"), "until": 2011}

    assert "In the catalogue until 2011: A, B and 1 more." in text(**many)
    assert "In the catalogue until 2011: A; B; C." in text(**many, every=True)
    assert "The rule may be wrong." in text(**many)


def test_there_is_room_for_every_priority_where_it_is_printed_and_none_on_a_screen():
    grids = [part for section in page(room=True).sections for part in section.parts if isinstance(part, Grid)]
    heads = [head.words for grid in grids if grid.room for head in grid.heads]

    assert {"Key theme", "Tasks and actions", "What staff will learn"} <= set(heads)
    assert not any(isinstance(part, Grid) for section in page().sections for part in section.parts)


def test_the_arithmetic_has_a_plus_a_minus_or_a_dash():
    (grid,) = [
        part for part in page(outcomes=(AIMED, SLOWER, OPEN), every=True).sections[-1].parts if isinstance(part, Grid)
    ]

    assert grid.groups[0].label == "Priority 1"
    assert [row[2:] for row in grid.groups[0].rows] == [
        ("+6", "+12", "1.3 to 2.3"),
        ("-6", "-12", "0.3"),
        ("-", "-", "-"),
    ]
    assert "24 children of Year 6 will have left" in text(FOUND._replace(leaving=24), every=True)


def test_what_is_refused_is_counted_by_why():
    slow = {
        "not many": (SlowPlace("Reading", "Key Stage 1", 7, 58), SlowPlace("Maths", "", 1, 9)),
        "leaving": (SlowPlace("Maths", "Year 6", 9, 41),),
    }
    refused = RefusedInShort(slow, ("Boys",), ("A", "B", "C", "D"), ("Of EAL 5 of 5.",), ("Irish",))
    said = text(FOUND._replace(beyond=("To improve",)), refused)

    assert "Supported, but beyond the 4 that a plan holds: To improve." in said
    assert "Not many: no more than 20 % (reading in Key Stage 1 7 of 58, maths 1 of 9). They will have left" in said
    assert "all of these children will have left: Boys." in said
    assert "4 groups (A, B, C and 1 more)." in said
    assert "Of EAL 5 of 5. Fewer than 11 children on a side, so nothing is said: 1 group (Irish)." in said
    assert "Every one with its counts: --table refused." in text(refused=NOTHING_REFUSED)
    assert "Of EAL 5 of 5." in text(refused=NOTHING_REFUSED._replace(far_behind=("Of EAL 5 of 5.",)))


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (AIMED, "Gap: boys have caught up with their peers in writing (Key Stage 2)"),
        (SLOWER, "Progress: fewer boys make insufficient progress in writing"),
        (OPEN, "Combined attainment: more boys at expectations in writing (Key Stage 2)"),
        (OPEN._replace(kind=Outcome.ATTAINMENT, where=""), "Attainment: more boys at expectations in writing"),
    ],
)
def test_what_would_be_different(outcome, says):
    assert lines("difference", outcome) == says


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (
            AIMED,
            "By Summer 2010: at expectations as the school's own targets have it, 5 of the 12 children with a target.",
        ),
        (
            AIMED._replace(target=AIMED.target._replace(at_are=12)),
            "By Summer 2010: at expectations as the school's own targets have it, all 12 children with a target.",
        ),
        (SLOWER, "By Summer 2010: 6 or fewer of 16. Now 9 of 16 (56 %)."),
        (OPEN, "Now 4 of 16 (25 %). How many by when: for the school to say."),
    ],
)
def test_a_criterion_is_the_school_s_target_or_a_limit_and_never_arithmetic(outcome, says):
    assert lines("criterion", outcome, usual_rules().groups.small).startswith(says)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (AIMED, "At expectations: at least the number beside, of the 12 children with a target of the school's own"),
        (SLOWER, "Insufficient progress: at most the number beside. Now 9 of 16"),
        (OPEN, "At expectations: at least the number beside. Now 4 of 16"),
    ],
)
def test_in_the_workbook_a_criterion_speaks_of_the_number_beside_it(outcome, said):
    assert lines("counted_criterion", outcome, usual_rules().groups.small).startswith(said)
