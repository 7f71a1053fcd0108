"""The page of many schools: what it asks, what it hides, and what it says of schools that are left out."""

from __future__ import annotations

import pytest

from registers import register, usual_rules
from siptrack.analysis.across.beside import set_beside
from siptrack.analysis.across.counting import COUNTED, count_school
from siptrack.analysis.across.followed import OverBoth
from siptrack.analysis.across.found import ManySchools
from siptrack.analysis.across.tables import ALL, SCHOOLS, Across, SchoolLine
from siptrack.documents.schools.view import chance_allows, page_of, refuse_order, schools_document
from siptrack.rendering.model import Fold, Picture
from siptrack.rendering.terminal import as_text
from siptrack.school.errors import ChoiceError
from siptrack.school.frame import Frame

USUAL = """
    pupil | children | year group | class | gender | fsm     | Spring 2019 | Summer 2019
    Ada   | 60       | 4          | Oak   | girls  | not_fsm | EXS         | EXS
    Bea   | 20       | 4          | Oak   | girls  | fsm     | EXS         | WTS
    Bob   | 15       | 4          | Ash   | boys   | not_fsm | EXS         | WTS
    Cai   | 19       | 4          | Ash   | boys   | fsm     | EXS         | WTS
    Dan   | 6        | 4          | Ash   | boys   | fsm     | EXS         | EXS
"""
LOW = USUAL.replace("| 60 ", "| 20 ").replace("| 19 ", "| 59 ")
TINY = """
    pupil | children | year group | class | gender | fsm     | Spring 2019 | Summer 2019
    Dot   | 4        | 4          | Oak   | girls  | not_fsm | EXS         | EXS
    Eli   | 5        | 4          | Ash   | boys   | fsm     | EXS         | WTS
"""
PLAIN = SchoolLine("", 0, "Summer 2019", False, 120, 20, 5, 0, 0, 0, 0, 0, 1, 240, "")  # noqa: FBT003


def with_tests(counts, below):
    """The same with tests beside 80 judgements at expectations, of which so many lie below."""
    rows = COUNTED.of([(ALL, ALL, "reading", Across.TEST_BELOW.value, 80, below)])
    return counts._replace(counted=Frame.stacked([counts.counted, rows]))


def schools(*tables, below=(), scales=()):
    found = [count_school(register(table, scale="teacher-assessment"), usual_rules(), None, {}) for table in tables]
    found = [with_tests(counts, some) for counts, some in zip(found, below, strict=True)] if below else found
    found = (
        [counts._replace(scales={"reading": [scale]}) for counts, scale in zip(found, scales, strict=True)]
        if scales
        else found
    )
    return {f"School {number}": counts for number, counts in enumerate(found)}


def many(counts, *lines, followed=(), unread=(), without_data=(), of_none=0, percentages_from=11, **of_all):
    rules = usual_rules()
    mode = rules.sharing.modes["governors"]._replace(percentages_from=percentages_from)
    shown = [PLAIN._replace(school=name, **of_all) for name in counts]
    term = next(iter(counts.values())).term if counts else None
    beside = set_beside(counts, [of.cells for of in counts.values()], rules, mode)
    every = [line for line in (*shown, *lines) if line.term]
    totals = {name: sum(getattr(line, name) or 0 for line in every) for name in ("on_roll", "came", "without_upn")}
    table = SCHOOLS.of([*shown, *lines])
    return ManySchools(term, table, totals, beside, dict(followed), unread, without_data, of_none, mode)


def page(found, *, folds=False, order="name"):
    return as_text(schools_document(found, usual_rules(), order=order, folds=folds), width=None, colour=False)


def test_a_school_far_below_the_others_is_asked_about_and_so_is_one_far_above():
    text = page(
        many(
            schools(USUAL, USUAL, USUAL, USUAL, USUAL, LOW, USUAL.replace("| 15 ", "| 1  ").replace("| 60 ", "| 74 "))
        ),
        folds=True,
    )

    assert "School 5\n  Fewer at expectations than chance allows: reading 22 % (26 of 120; " in text
    assert "School 6\n  More at expectations than chance allows" in text
    assert "far below" in text


