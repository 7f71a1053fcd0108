"""The groups that --group names, those that only the data has among them."""

from __future__ import annotations

import pytest

from registers import register, term, usual_rules
from siptrack.analysis.selection import Filters, call_roll, choose
from siptrack.school.errors import ChoiceError
from siptrack.scope import Scope, choose_filters, choose_peers

SCHOOL = """
    pupil | year group | class | born       | ethnicity | gender | fsm     | language | mobility   | Summer 2009
    Ann   | 5          | 5K    | 1999-06-01 | WBRI      | girls  | fsm     | English  | mobile     | 3a
    Bob   | 5          | 5K    | 1998-10-01 | WBRI      | boys   | fsm     | English  | not_mobile | 3a
    Cai   | 4          | Oak   | 2000-07-01 | APKN      | boys   | not_fsm | Yoruba   | not_mobile | 3a
"""


def chosen(*groups: str) -> list[str]:
    """The pupils who pass --group."""
    school, rules = register(SCHOOL), usual_rules()
    filters = choose_filters(rules, school, Scope(groups=groups))
    return list(choose(call_roll(school, term("Summer 2009"), rules), rules, filters).pupils["pupil"])


@pytest.mark.parametrize(
    ("group", "pupils"),
    [
        ("summer_born", ["Ann", "Cai"]),
        ("Summer-born", ["Ann", "Cai"]),
        ("white_british", ["Ann", "Bob"]),
        ("ethnicity=WBRI", ["Ann", "Bob"]),
        ("Pakistani", ["Cai"]),
        ("mobile", ["Ann"]),
        ("yoruba", ["Cai"]),
        ("language=English", ["Ann", "Bob"]),
        ("class=oak", ["Cai"]),
        ("year_group=Year 5", ["Ann", "Bob"]),
        ("white_british+boys+fsm", ["Bob"]),
        ("minority_gender_fsm=White British, Boys, FSM", ["Bob"]),
        ("boys+fsm", ["Bob"]),
    ],
)
def test_a_group_may_be_named_by_its_key_or_its_label(group, pupils):
    assert chosen(group) == pupils


def test_a_child_must_be_in_one_group_of_each_characteristic():
    assert chosen("summer_born", "white_british") == ["Ann"]
    assert chosen("yoruba", "English") == ["Ann", "Bob", "Cai"]


def test_a_language_that_nobody_has_is_no_group():
    with pytest.raises(ChoiceError, match="--group 'Urdu' is not a group"):
        chosen("Urdu")


@pytest.mark.parametrize(
    ("group", "pupils"),
    [
        ("f.s.m.", ["Ann", "Bob"]),
        ("freeschoolmeals", ["Ann", "Bob"]),
        ("Free School Meals", ["Ann", "Bob"]),  # a heading
        ("eligible for FSM", ["Ann", "Bob"]),  # what stands in a cell
        ("children on FSM", ["Ann", "Bob"]),
        ("sex=F", ["Ann"]),
        ("M", ["Bob", "Cai"]),
        ("Eligible", ["Ann", "Bob"]),  # of pupil premium too, which nobody has recorded
        ("white british", ["Ann", "Bob"]),  # of two characteristics, and the same children
    ],
)
def test_a_group_may_be_named_by_any_word_of_the_rules(group, pupils):
    assert chosen(group) == pupils


@pytest.mark.parametrize("group", ["PP", "Pupil Premium", "pupil-premium", "Ever 6", "PP=yes"])
def test_pupil_premium_is_disadvantaged_however_it_is_written(group):
    filters = choose_filters(usual_rules(), register(SCHOOL), Scope(groups=[group]))
    assert filters.groups == {("disadvantaged", "disadvantaged")}


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("gender", "--group 'gender' could be girls or boys. Write one of these."),
        ("Y", "--group 'Y' could be fsm or mobile. Write one of these."),
        ("ethnicity", "--group 'ethnicity' could be WBRI (White British) or APKN (Pakistani). Write one of these."),
        ("pupil premum", "--group 'pupil premum' is not a group. Did you mean 'Pupil premium' or 'Not pupil premium'?"),
        (
            "",
            "--group '' is not a group. Groups known: girls, boys, fsm, disadvantaged, white, and 75 more.",
        ),
    ],
)
def test_a_word_that_is_no_group_or_several_is_refused_with_what_could_be_meant(group, said):
    with pytest.raises(ChoiceError) as refused:
        chosen(group)

    assert str(refused.value) == said


def test_one_group_can_be_chosen_where_nothing_is_compared():
    school = register("""
        pupil | year group | born       | Summer 2009
        Ann   | 5          | 1999-06-01 | 3a
    """)
    roll = call_roll(school, term("Summer 2009"), usual_rules())

    found = choose(roll, usual_rules(), Filters(groups=frozenset({("term_of_birth", "summer_born")})))

    assert list(found.pupils["pupil"]) == ["Ann"]


@pytest.mark.parametrize(
    ("peers", "said"),
    [("national", "--table national"), ("pigs", "--peers 'pigs' is not a group"), ("200%", "from 0% to 100%")],
)
def test_peers_that_cannot_be_are_refused_with_what_can(peers, said):
    with pytest.raises(ChoiceError, match=said):
        choose_peers(usual_rules(), register(SCHOOL), peers)
