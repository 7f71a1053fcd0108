"""What is said of the school beside national results: the figures, how to read them, and what they cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from siptrack.analysis.national_table import NoComparison
from siptrack.rendering.numbers import listed, plain_number, quantity, signed, whole_percent
from siptrack.rules.model import YearRules
from siptrack.school.groups import SmallNumbers
from siptrack.school.national import Figure, National, Standard
from siptrack.school.scale import Scale

HEADING = "Beside national results"
EVERYBODY_HERE = "All"
NOTHING = "-"


def standard_heading(standard: Standard, years: YearRules) -> str:
    """`Key Stage 2, expected standard (Year 6)`."""
    return f"{standard.label} ({years.label(standard.year_group)})"


def percent_of_year(percent: float, year: str) -> tuple[str, str]:
    """`62 %` and `(2024-25)`: a national figure with its school year."""
    return f"{whole_percent(percent)} %", f"({year})"


def interval(gap: float, low: float, high: float) -> tuple[str, str]:
    """`-15` and `(-33 to +2)`: a gap with its interval, in percentage points."""
    return signed(gap), f"({signed(low)} to {signed(high)})"


def reading_sentence(small: SmallNumbers) -> str:
    """How a row is read."""
    return (
        "Gaps are in percentage points, here minus national: first against the same group in England, then against the "
        f"others there, by the newest national figures up to the school's own year. Where the {small.confidence:g} % "
        "interval in brackets holds 0, chance could make the gap. Children: the first gap in whole children."
    )


def kind_sentence(subjects: Sequence[str], *, by_test: bool) -> str:
    """That a teacher's judgement is set beside tests, or tests beside teachers' judgements."""
    where = "; ".join(subjects)
    if by_test:
        return (
            "Teacher assessment is not a test result: the national figures are of tests and the results here "
            f"are, wholly or in part, the teachers' judgements ({where}). A gap may lie in how the two measure."
        )
    return (
        "A test result is not teacher assessment: the national figures are of teachers' judgements and the results "
        f"here are, wholly or in part, of tests ({where}). A gap may lie in how the two measure."
    )


def doubt_sentence(subjects: Sequence[str], year: str, says: str) -> str:
    """That national figures are in doubt, and why."""
    return f"In doubt: national figures of {year} for {listed(subjects)} are {says}."


def few_sentence(count: int, small: SmallNumbers) -> str:
    """What is said, once, of the groups that are too small to be set beside anything."""
    groups = quantity(count, "group")
    has = "has" if count == 1 else "have"
    return (
        f"{groups} with a national figure {has} fewer than {small.percentages_from} children: "
        "look at the named children instead."
    )


def where_sentence() -> str:
    """Where the figures come from."""
    return "siptrack rules lists every national figure with its source; newer ones go into siptrack.yaml."


def why_none_sentence(reason: NoComparison, standards: Sequence[Standard], years: YearRules) -> str:
    """Why a year group with results is not set beside national ones, in one line."""
    groups = list(dict.fromkeys(years.label(standard.year_group) for standard in standards))
    seasons = listed(list(dict.fromkeys(standard.season.label for standard in standards)), "or")
    whose = listed(groups)
    is_not = "is not" if len(groups) == 1 else "are not"
    why = {
        NoComparison.SEASON: f"national results are those of {seasons}",
        NoComparison.YEAR: "the data name no school year",
        NoComparison.FIGURE: "siptrack has no national figure of this school year or an earlier one",
    }
    return f"{whose} {is_not} set beside national results: {why[reason]}."


# --- the rules page and the manual ------------------------------------------------------------------------------------


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
