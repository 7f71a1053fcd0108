"""A child exactly on the line is never flagged: on any scale, in any term, whatever terms are missing before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from how_many import examples
from registers import build, result, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.school.register import Register
from siptrack.school.scale import Scale
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

SCALES = sorted(name for name, scale in usual_rules().scales.items() if scale.reference and scale.measures_progress)
NOW = 2020
YEARS = range(NOW - 12 // SEASONS_IN_A_YEAR - 1, NOW + 1)


def on_the_line(scale: Scale, year_group: int, season: Season) -> str | None:
    """What is written of a child on the line: the score itself, or the highest grade that is not above it."""
    line = scale.reference.get((year_group, season))
    if line is None:
        return None
    if scale.numbers:
        return f"{line:g}"
    steps = scale.small_steps.grades if scale.small_steps else frozenset()
    own = line - scale.points_a_year * year_group
    reached = [
        grade for grade in scale.grades if grade.code not in steps and grade.points is not None and grade.points <= own
    ]
    if reached:
        return reached[-1].code
    (below,) = (grade for grade in scale.grades if grade.points == own + scale.points_a_year)  # last year's band
    return f"{year_group - 1}{below.code}"


def children_on_the_line(now: Term, histories: Sequence[frozenset[int]]) -> Register:
    """One school of every scale, year group and history: how many terms back each child has results, beside now."""
    pupils, placements, results = [], [], []
    for name, year_group, back in product(SCALES, range(7), histories):
        scale = usual_rules().scales[name]
        terms = [now, *(Term.numbered(now.number - terms) for terms in sorted(back))]
        written = {term: on_the_line(scale, year_group + term.academic_year - NOW, term.season) for term in terms}
        if written[now] is None:
            continue
        child = f"{name}, year group {year_group}, and {sorted(back)} terms before"
        pupils.append({"pupil": child})
        placements += [{"pupil": child, "academic_year": year, "year_group": year_group + year - NOW} for year in YEARS]
        results += [result(child, "reading", term, text, scale) for term, text in written.items() if text is not None]
    return build(pupils, placements, results)


@pytest.mark.parametrize("season", Season)
@settings(derandomize=True, max_examples=examples(4))
@given(histories=st.sets(st.frozensets(st.integers(1, 12)), min_size=2, max_size=4))
def test_a_child_exactly_on_the_line_is_never_flagged_on_any_scale(season, histories):
    school = children_on_the_line(Term(NOW, season), sorted(histories, key=sorted))

    analysis = analyse(school, usual_rules(), Term(NOW, season))

    assert analysis.flags[["pupil", "code"]].values.tolist() == []
    progress = analysis.progress
    assert set(progress["pupil"]) == set(school.pupils["pupil"])
    assert progress.loc[progress["attainment"] != "at", "pupil"].tolist() == []
    assert progress.loc[~progress["verdict"].isin(["expected", "cannot tell"]), "pupil"].tolist() == []
