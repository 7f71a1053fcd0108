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
from siptrack.documents.findings import list_findings
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.meeting.agreed import AgreedBefore, agreed_before
from siptrack.documents.meeting.questions import questions_about
from siptrack.documents.meeting.working_groups import GroupRow, working_grid
from siptrack.documents.on_record import given_this_year
from siptrack.documents.read import Read
from siptrack.documents.report.journeys import journeys
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
    """Where a child stands in a subject this term; `attainment` is empty where it is not known."""

    subject: str
    grade: str
    attainment: str


class SubjectRaised(NamedTuple):
    """A subject to talk about: the grades of the terms that count, the oldest first, and how sure it is.

    `moved` are the grades at the start and now of insufficient progress. `newer` is a later term's better grade.
    """

    subject: str
    grades: Sequence[str]
    moved: Sequence[str]
    behind: float | None
    early: bool
    newer: str


class HelpGiven(NamedTuple):
    """Provision of this school year, what it is for, and the sessions, empty where they are not on record."""

    name: str
    about: str
    attended: float | None
    planned: float | None


class MeetingChild(NamedTuple):
    """A child in the meeting: why, the subjects to talk about, where it stands, and what helps to plan.

    `groups` are those that the rules name; `provision` is that of this school year; `asks` are questions that the
    evidence calls for.
    """

    pupil: str
    name: str
    year: str
    need: Need
    raised: Sequence[SubjectRaised]
    standings: Sequence[StandsNow]
    groups: Sequence[str]
    provision: Sequence[HelpGiven]
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


class _Progress(NamedTuple):
    """How a child does in a subject: where it stands, and whether anything can be told of its progress."""

    standing: StandsNow
    judged: bool


class _Known(NamedTuple):
    """What is known of the children beside their findings, by child."""

    rules: Rules
    first: Mapping[str, int]
    slipping: Mapping[str, Mapping[str, float]]
    subjects: Mapping[str, Mapping[str, _Progress]]
    grades: Mapping[tuple[str, str], Sequence[str]]
    groups: Mapping[str, Sequence[str]]
    provision: Mapping[str, Sequence[HelpGiven]]
    asks: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, analysis: Analysis, rules: Rules) -> _Known:
        subjects = _subjects(analysis, rules)
        return cls(
            rules,
            {row.pupil: row.rank for row in rows_of(FirstChild, first_to_talk_about(analysis, rules))},
            _slipping(analysis, rules),
            subjects,
            _grades(analysis, rules, {(pupil, subject) for pupil, of in subjects.items() for subject in of}),
            _groups(analysis, rules),
            _help_given(analysis, rules),
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
        subjects = self.subjects.get(child.pupil, {})
        need = self.need(child)
        return MeetingChild(
            child.pupil,
            child.name,
            self.rules.years.label(child.year_group),
            need,
            [self._raised(child, subject) for subject in self._to_raise(child, need)],
            [of.standing for of in subjects.values()],
            self.groups.get(child.pupil, ()),
            self.provision.get(child.pupil, ()),
            self.asks.get(child.pupil, ()),
        )

    def _to_raise(self, child: Child, need: Need) -> Sequence[str]:
        """The subjects for which the child is where it is in the rank, those with the strongest marks first."""
        slipping = self.slipping.get(child.pupil, {})
        codes = self.rules.flags.counting if need in NAMED else STANDING if need is Need.BELOW else frozenset(FlagCode)
        found = {finding.subject: finding.behind for finding in child.findings if finding.code in codes}
        return sorted({**found, **slipping}, key=lambda subject: -(slipping.get(subject) or found.get(subject) or 0))

    def _raised(self, child: Child, subject: str) -> SubjectRaised:
        of_subject = [finding for finding in child.findings if finding.subject == subject]
        counting = [finding for finding in of_subject if finding.code in self.rules.flags.counting]
        oldest_first = sorted(counting, key=lambda finding: not finding.key_stage)
        starts = dict.fromkeys(finding.from_grade for finding in oldest_first if finding.from_grade)
        standing = self.subjects[child.pupil][subject].standing
        return SubjectRaised(
            subject=standing.subject,
            grades=self.grades.get((child.pupil, subject), [standing.grade] if standing.grade else []),
            moved=[*starts, counting[0].grade] if starts else [],
            behind=counting[0].behind if counting else self.slipping.get(child.pupil, {}).get(subject),
            early=any(finding.early for finding in counting),
            newer=next((f"{of.newer_term}: {of.newer_grade}" for of in of_subject if of.newer_grade), ""),
        )


def _slipping(analysis: Analysis, rules: Rules) -> Mapping[str, Mapping[str, float]]:
    """By child the subjects in which it slips slowly without being named, with how sure that is."""
    flags = analysis.children.flags
    named = set(flags[flags["code"].isin(rules.flags.counting)].in_rows("pupil", "subject"))
    found: dict[str, dict[str, float]] = {}
    for row in rows_of(Evidence, analysis.children.evidence):
        if (row.behind_in_100 or 0) >= rules.evidence.listed.slipping and (row.pupil, row.subject) not in named:
            found.setdefault(row.pupil, {})[row.subject] = row.behind_in_100 or 0
    return found


def _grades(analysis: Analysis, rules: Rules, wanted: set[tuple[str, str]]) -> Mapping[tuple[str, str], Sequence[str]]:
    """By child and subject the grades on one scale of the terms that count."""
    since = analysis.term.number - rules.evidence.terms
    return {
        of: [grade.grade for grade in journey.grades if grade.term > since]
        for of, journey in journeys(analysis, wanted).items()
    }


def _subjects(analysis: Analysis, rules: Rules) -> Mapping[str, Mapping[str, _Progress]]:
    """By child and subject, in the order of the subjects, how the child does."""
    names = ["pupil", "subject", "window", "grade", "attainment", "verdict"]
    found: dict[tuple[str, str], list[Mapping[str, Cell]]] = {}
    for row in records(analysis.children.progress, names):
        found.setdefault((text(row["pupil"]), text(row["subject"])), []).append(row)
    order = {subject: at for at, subject in enumerate(analysis.subjects)}
    children: dict[str, dict[str, _Progress]] = {}
    for (pupil, subject), rows in sorted(found.items(), key=lambda of: order.get(of[0][1], len(order))):
        longest = next((row for row in rows if row["window"] == Window.KEY_STAGE), rows[0])
        attainment = text(longest["attainment"])
        standing = StandsNow(
            subject_label(subject, rules),
            text(longest["grade"]),
            "" if attainment == Attainment.NOT_KNOWN else attainment,
        )
        judged = any(row["verdict"] != Verdict.CANNOT_TELL for row in rows)
        children.setdefault(pupil, {})[subject] = _Progress(standing, judged)
    return children


def _help_given(analysis: Analysis, rules: Rules) -> Mapping[str, Sequence[HelpGiven]]:
    """By child the provision of this school year."""
    return {
        pupil: [
            HelpGiven(
                row.intervention,
                subject_label(row.subject, rules) if row.subject else row.need,
                row.attended,
                row.planned,
            )
            for row in rows
        ]
        for pupil, rows in given_this_year(analysis.register, analysis.term).items()
    }


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
