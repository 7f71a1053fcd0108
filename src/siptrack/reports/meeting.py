"""The pupil progress meeting: each class with every child on roll, those first who need talking about most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Verdict, Window
from siptrack.documents.children import Child, every_child
from siptrack.documents.clauses import STANDING
from siptrack.documents.findings import list_findings
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.on_record import agreed_before
from siptrack.documents.prompts import questions_about
from siptrack.reports.named_children import clause_sentences, counting_sentences, split_findings
from siptrack.reports.wording import meeting as wording
from siptrack.reports.wording.meeting import Need
from siptrack.reports.working_groups import Grouped, GroupRow
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, records, text
from siptrack.school.codes import FlagCode
from siptrack.school.scale import Attainment

_LAST = 99  # a class whose year group is not known comes after the others


@dataclass(frozen=True)
class Standing:
    """Where a child stands in a subject this term; `attainment` is empty where it is not known."""

    subject: str
    grade: str
    attainment: str

    @property
    def words(self) -> str:
        """`Reading WTS (below)`."""
        return wording.attainment_words(self.subject, self.grade, self.attainment)


@dataclass(frozen=True)
class MeetingChild:
    """A child in the meeting: what siptrack says, where the child stands now, and the groups that matter for planning.

    `asks` are questions that the evidence calls for; `actions` those agreed last time, empty where they are not known.
    """

    pupil: str
    name: str
    year: str
    need: Need
    said: tuple[str, ...]
    standings: tuple[Standing, ...]
    groups: tuple[str, ...]
    actions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassMeeting:
    """A class, empty by name where none is recorded, with every child on roll in it in order of need.

    `grid` are the working groups with the names in them.
    """

    name: str
    years: tuple[str, ...]
    children: tuple[MeetingChild, ...]
    grid: tuple[GroupRow, ...] = ()

    @property
    def title(self) -> str:
        """`5K (Year 5)`."""
        return wording.class_title(self.name, self.years)

    def parts(self) -> dict[Need, list[MeetingChild]]:
        """The children by need; a need that no child has is not there."""
        parts = {need: [child for child in self.children if child.need is need] for need in Need}
        return {need: children for need, children in parts.items() if children}

    @property
    def to_discuss(self) -> int:
        """How many children something is said of."""
        return sum(child.need not in (Need.CANNOT_TELL, Need.KEEPING_UP) for child in self.children)


@dataclass(frozen=True)
class _Subject:
    """How a child does in a subject: where the child stands, and whether and why not progress can be told."""

    standing: Standing
    verdicts: frozenset[str]
    reason: str

    @property
    def told(self) -> bool:
        return self.verdicts != {Verdict.CANNOT_TELL}


def meetings(analysis: Analysis, rules: Rules) -> tuple[ClassMeeting, ...]:
    """A meeting for each class, by year group; the children without a class come last, in one."""
    known = _Known(
        subjects=_subjects(analysis, rules),
        groups=_groups(analysis, rules),
        actions=agreed_before(analysis.register, rules, analysis.term),
        asks=questions_about(analysis, rules),
        rules=rules,
    )
    grouped = Grouped(analysis, rules)
    classes: dict[str, list[Child]] = {}
    for child in every_child(analysis, list_findings(analysis, rules)):
        classes.setdefault(child.class_name, []).append(child)
    ordered = sorted(classes.items(), key=lambda one: (not one[0], *_youngest(one[1]), one[0]))
    return tuple(
        ClassMeeting(
            name=name,
            years=tuple(rules.years.label(year) for year in _years(children)),
            children=tuple(_by_need(children, known)),
            grid=grouped.grid([(child.pupil, child.name) for child in children]),
        )
        for name, children in ordered
    )


def _youngest(children: Sequence[Child]) -> tuple[int]:
    return (min(_LAST if child.year_group is None else child.year_group for child in children),)


def _years(children: Sequence[Child]) -> list[int | None]:
    known = sorted({child.year_group for child in children if child.year_group is not None})
    return [*known, None] if any(child.year_group is None for child in children) else [*known]


@dataclass(frozen=True)
class _Known:
    """What is known of the children beside their findings, by child."""

    subjects: Mapping[str, Mapping[str, _Subject]]
    groups: Mapping[str, tuple[str, ...]]
    actions: Mapping[str, tuple[str, ...]]
    asks: Mapping[str, tuple[str, ...]]
    rules: Rules


def _by_need(children: Iterable[Child], known: _Known) -> list[MeetingChild]:
    """The children in order: by need, those with the strongest marks first, then by how many subjects."""
    needs = list(Need)
    placed: list[tuple[tuple[int, float, int, int, int], MeetingChild]] = []
    for at, child in enumerate(children):
        of = known.subjects.get(child.pupil, {})
        behind = {finding.subject for finding in split_findings(child, known.rules)[0]}
        below = {finding.subject for finding in child.findings if finding.code in STANDING}
        need = _need(child, of, behind, below)
        entry = MeetingChild(
            pupil=child.pupil,
            name=child.name,
            year=known.rules.years.label(child.year_group),
            need=need,
            said=_said(child, of, known.rules),
            standings=tuple(one.standing for one in of.values()),
            groups=known.groups.get(child.pupil, ()),
            actions=known.actions.get(child.pupil, ()),
            asks=known.asks.get(child.pupil, ()),
        )
        number = child.strongest(known.rules.flags.counting)
        placed.append(((needs.index(need), -(number or 0), -len(behind), -len(below), at), entry))
    return [entry for _, entry in sorted(placed, key=lambda one: one[0])]


def _need(child: Child, of: Mapping[str, _Subject], behind: set[str], below: set[str]) -> Need:
    if behind:
        return Need.BEHIND_AND_BELOW if below else Need.BEHIND
    if below:
        return Need.BELOW
    missing_only = all(finding.code == FlagCode.NO_RESULT for finding in child.findings)
    if missing_only and not any(subject.told for subject in of.values()):
        return Need.CANNOT_TELL
    return Need.LOOK_AT if child.findings else Need.KEEPING_UP


def _said(child: Child, of: Mapping[str, _Subject], rules: Rules) -> tuple[str, ...]:
    """Every sentence about the child; what cannot be told stands, with its reason, in a sentence of its own."""
    counting, others = split_findings(child, rules)
    told = [finding._replace(with_progress=True) for finding in others]
    clauses = (f"{clause}." for clause in clause_sentences(told, rules))
    return (*(words for words, _ in counting_sentences(counting, rules)), *clauses, *_further(child, of))


def _further(child: Child, of: Mapping[str, _Subject]) -> list[str]:
    """The subjects in which progress cannot be told and why, where no flag says it, and those with accelerated."""
    silent = {finding.subject for finding in child.findings if finding.code == FlagCode.NO_RESULT}
    untold: dict[str, list[str]] = {}
    for key, subject in of.items():
        if not subject.told and key not in silent:
            untold.setdefault(subject.reason, []).append(_inside(subject))
    fast = [
        _inside(one)
        for one in of.values()
        if Verdict.ACCELERATED in one.verdicts and Verdict.INSUFFICIENT not in one.verdicts
    ]
    said = [wording.untold_words(untold)] if untold else []
    return [*said, *([wording.accelerated_words(fast)] if fast else [])]


def _inside(subject: _Subject) -> str:
    label = subject.standing.subject
    return f"{label[:1].lower()}{label[1:]}"


def _subjects(analysis: Analysis, rules: Rules) -> dict[str, dict[str, _Subject]]:
    """By child and subject, in the order of the subjects, how the child does."""
    names = ["pupil", "subject", "window", "grade", "attainment", "verdict", "reason"]
    found: dict[tuple[str, str], list[Mapping[str, Cell]]] = {}
    for row in records(analysis.children.progress, names):
        found.setdefault((text(row["pupil"]), text(row["subject"])), []).append(row)
    order = {subject: at for at, subject in enumerate(analysis.subjects)}
    children: dict[str, dict[str, _Subject]] = {}
    for (pupil, subject), rows in sorted(found.items(), key=lambda one: order.get(one[0][1], len(order))):
        longest = next((row for row in rows if row["window"] == Window.KEY_STAGE), rows[0])
        attainment = text(longest["attainment"])
        children.setdefault(pupil, {})[subject] = _Subject(
            Standing(
                subject_label(subject, rules),
                text(longest["grade"]),
                "" if attainment == Attainment.NOT_KNOWN else attainment,
            ),
            frozenset(text(row["verdict"]) for row in rows),
            text(longest["reason"]),
        )
    return children


def _groups(analysis: Analysis, rules: Rules) -> dict[str, tuple[str, ...]]:
    """By child the groups that the rules of the meeting tell, by name."""
    every = rules.groups.all()
    told = {key: groups for key, groups in rules.meeting.groups_beside.items() if key in analysis.children.pupils}
    return {
        text(row["pupil"]): tuple(
            group_label(every[key], text(row[key])) for key, groups in told.items() if row[key] in groups
        )
        for row in records(analysis.children.pupils, ["pupil", *told])
    }
