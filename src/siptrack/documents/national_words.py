"""The national figures on the rules page and in the manual: each with its source, and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from siptrack.rendering.numbers import plain_number, quantity
from siptrack.rules.model import YearRules
from siptrack.school.national import Figure, National, Standard
from siptrack.school.scale import Scale


def standard_heading(standard: Standard, years: YearRules) -> str:
    """`Key Stage 2, expected standard (Year 6)`."""
    return f"{standard.label} ({years.label(standard.year_group)})"


def figure_label(figure: Figure, group: str, national: National) -> str:
    """`Girls 65`, with a question mark where the figure is in doubt."""
    return f"{group} {plain_number(figure.percent)}{'?' if national.doubt(figure.sure) else ''}"


def sources_of(figures: Sequence[Figure], national: National) -> str:
    """`EES; SON26 (read in the source named)`: each source once, and how sure its figures are."""
    by_sure: dict[str, dict[str, None]] = {}
    for figure in figures:
        known = national.sure.get(figure.sure)
        sources = by_sure.setdefault(known.says if known else "not said how sure", {})
        sources.update(dict.fromkeys(figure.source.split("; ")))
    return "; ".join(f"{'; '.join(sources)} ({says})" for says, sources in by_sure.items())


def count_of_figures(count: int) -> str:
    """`83 figures, in percent; a question mark stands after one that is in doubt`."""
    return f"{quantity(count, 'figure')}, in percent; a question mark stands after one that is in doubt."


def about_standard(standard: Standard) -> str:
    """`ks2-expected: the percentage of pupils in England at the end of Key Stage 2, in summer. EXS is ...`."""
    return (
        f"`{standard.key}`: the percentage of {standard.population}, each {standard.season.label}. {standard.source}."
    )


def facts_of_standard(
    standard: Standard, subjects: Mapping[bool, Sequence[str]], scales: Mapping[str, Scale]
) -> Iterator[str]:
    """From which grade on it is met on each scale, and in which subjects the national figures are of tests."""
    for name, lowest in standard.met_from.items():
        yield f"Met on {scales[name].label} (`{name}`): from {lowest.grade} on"
    if subjects[True]:
        yield f"National figures of tests: {'; '.join(subjects[True])}"
    if subjects[False]:
        yield f"National figures of teachers' judgements: {'; '.join(subjects[False])}"
