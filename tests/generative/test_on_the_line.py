"""A child exactly on the line is never flagged: on any scale, in any term, whatever terms are missing before."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registers import build, result, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.school.scale import Scale
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

SCALES = sorted(name for name, scale in usual_rules().scales.items() if scale.reference and scale.measures_progress)
NOW = 2020


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


@settings(derandomize=True, max_examples=300)
@given(st.sampled_from(SCALES), st.integers(0, 6), st.sampled_from(Season), st.sets(st.integers(1, 12)))
def test_a_child_exactly_on_the_line_is_never_flagged_on_any_scale(name, year_group, season, back):
    scale = usual_rules().scales[name]
    now = Term(NOW, season)
    terms = [now, *(Term.numbered(now.number - terms) for terms in sorted(back))]
    written = {term: on_the_line(scale, year_group + term.academic_year - NOW, term.season) for term in terms}
    assume(written[now] is not None)
    years = range(NOW - 12 // SEASONS_IN_A_YEAR - 1, NOW + 1)
    placements = [{"pupil": "Ann", "academic_year": year, "year_group": year_group + year - NOW} for year in years]
    results = [result("Ann", "reading", term, text, scale) for term, text in written.items() if text is not None]

    analysis = analyse(build([{"pupil": "Ann"}], placements, results), usual_rules(), now)

    assert analysis.flags["code"].tolist() == []
    assert set(analysis.progress["attainment"]) == {"at"}
    assert set(analysis.progress["verdict"]) <= {"expected", "cannot tell"}
