"""The page of one child, gathered from an analysis: the journey in each subject and the evidence for each thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from siptrack.analysis.tables import Progress, Result
from siptrack.analysis.vocabulary import Measured, Reason, Unsure, Verdict, Window
from siptrack.documents.child import ahead
from siptrack.documents.child.ages import age_journeys
from siptrack.documents.child.circumstances import circumstances
from siptrack.documents.child.evidence import (
    Moment,
    Sources,
    label_of,
    moment,
    place_of,
    rules_of_flag,
    rules_of_scale,
    sources,
    words,
)
from siptrack.documents.child.facts import (
    ChildPage,
    CitedRule,
    Flagged,
    MarksWeighed,
    Membership,
    OddCell,
    SubjectJourney,
    TermResult,
    WindowSaid,
    fields_of,
    flags_of,
)
from siptrack.documents.child.rows import ChildRows, Here
from siptrack.documents.findings import Finding
from siptrack.documents.flags import flag_sentence, movement, what_came
from siptrack.documents.labels import STANDS, subject_label
from siptrack.documents.written import Written
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.cells import plain
from siptrack.school.codes import FlagCode
from siptrack.school.place import Place
from siptrack.school.register import NOT_RECORDED

_RESTS_ON: Mapping[str, Sequence[str]] = {
    Verdict.INSUFFICIENT: ("tolerance",),
    Verdict.EXPECTED: ("tolerance", "accelerated"),
    Verdict.ACCELERATED: ("accelerated",),
}
_NOT_RECORDED, _YEAR = "not recorded", "this year"
_NOTHING_TO_WEIGH = (Unsure.NO_RESULT, Unsure.NO_SCALE, Unsure.TAKEN_ONCE)
Row = TypeVar("Row")


def page_of(pupil: str, every: ChildRows) -> ChildPage:
    """The page of one of the pupils whose rows these are."""
    analysis, rules, here = every.analysis, every.rules, every.here[pupil]
    known = sources(every, pupil)
    there = {row.subject for row in every.results[pupil]} | {row.subject for row in every.progress[pupil]}
    order = [*rules.columns.subjects, *sorted(there - set(rules.columns.subjects))]
    subjects = tuple(_Subject(every, pupil, subject, known).journey() for subject in order if subject in there)
    ages = tuple(age_journeys(pupil, every, known, lambda kind: _Subject(every, pupil, kind.subject, known).of_ages()))
    return ChildPage(
        pupil=pupil,
        upn=here.upn,
        name=_name(here, every),
        year_group=rules.years.label(here.year_group),
        class_name=here.class_name,
        term=analysis.term.label,
        begun=tuple(sentence("begun_sentence", begun) for begun in analysis.begun),
        groups=tuple(_groups(here, rules)),
        circumstances=tuple(circumstances(pupil, every)),
        subjects=subjects,
        ages=ages,
        questions=tuple(dict.fromkeys(flag.remedy for flag in flags_of(subjects, ages))),
        records=tuple(record.words for record in every.records.get(pupil, ())),
        odd=tuple(_odd(every, known)),
    )


def of_a_child(page: ChildPage, rules: Rules) -> Written:
    """One child's page: every field of it by its name."""
    return Written("child", rules, besides={"child": _object(page)})


def _object(value: object) -> Any:  # noqa: ANN401  # JSON: the schema says what may be in it
    """A value of the page as JSON has it: an empty text is missing, and 3.0 is 3."""
    if isinstance(value, Place):
        return {"file": value.file, "sheet": value.sheet or None, "cell": value.cell}
    if hasattr(value, "_asdict"):
        return {name: _object(field) for name, field in value._asdict().items()}
    return [_object(item) for item in value] if isinstance(value, tuple) else plain(value)


