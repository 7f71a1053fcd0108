"""The tables that are printed, from what was said of each simulated child."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulate import YEAR_GROUPS, Course
from tables import markdown, percent
from verdicts import SIPTRACK, TERM_RULE, YEAR_RULE

from siptrack.analysis.vocabulary import Verdict
from siptrack.school.codes import FlagCode

if TYPE_CHECKING:
    from pandas import DataFrame

RULES = (SIPTRACK, YEAR_RULE, TERM_RULE)
LAGGARDS = (Course.FALLS_ONE_YEAR, Course.FALLS_TWO_YEARS)

Told = Mapping[tuple[str, float], "DataFrame"]  # by scale and reliability


def of_course(told: DataFrame, course: Course) -> DataFrame:
    """The children of a course."""
    return told[told["course"] == course]


def named_by_each_rule(told: Told, scales: Sequence[str], course: Course, reliabilities: Sequence[float]) -> str:
    """How many children of a course each rule says make insufficient progress, by scale."""
    headings = ["scale", *(f"{rule} {reliability}" for reliability in reliabilities for rule in RULES)]
    rows = [
        [scale, *(percent(of_course(told[scale, at], course)[rule].mean()) for at in reliabilities for rule in RULES)]
        for scale in scales
    ]
    return markdown(headings, rows)


def beside_other_rules(told: Told, scales: Sequence[str], reliability: float) -> str:
    """How many of the children who keep up, and who fall for two years, siptrack and the year rule name."""
    courses = (Course.KEEPS_UP, Course.FALLS_TWO_YEARS)
    headings = ["scale", *(f"{rule}: {course}" for rule in (SIPTRACK, YEAR_RULE) for course in courses)]
    rows = [
        [
            scale,
            *(
                percent(of_course(told[scale, reliability], course)[rule].mean())
                for rule in (SIPTRACK, YEAR_RULE)
                for course in courses
            ),
        ]
        for scale in scales
    ]
    return markdown(headings, rows)


def named_at_each_reliability(told: Told, scales: Sequence[str], reliabilities: Sequence[float]) -> str:
    """How many children siptrack says make insufficient progress, the less reliable the judgements are."""
    courses = (Course.KEEPS_UP, Course.FALLS_TWO_YEARS)
    headings = ["scale", *(f"{course} {reliability}" for course in courses for reliability in reliabilities)]
    rows = [
        [scale, *(percent(of_course(told[scale, at], one)[SIPTRACK].mean()) for one in courses for at in reliabilities)]
        for scale in scales
    ]
    return markdown(headings, rows)


def all_verdicts(told: Told, scales: Sequence[str], course: Course, reliability: float) -> str:
    """What siptrack says of the children of a course."""
    verdicts = {scale: of_course(told[scale, reliability], course)["verdict"] for scale in scales}
    rows = [[scale, *(percent((said == one.value).mean()) for one in Verdict)] for scale, said in verdicts.items()]
    return markdown(["scale", *Verdict], rows)


def flags_carried(told: Told, scales: Sequence[str], reliability: float) -> str:
    """How many children of each course carry each flag."""
    courses = (Course.KEEPS_UP, *LAGGARDS)
    headings = ["flag", *(f"{scale}: {course}" for scale in scales for course in courses)]
    chosen = [of_course(told[scale, reliability], course) for scale in scales for course in courses]
    return markdown(headings, [[code, *(percent(children[code].mean()) for children in chosen)] for code in FlagCode])


def at_the_ends(told: Told, scales: Sequence[str], reliability: float) -> str:
    """Of children who keep up, how many leave the scale, and whom siptrack names of these and of the others."""
    rows = []
    for scale in scales:
        children = of_course(told[scale, reliability], Course.KEEPS_UP)
        cells = []
        for part in (children[~children["on_scale"]], children[children["on_scale"]]):
            cells += [str(len(part)), percent(part[SIPTRACK].mean() if len(part) else None)]
        rows.append([scale, *cells])
    headings = ["scale", "leave the scale: children", "named (%)", "stay on it: children", "named (%)"]
    return markdown(headings, rows)


def false_alarms_by_year(told: DataFrame) -> Mapping[int, float]:
    """Of the children of each year group who keep up, how many siptrack names."""
    by_year = of_course(told, Course.KEEPS_UP).groupby("year_group")[SIPTRACK].mean()
    return dict(zip(map(int, by_year.index), by_year.tolist(), strict=True))


def by_year_group(scales: Sequence[str], shares: Callable[[str], Mapping[int, float]]) -> str:
    """A share for each scale and year group."""
    rows = [[scale, *(percent(shares(scale).get(year)) for year in YEAR_GROUPS)] for scale in scales]
    return markdown(["scale", *(f"Year {year}" for year in YEAR_GROUPS)], rows)
