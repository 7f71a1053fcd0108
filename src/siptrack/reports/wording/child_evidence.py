"""What is said of the chain behind a child's page: the cells a thing came from, and the rules it was made by."""

from __future__ import annotations

from siptrack.rendering.numbers import plural, quantity
from siptrack.reports.child_model import CitedRule, OddCell, Written
from siptrack.reports.wording.manual import THRESHOLDS
from siptrack.school.scale import SmallSteps


def threshold_name(name: str, scale: str) -> str:
    """`tolerance of nc-levels`."""
    return f"{name} of {scale}"


def threshold_says(name: str, value: float | None, unit: str) -> str:
    """`how far progress may fall short before it is insufficient: 1 point`."""
    return f"{THRESHOLDS[name]}: {'none' if value is None else quantity(value, unit)}"


def line_name(scale: str) -> str:
    """`reference line of nc-levels`."""
    return f"reference line of {scale}"


def line_says(line: float, grade: str, year_group: str, season: str) -> str:
    """`18 points are expected in Summer of Year 3`; `EXS (8 points) is expected` where a grade lies on the line."""
    points = quantity(line, "point")
    expected = f"{grade} ({points}) is" if grade else f"{points} {plural(line, 'is', 'are')}"
    return f"{expected} expected in {season} of {year_group}"


def small_steps_name(name: str, scale: str) -> str:
    """`small steps of nc-levels: expected`."""
    return f"small steps of {scale}: {name}"


def small_steps_say(name: str, steps: SmallSteps) -> str:
    """`1 small step is expected`, and `in any 3 terms`: the two halves of the rule, each with its own line."""
    if name == "within":
        return f"in any {quantity(steps.within, 'term')}"
    return f"{quantity(steps.expected, 'small step')} {plural(steps.expected, 'is', 'are')} expected"


def terms_say(terms: int) -> str:
    """For how many terms a flag looks back."""
    return f"the same grade in {quantity(terms, 'term')}, this one and those before"


def written_line(cell: Written) -> str:
    """`Summer 2009: 2a, from '2A' in Summer 2009.xlsx, sheet 3K, cell F5`."""
    return f"{cell.term}: {cell.grade or cell.text}, from '{cell.text}' in {cell.place.label}"


def rule_line(rule: CitedRule) -> str:
    """`flags.yaml, line 7 (insufficient-year): Less progress this year than ...`."""
    return f"{rule.mark} ({rule.name}): {rule.says}"


def odd_line(cell: OddCell) -> str:
    """`Summer 2009.xlsx, sheet 3K, cell F5: found 'EX' (unknown-grade). Correct the cell.`."""
    return f"{cell.place.label}: found {cell.found} ({cell.code}). {cell.action}"


def odd_heading() -> str:
    """What leads the oddities of the child's rows."""
    return "Odd in the rows that these results are in"


def nothing_to_trace() -> str:
    """That a page has neither a flag nor progress to give reasons for."""
    return "There is nothing to trace: no flag, and no progress that can be told."


def cell_behind(written: Written) -> str:
    """A cell behind what is said, on the screen: `cell: Autumn.xlsx, sheet 5K, cell F17`."""
    return f"cell: {written_line(written)}"


def rule_behind(rule: CitedRule) -> str:
    """A rule behind what is said, on the screen: `rule: tolerance 1, nc-levels.yaml, line 90`."""
    return f"rule: {rule_line(rule)}"
