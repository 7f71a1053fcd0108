"""A scale: an ordered list of grades, what each is worth, and where age-related expectations lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from siptrack.school.place import Mark
from siptrack.school.term import Season


class ScaleKind(StrEnum):
    """What a scale's points do as a child grows older."""

    CUMULATIVE = "cumulative"  # a child must gain points to stand still, as on National Curriculum sub-levels
    RELATIVE = "relative"  # judged against the year group: keeping the same grade is keeping up


class Attainment(StrEnum):
    """Where a result lies against the reference line."""

    WELL_BELOW = "well below"
    BELOW = "below"
    AT = "at"
    ABOVE = "above"
    NOT_KNOWN = "not known"


MET = (Attainment.AT.value, Attainment.ABOVE.value)  # at or above age-related expectations


class Grade(NamedTuple):
    """One grade: its code as printed, its points, and what a teacher means by it.

    `points` is None for a grade that has an order and no points, such as P2i; such grades stand below all others.
    """

    code: str
    points: float | None
    meaning: str
    spellings: tuple[str, ...] = ()


class SpecialCode(NamedTuple):
    """What is written instead of a grade: absent, disapplied, not assessed.

    `counts` says whether the child stays in the denominator of a percentage; no special code has points.
    """

    code: str
    meaning: str
    counts: bool
    spellings: tuple[str, ...] = ()


class Numbers(NamedTuple):
    """For a scale of scores: any number from `low` to `high` is a grade worth itself.

    `finest` is how far two neighbouring scores lie apart, so that a score written as a limit, such as <70, has
    points; 0 where no score is written so.
    """

    low: float
    high: float
    finest: float = 0


class Limit(NamedTuple):
    """A threshold in a scale's points: the same for every year group, or by year group where a test's lines differ.

    None where the scale has no such line.
    """

    usual: float | None = None
    by_year: Mapping[int, float] = {}

    def at(self, year_group: int) -> float | None:
        """The threshold of a year group."""
        return self.by_year.get(year_group, self.usual)


class SmallSteps(NamedTuple):
    """How progress is judged of a child who works below the bands of the year group.

    `grades` are the grades that are small steps; empty on a scale whose grades may name a year group, where every grade
    that names a lower year group than the child's is one. `expected` of them are expected in `within` terms, and as
    many more in each such time where grades name a year group; up to `let_pass` fewer are let pass. `any_of_them` are
    grades that do not say which small step is meant: movement to or from these is not judged.
    """

    grades: frozenset[str]
    expected: int
    within: int
    any_of_them: frozenset[str] = frozenset()
    let_pass: int = 0


class Width(NamedTuple):
    """How far the true points of a grade that is wider than a step may lie under and over its own."""

    under: float
    over: float


class Prior(NamedTuple):
    """From how many points on a baseline result speaks of middle and of high prior attainment (None: of none)."""

    middle: float
    high: float | None


class Note(NamedTuple):
    """What a reader must know of a scale; with `grades`, only where one of these was given."""

    says: str
    grades: frozenset[str] = frozenset()


class Option(NamedTuple):
    """One way to decide a choice: what it says, and who has it so."""

    name: str
    says: str
    source: str


class Choice(NamedTuple):
    """A setting on which schools disagree: the question, its options, the one chosen, and whether by the school."""

    name: str
    question: str
    options: tuple[Option, ...]
    default: str
    chosen: str
    by_school: bool

    @property
    def says(self) -> str:
        """What the chosen option says."""
        return next(option.says for option in self.options if option.name == self.chosen)

    @property
    def other(self) -> str:
        """An option that is not in force; the one that is, where there is no other."""
        return next((option.name for option in self.options if option.name != self.chosen), self.chosen)

    @property
    def others(self) -> list[str]:
        """What the other options say."""
        return [option.says for option in self.options if option.name != self.chosen]


