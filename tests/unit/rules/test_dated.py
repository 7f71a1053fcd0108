"""Rules that change on a date: each term has the form that was in force in it, and no other."""

from __future__ import annotations

import pytest
from rule_texts import plain

from siptrack.rules.dated import in_force, terms_of_change
from siptrack.rules.document import parse
from siptrack.school.errors import RulesError
from siptrack.school.term import Season, Term

HISTORY = """\
tolerance:
  - {value: 1, source: always}
  - {from: "Autumn 2024", value: 2, source: staff}
  - {from: "Spring 2026", value: 3, source: governors}
"""
NESTED = """\
thresholds:
  - step: 1
  - from: "Autumn 2024"
    step: [{value: 2}, {from: "Autumn 2025", value: 3}]
"""
IN_A_LIST = 'lines: [{a: 1}, [{b: 2}, {from: "Autumn 2025", b: 3}]]'
TWO_TERMS = ["Spring 2026", "Summer 2026"]
OUT_OF_ORDER = r"^rules\.yaml, line {}: the forms of a rule stand in order of time, each with a later 'from'\.$"


def in_term(text: str, term: str) -> object:
    return plain(in_force(parse(text, "rules.yaml"), Term.named(term)))


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("Autumn 2008", {"value": "1", "source": "always"}),
        ("Summer 2024", {"value": "1", "source": "always"}),
        ("Autumn 2024", {"value": "2", "source": "staff"}),
        ("Autumn 2025", {"value": "2", "source": "staff"}),
        ("Spring 2026", {"value": "3", "source": "governors"}),
        ("Summer 2040", {"value": "3", "source": "governors"}),
        ("no term", {"value": "3", "source": "governors"}),
    ],
)
def test_a_form_is_in_force_from_its_own_term_until_the_next(term, form):
    assert in_term(HISTORY, term) == {"tolerance": form}


@pytest.mark.parametrize(
    ("term", "holds"),
    [
        ("Summer 2024", {"step": "1"}),
        ("Summer 2025", {"step": {"value": "2"}}),
        ("Autumn 2025", {"step": {"value": "3"}}),
    ],
)
def test_a_form_may_hold_a_history_of_its_own(term, holds):
    assert in_term(NESTED, term) == {"thresholds": holds}


@pytest.mark.parametrize(("term", "b"), [("Summer 2025", "2"), ("Autumn 2025", "3")])
def test_a_history_may_stand_in_a_list(term, b):
    assert in_term(IN_A_LIST, term) == {"lines": [{"a": "1"}, {"b": b}]}


def test_a_list_without_dates_is_no_history():
    text = 'words: ["Autumn 2024", from]\nforms: [{a: 1}, {a: 2}]'

    assert in_term(text, "Autumn 2024") == {"words": ["Autumn 2024", "from"], "forms": [{"a": "1"}, {"a": "2"}]}


def test_the_form_in_force_keeps_its_line_and_the_lines_of_its_names():
    form = in_force(parse(HISTORY, "rules.yaml"), Term(2024, Season.AUTUMN)).value["tolerance"]

    assert str(form.mark) == "rules.yaml, line 3"
    assert {name: str(mark) for name, mark in form.keys.items()}["value"] == "rules.yaml, line 3"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (HISTORY, ["Autumn 2024", "Spring 2026"]),
        (NESTED, ["Autumn 2024", "Autumn 2025"]),
        (IN_A_LIST, ["Autumn 2025"]),
        ('b: {from: "Summer 2026", v: 1}\na: {from: "Spring 2026", v: 1}\nc: {from: "Spring 2026"}', TWO_TERMS),
        ("a: {b: [1, 2]}", []),
    ],
    ids=["a history", "a nested one", "one in a list", "twice the same term", "none"],
)
def test_the_terms_of_change_are_each_named_once_in_order(text, terms):
    assert [term.label for term in terms_of_change(parse(text, "rules.yaml"))] == terms


@pytest.mark.parametrize(
    ("second", "third"),
    [("Autumn 2026", "Summer 2026"), ("Autumn 2026", "Autumn 2026"), ("Autumn 2026", None)],
    ids=["earlier", "the same", "no date"],
)
def test_forms_out_of_order_are_refused_at_the_line_of_the_first_that_is(second, third):
    last = f'{{from: "{third}", value: 3}}' if third else "{value: 3}"
    text = f'tolerance:\n  - {{value: 1}}\n  - {{from: "{second}", value: 2}}\n  - {last}\n'

    with pytest.raises(RulesError, match=OUT_OF_ORDER.format(4)):
        in_term(text, "Autumn 2026")


def test_the_form_without_a_date_comes_first():
    text = 'step:\n  - {from: "Autumn 2026", value: 2}\n  - {value: 1}\n'

    with pytest.raises(RulesError, match=OUT_OF_ORDER.format(3)):
        in_term(text, "no term")


@pytest.mark.parametrize("date", ['"autumn 2026"', "2026", '"Autumn term 2026"', "[1]", '"Autumn 1066"'])
def test_a_date_that_is_no_term_is_refused(date):
    text = f"step:\n  - {{value: 1}}\n  - value: 2\n    from: {date}\n"

    with pytest.raises(RulesError, match=r"^rules\.yaml, line 4: 'from' must be a term such as Autumn 2026\.$"):
        in_term(text, "Autumn 2026")


def test_a_bare_value_is_no_form():
    text = 'step:\n  - 1\n  - {from: "Autumn 2026", value: 2}\n'

    with pytest.raises(
        RulesError,
        match=r"^rules\.yaml, line 2: each form of a rule that changed has names with values, such as 'value: 2'\.$",
    ):
        in_term(text, "Autumn 2026")


def test_a_rule_that_did_not_hold_yet_is_not_there_in_a_term_before_and_is_in_any_other():
    text = 'step: {from: "Autumn 2026", value: 2}'

    assert in_term(text, "Autumn 2026") == {"step": {"value": "2"}}
    assert in_term(text, "Summer 2026") == {}