def test_where_no_school_stands_out_that_is_said():
    assert "No school lies beyond the outer limits" in page(many(schools(USUAL, USUAL, USUAL)))


def test_two_schools_are_not_set_beside_each_other_in_a_funnel():
    assert "Fewer than 3 schools: none is set beside the others." in page(many(schools(USUAL, LOW)))


def test_gaps_of_all_schools_are_told_by_group_with_the_gap_within_the_schools():
    text = page(many(schools(USUAL, USUAL, USUAL)))

    assert "In all schools together: children on FSM behind other children in reading." in text
    assert "13 % of 135" in text


def test_without_a_clear_gap_the_number_that_could_be_judged_is_said():
    even = """
        pupil | children | year group | class | gender | Spring 2019 | Summer 2019
        Ada   | 30       | 4          | Oak   | girls  | EXS         | EXS
        Bea   | 30       | 4          | Oak   | girls  | EXS         | WTS
        Bob   | 30       | 4          | Ash   | boys   | EXS         | EXS
        Cai   | 30       | 4          | Ash   | boys   | EXS         | WTS
    """

    assert "No gap between groups is clear in all schools together, of 1 that could be judged." in page(
        many(schools(even, even))
    )


def test_a_gap_in_all_subjects_together_alone_is_called_so():
    apart = [("Ada", 40, "girls", LEVEL * 3), ("Bob", 20, "boys", LEVEL * 3)]
    one_each = [DOWN + LEVEL + LEVEL, LEVEL + DOWN + LEVEL, LEVEL + LEVEL + DOWN]
    apart += [(f"Cai{at}", 12, "boys", grades) for at, grades in enumerate(one_each)]
    apart += [(f"Eve{at}", 6, "girls", grades) for at, grades in enumerate(one_each)]
    text = page(many(schools(*[in_all_subjects(*apart)] * 2)))

    assert "in reading, writing and maths together." in text


def test_small_numbers_have_their_letter_and_are_explained_once():
    text = page(many(schools(USUAL, USUAL, TINY), named=None), folds=True)

    assert "[c]" in text
    assert text.count("hidden to protect children") == 1


def test_a_school_left_out_is_in_the_first_lines_with_its_reason():
    left = SchoolLine("Beech", 3, "", False, *[None] * 10, "Menu.csv: no sheet has headings.")  # noqa: FBT003
    lines = page(many(schools(USUAL, USUAL, USUAL), left, unread=["Loose.csv"])).splitlines()

    assert "Beech is left out: Menu.csv: no sheet has headings." in lines[1:4]
    assert any("Loose.csv" in line for line in lines[:6])


def test_what_to_know_of_a_school_stands_first_too():
    counts = schools(USUAL, USUAL, USUAL)
    text = page(many(counts, in_two=2, own_rules=True, message="Old.xls: it is broken. It was left out."))

    assert "! School 0: Old.xls: it is broken." in text or "School 0: Old.xls: it is broken." in text
    assert "2 pupils have a result of the same term in another school too" in text
    assert "Judged by rules of their own" in text


def test_children_who_moved_are_counted_and_followed():
    text = page(many(schools(USUAL, USUAL, USUAL), came=7, followed={"reading": OverBoth(20, 9, 12)}))

    assert "21 children came from another of these schools" in text
    assert "Reading: of 20 judged in both, 9 stood at expectations before and 12 now." in text


def test_judgements_that_tests_contradict_more_often_than_elsewhere_are_asked_about():
    text = page(many(schools(*[USUAL] * 6, below=[10, 10, 10, 10, 10, 40])))

    assert "More children whom the teacher places at expectations lie below them in the test: reading 50 %" in text
    assert "Judgements beside tests" in text


def test_schools_on_several_scales_are_named_by_subject():
    assert "These schools judge reading on more than one scale" in page(many(schools(USUAL, USUAL, scales=["a", "b"])))