class Citation(NamedTuple):
    """Where a rule comes from, and the file and line in which it stands.

    `special` are the lines of what it says of a year group and season of their own.
    """

    source: str
    place: Mark
    special: Mapping[tuple[int, Season], Mark] = {}

    def at(self, year_group: int | None, season: Season) -> Mark:
        """The line that holds for a year group in a season."""
        return self.place if year_group is None else self.special.get((year_group, season), self.place)


@dataclass(frozen=True)
class Scale:
    """A scale with everything that is needed to judge a result on it, and the sources it was taken from.

    All thresholds are in the scale's points: `at_within` how far under the line still counts as at ARE, `well_below`
    how far under is well below, `above` how far over is above, `step` the smallest honest movement, `tolerance` how
    far progress may fall short before it is insufficient, `accelerated` how far beyond the line is accelerated.

    `points_a_year` is how far apart the same band of one year group and of the next lie, on a scale whose grades may
    name the year group whose work the child does (3B), and do so always where `names_year_group`; 0 on any other.
    `measures_progress` is false of an assessment that is taken once. `apart` are lists of grades never compared with
    grades of another list; `wide` are grades that hold more children than a step does.

    `codes` are its own special codes, `no_mark` the reasons for no mark that hold on every scale, written as its code
    where it has one for them. `prefixes` may stand before a grade; `hints` are words of a heading that speak for the
    scale; `like` is the scale it was made from; `subjects` those it is used in, where not in all; `years` the calendar
    years of its era; `cited` says of each threshold, of the reference line and of small steps, where it comes from.
    """

    name: str
    label: str
    era: str
    kind: ScaleKind
    unit: str
    grades: tuple[Grade, ...]
    codes: tuple[SpecialCode, ...]
    reference: Mapping[tuple[int, Season], float]
    step: float
    tolerance: float
    accelerated: float
    at_within: Limit
    well_below: Limit
    above: Limit
    no_mark: tuple[SpecialCode, ...] = ()
    numbers: Numbers | None = None
    points_a_year: float = 0
    names_year_group: bool = False
    measures_progress: bool = True
    small_steps: SmallSteps | None = None
    apart: tuple[frozenset[str], ...] = ()
    wide: Mapping[str, Width] = field(default_factory=dict)
    prior: Prior | None = None
    choices: tuple[Choice, ...] = ()
    test: bool = False
    like: str = ""
    subjects: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    about: str = ""
    source: str = ""
    cited: Mapping[str, Citation] = field(default_factory=dict, compare=False)
    years: range = range(0)
    by_code: Mapping[str, Grade] = field(init=False, repr=False, compare=False)
    rungs: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the grades by their codes, and count the rungs of the ladder: equal points share one."""
        object.__setattr__(self, "by_code", {grade.code: grade for grade in self.grades})
        rungs: dict[str, int] = {}
        for below, grade in zip((None, *self.grades), self.grades, strict=False):
            level = below is not None and below.points is not None and below.points == grade.points
            rungs[grade.code] = 0 if below is None else rungs[below.code] + (not level)
        object.__setattr__(self, "rungs", rungs)

    @property
    def no_grades(self) -> Mapping[str, str]:
        """What each code or word in place of a grade means."""
        return {code.code: code.meaning for code in (*self.no_mark, *self.codes)}

    @property
    def grows(self) -> bool:
        """Whether points grow with age, so that a child must gain some to keep up."""
        return self.kind is ScaleKind.CUMULATIVE

    @property
    def lowest(self) -> float | None:
        """The points of the lowest grade; None where scores are numbers."""
        return self.grades[0].points if self.grades else None


class Bridge(NamedTuple):
    """How results of one scale count on another, so that progress may cross from it: as a school or rule declares.

    `points` gives each grade's points on the other scale; where it is empty, both scales have the same points.
    """

    name: str
    old: str
    new: str
    points: Mapping[str, float]
    source: str
    by_school: bool
