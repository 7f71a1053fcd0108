"""What the tables hold of each child, each table looked through once for all children whose pages are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan
from typing import NamedTuple, Protocol, TypeVar

from siptrack.analysis.age_tables import AgeBeside
from siptrack.analysis.ahead_tables import Forecast, Pace, Target
from siptrack.analysis.evidence_tables import Evidence
from siptrack.analysis.journeys import journeys
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import Progress, Result
from siptrack.documents.analysis import recorded_characteristics
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.on_record import ChildRecord, on_record
from siptrack.documents.prompts import questions_about
from siptrack.rules.model import KeyStage, Rules
from siptrack.school.cells import numbers, texts
from siptrack.school.frame import Frame
from siptrack.school.place import Place
from siptrack.school.problem import Problem
from siptrack.school.register import Percentage
from siptrack.school.tables import rows_of


class Here(NamedTuple):
    """A child on roll: who and where the child is, and the groups by characteristic, as far as they are recorded.

    `born` is the date of birth, as 2015-03-01; empty when not known.
    """

    pupil: str
    upn: str
    surname: str
    forename: str
    class_name: str
    year_group: int | None
    born: str
    groups: Mapping[str, str]

    @property
    def name(self) -> str:
        """`Smith, Jo`, else the key."""
        return ", ".join(filter(None, (self.surname, self.forename))) or self.pupil


class Stands(NamedTuple):
    """A result or target as it stands in a cell, the term that it is of, and that of a judgement that still stands."""

    pupil: str
    subject: str
    text: str
    term: int
    stands_from: float | None
    file: str
    sheet: str
    row: int
    column: int

    @property
    def place(self) -> Place:
        """The cell."""
        return Place(self.file, self.sheet, self.row, self.column)


class _OfAPupil(Protocol):
    @property
    def pupil(self) -> str: ...


Row = TypeVar("Row", bound=_OfAPupil)
By = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class ChildRows:
    """The tables' rows by child: `here` of the children on roll, whose names `names` counts.

    `written` are the cells of a child's results, targets and ages, `records` what the school's own records hold,
    `prompts` what the evidence calls for asking; `odd` are the problems by file, sheet and row.
    """

    analysis: Analysis
    rules: Rules
    here: Mapping[str, Here]
    names: Mapping[tuple[str, str], int]
    results: By[Result]
    progress: By[Progress]
    evidence: By[Evidence]
    pace: By[Pace]
    targets: By[Target]
    forecasts: By[Forecast]
    findings: By[Finding]
    written: By[Stands]
    percentages: By[Percentage]
    ages: By[AgeBeside]
    records: Mapping[str, Sequence[ChildRecord]]
    prompts: Mapping[str, Sequence[str]]
    odd: Mapping[tuple[str, str, int], Sequence[Problem]]

    def key_stage(self, year_group: int | None) -> KeyStage | None:
        """The key stage of a year group; None where neither is known."""
        return None if year_group is None else self.rules.years.key_stage(year_group)


def child_rows(analysis: Analysis, rules: Rules, pupils: Sequence[str]) -> ChildRows:
    """The rows of the analysis's tables and its register's that are about these pupils."""
    every, register = analysis.children.pupils, analysis.register
    ages = _about(analysis.children.ages, pupils)
    written = [_about(register.frame(name), pupils)[list(Stands._fields)] for name in ("results", "targets")]
    cells = ages.having(term=ages["rank"], text=ages["text"], stands_from=nan)
    written.append(cells[list(Stands._fields)])
    born = dict(_about(register.frame("pupils"), pupils).in_rows("pupil", "date_of_birth"))
    findings = groupby(list_findings(analysis, rules), lambda finding: finding.pupil)  # which come child by child
    return ChildRows(
        analysis=analysis,
        rules=rules,
        here=_here(_about(every, pupils), recorded_characteristics(analysis, rules), born),
        names=Counter((surname or "", forename or "") for surname, forename in every.in_rows("surname", "forename")),
        results=_by_pupil(Result, journeys(analysis, rules, pupils), pupils),
        progress=_by_pupil(Progress, analysis.children.progress, pupils),
        evidence=_by_pupil(Evidence, analysis.children.evidence, pupils),
        pace=_by_pupil(Pace, analysis.ahead.pace, pupils),
        targets=_by_pupil(Target, analysis.ahead.targets, pupils),
        forecasts=_by_pupil(Forecast, analysis.ahead.forecasts, pupils),
        findings={pupil: tuple(theirs) for pupil, theirs in findings},
        written=_by_pupil(Stands, Frame.stacked(written), pupils),
        percentages=_by_pupil(Percentage, register.frame("percentages"), pupils),
        ages=_by_pupil(AgeBeside, ages, pupils),
        records=on_record(register, rules, analysis.term),
        prompts=questions_about(analysis, rules),
        odd=_by_row(register.problems),
    )


def _about(table: Frame, pupils: Sequence[str]) -> Frame:
    return table[table["pupil"].isin(set(pupils))]


def _by_pupil(row: type[Row], table: Frame, pupils: Sequence[str]) -> By[Row]:
    """The rows of a table by the pupil they are about, in the order in which they stand."""
    found: dict[str, list[Row]] = {pupil: [] for pupil in pupils}
    for entry in rows_of(row, _about(table, pupils)):  # type: ignore[type-var]  # named tuples all
        found[entry.pupil].append(entry)
    return found


def _here(pupils: Frame, characteristics: Sequence[str], born: Mapping[str, str]) -> Mapping[str, Here]:
    who = zip(*(texts(pupils[name]) for name in ("pupil", "upn", "surname", "forename", "class")), strict=True)
    years = (None if year is None else int(year) for year in numbers(pupils["year_group"]))
    groups = [texts(pupils[key]) for key in characteristics]
    return {
        pupil: Here(
            pupil,
            upn,
            surname,
            forename,
            held_in,
            year,
            born.get(pupil) or "",
            {key: held[at] for key, held in zip(characteristics, groups, strict=True)},
        )
        for at, ((pupil, upn, surname, forename, held_in), year) in enumerate(zip(who, years, strict=True))
    }


def _by_row(problems: Iterable[Problem]) -> Mapping[tuple[str, str, int], Sequence[Problem]]:
    """The problems of cells and rows, by where the row is."""
    found: dict[tuple[str, str, int], list[Problem]] = {}
    for problem in problems:
        if problem.place.row:
            found.setdefault((problem.place.file, problem.place.sheet, problem.place.row), []).append(problem)
    return found
