"""What percentage of pupils in England met the standard that a year group's shared row is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from siptrack.school.national import EVERYBODY

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.national import Figure, Standard


class England(NamedTuple):
    """A national figure of a subject and year group; `doubt` says why it is in doubt, empty where it is not.

    `by_test` is whether it is of tests or of teachers' judgements, `whole` which percentage it is.
    """

    subject: str
    year_group: int
    percent: float
    year: str
    by_test: bool
    doubt: str


def england_of(analysis: Analysis, rules: Rules) -> list[England]:
    """The newest figures up to the term's year of what is the expectation in this term too, no figure of the school's.

    A standard is comparable in its season alone, and on the scale that most results of a subject are on if its grade is
    the line of expectations there.
    """
    term, scales = analysis.term, _scales(analysis)
    found: dict[tuple[str, int], England] = {}
    for standard in rules.national.standards.values():
        if term.season is not standard.season or not term.dated:
            continue
        for subject, by_test in standard.by_test.items():
            parts = rules.columns.combined.get(subject, (subject,))
            newest = _newest(standard, subject, term.academic_year)
            if newest and all(_is_expectation(standard, scales.get(part, ""), rules) for part in parts):
                doubt = rules.national.doubt(newest.sure)
                of = England(subject, standard.year_group, newest.percent, newest.year, by_test, doubt)
                found.setdefault((subject, standard.year_group), of)
    return [
        found[at]
        for at in sorted(
            found, key=lambda at: (analysis.subjects.index(at[0]) if at[0] in analysis.subjects else -1, at[1])
        )
        if at[0] in analysis.subjects
    ]


def _scales(analysis: Analysis) -> dict[str, str]:
    """The scale that most children's results of a subject are on."""
    counted: dict[str, dict[str, int]] = {}
    for subject, scale in analysis.children.progress.in_rows("subject", "scale"):
        of = counted.setdefault(subject, {})
        of[scale] = of.get(scale, 0) + 1
    return {subject: max(of, key=lambda scale: of[scale]) for subject, of in counted.items()}


def _newest(standard: Standard, subject: str, academic_year: int) -> Figure | None:
    figures = [
        figure
        for figure in standard.figures
        if (figure.subject, figure.characteristic) == (subject, EVERYBODY) and figure.academic_year <= academic_year
    ]
    return figures[-1] if figures else None


def _is_expectation(standard: Standard, name: str, rules: Rules) -> bool:
    """Whether the lowest grade that meets a standard is the lowest at expectations, on a scale."""
    scale, lowest = rules.scales.get(name), standard.met_from.get(name)
    line = scale.reference.get((standard.year_group, standard.season)) if scale else None
    if scale is None or lowest is None or line is None:
        return False
    return lowest.points == line - (scale.at_within.at(standard.year_group) or 0)
