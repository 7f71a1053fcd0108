"""Outputs side by side tell no hidden count: both measures, all children and each year group, and two terms."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pandas as pd
from attacker import groups_of, with_hidden
from hypothesis import given, settings
from hypothesis import strategies as st
from side_by_side import OUTCOMES, Output, attack_outputs
from test_disclosure import GROUPS, exact_rows, modes, school

from how_many import examples
from registers import build, result, usual_rules
from siptrack.analysis import shared_terms
from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.shareable import share
from siptrack.analysis.shared_terms import earlier_terms
from siptrack.documents.shared_tables import to_share
from siptrack.reading.shared_before import read_shared_before
from siptrack.school.term import Season, Term

THEN, NOW = Term(2014, Season.AUTUMN), Term(2014, Season.SPRING)


def outcomes_of(analysis) -> dict[str, int]:
    """Which of the outcomes each child's reading is."""
    told = analysis.standing[analysis.standing["subject"] == "reading"].set_index("pupil")
    found = {}
    for pupil, row in told.iterrows():
        met = "-" if not row["assessed"] else "y" if row["at_are"] else "n"
        less = "-" if not row["judged"] or met == "-" else "y" if row["insufficient"] else "n"
        found[pupil] = OUTCOMES.index((met, less))
    return found


def output_of(name: str, analysis, mode, children: list[str], before=(), **options) -> Output:
    """What is shared of an analysis, with the counts as they were before they were rounded."""
    rows = with_hidden(share(analysis, usual_rules(), mode, before, **options).rows, exact_rows(analysis, mode))
    groups = dict(zip(analysis.pupils["pupil"], groups_of(analysis.pupils, usual_rules()), strict=True))
    return Output(name, rows[rows["subject"] == "reading"], [groups.get(child) for child in children])


@settings(derandomize=True, max_examples=examples(2), deadline=None)
@given(st.integers(0, 10**6), st.integers(10, 50), st.sampled_from(sorted(modes())))
def test_no_hidden_count_is_found_by_whole_children_of_known_groups_in_both_measures(seed, children, mode):
    analysis = school(seed, children)
    everybody = list(analysis.pupils["pupil"])
    truth = outcomes_of(analysis)

    found = attack_outputs(
        [output_of("all", analysis, modes()[mode], everybody)], [truth.get(child, 0) for child in everybody]
    )

    assert found == []


def whole_and_years(seed: int, children: int, mode: str, **options: bool) -> list[tuple[str, ...]]:
    """What is found by all children's tables and those of each year group."""
    analysis = school(seed, children)
    everybody, truth = list(analysis.pupils["pupil"]), outcomes_of(analysis)
    years = sorted({int(year) for year in analysis.pupils["year_group"]})
    of_years = {
        year: analyse(analysis.register, usual_rules(), analysis.term, Filters(years=frozenset({year})))
        for year in years
    }
    outputs = [output_of("all", analysis, modes()[mode], everybody, **options)]
    outputs += [output_of(f"year {year}", one, modes()[mode], everybody, **options) for year, one in of_years.items()]
    return attack_outputs(outputs, [truth.get(child, 0) for child in everybody])


@settings(derandomize=True, max_examples=examples(1), deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 50), st.sampled_from(sorted(modes())))
def test_no_hidden_count_is_found_by_the_outputs_of_all_children_and_of_each_year_group(seed, children, mode):
    assert whole_and_years(seed, children, mode) == []


def test_it_is_found_where_each_output_is_made_by_itself():
    assert whole_and_years(2, 44, "governors", by_subtraction=False)


@cache
def two_terms(seed: int, children: int, *, come: int, left: int, then: Term = THEN):
    """The analyses of two terms between which some children came and left, and nobody else's result changed."""
    chance = random.Random(seed)  # noqa: S311  # an invented school
    scale = usual_rules().scales["teacher-assessment"]
    pupils, placements, results = [], [], []
    for number in range(children):
        name, gone = f"child {number}", come <= number < come + left
        about = {key: chance.choice(GROUPS[key]) for key in ("gender", "fsm", "ethnicity")}
        pupils.append({"pupil": name, **about, **({"on_roll_until": then.number} if gone else {})})
        year = chance.choice([3, 4])
        for grown in range(NOW.academic_year - then.academic_year + 1):
            of_year = {"academic_year": NOW.academic_year - grown, "year_group": year - grown}
            placements.append({"pupil": name, "class": "A", **of_year})
        grade = chance.choice(["EXS", "WTS"])
        terms = [NOW] if number < come else [then] if gone else [then, NOW]
        results += [result(name, "reading", when, grade, scale) for when in terms]
    register = build(pupils, placements, results)
    return tuple(analyse(register, usual_rules(), when) for when in (then, NOW))


