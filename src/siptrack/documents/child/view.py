"""The page of one child, gathered from an analysis: the journey in each subject and the evidence for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siptrack.analysis.evidence_tables import Evidence
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import Progress, Result
from siptrack.analysis.vocabulary import Measured, Unsure, Verdict
from siptrack.documents.child.ahead import ChildAhead, look_ahead
from siptrack.documents.child.evidence import Moment, Sources, moment, place_of, rules_of_flag, rules_of_scale
from siptrack.documents.child.evidence import sources as sources_of
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
)
from siptrack.documents.child.rows import ChildRows, Here, child_rows
from siptrack.documents.child.sentences import progress_sentence, standing, window_lead
from siptrack.documents.findings import Finding
from siptrack.documents.flags import flag_sentence
from siptrack.documents.labels import subject_label
from siptrack.documents.written import Written
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.cells import plain
from siptrack.school.place import Place
from siptrack.school.register import NOT_RECORDED

_RESTS_ON: Mapping[str, Sequence[str]] = {
    Verdict.INSUFFICIENT: ("tolerance",),
    Verdict.EXPECTED: ("tolerance", "accelerated"),
    Verdict.ACCELERATED: ("accelerated",),
}
_NOT_RECORDED = "not recorded"


def child_page(analysis: Analysis, rules: Rules, pupil: str) -> ChildPage:
    """The page of a pupil of the analysis, by the key that joins its tables."""
    return page_of(pupil, child_rows(analysis, rules, [pupil]))


def page_of(pupil: str, every: ChildRows) -> ChildPage:
    """The page of one of the pupils whose rows these are."""
    analysis, rules, here = every.analysis, every.rules, every.here[pupil]
    child = _Child(analysis, rules, pupil, sources_of(every, pupil), look_ahead(every, pupil))
    subjects = tuple(child.subjects(every))
    flags = [flag for subject in subjects for flag in subject.flags]
    return ChildPage(
        pupil=pupil,
        upn=here.upn,
        name=_name(here, every),
        year_group=rules.years.label(here.year_group),
        class_name=here.class_name,
        term=analysis.term.label,
        begun=tuple(sentence("begun_sentence", begun) for begun in analysis.begun),
        groups=tuple(_groups(here, rules)),
        subjects=subjects,
        questions=tuple(dict.fromkeys(flag.remedy for flag in flags)),
        records=tuple(record.words for record in every.records.get(pupil, ())),
        odd=tuple(_odd(every, child.known)),
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
class _Child:
    """One child of an analysis, with the cells that say something of the child and what lies ahead."""

    analysis: Analysis
    rules: Rules
    pupil: str
    known: Sources
    ahead: ChildAhead

    def subjects(self, every: ChildRows) -> Iterator[SubjectJourney]:
        """The child in each subject that has a result of the child, or that the year group is taught."""
        rows, progress = every.results[self.pupil], every.progress[self.pupil]
        findings = every.findings.get(self.pupil, ())
        there = {row.subject for row in rows} | {row.subject for row in progress}
        for subject in [*self.rules.columns.subjects, *sorted(there - set(self.rules.columns.subjects))]:
            if subject in there:
                yield self.subject(
                    subject,
                    [row for row in rows if row.subject == subject],
                    [row for row in progress if row.subject == subject],
                    next((row for row in every.evidence[self.pupil] if row.subject == subject), None),
                    [finding for finding in findings if finding.subject == subject],
                )

    def subject(
        self,
        subject: str,
        rows: Sequence[Result],
        progress: Sequence[Progress],
        evidence: Evidence | None,
        findings: Sequence[Finding],
    ) -> SubjectJourney:
        """The child in one subject."""
        judged_by = [row for row in rows if row.told and row.file]
        scale = self.rules.scales.get(judged_by[-1].scale) if judged_by else None
        term = self.analysis.term.label
        now = next((row for row in judged_by if row.term == term), None)
        terms = list(map(moment, rows))
        moments = {then.term: then for row, then in zip(rows, terms, strict=True) if row.told}
        return SubjectJourney(
            subject=subject,
            label=subject_label(subject, self.rules),
            scale=scale.label if scale else "",
            unit=scale.unit if scale else "",
            grade=now.grade if now else "",
            attainment=now.attainment if now else "",
            standing=standing(judged_by, term, scale),
            results=tuple(map(self.result, rows, terms)),
            progress=tuple(self.window(row, moments) for row in progress),
            evidence=self.weighed(evidence),
            needed=self.ahead.needed(subject),
            targets=self.ahead.targets(subject, self.known),
            forecasts=self.ahead.forecasts(subject),
            flags=tuple(self.flag(finding, judged_by, moments) for finding in findings),
        )

    def weighed(self, row: Evidence | None) -> MarksWeighed | None:
        """How sure the marks of a subject are; None where there is no result this term to be sure of."""
        if row is None or row.reason in (Unsure.NO_RESULT, Unsure.NO_SCALE, Unsure.TAKEN_ONCE):
            return None
        words = sentence("of_a_child", row, self.rules.evidence.least, template="evidence.jinja")
        figures = {name: getattr(row, name) for name in MarksWeighed._fields if name != "sentence"}
        return MarksWeighed(**figures, sentence=words)

    def result(self, row: Result, then: Moment) -> TermResult:
        """One term's result, or the term without one."""
        return TermResult(
            term=then.term,
            order=then.order,
            year_group=then.year_group,
            year="" if then.year_group is None else self.rules.years.label(then.year_group),
            told=row.told,
            scale=self._label(row.scale),
            crossed_from=self._label(row.written_scale),
            grade=row.grade,
            points=row.points,
            line=then.line,
            distance=row.distance,
            attainment=row.attainment,
            written=self.known.result(then.term, row.grade, place_of(row)) if row.file else None,
            mark=row.mark,
        )

    def _label(self, scale: str) -> str:
        known = self.rules.scales.get(scale)
        return known.label if known else ""

    def window(self, row: Progress, moments: Mapping[str, Moment]) -> WindowSaid:
        """Progress over a window, in words."""
        finding = self._moved(row)
        year_group = self._now(moments).year_group
        stage = self.rules.years.key_stage(year_group) if year_group is not None else None
        return WindowSaid(
            window=row.window,
            lead=window_lead(row.window, stage.label if stage else ""),
            verdict=row.verdict,
            reason=row.reason,
            sentence=progress_sentence(finding, row.verdict, row.reason),
            measured=row.measured,
            gain=finding.gain,
            expected_gain=finding.expected_gain,
            progress=row.progress,
            evidence=self.known.behind(finding, (), self.analysis.term.label),
            rules=self._rules_of_window(finding, row.verdict, moments),
        )

    def _rules_of_window(self, finding: Finding, verdict: str, moments: Mapping[str, Moment]) -> tuple[CitedRule, ...]:
        if verdict == Verdict.CANNOT_TELL:
            return ()
        ends = [moments[term] for term in (finding.from_term, self.analysis.term.label) if term in moments]
        small = finding.measured == Measured.SMALL_STEPS
        names = _RESTS_ON[verdict]
        return rules_of_scale(finding.scale, names, ends, self.rules, small=small, line=ends)

    def _now(self, moments: Mapping[str, Moment]) -> Moment:
        """The term judged, with the child's year group in it."""
        term = self.analysis.term
        return moments.get(term.label, Moment(term.label, term.number, None, None))

    def _moved(self, row: Progress) -> Finding:
        """A row of the progress table as what a sentence about movement needs."""
        return Finding(
            code="",
            pupil=self.pupil,
            subject=row.subject,
            label=subject_label(row.subject, self.rules),
            scale=self.rules.scales.get(row.scale),
            from_term=row.start_term,
            from_grade=row.start_grade,
            from_place=_label_of(row.start_file, row.start_sheet, row.start_cell),
            grade=row.grade,
            points=row.points,
            reference=row.reference,
            measured=row.measured,
            gain=row.gain,
            expected_gain=row.expected_gain,
            place=_label_of(row.file, row.sheet, row.cell),
        )

    def flag(self, finding: Finding, judged_by: Sequence[Result], moments: Mapping[str, Moment]) -> Flagged:
        """A flag with the cells and the rules behind it."""
        return Flagged(
            code=finding.code,
            sentence=flag_sentence(finding, self.rules),
            remedy=self.rules.flags.flags[finding.code].remedy,
            evidence=self.known.behind(finding, judged_by, self.analysis.term.label),
            rules=rules_of_flag(finding, moments, self._now(moments), self.known),
        )


def _name(here: Here, every: ChildRows) -> str:
    """The child's name, with the key where another child on roll has the same."""
    alike = every.names[here.surname, here.forename] > 1
    return f"{here.name} ({here.pupil})" if alike and here.name != here.pupil else here.name


def _label_of(file: str, sheet: str, cell: str) -> str:
    """The address in words of a result in the progress table; empty where there is none."""
    return f"{Place(file, sheet).label}, cell {cell}" if file else ""


def _groups(here: Here, rules: Rules) -> Iterator[Membership]:
    """The groups that the child is in, of the characteristics that the data records."""
    every = rules.groups.all()
    for key, group in here.groups.items():
        known = every[key].groups.get(group)
        label = known.label if known else group
        yield Membership(every[key].label, _NOT_RECORDED if group in ("", NOT_RECORDED) else label)


def _odd(every: ChildRows, known: Sources) -> Iterator[OddCell]:
    """What is odd in the rows that hold the child's results."""
    rows = {(cell.place.file, cell.place.sheet, cell.place.row) for cell in known.at.values()}
    for problem in sorted(problem for row in rows for problem in every.odd.get(row, ())):
        yield OddCell(problem.code, problem.found, problem.action, problem.place)
