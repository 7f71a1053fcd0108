"""What is said on pages for a browser beside what the report says anywhere: titles, captions, how to read a picture."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.analysis.vocabulary import Window
from siptrack.rendering.numbers import listed, plural, quantity, share, signed
from siptrack.school.groups import SmallNumbers
from siptrack.school.scale import Attainment

CONTENTS = "On this page"
NAMED = (
    "This report names children. Keep it as you keep the school's other records of them, and share it with nobody else."
)
SHAREABLE = "Made to be shared: no child is named in it."
AT_A_GLANCE = "At a glance"
GROUPS = "Groups"
EVERY_CHILD = "Every child"
MATRICES = "From start to now"
OVERLAPS = "Who is at expectations in which subjects"
YEAR = "Year"
YEARS_BY_SUBJECTS = "Children at age-related expectations, by year group and subject"
START, NOW = "At the start", "Now"
NOTHING = "-"
LINES = "Term by term"
TERM = "Term"
NAMES = "Names"
REGION = "Subjects"
CHILDREN = "Children"
NONE_OF_THEM = "None of these"

GAP_COLUMNS = ("Group", "Compared with", "The gap drawn", "Gap in points", "Verdict")

_MOVED = {Window.YEAR: "this year", Window.KEY_STAGE: "since the start of the key stage"}
_KEPT, _UP, _DOWN = "=", "▲", "▼"


def attainment(where: Attainment) -> str:
    """Where a result lies, as a heading."""
    return where.value.capitalize()


def heat_note(percentages_from: int) -> str:
    """How the table of shades is read."""
    return (
        "Each cell: the percentage at age-related expectations (ARE) and how many children of those assessed. The "
        f"darker the cell, the higher the percentage; where fewer than {percentages_from} are assessed there is none."
    )


def matrices_note() -> str:
    """How the tables of start and now are read."""
    return (
        "Each child stands in the row of where they were at the start of the key stage and in the column of where they "
        f"are now, against age-related expectations. {_KEPT} kept their place, {_UP} moved up, {_DOWN} moved down. "
        "Children whose start is not known are not in these tables."
    )


def matrix_caption(year_group: str, subject: str, children: int) -> str:
    """`Year 3, Writing: 30 children from the start of the key stage to now`."""
    return f"{year_group}, {subject}: {quantity(children, 'child', 'children')} {_MOVED[Window.KEY_STAGE]}"


def now(place: str) -> str:
    """`Now: well below`, a column of the tables of start and now."""
    return f"{NOW}: {place.lower()}"


def direction(steps: int) -> str:
    """Whether a cell's children kept their place, moved up or moved down."""
    return _KEPT if not steps else _UP if steps > 0 else _DOWN


def overlap_note(subjects: Sequence[str]) -> str:
    """Who is in the circles."""
    return (
        f"Of the children assessed in {_inside(subjects)}. In the circle of a subject: at or above expectations in it."
    )


def overlap_caption(year_group: str, subjects: Sequence[str]) -> str:
    """`Year 3: at expectations in reading, writing and maths`."""
    return f"{year_group}: at expectations in {_inside(subjects)}"


def overlap_described(regions: Sequence[tuple[str, int]]) -> str:
    """Every region of the circles with its count, for somebody who does not see them."""
    return f"{'; '.join(f'{label}: {count}' for label, count in regions)}."


def only(subjects: Sequence[str], every: int) -> str:
    """`Reading and writing only`; all of them together are not `only`."""
    if not subjects:
        return NONE_OF_THEM
    joined = _inside(subjects)
    named = f"{joined[:1].upper()}{joined[1:]}"
    return named if len(subjects) == every else f"{named} only"


def _inside(subjects: Sequence[str]) -> str:
    return listed([f"{subject[:1].lower()}{subject[1:]}" for subject in subjects])


def gaps_caption(subject: str, measure: str) -> str:
    """`Writing: at age-related expectations, each group beside its peers`."""
    return f"{subject}: {measure[:1].lower()}{measure[1:]}, each group beside its peers"


