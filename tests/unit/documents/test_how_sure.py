"""What is said of how sure the list is, to the letter."""

from __future__ import annotations

import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.evidence_tables import Evidence
from siptrack.cycle.first_tables import FirstChild
from siptrack.documents.evidence import Basis, First, HowSure, Slipping, sureness
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections, sentence
from siptrack.rendering.terminal import print_sections

NOTHING = HowSure(
    named=0,
    by_noise=0.0,
    classes=(),
    named_classes=7,
    early=0,
    least=4,
    terms=9,
    slipping=(),
    slipping_from="50",
    first=(),
    since={},
    bases=(),
)
STATED = Basis(("Reading", "Maths"), 0.9, None, 20, own_base=False)
TOO_EARLY = "too early to be sure: results in too few terms"


def printed(macro, **changes):
    page = Page(None, colour=False)
    print_sections(page, sections(macro, NOTHING._replace(**changes), template="evidence.jinja"))
    return page.text().strip().splitlines()


def words(macro, *given, **more):
    return sentence(macro, *given, template="evidence.jinja", **more)


def first(rank=1, name="Beck, Adam", subject="Reading", **more):
    row = {
        "rank": rank,
        "pupil": "P1",
        "surname": "Beck",
        "forename": "Adam",
        "year_group": 5,
        "class_": "5K",
        "subject": "reading",
        "behind_in_100": 81.4,
        "named": True,
        "terms": 4,
        "since": "Summer 2025",
        "why": "strong marks; long on the list; neither provision nor action",
        **more,
    }
    return First(FirstChild(**row), name, subject)


def weighed(**more):
    known = {
        "pupil": "P1",
        "subject": "reading",
        "scale": "nc-levels",
        "terms": 6,
        "behind_in_100": 81.4,
        "noise_in_100": 20.0,
        "reliability": 0.9,
        "own_reliability": None,
        "base_in_100": 20.0,
        "base_from": "stated",
        "reason": "",
    }
    return Evidence(**{**known, **more})


def test_beside_a_sentence_stands_the_number_or_that_it_is_too_early():
    assert words("beside", 81.4, early=False) == "(81 in 100)"
    assert words("beside", 0.4, early=False) == "(under 1 in 100)"
    assert words("beside", 99.2, early=False) == "(over 99 in 100)"
    assert words("beside", None, early=True) == "(too early to be sure)"
    assert words("beside", None, early=False) == ""


def test_of_a_child_it_is_said_in_a_sentence():
    assert words("of_a_child", weighed(), 4) == (
        "Of 100 children with these marks, about 81 have truly fallen behind (6 terms with a result on this scale)."
    )
    assert words("of_a_child", weighed(behind_in_100=0.2), 4) == (
        "Of 100 children with these marks, under 1 have truly fallen behind (6 terms with a result on this scale)."
    )
    assert words("of_a_child", weighed(behind_in_100=None, terms=1, reason=TOO_EARLY), 4) == (
        "It is too early to be sure of these marks: 1 term with a result on this scale, and 4 are needed."
    )
    assert words("of_a_child", weighed(behind_in_100=None, reason="outside the reference line"), 4) == (
        "Cannot say how sure these marks are: outside the reference line."
    )


def test_what_the_numbers_are_stands_once_over_the_list():
    assert words("about_numbers", NOTHING._replace(bases=(STATED,), early=37)) == (
        "In brackets: of 100 children with these marks, how many have truly fallen behind, worked out from every "
        "result of the last 9 terms on one scale. The strongest stand first in each class. Of 37 children named it is "
        "too early to be sure: fewer than 4 terms with a result on this scale."
    )
    assert words("about_numbers", NOTHING._replace(early=1, least=6)) == (
        "Of 1 child named it is too early to be sure: fewer than 6 terms with a result on this scale."
    )
    assert "the last 6 terms" in words("about_numbers", NOTHING._replace(bases=(STATED,), terms=6))
    assert words("about_numbers", NOTHING) == ""


def test_it_is_too_early_only_of_children_who_are_named():
    table = """
        pupil  | year group | Autumn 2024 | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
        Named  | 4          | .           | .           | .           | EXS         | .           | WTS
        Sure   | 4          | GDS         | GDS         | GDS         | GDS         | EXS         | WTS
        Joined | 4          | .           | .           | .           | .           | EXS         | EXS
        """
    made = analyse(register(table, scale="teacher-assessment"), usual_rules())

    sure = sureness(made, usual_rules())

    assert (sure.named, sure.early, sure.terms, sure.least, sure.slipping_from) == (2, 1, 9, 4, "50")


