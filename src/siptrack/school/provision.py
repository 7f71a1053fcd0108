"""Provision: what a school gives beside ordinary teaching, the thresholds that reports use, and the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from siptrack.school.tables import Column, Table

PROVISION = Table(
    "provision",
    "What was provided, one row for each child and intervention as it stands in the school's own sheet.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("intervention", "text", "the intervention, as it was first written", always=True),
        Column("material", "text", "its key in the catalogue; empty where it is none of these"),
        Column("subject", "text", "the subject's key, by the need or the catalogue; empty where neither names one"),
        Column("need", "text", "the need or subject as written"),
        Column("wave", "integer", "wave 1, 2 or 3, as the sheet or else the catalogue has it", unit="wave"),
        Column("start", "text", "the first day, as 2009-01-15; empty where only the term is known"),
        Column("end", "text", "the last day"),
        Column("start_term", "integer", "number of the term in which it starts", unit="terms"),
        Column("end_term", "integer", "number of the term in which it ends; missing while it is running", unit="terms"),
        Column("planned", "number", "sessions planned", unit="sessions"),
        Column("attended", "number", "sessions attended", unit="sessions"),
        Column("minutes", "number", "length of a session in minutes", unit="minutes"),
        Column("group_size", "number", "children in the group", unit="pupils"),
        Column("staff", "text", "who leads it, as written"),
        Column("cost", "number", "what it costs for this child, as written", unit="as written"),
        Column("entry", "text", "the measure at entry, as written"),
        Column("exit", "text", "the measure at exit, as written"),
        Column(
            "entry_months",
            "number",
            "a reading or spelling age at entry; of no other measure",
            unit="months",
        ),
        Column("exit_months", "number", "the same at exit", unit="months"),
        Column("notes", "text", "notes, as written"),
        Column("file", "text", "file"),
        Column("sheet", "text", "sheet"),
        Column("row", "integer", "row, counted from 1", unit="row"),
    ),
)


class OfferedTo(StrEnum):
    """Whom a material is for."""

    CHILDREN = "children"
    GROUPS = "groups"
    CLASSES = "classes"  # a whole class at once: no answer to one child's progress
    NOBODY = "nobody"  # its latest trial shows no gain


class CatalogueEntry(NamedTuple):
    """The level at which a child enters a programme: grades of a scale, held at the end of that year group."""

    scale: str
    year_group: int
    grades: tuple[str, ...]
    says: str


class Stated(NamedTuple):
    """What the source of a programme states: who enters, how it is given, what came of it, how sure that is, and when.

    Each is in the source's words or the rules' word for what it does not state; `also` is empty where there is no more.
    """

    enters: str
    group: str
    sessions: str
    result: str
    security: str
    dated: str
    cost: str
    also: str


class Material(NamedTuple):
    """One entry of the catalogue.

    Without `subjects`, `years` or `groups` it is for all of them; `groups` are pairs of a characteristic and a group.
    With `from_attainment` false it is never offered because of results; with `lowest` only to that many percent of a
    year group, the lowest in its subject. `since` and `until` are the first and the last
    calendar year in which it is offered, None where there is none. `stated` is what a programme's source states, and
    `caution` why one is offered after the others. `names` are how a sheet of provision may call it.
    """

    key: str
    title: str
    reference: str
    priority: str
    offered_to: OfferedTo
    from_attainment: bool
    wave: int | None
    subjects: tuple[str, ...]
    years: range | None
    groups: tuple[tuple[str, str], ...]
    entry: CatalogueEntry | None
    lowest: float | None
    names: tuple[str, ...]
    since: int | None
    until: int | None
    stated: Stated | None
    caution: str
    note: str
    source: str
    place: str

    @property
    def cited(self) -> str:
        """The title with its reference, as it was ordered by."""
        return f"{self.title} [ref: {self.reference}]" if self.reference else self.title

    def to_be_had_in(self, years: range) -> bool:
        """Whether it may be offered in one of these calendar years; where none is known, only what is of every year."""
        if not years:
            return self.since is None and self.until is None
        return (self.since is None or years[-1] >= self.since) and (self.until is None or years[0] <= self.until)


class NoProgramme(NamedTuple):
    """What is said of a group for which the catalogue has no programme, from that calendar year on."""

    group: tuple[str, str]
    since: int
    says: str


class RatioBand(NamedTuple):
    """What a ratio gain from `least` on is called, and whether that limit was read where published."""

    least: float
    name: str
    sure: bool


class RatioGain(NamedTuple):
    """What a ratio gain is called, from the least on."""

    bands: tuple[RatioBand, ...]
    source: str

    def called(self, ratio: float) -> RatioBand:
        """A ratio's band; the lowest for a loss."""
        return [band for band in self.bands if ratio >= band.least or band is self.bands[0]][-1]


class SpellingRules(NamedTuple):
    """How much alike, from 0 to 1, interventions are spelt from which on they are `taken` for one, or `asked` about.

    `abbreviated` is of how many letters a word at least is that is cut short.
    """

    taken: float
    asked: float
    abbreviated: int


class ProvisionRules(NamedTuple):
    """When a report says something of provision, how children are matched, and the catalogue.

    `many_at_once` and `much` are numbers of interventions, `attendance` percent of sessions, `fewest` children;
    `similar_start` is in standard deviations of the scale, `similar_course` a share of children, `apart` in standard
    errors, `times_apart` so many times that, and `counts_as` children; `after` and `delay` are terms.
    """

    many_at_once: int
    much: int
    attendance: float
    fewest: int
    similar_start: float
    similar_course: float
    counts_as: float
    apart: float
    times_apart: float
    after: int
    delay: int
    spelt: SpellingRules
    ratio_gain: RatioGain
    not_stated: str
    read: str
    no_programme: Mapping[str, NoProgramme]
    priorities: Mapping[str, str]
    catalogue: Mapping[str, Material]
