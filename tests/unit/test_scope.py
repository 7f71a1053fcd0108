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