def test_every_class_is_every_one_in_which_anybody_is_named():
    table = """
        pupil | year group | class | Autumn 2024 | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
        Ann   | 4          | 4A    | EXS         | EXS         | EXS         | EXS         | EXS         | WTS
        Bob   | 4          | 4B    | EXS         | EXS         | EXS         | EXS         | EXS         | WTS
        Cat   | 4          | 4C    | EXS         | EXS         | EXS         | EXS         | EXS         | EXS
        """
    made = sureness(analyse(register(table, scale="teacher-assessment"), usual_rules()), usual_rules())

    assert made.named_classes == 2
    assert not made._replace(classes=["4A"]).every_class
    assert made._replace(classes=["4A", "4B"]).every_class


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"named": 60, "by_noise": 14.2}, "would have named about 14 children, not 60."),
        (
            {"named": 60, "by_noise": 14.2, "classes": ["2B"]},
            "not 60. In class 2B that would be more than half of those named.",
        ),
        (
            {"named": 60, "by_noise": 14.2, "classes": ["1A", "2B", "3C", "4D", "5E"]},
            "not 60. In classes 1A, 2B, 3C and 2 more that would be more than half of those named.",
        ),
        (
            {"named": 60, "by_noise": 40, "classes": list("ABCDEFG")},
            "not 60. In every class that would be more than half of those named.",
        ),
        (
            {"named": 60, "by_noise": 40, "classes": ["2B"], "named_classes": 1},
            "not 60. In class 2B that would be more than half of those named.",
        ),
        ({"named": 60, "by_noise": 1.4}, "would have named about 1 child, not 60."),
        ({"named": 13, "by_noise": 12.4}, "would have named about 12 children, not 13."),
        ({"named": 13, "by_noise": 12.5}, "would have named as many as are named, 13."),
        ({"named": 13, "by_noise": 21}, "would have named as many as are named, 13."),
    ],
)
def test_how_many_noise_alone_would_name(changes, said):
    assert words("noise", NOTHING._replace(**changes)).endswith(said)


def test_of_noise_nothing_is_said_where_nobody_is_named():
    assert words("noise", NOTHING._replace(by_noise=3)) == ""


def test_whom_to_talk_about_first_with_the_reasons():
    assert printed(
        "first",
        bases=(STATED,),
        first=[
            first(),
            first(2, "Cole, Ben", terms=1, since="Summer 2026", behind_in_100=None, why="strong marks", class_=""),
            first(3, "Dean, Cy", "Writing", named=False, terms=0, since="", why="strong marks"),
        ],
    ) == [
        "Talk about these first",
        (
            "The number: of 100 children with these marks, how many have truly fallen behind. The list: all "
            "named below. Nothing recorded: no provision and no action this school year."
        ),
        "  1. Beck, Adam (5K): reading 81; 4 terms on the list; nothing recorded.",
        "  2. Cole, Ben: reading; new on the list.",
        "  3. Dean, Cy (5K): writing 81; slipping slowly.",
    ]
    assert printed("first") == []
    assert printed("first", first=[first()])[1].startswith("  1. Beck")


def test_who_slips_slowly():
    listed = [
        Slipping("Dean, Cy", "5K", [("Writing", 74.0), ("Maths", 50.1)]),
        Slipping("Elm, Di", "", [("Maths", 60)]),
    ]
    assert printed("slipping", slipping=listed) == [
        "Slipping slowly: 2 children",
        (
            "Not over the line in either window, but of 100 children with their marks 50 and more have truly fallen "
            "behind."
        ),
        "  Dean, Cy (5K): writing 74 in 100, maths 50 in 100",
        "  Elm, Di: maths 60 in 100",
    ]
    assert "their marks 62.5 and more have" in printed("slipping", slipping=listed, slipping_from="62.5")[1]
    assert printed("slipping") == []


def test_what_the_numbers_rest_on():
    bases = [
        STATED,
        Basis(("Writing",), 0.84, 0.84, 13, own_base=True),
        Basis(("Science",), 0.9, 0.97, 20, own_base=False),
    ]
    assert printed("bases", bases=bases) == [
        "How sure the numbers are",
        ("  Reading and Maths: marks of a reliability of 0.90, as stated; 20 of 100 children fall, as stated."),
        (
            "  Writing: marks of a reliability of 0.84, worked out from this school's results; 13 of 100 children "
            "fall, worked out from this school's results."
        ),
        (
            "  Science: marks of a reliability of 0.90, as stated; this school's own agree to 0.97 at most, which "
            "copied marks and lasting errors raise; 20 of 100 children fall, as stated."
        ),
    ]
    assert printed("bases") == []


def test_over_the_children_whom_the_marks_hardly_name():
    assert words("hardly") == "Named by the rule, but by their marks probably chance:"
