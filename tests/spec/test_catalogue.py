"""What the catalogue offers to whom: by year group, subject, entry level and group, and never by feelings."""

from __future__ import annotations

import pytest

from providing import blank_as_text, provided, with_provision
from registers import usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.cycle.provision import provide
from siptrack.school.provision import Material, OfferedTo

NOTHING_GIVEN = "pupil | intervention | subject | from | to"
HEADINGS = "pupil | year group | children | Summer 2008 | Summer 2009"


def offered(results: str, provision: str = NOTHING_GIVEN, **more) -> dict[str, set[str]]:
    """The materials offered to each pupil; an empty name stands for none that fits."""
    rows = blank_as_text(provided(f"{HEADINGS}\n{results}", provision, **more).suggestions)
    rows = rows[rows["pupil"] != ""]
    return {pupil: set(of["material"]) for pupil, of in rows.groupby("pupil")}


def rules_with(*materials: Material):
    """The rules with these materials alone in the catalogue."""
    rules = usual_rules()
    return rules._replace(provision=rules.provision._replace(catalogue={one.key: one for one in materials}))


def material(key: str, **said) -> Material:
    """A material for children that says nothing more than this."""
    usual = usual_rules().provision.catalogue["every-child-a-writer"]
    blank = usual._replace(key=key, subjects=(), years=None, groups=(), entry=None, names=(), until=None)
    return blank._replace(**said)


def test_springboard_5_is_offered_to_a_child_of_year_5_whose_maths_was_2a_in_year_4():
    headings = HEADINGS.replace("Summer", "maths Summer")
    rows = provided(f"{headings}\nAnn | 5 | 1 | 2a | 2a\nBob | 5 | 1 | 3b | 3b", NOTHING_GIVEN).suggestions

    (ann,) = rows[rows["pupil"] == "Ann"].to_dict("records")
    assert (ann["material"], ann["entry_grade"], ann["entry_term"]) == ("springboard-5", "2a", "Summer 2008")
    assert rows.loc[rows["pupil"] == "Bob", "reason"].tolist() == ["none fits"]


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({}, True),
        ({"subjects": ("reading",)}, True),
        ({"subjects": ("maths",)}, False),
        ({"years": range(4, 6)}, True),
        ({"years": range(5, 7)}, False),
        ({"until": 2009}, True),
        ({"until": 2008}, False),
        ({"since": 2009}, True),
        ({"since": 2010}, False),
        ({"offered_to": OfferedTo.CLASSES}, False),
        ({"offered_to": OfferedTo.NOBODY}, False),
        ({"from_attainment": False}, False),
        ({"offered_to": OfferedTo.GROUPS}, False),
    ],
)
def test_a_material_is_offered_by_what_it_says(said, fits):
    found = offered("Ann | 4 | 1 | 2a | 2a", rules=rules_with(material("club", **said)))

    assert found == {"Ann": {"club" if fits else ""}}


def test_a_material_for_a_group_is_offered_to_its_children_only():
    rules = rules_with(material("club", groups=(("fsm", "fsm"),)))
    results = (
        "pupil | year group | fsm | Summer 2008 | Summer 2009\nAnn | 4 | fsm | 2a | 2a\nBob | 4 | not_fsm | 2a | 2a"
    )

    rows = blank_as_text(provided(results, NOTHING_GIVEN, rules=rules).suggestions)

    assert dict(zip(rows["pupil"], rows["material"], strict=True)) == {"Ann": "club", "Bob": ""}


def test_what_a_child_has_already_is_not_offered_again():
    has = "pupil | intervention | material | subject | from | to\nAnn | The Club | club | reading | Spring 2009 | ."

    assert offered("Ann | 4 | 1 | 2a | 2a", has, rules=rules_with(material("club"))) == {}


TODAY = "pupil | year group | children | reading Summer 2025 | reading Summer 2026"


def offered_today(results: str, headings: str = TODAY, scale: str = "teacher-assessment") -> dict[str, set[str]]:
    """The programmes of today that each pupil is offered, whose results are on such a scale."""
    rules = usual_rules()
    found = provide(analyse(with_provision(f"{headings}\n{results}", NOTHING_GIVEN, scale), rules), rules)
    rows = blank_as_text(found.suggestions)
    return {pupil: set(of["material"]) for pupil, of in rows[rows["pupil"] != ""].groupby("pupil")}


def test_a_school_of_today_is_offered_what_is_for_the_year_group_and_subject_and_nothing_of_2009():
    found = offered_today("Ann | 2 | 1 | EXS | WTS\nBob | 6 | 1 | EXS | WTS")

    assert found["Ann"] == {
        *("reading-recovery", "lexia-core5", "project-x-code", "fft-wave-3", "better-reading-support-partners"),
        *("inference-training", "catch-up-literacy"),
    }
    assert found["Bob"] == {
        *("reciprocal-reading", "fft-wave-3", "better-reading-support-partners", "inference-training"),
        *("catch-up-literacy", "toe-by-toe", "ks2-reading-fluency"),
    }


def test_no_child_at_expectations_is_offered_a_programme_of_today():
    assert offered_today("Ann | 2 | 1 | GDS | EXS") == {"Ann": {""}}


def test_a_child_below_who_keeps_up_is_offered_nothing():
    assert offered_today("Ann | 2 | 1 | WTS | WTS\nBob | 2 | 1 | EXS | WTS").keys() == {"Bob"}


def test_results_that_name_no_year_are_of_the_time_of_their_scale():
    headings = "pupil | year group | children | reading Summer 0000 | reading Summer 0001"

    assert "lexia-core5" in offered_today("Ann | 2 | 1 | EXS | WTS", headings)["Ann"]
    assert offered_today("Ann | 4 | 1 | 2a | 2a", headings, "nc-levels") == {"Ann": {""}}


def test_only_children_with_insufficient_progress_are_offered_anything():
    assert offered("Ann | 4 | 1 | 2a | 3b", rules=rules_with(material("club"))) == {}


def test_social_and_emotional_materials_are_offered_to_nobody_because_of_results():
    rules = usual_rules()
    of_feelings = [one for one in rules.provision.catalogue.values() if one.priority == "social-and-emotional"]

    found = offered("Ann | 4 | 1 | 2a | 2a", rules=rules_with(*of_feelings))

    assert found == {"Ann": {""}}


def test_a_clear_gap_is_matched_to_materials_for_that_group_and_subject():
    results = """pupil | year group | gender | children | writing Summer 2009
        Boy  | 4 | boys  | 20 | 2b
        Girl | 4 | girls | 20 | 3b"""

    rows = provided(results, NOTHING_GIVEN).suggestions

    boys = rows[(rows["group"] == "boys") & (rows["subject"] == "writing")]
    assert {"talk-for-writing", "support-for-spelling"} <= set(boys["material"])
    assert not {"bilingual-children", "gypsy-roma-traveller"} & set(boys["material"])
    assert set(rows["group"].dropna()) == {"boys"}