def test_where_no_school_could_be_judged_the_page_still_says_why():
    left = SchoolLine("Beech", 3, "", False, *[None] * 10, "Menu.csv: no sheet has headings.")  # noqa: FBT003

    assert "0 of 1 school judged" in page(many({}, left))


@pytest.mark.parametrize(("order", "first"), [("name", "School 0"), ("reading", "School 2"), ("on_roll", "School 0")])
def test_the_order_is_the_users(order, first):
    found = many(schools(USUAL, USUAL, LOW))

    assert page_of(found, usual_rules(), order).schools[0].school == first


def test_an_unknown_order_is_refused():
    with pytest.raises(ChoiceError, match="readng"):
        refuse_order("readng", usual_rules())


def test_the_limits_are_the_whole_percentages_within():
    found = page_of(many(schools(USUAL, USUAL, USUAL)), usual_rules(), "name")
    standing = found.standing["School 0"]["reading", "at_are"]
    low, high = chance_allows(standing)

    assert standing.lowest <= low < 50 < high <= standing.highest


def in_all_subjects(*kinds):
    """A school of these kinds of children, each of a name, a gender and how many, with two grades in every subject."""
    subjects = [f"{subject}Summer {year}" for subject in ("", "writing ", "maths ") for year in (2018, 2019)]
    lines = [
        f"{name} | {children} | 4 | Oak | {gender} | {' | '.join(grades)}" for name, children, gender, grades in kinds
    ]
    return "\n".join([f"pupil | children | year group | class | gender | {' | '.join(subjects)}", *lines])


LEVEL, DOWN = ["EXS", "EXS"], ["EXS", "WTS"]
GIRLS = ("Ada", 40, "girls", LEVEL * 3), ("Bea", 10, "girls", DOWN * 3)
BOYS = ("Bob", 10, "boys", LEVEL * 3), ("Cai", 40, "boys", DOWN * 3)


def test_the_subjects_taken_together_are_called_so_and_progress_has_its_own_words():
    text = page(many(schools(*[in_all_subjects(*GIRLS, *BOYS)] * 3)), folds=True)

    assert "reading, writing and maths together" in text
    assert "(progress)" in text
    assert "insufficient progress" in text


def test_where_no_school_has_both_sides_there_is_no_gap_within_schools():
    apart = many(schools(in_all_subjects(*GIRLS), in_all_subjects(*BOYS)))

    assert not apart.beside.across.empty
    assert "  -  " in page(apart)


def test_of_too_few_children_for_a_percentage_the_counts_stand():
    assert "66 of 120" in page(many(schools(USUAL, USUAL, USUAL), percentages_from=200))


def test_what_is_in_no_school_is_said():
    text = page(many(schools(USUAL, USUAL), without_data=["Empty"], of_none=3, without_upn=4))

    assert "No school, as no file to read lies in this folder itself: Empty." in text
    assert "3 rows of pupils in no school: they name none, and are not counted." in text
    assert (
        "8 children without a UPN, who would be counted twice if another school has them too, in every school." in text
    )


def test_schools_with_children_without_a_upn_are_named_where_others_have_none():
    left = PLAIN._replace(school="Beech", without_upn=5)

    assert "if another school has them too: Beech 5." in page(many(schools(USUAL, USUAL), left))


def test_where_all_figures_are_hidden_that_is_why_none_is_set_beside_the_others():
    assert "None is set beside the others: their figures are hidden" in page(many(schools(TINY, TINY, TINY)))


def test_a_gap_in_progress_is_told_as_one_in_a_schools_fold():
    text = page(many(schools(*[in_all_subjects(*GIRLS, *BOYS)] * 3)), folds=True)

    assert "points beside boys in reading, insufficient progress." in text
    assert "points beside boys in reading, at expectations." in text


def test_schools_without_tests_are_no_lines_beside_tests():
    counts = schools(USUAL, USUAL, below=[10, 10])
    counts["School 2"] = schools(USUAL)["School 0"]
    text = page(many(counts))

    assert "School 2" not in text[text.index("Judgements beside tests") :]


