"""The facts of the pupil progress meetings: each class with its children in the one rank, and what was agreed last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.evidence_tables import Evidence
from siptrack.analysis.vocabulary import Verdict, Window
from siptrack.cycle.first import first_to_talk_about
from siptrack.cycle.first_tables import FirstChild
from siptrack.documents.children import Child, by_marks, every_child
from siptrack.documents.clauses import STANDING
from siptrack.documents.evidence import named_in
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.meeting.agreed import AgreedBefore, agreed_before
from siptrack.documents.meeting.working_groups import GroupRow, working_grid
from siptrack.documents.on_record import Given, given_this_year
from siptrack.documents.prompts import questions_about
from siptrack.documents.read import Read
from siptrack.documents.report.journeys import Journey, journeys
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.school.cells import Cell, records, text
from siptrack.school.codes import FlagCode
from siptrack.school.scale import Attainment
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rendering.model import Document
    from siptrack.rules.model import Rules

_LAST = 99  # a class whose year group is not known, and a child who is not among those to talk about first


class Need(StrEnum):
    """Why a child comes up in the meeting, the most pressing first."""

    INSUFFICIENT = "Insufficient progress"
    SLIPPING = "Slipping slowly"
    BELOW = "Below expectations"
    LOOK_AT = "Something else to look at"
    CANNOT_TELL = "Cannot tell yet"
    KEEPING_UP = "Nothing to raise"


RAISED = (Need.INSUFFICIENT, Need.SLIPPING, Need.BELOW, Need.LOOK_AT)
NAMED = (Need.INSUFFICIENT, Need.SLIPPING)


class StandsNow(NamedTuple):
    """Where a child stands in a subject this term; `attainment` is empty where it is not known.

    `judged` is whether anything is known of its progress.
    """

    subject: str
    grade: str
    attainment: str
    judged: bool


class SubjectRaised(NamedTuple):
    """A subject to talk about: the grades of the terms that count, this term's last, and how sure it is.

    `newer` is a later term's better grade.
    """

    subject: str
    grades: Sequence[str]
    behind: float | None
    early: bool
    newer: str


class MeetingChild(NamedTuple):
    """A child in the meeting: why, the subjects to talk about, where it stands, and what helps to plan.

    `groups` are those that the rules name; `provision` is that of this school year, with what it is for; `asks` are
    questions that the evidence calls for.
    """

    pupil: str
    name: str
    year: str
    need: Need
    raised: Sequence[SubjectRaised]
    standings: Sequence[StandsNow]
    groups: Sequence[str]
    provision: Sequence[tuple[str, Given]]
    asks: Sequence[str]

    @property
    def others(self) -> list[StandsNow]:
        """Where the child stands in the other subjects."""
        raised = {subject.subject for subject in self.raised}
        return [standing for standing in self.standings if standing.subject not in raised]


class ClassMeeting(NamedTuple):
    """A class, empty by name where none is recorded: every child on roll in it in the rank, `most` of them with room.

    `agreed` are names with what was agreed before; `grid` are the working groups with the names in them.
    """

    name: str
    years: Sequence[str]
    children: Sequence[MeetingChild]
    most: int
    agreed: Sequence[tuple[str, AgreedBefore]]
    grid: Sequence[GroupRow]

    @property
    def strips(self) -> Sequence[MeetingChild]:
        """The children to talk about, with room to write."""
        return [child for child in self.children if child.need in RAISED][: self.most]

    @property
    def lines(self) -> Sequence[MeetingChild]:
        """The others who are named."""
        return [child for child in self.children[len(self.strips) :] if child.need in NAMED]

    @property
    def rest(self) -> Mapping[Need, Sequence[MeetingChild]]:
        """All the others by need."""
        left = self.children[len(self.strips) + len(self.lines) :]
        parts = {need: [child for child in left if child.need is need] for need in Need}
        return {need: children for need, children in parts.items() if children}

    @property
    def older(self) -> int:
        """How many actions of meetings before the last nobody knows the end of."""
        return sum(not action.last for _, action in self.agreed)

    @property
    def named(self) -> int:
        """How many children are named or slip slowly."""
        return sum(child.need in NAMED for child in self.children)


class MeetingPack(NamedTuple):
    """The meetings of all classes; `subjects` lead the columns of their grids, and `provision` is on record or not."""

    meetings: Sequence[ClassMeeting]
    subjects: Sequence[str]
    provision: bool


def meeting_document(analysis: Analysis, rules: Rules) -> Document:
    """The pack as a document: a class begins a page."""
    return document(
        "meeting/page.jinja",
        ruler_line(rules.ruler),
        wide=True,
        apart=True,
        pack=meeting_pack(analysis, rules),
        term=analysis.term,
        asked=Read(analysis.register, filters=analysis.filters),
        rules=rules,
    )


def meeting_pack(analysis: Analysis, rules: Rules) -> MeetingPack:
    """A meeting for each class, by year group; the children without a class come last, in a meeting of their own."""
    known = _Known.of(analysis, rules)
    children = every_child(analysis, list_findings(analysis, rules))
    grid, agreed = working_grid(analysis, rules), agreed_before(analysis, rules)
    classes: dict[str, list[Child]] = {}
    for child in sorted(children, key=lambda child: (not child.class_name, _year(child), child.class_name)):
        classes.setdefault(child.class_name, []).append(child)

    def meeting(name: str, of_class: Sequence[Child]) -> ClassMeeting:
        names = {child.pupil: child.name for child in of_class}
        years = dict.fromkeys(child.year_group for child in sorted(of_class, key=_year))
        return ClassMeeting(
            name,
            [rules.years.label(year) for year in years],
            [known.entry(child) for child in sorted(of_class, key=known.rank)],
            rules.meeting.strips,
            [(names[action.row.pupil], action) for action in agreed if action.row.pupil in names],
            grid.of(list(names.items())),
        )

    provision = analysis.register.optional_frame("provision") is not None
    return MeetingPack([meeting(*each) for each in classes.items()], list(grid.subjects.values()), provision)


def _year(child: Child) -> int:
    return _LAST if child.year_group is None else child.year_group


class _Known(NamedTuple):
    """What is known of the children beside their findings; `slipping` are those who are not named and slip slowly."""

    analysis: Analysis
    rules: Rules
    first: Mapping[str, int]
    slipping: Mapping[str, Mapping[str, float]]
    subjects: Mapping[str, Mapping[str, StandsNow]]
    journeys: Mapping[tuple[str, str], Journey]
    groups: Mapping[str, Sequence[str]]
    provision: Mapping[str, Sequence[Given]]
    asks: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, analysis: Analysis, rules: Rules) -> _Known:
        subjects = _subjects(analysis, rules)
        return cls(
            analysis,
            rules,
            {row.pupil: row.rank for row in rows_of(FirstChild, first_to_talk_about(analysis, rules))},
            _slipping(analysis, rules),
            subjects,
            journeys(analysis, rules, {(pupil, subject) for pupil, of in subjects.items() for subject in of}),
            _groups(analysis, rules),
            given_this_year(analysis.register, analysis.term),
            questions_about(analysis, rules),
        )

    def need(self, child: Child) -> Need:
        codes = {finding.code for finding in child.findings}
        if codes & self.rules.flags.counting:
            return Need.INSUFFICIENT
        if child.pupil in self.slipping:
            return Need.SLIPPING
        if codes.intersection(STANDING):
            return Need.BELOW
        if codes <= {FlagCode.NO_RESULT} and not any(of.judged for of in self.subjects.get(child.pupil, {}).values()):
            return Need.CANNOT_TELL
        return Need.LOOK_AT if codes else Need.KEEPING_UP

    def rank(self, child: Child) -> tuple[int, int, bool, float, int]:
        """Those to talk about first come first, then those named or slipping, the strongest marks first."""
        need = self.need(child)
        is_hardly, marks = by_marks(child, self.rules)
        marks = min(marks, -max(self.slipping.get(child.pupil, {}).values(), default=0))
        below = len({finding.subject for finding in child.findings if finding.code in STANDING})
        place = 0 if need in NAMED else list(Need).index(need)
        return place, self.first.get(child.pupil, _LAST), is_hardly and child.pupil not in self.slipping, marks, -below

    def entry(self, child: Child) -> MeetingChild:
        need = self.need(child)
        provision = self.provision.get(child.pupil, ())
        return MeetingChild(
            child.pupil,
            child.name,
            self.rules.years.label(child.year_group),
            need,
            self._raised(child, need),
            list(self.subjects.get(child.pupil, {}).values()),
            self.groups.get(child.pupil, ()),
            [(subject_label(row.subject, self.rules) if row.subject else row.need, row) for row in provision],
            self.asks.get(child.pupil, ())[: self.rules.meeting.most_in_strip],
        )

    def _raised(self, child: Child, need: Need) -> Sequence[SubjectRaised]:
        """The subjects for which the child is where it is in the rank, those with the strongest marks first."""
        codes = self.rules.flags.counting if need in NAMED else STANDING if need is Need.BELOW else frozenset(FlagCode)
        findings = {finding.subject: finding for finding in reversed(child.findings) if finding.code in codes}
        slipping = self.slipping.get(child.pupil, {})
        raised = [
            self._subject(child.pupil, subject, findings.get(subject), slipping.get(subject), with_number=need in NAMED)
            for subject in self.subjects.get(child.pupil, {})
            if subject in findings or subject in slipping
        ]
        return sorted(raised, key=lambda subject: -(subject.behind or 0))

    def _subject(
        self, pupil: str, subject: str, finding: Finding | None, slipping: float | None, *, with_number: bool
    ) -> SubjectRaised:
        standing, journey = self.subjects[pupil][subject], self.journeys.get((pupil, subject))
        now = self.analysis.term.number
        counted = [grade for grade in journey.grades if grade.term > now - self.rules.evidence.terms] if journey else []
        this_term = [] if counted and counted[-1].term == now else [standing.grade]
        return SubjectRaised(
            standing.subject,
            [*(grade.grade for grade in counted), *this_term],
            (finding.behind if finding else slipping) if with_number else None,
            with_number and finding is not None and finding.early,
            f"{finding.newer_term}: {finding.newer_grade}" if finding and finding.newer_grade else "",
        )


def _slipping(analysis: Analysis, rules: Rules) -> Mapping[str, Mapping[str, float]]:
    """By child the subjects in which it slips slowly without being named, with how sure that is."""
    named = named_in(analysis, rules)
    found: dict[str, dict[str, float]] = {}
    for row in rows_of(Evidence, analysis.children.evidence):
        if (row.behind_in_100 or 0) >= rules.evidence.listed.slipping and (row.pupil, row.subject) not in named:
            found.setdefault(row.pupil, {})[row.subject] = row.behind_in_100 or 0
    return found


def _subjects(analysis: Analysis, rules: Rules) -> Mapping[str, Mapping[str, StandsNow]]:
    """By child and subject, in the order of the subjects, how the child does."""
    names = ["pupil", "subject", "window", "grade", "attainment", "verdict"]
    found: dict[tuple[str, str], list[Mapping[str, Cell]]] = {}
    for row in records(analysis.children.progress, names):
        found.setdefault((text(row["pupil"]), text(row["subject"])), []).append(row)
    order = {subject: at for at, subject in enumerate(analysis.subjects)}
    children: dict[str, dict[str, StandsNow]] = {}
    for (pupil, subject), rows in sorted(found.items(), key=lambda of: order.get(of[0][1], len(order))):
        longest = next((row for row in rows if row["window"] == Window.KEY_STAGE), rows[0])
        attainment = text(longest["attainment"])
        children.setdefault(pupil, {})[subject] = StandsNow(
            subject_label(subject, rules),
            text(longest["grade"]),
            "" if attainment == Attainment.NOT_KNOWN else attainment,
            any(row["verdict"] != Verdict.CANNOT_TELL for row in rows),
        )
    return children


def _groups(analysis: Analysis, rules: Rules) -> Mapping[str, Sequence[str]]:
    """By child the groups that the rules of the meeting name, in print."""
    every = rules.groups.all()
    wanted = {key: groups for key, groups in rules.meeting.groups_beside.items() if key in analysis.children.pupils}
    return {
        text(row["pupil"]): [
            group_label(every[key], text(row[key])) for key, groups in wanted.items() if row[key] in groups
        ]
        for row in records(analysis.children.pupils, ["pupil", *wanted])
    }