def found_since(analyses, mode, folder, *, told: bool) -> list[tuple[str, ...]]:
    """What is found by the outputs of two terms of those hidden now, and of those who came, or left, together."""
    then, _ = analyses
    rules, file = usual_rules(), folder / "before.json"
    file.write_text(to_share(then, share(then, rules, mode), rules).json(None), encoding="utf-8")
    before = read_shared_before([file]) if told else ()
    return found_by(analyses, mode, lambda children: output_of("then", then, mode, children), before)


def found_by(analyses, mode, output_then, before=()) -> list[tuple[str, ...]]:
    """What is found by the output of this term beside what `output_then` makes of the other for these children."""
    then, now = analyses
    here, there = (set(one.pupils["pupil"]) for one in analyses[::-1])
    everybody = sorted(here | there)
    moved = ["came" if child not in there else "left" if child not in here else "stayed" for child in everybody]
    truth = outcomes_of(then) | outcomes_of(now)
    few = [what for what in ("came", "left") if 0 < moved.count(what) < mode.hide_below]
    secret = {"measure": "at_are", "characteristic": "moved", "status": "suppressed", "n": np.nan, "count": np.nan}
    outputs = [output_then(everybody), output_of("now", now, mode, everybody, before)]
    outputs = [one._replace(rows=one.rows[one.rows["measure"] == "at_are"]) for one in outputs]
    secrets = pd.DataFrame([{**secret, "group": what} for what in few])
    outputs.append(Output("moved", secrets, [{"moved": one} for one in moved]))
    return attack_outputs(outputs, [truth[child] for child in everybody], sizes=False)


MOVED = [(1, 0), (0, 1), (1, 1), (2, 1), (7, 0)]


@settings(derandomize=True, max_examples=examples(2), deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 50), st.sampled_from(sorted(modes())), st.sampled_from(MOVED))
def test_no_child_who_came_or_left_is_found_by_the_outputs_of_two_terms(tmp_path_factory, seed, children, mode, moved):
    analyses = two_terms(seed, children, come=moved[0], left=moved[1])

    assert found_since(analyses, modes()[mode], tmp_path_factory.mktemp("shared"), told=True) == []


def test_the_child_who_came_is_found_where_it_is_not_told_what_was_shared_before(tmp_path):
    found = found_since(two_terms(1, 60, come=1, left=0), modes()["governors"], tmp_path, told=False)

    assert ("moved", "at_are", "moved", "came") in {one[:4] for one in found}


A_YEAR_AGO = Term(2013, Season.SPRING)


def found_on_the_page(analyses, mode) -> list[tuple[str, ...]]:
    """What is found by the output of this term beside the figures of the other that stand on its page."""
    then, now = analyses
    (earlier,) = earlier_terms(now, share(now, usual_rules(), mode), usual_rules())

    def output_then(children: list[str]) -> Output:
        every = output_of("then", then, mode, children)
        every = every._replace(rows=every.rows[every.rows["measure"] == "at_are"])
        keys = zip(*(every.rows[name] for name in ("subject", "characteristic", "group")), strict=True)
        shown = pd.Series([key in earlier.rows for key in keys], index=every.rows.index)
        assert every.rows[shown]["n"].notna().all(), "more is shown than the term's own tables show"
        return every._replace(rows=every.rows[shown | (every.rows["status"] == "suppressed")])

    return found_by(analyses, mode, output_then)


@settings(derandomize=True, max_examples=examples(3), deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(20, 60),
    st.sampled_from(sorted(modes())),
    st.sampled_from([*MOVED, (12, 11)]),
    st.sampled_from([THEN, A_YEAR_AGO]),
)
def test_no_child_is_found_by_the_figures_of_an_earlier_term_on_the_page(seed, children, mode, moved, then):
    analyses = two_terms(seed, children, come=moved[0], left=moved[1], then=then)

    assert found_on_the_page(analyses, modes()[mode]) == []


def test_the_child_who_came_is_found_where_rows_that_a_few_tell_apart_are_let_stand(monkeypatch):
    monkeypatch.setattr(shared_terms._Reader, "may_know", lambda *_: True)
    found = found_on_the_page(two_terms(1, 60, come=1, left=0), modes()["governors"])

    assert ("moved", "at_are", "moved", "came") in {one[:4] for one in found}
