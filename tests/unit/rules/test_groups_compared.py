"""The groups that are compared, and what a school may add to them."""

from __future__ import annotations

import pytest

from siptrack.rules.load import load

CLUB = 'breakfast: {label: "Breakfast club", headings: ["Breakfast club"], source: "the school", groups: '
CLUB += '{comes: {label: "Comes", spellings: ["Y"]}, stays_away: {label: "Stays away", spellings: ["N"]}}}'


def compared(tmp_path, text: str) -> tuple[str, ...]:
    settings = tmp_path / "siptrack.yaml"
    settings.write_text(text, encoding="utf-8")
    return load(settings).groups.compared


def test_a_characteristic_that_the_school_adds_is_compared_after_the_others(tmp_path):
    found = compared(tmp_path, f"groups: {{characteristics: {{{CLUB}}}}}\n")

    assert found == (*load().groups.compared, "breakfast")


def test_the_school_may_say_where_its_own_characteristic_stands_and_leave_out_others(tmp_path):
    text = f'groups: {{characteristics: {{{CLUB}}}, compared: ["breakfast", "fsm"]}}\n'

    assert compared(tmp_path, text) == ("breakfast", "fsm")


def test_a_shorter_list_leaves_siptracks_own_out_and_not_the_schools(tmp_path):
    text = f'groups: {{characteristics: {{{CLUB}, fsm: {{headings: ["Dinners"]}}}}, compared: ["gender"]}}\n'

    assert compared(tmp_path, text) == ("gender", "breakfast")


def test_a_wider_group_that_the_school_makes_is_compared(tmp_path):
    text = """
groups:
  derived:
    roma_and_traveller:
      label: "Gypsy, Roma and Traveller"
      of: ethnicity
      source: "the school"
      groups: {grt: {label: "GRT", members: ["WIRT", "WROM"]}, others: {label: "Others", members: ["WBRI"]}}
"""

    assert compared(tmp_path, text)[-1] == "roma_and_traveller"


def test_every_characteristic_is_compared():
    groups = load().groups

    assert set(groups.compared) == set(groups.all()) - set(groups.pairs)


def test_year_groups_and_classes_are_how_the_school_divides_its_children_and_so_are_sets_that_it_adds(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    sets = 'maths_set: {label: "Set", headings: ["Set"], source: "the school", organisation: "we chose", groups: '
    sets += '{top: {label: "Top", spellings: ["1"]}, other: {label: "Other", spellings: ["2"]}}}'
    settings.write_text(f"groups: {{characteristics: {{{sets}}}}}\n", encoding="utf-8")

    every = load(settings).groups.all()

    assert [key for key, one in every.items() if one.organisation] == ["maths_set", "year_group", "class"]


def test_a_pair_may_be_of_three():
    pair = load().groups.pairs["minority_gender_fsm"]

    assert pair.label == "Minority ethnic, Gender and Free school meals (FSM)"
    assert len(pair.groups) == 8
    assert pair.groups["white_british+boys+fsm"].label == "White British, Boys, FSM"


@pytest.mark.parametrize("characteristic", ["ethnicity", "gender", "language", "mobility", "term_of_birth", "fsm"])
def test_every_group_says_how_a_sentence_calls_its_children(characteristic):
    groups = load().groups.all()[characteristic].groups

    assert [key for key, group in groups.items() if not group.children] == []


def test_the_months_of_birth_are_twelve_and_each_in_one_term():
    months = [month for group in load().groups.worked_out["term_of_birth"].groups.values() for month in group.members]

    assert sorted(map(int, months)) == list(range(1, 13))