def test_those_who_moved_are_followed_over_both_schools_as_far_as_that_can_be_told():
    followed = {"reading": OverBoth(20, 9, 12, 18, 7, 8), "maths": OverBoth(judged=20, insufficient=6)}
    text = page(many(schools(USUAL, USUAL), came=10, followed={**followed, "writing": OverBoth(cannot_tell=9)}))

    assert (
        "and 12 now; over both schools 7 of 18 make insufficient progress; of 8 progress over both cannot be told."
        in text
    )
    assert "Maths: over both schools 6 of 20 make insufficient progress." in text
    assert "Writing: of 9 progress over both cannot be told." in text


def test_small_numbers_of_children_are_a_few():
    found = many(schools(USUAL, USUAL), in_two=None, came=None, without_upn=None, on_roll=None)
    text = page(found._replace(totals={"on_roll": None, "came": None, "without_upn": None}))

    assert "a few pupils ([c]) have a result of the same term in another school too" in text
    assert "A few children ([c]) came from another of these schools" in text
    assert "2 of 2 schools judged, a few children ([c]) on roll." in text
    assert "a few children ([c]) without a UPN" in text.casefold().replace("upn", "UPN")


def test_the_year_groups_in_which_a_gap_is_clear_too_are_told():
    fourth = "\n".join(USUAL.splitlines()[2:]).replace("Ada", "Eva").replace("Bea", "Fay")
    fourth = fourth.replace("Bob", "Gus").replace("Cai", "Hal").replace("Dan", "Ian")
    text = page(many(schools(*[USUAL + fourth.replace("| 4  ", "| 5  ")] * 3)))

    assert "Year 4, Year 5" in text


def test_schools_are_drawn_by_the_number_of_children_and_one_outside_has_its_name_there():
    counts = schools(USUAL, USUAL, USUAL, USUAL, USUAL, LOW, TINY)
    made = schools_document(many(counts), usual_rules(), folds=True)
    pictures = [part for section in made.sections for part in section.parts if isinstance(part, Picture)]
    words, shapes = pictures[0].words, pictures[0].drawing.shapes

    assert words.startswith("School 1 55 % of 120; ")  # School 0 is hidden with School 6, which is small
    assert "School 5 22 % of 120, far below the limits." in words
    assert "School 6" not in words
    assert (shapes.count("<circle"), shapes.count('class="clear"')) == (5, 1)
    assert (shapes.count("School 5"), shapes.count("School 1")) == (1, 0)
    assert shapes.count('class="reference"') == 4


def test_where_no_school_is_outside_the_drawings_are_in_a_fold():
    made = schools_document(many(schools(USUAL, USUAL, USUAL)), usual_rules(), folds=True)
    every = [part for section in made.sections for part in section.parts]
    folded = [
        fold.words for fold in every if isinstance(fold, Fold) if any(isinstance(of, Picture) for of in fold.parts)
    ]

    assert not any(isinstance(part, Picture) for part in every)
    assert folded == ["Schools drawn by the number of children"]


def test_drawings_in_which_no_school_is_outside_are_in_a_fold_beneath_those_in_which_one_is():
    counts = schools(USUAL, USUAL, USUAL, USUAL, LOW, below=(10,) * 5)
    made = schools_document(many(counts), usual_rules(), folds=True)
    every = [part for section in made.sections for part in section.parts]

    assert any(isinstance(part, Picture) for part in every)
    assert "The others drawn by the number of children" in [part.words for part in every if isinstance(part, Fold)]


def test_an_order_by_a_subject_without_results_is_that_of_names():
    found = many(schools(USUAL, LOW))

    assert [line.school for line in page_of(found, usual_rules(), "science").schools] == ["School 0", "School 1"]


def test_that_gaps_are_kept_back_is_said_and_not_how_many():
    found = many(schools(USUAL, LOW, USUAL))
    said = "Comparisons of which one side is hidden are not shown."

    assert said in page(found._replace(beside=found.beside._replace(kept_back=True)))
    assert said not in page(found._replace(beside=found.beside._replace(kept_back=False)))
