"""The page of one child, gathered from an analysis: the journey in each subject and why each thing is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Measured, Verdict
from siptrack.documents.analysis import recorded_characteristics
from siptrack.documents.findings import Finding
from siptrack.documents.flags import flag_sentence
from siptrack.documents.labels import subject_label
from siptrack.rendering.template import sentence
from siptrack.reports.cells import Cell, number, place_of, text
from siptrack.reports.child_ahead import Ahead, look_ahead
from siptrack.reports.child_evidence import Moment, Sources, moment, rules_of_flag, rules_of_scale
from siptrack.reports.child_evidence import sources as sources_of
from siptrack.reports.child_model import (
    ChildPage,
    CitedRule,
    Flagged,
    Membership,
    OddCell,
    SubjectJourney,
    TermResult,
    WindowSaid,
)
from siptrack.reports.child_records import on_record
from siptrack.reports.child_rows import ChildRows, child_rows
from siptrack.reports.children import known_as
from siptrack.reports.wording import child as wording
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.register import NOT_RECORDED

Row = Mapping[str, Cell]
_RESTS_ON = {
    Verdict.INSUFFICIENT: ("tolerance",),
    Verdict.EXPECTED: ("tolerance", "accelerated"),
    Verdict.ACCELERATED: ("accelerated",),
}


def child_page(analysis: Analysis, rules: Rules, pupil: str) -> ChildPage:
    """The page of a pupil of the analysis, by the key that joins its tables."""
    return page_of(pupil, child_rows(analysis, rules, [pupil]))


def page_of(pupil: str, every: ChildRows) -> ChildPage:
    """The page of one of the pupils whose rows these are."""
    analysis, rules, here = every.analysis, every.rules, every.pupils[pupil][0]
    one = _Child(analysis, rules, pupil, sources_of(every, pupil), look_ahead(every, pupil))
    subjects = tuple(one.subjects(every))
    year = number(here["year_group"])
    flags = [flag for subject in subjects for flag in subject.flags]
    return ChildPage(
        pupil=pupil,
        upn=text(here["upn"]),
        name=_name(here, every),
        year_group=rules.years.label(None if year is None else int(year)),
        class_name=text(here["class"]),
        term=analysis.term.label,
        begun=tuple(sentence("begun_sentence", one) for one in analysis.begun),
        groups=tuple(_groups(here, analysis, rules)),
        subjects=subjects,
        questions=tuple(dict.fromkeys(flag.remedy for flag in flags)),
        records=on_record(analysis.register, rules, analysis.term, pupil),
        odd=tuple(_odd(every, one.known)),
    )


@dataclass(frozen=True)
class _Child:
    """One child of an analysis, with the cells that say something of the child and what lies ahead."""

    analysis: Analysis
    rules: Rules
    pupil: str
    known: Sources
    ahead: Ahead

    def subjects(self, every: ChildRows) -> Iterator[SubjectJourney]:
        """The child in each subject that has a result of the child, or that the year group is taught."""
        rows, progress = every.journeys[self.pupil], every.progress[self.pupil]
        findings = every.findings.get(self.pupil, ())
        there = {text(row["subject"]) for row in (*rows, *progress)}
        for subject in [*self.rules.columns.subjects, *sorted(there - set(self.rules.columns.subjects))]:
            if subject in there:
                yield self.subject(
                    subject,
                    [row for row in rows if row["subject"] == subject],
                    [row for row in progress if row["subject"] == subject],
                    [one for one in findings if one.subject == subject],
                )

    def subject(
        self, subject: str, rows: Sequence[Row], progress: Sequence[Row], findings: Sequence[Finding]
    ) -> SubjectJourney:
        """The child in one subject."""
        told = [row for row in rows if row["told"] and row["file"]]
        scale = self.rules.scales.get(text(told[-1]["scale"])) if told else None
        term = self.analysis.term.label
        now = next((row for row in told if row["term"] == term), None)
        terms = list(map(moment, rows))
        moments = {then.term: then for row, then in zip(rows, terms, strict=True) if row["told"]}
        return SubjectJourney(
            subject=subject,
            label=subject_label(subject, self.rules),
            scale=scale.label if scale else "",
            unit=scale.unit if scale else "",
            grade=text(now["grade"]) if now else "",
            attainment=text(now["attainment"]) if now else "",
            standing=wording.standing(told, term, scale),
            results=tuple(map(self.result, rows, terms)),
            progress=tuple(self.window(row, moments) for row in progress),
            needed=self.ahead.needed(subject),
            targets=self.ahead.targets(subject, self.known),
            forecasts=self.ahead.forecasts(subject),
            flags=tuple(self.flag(finding, told, moments) for finding in findings),
        )

    def result(self, row: Row, then: Moment) -> TermResult:
        """One term's result, or the term without one."""
        grade = text(row["grade"])
        return TermResult(
            term=then.term,
            order=then.order,
            year_group=then.year_group,
            year="" if then.year_group is None else self.rules.years.label(then.year_group),
            told=bool(row["told"]),
            scale=self._label(row["scale"]),
            crossed_from=self._label(row["written_scale"]),
            grade=grade,
            points=number(row["points"]),
            line=then.line,
            distance=number(row["distance"]),
            attainment=text(row["attainment"]),
            written=self.known.result(then.term, grade, place_of(row)) if row["file"] else None,
            mark=text(row["mark"]),
        )

    def _label(self, scale: Cell) -> str:
        known = self.rules.scales.get(text(scale))
        return known.label if known else ""

    def window(self, row: Row, moments: Mapping[str, Moment]) -> WindowSaid:
        """Progress over a window, in words."""
        finding = self._moved(row)
        year_group = self._now(moments).year_group
        stage = self.rules.years.key_stage(year_group) if year_group is not None else None
        return WindowSaid(
            window=text(row["window"]),
            lead=wording.window_lead(text(row["window"]), stage.label if stage else ""),
            verdict=text(row["verdict"]),
            reason=text(row["reason"]),
            sentence=wording.progress_sentence(finding, text(row["verdict"]), text(row["reason"])),
            measured=text(row["measured"]),
            gain=finding.gain,
            expected_gain=finding.expected_gain,
            progress=number(row["progress"]),
            evidence=self.known.behind(finding, (), self.analysis.term.label),
            rules=self._rules_of_window(finding, text(row["verdict"]), moments),
        )

    def _rules_of_window(self, finding: Finding, verdict: str, moments: Mapping[str, Moment]) -> tuple[CitedRule, ...]:
        if verdict == Verdict.CANNOT_TELL:
            return ()
        ends = [moments[term] for term in (finding.from_term, self.analysis.term.label) if term in moments]
        small = finding.measured == Measured.SMALL_STEPS
        names = _RESTS_ON[Verdict(verdict)]
        return rules_of_scale(finding.scale, names, ends, self.rules, small=small, line=ends)

    def _now(self, moments: Mapping[str, Moment]) -> Moment:
        """The term judged, with the child's year group in it."""
        term = self.analysis.term
        return moments.get(term.label, Moment(term.label, term.number, None, None))

    def _moved(self, row: Row) -> Finding:
        """A row of the progress table as what a sentence about movement needs."""
        return Finding(
            code="",
            pupil=self.pupil,
            subject=text(row["subject"]),
            label=subject_label(text(row["subject"]), self.rules),
            scale=self.rules.scales.get(text(row["scale"])),
            from_term=text(row["start_term"]),
            from_grade=text(row["start_grade"]),
            from_place=_place_label(row, "start_"),
            grade=text(row["grade"]),
            points=number(row["points"]),
            reference=number(row["reference"]),
            measured=text(row["measured"]),
            gain=number(row["gain"]),
            expected_gain=number(row["expected_gain"]),
            place=_place_label(row, ""),
        )

    def flag(self, finding: Finding, told: Sequence[Row], moments: Mapping[str, Moment]) -> Flagged:
        """A flag with the cells and the rules behind it."""
        return Flagged(
            code=finding.code,
            sentence=flag_sentence(finding, self.rules),
            remedy=self.rules.flags.flags[finding.code].remedy,
            evidence=self.known.behind(finding, told, self.analysis.term.label),
            rules=rules_of_flag(finding, moments, self._now(moments), self.known),
        )