def gaps_note(small: SmallNumbers, pairs_hidden: int) -> str:
    """How the drawn gaps are read, and which are left out."""
    drawn = (
        "A dot is the gap, the group's percentage minus its peers'; to the left of the middle line the group's is "
        f"lower. The line through it is the {small.confidence:g} % interval. A filled dot is a clear gap, a hollow one "
        "is not clear."
    )
    left = (
        f" {quantity(pairs_hidden, 'gap')} of groups of several characteristics that are not clear are left out here; "
        "siptrack analyse --table gaps has them."
    )
    return drawn + (left if pairs_hidden else "")


def gap_title(group: str, gap: float) -> str:
    """`Boys: -27 points`, the title of a drawn gap."""
    return f"{group}: {signed(gap)} percentage points"


def gap_described(low: float, high: float, small: SmallNumbers) -> str:
    """The interval of a drawn gap in words."""
    return f"{small.confidence:g} % interval from {signed(low)} to {signed(high)}."


def scale_title() -> str:
    """The title of the scale over the drawn gaps."""
    return "Scale of the gaps"


def scale_described(most: int) -> str:
    """The scale over the drawn gaps in words."""
    return f"From {-most} to +{most} percentage points, 0 in the middle."


def heat_cell(count: int, n: int, percentages_from: int) -> tuple[str, str]:
    """`72 %` and `23 of 32`; the first is empty where too few are assessed."""
    counted, _, percent = share(count, n, percentages_from).partition(" (")
    return percent.removesuffix(")"), counted


def class_label(class_name: str, year_label: str, children: int) -> str:
    """`5K (Year 5): 29 children`."""
    name = f"{class_name} ({year_label})" if class_name else f"{year_label}, class not known"
    return f"{name}: {quantity(children, 'child', 'children')}"


def left_out_of_summary(pairs: int, mode: str) -> str:
    """That a page of one or two leaves aside the groups of several characteristics."""
    return (
        f"{quantity(pairs, 'row')} about groups of several characteristics, such as girls on free school meals, "
        f"{plural(pairs, 'is', 'are')} left aside on this page; siptrack analyse --share {mode} has "
        f"{plural(pairs, 'it', 'them')}."
    )


def summary_title(term: str) -> str:
    """The title of the page that may be shared."""
    return f"Pupil progress, a summary: {term}"


def child_pages_written(folder: str, pages: int, children: int) -> str:
    """That the children's pages were written, in one line; of some of the children, whose, and how to get all."""
    if pages == children:
        return f"Written: {quantity(pages, 'page')} in {folder}, one for each child"
    return (
        f"Written: {quantity(pages, 'page')} in {folder}, of the children who are named or slip slowly; "
        f"--children all makes all {children}"
    )


def every_child_note(pages: int, children: int) -> str:
    """Which of the children have a page of their own; empty where none has."""
    if pages == children:
        return "Each child has a page of their own."
    return "The children who are named or slip slowly have a page of their own." if pages else ""


def earlier_pages(folder: str, pages: int) -> str:
    """That pages of an earlier report are still there."""
    return (
        f"{folder} also holds {quantity(pages, 'page')} of an earlier report, to which no line of this one leads. "
        f"Delete {'it' if pages == 1 else 'them'} if {'it is' if pages == 1 else 'they are'} not needed."
    )


def lines_caption(year_group: str) -> str:
    """`Year 5: at age-related expectations, term by term`."""
    return f"{year_group}: at age-related expectations, term by term"


def lines_note(percentages_from: int) -> str:
    """Whose lines these are."""
    return (
        "Each line follows the children who are in the year group now: of those assessed in a term, the percentage at "
        f"age-related expectations of that term. Terms with fewer than {percentages_from} of them assessed are left "
        "out. A step from one term to the next may be chance."
    )


def lines_described(subjects: Sequence[tuple[str, str, str]]) -> str:
    """The first and the last percentage of each line."""
    return "; ".join(f"{label}: from {first} % to {last} %" for label, first, last in subjects) + "."


def counted_percent(count: int, n: int) -> str:
    """`72 % (23 of 32)`."""
    percent, counted = heat_cell(count, n, 0)
    return f"{percent} ({counted})"