@dataclass(frozen=True)
class _Subject:
    """One child of an analysis in a subject, with the cells that say something of the child."""

    every: ChildRows
    pupil: str
    subject: str
    known: Sources

    def _rows(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row.subject == self.subject]  # type: ignore[attr-defined]  # named tuples all

    def journey(self) -> SubjectJourney:
        """The child in the subject."""
        every, pupil, term = self.every, self.pupil, self.every.analysis.term
        rows = self._rows(every.results[pupil])
        judged_by = [row for row in rows if row.told and row.file]
        scale = every.rules.scales.get(judged_by[-1].scale) if judged_by else None
        now = next((row for row in judged_by if row.term == term.label), None)
        moments = {row.term: moment(row) for row in rows if row.told}
        moments.setdefault(term.label, Moment(term.label, term.number, None, None))
        return SubjectJourney(
            subject=self.subject,
            label=subject_label(self.subject, every.rules),
            scale=scale.label if scale else "",
            unit=scale.unit if scale else "",
            grade=now.grade if now else "",
            attainment=now.attainment if now else "",
            standing=words("standing", *(None, None, *judged_by)[:-3:-1], term.label, scale, STANDS),
            results=tuple(map(self._result, rows)),
            progress=tuple(self._window(row, moments) for row in self._rows(every.progress[pupil])),
            evidence=self._weighed(),
            needed=ahead.needed(every, pupil, self.subject),
            targets=ahead.targets(every, pupil, self.subject, self.known),
            forecasts=ahead.forecasts(every, pupil, self.subject),
            flags=tuple(self._flag(finding, judged_by, moments) for finding in self._findings(of_ages=False)),
        )

    def of_ages(self) -> tuple[Flagged, ...]:
        """The flags of the reading or spelling age that belongs to the subject."""
        term = self.every.analysis.term
        moments = {term.label: Moment(term.label, term.number, None, None)}
        return tuple(self._flag(finding, (), moments) for finding in self._findings(of_ages=True))

    def _findings(self, *, of_ages: bool) -> list[Finding]:
        rows = self._rows(self.every.findings.get(self.pupil, ()))
        return [finding for finding in rows if (finding.code == FlagCode.BEHIND_OWN_AGE) == of_ages]

    def _weighed(self) -> MarksWeighed | None:
        """How sure the marks of a subject are; None where there is no result this term to be sure of."""
        for row in self._rows(self.every.evidence[self.pupil]):
            if row.reason not in _NOTHING_TO_WEIGH:
                how_sure = sentence("of_a_child", row, self.every.rules.evidence.least, template="evidence.jinja")
                return MarksWeighed(**fields_of(MarksWeighed, row), sentence=how_sure)
        return None

    def _result(self, row: Result) -> TermResult:
        """One term's result, or the term without one."""
        then = moment(row)
        own = {
            "year_group": then.year_group,
            "year": "" if then.year_group is None else self.every.rules.years.label(then.year_group),
            "scale": self._label(row.scale),
            "crossed_from": self._label(row.written_scale),
            "line": then.line,
            "written": self.known.result(then.term, row.grade, place_of(row)) if row.file else None,
        }
        return TermResult(**fields_of(TermResult, row) | own)

    def _label(self, scale: str) -> str:
        known = self.every.rules.scales.get(scale)
        return known.label if known else ""

    def _window(self, row: Progress, moments: Mapping[str, Moment]) -> WindowSaid:
        """Progress over a window, in words."""
        finding, term = self._moved(row), self.every.analysis.term.label
        stage = self.every.key_stage(moments[term].year_group)
        moved = row.start_grade and row.grade and row.reason != Reason.NO_RESULT
        rules: tuple[CitedRule, ...] = ()
        if row.verdict != Verdict.CANNOT_TELL:
            ends = [moments[end] for end in (row.start_term, term) if end in moments]
            small = row.measured == Measured.SMALL_STEPS
            names = _RESTS_ON[row.verdict]
            rules = rules_of_scale(finding.scale, names, ends, self.every.rules, small=small, line=ends)
        return WindowSaid(
            **fields_of(WindowSaid, row),
            lead=f"since the start of {stage.label if stage else 'the key stage'}"
            if row.window != Window.YEAR
            else _YEAR,
            sentence=words("progress", row, Verdict, movement(finding) if moved else "", what_came(finding)),
            evidence=self.known.behind(finding, (), term),
            rules=rules,
        )

    def _moved(self, row: Progress) -> Finding:
        """A row of the progress table as what a sentence about movement needs."""
        own = {
            "code": "",
            "label": subject_label(row.subject, self.every.rules),
            "scale": self.every.rules.scales.get(row.scale),
            "from_term": row.start_term,
            "from_grade": row.start_grade,
            "from_place": label_of(row.start_file, row.start_sheet, row.start_cell),
            "place": label_of(row.file, row.sheet, row.cell),
            "window": "",
        }
        return Finding(**fields_of(Finding, row) | own)

    def _flag(self, finding: Finding, judged_by: Sequence[Result], moments: Mapping[str, Moment]) -> Flagged:
        """A flag with the cells and the rules behind it."""
        term = self.every.analysis.term.label
        return Flagged(
            code=finding.code,
            sentence=flag_sentence(finding, self.every.rules),
            remedy=self.every.rules.flags.flags[finding.code].remedy,
            evidence=self.known.behind(finding, judged_by, term),
            rules=rules_of_flag(finding, moments, moments[term], self.known),
        )


def _name(here: Here, every: ChildRows) -> str:
    """The child's name, with the key where another child on roll has the same."""
    alike = every.names[here.surname, here.forename] > 1
    return f"{here.name} ({here.pupil})" if alike and here.name != here.pupil else here.name


def _groups(here: Here, rules: Rules) -> Iterator[Membership]:
    """The groups that the child is in, of the characteristics that the data records."""
    every = rules.groups.all()
    for key, group in here.groups.items():
        known = every[key].groups.get(group)
        label = known.label if known else group
        yield Membership(every[key].label, _NOT_RECORDED if group in ("", NOT_RECORDED) else label)


def _odd(every: ChildRows, known: Sources) -> Iterator[OddCell]:
    """What is odd in the rows that hold the child's results."""
    rows = {(place.file, place.sheet, place.row) for place in known.at}
    for problem in sorted(problem for row in rows for problem in every.odd.get(row, ())):
        yield OddCell(problem.code, problem.found, problem.action, problem.place)