def _name(here: Row, every: ChildRows) -> str:
    """The child's name, with the key where another child on roll has the same."""
    name = known_as(here)[0]
    alike = every.names[text(here["surname"]), text(here["forename"])]
    return f"{name} ({text(here['pupil'])})" if alike > 1 and name != text(here["pupil"]) else name


def _place_label(row: Row, prefix: str) -> str:
    """The address in words of a result in the progress table; empty where there is none."""
    file, sheet, cell = (text(row[f"{prefix}{part}"]) for part in ("file", "sheet", "cell"))
    return f"{Place(file, sheet).label}, cell {cell}" if file else ""


def _groups(here: Row, analysis: Analysis, rules: Rules) -> Iterator[Membership]:
    """The child's group of each characteristic that the data records."""
    every = rules.groups.all()
    for key in recorded_characteristics(analysis, rules):
        group = text(here[key])
        known = every[key].groups.get(group)
        label = known.label if known else group
        yield Membership(every[key].label, wording.not_recorded() if group in ("", NOT_RECORDED) else label)


def _odd(every: ChildRows, known: Sources) -> Iterator[OddCell]:
    """What is odd in the rows that hold the child's results."""
    rows = {(cell.place.file, cell.place.sheet, cell.place.row) for cell in known.at.values()}
    for problem in sorted(one for row in rows for one in every.odd.get(row, ())):
        yield OddCell(problem.code, problem.found, problem.action, problem.place)
