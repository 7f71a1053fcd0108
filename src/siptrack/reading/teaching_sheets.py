"""Which sheets are of teaching: of what was seen of lessons and books, or of the staff's training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from siptrack.reading.action_sheets import ACTION
from siptrack.reading.findings import Findings
from siptrack.reading.headings import SCHOOL_ROLES, HeadingReader, Kind
from siptrack.reading.layout import report_oddities
from siptrack.reading.record_sheets import ROWS_LOOKED_AT, RecordSheet, laid_out
from siptrack.reading.sheet import Cells, Sheet
from siptrack.reading.spelling import words
from siptrack.rules.model import Rules

FOCUS, TOPIC, STAFF = "focus", "topic", "staff"
KIND, TYPE = "kind", "type"
_NAME = "name"  # the role of a heading such as Name, which beside training is the staff's
_TELLING_OF_A_TOPIC = 2
_MERGED_OVER_ROWS = ("date", "term", "class", "year_group", "subject")

Columns = Mapping[str, tuple[int, ...]]


@dataclass
class TeachingSheets:
    """The sheets of teaching, in reading order; None where there is no sheet of the kind."""

    observations: list[RecordSheet] = field(default_factory=list)
    cpd: list[RecordSheet] = field(default_factory=list)

    @property
    def every(self) -> list[RecordSheet]:
        """All of them."""
        return [*self.observations, *self.cpd]


class TeachingFinder:
    """Finds the sheets of teaching by their headings. A sheet that names pupils, or holds results, is none."""

    def __init__(self, reader: HeadingReader, rules: Rules) -> None:
        self.reader, self.rules = reader, rules.teaching
        self.observed = _names(self.rules.observations)
        self.trained = _names(self.rules.cpd)

    def apart(self, sheets: Sequence[Sheet], findings: Findings) -> tuple[list[Sheet], TeachingSheets]:
        """The sheets that may hold pupils and results, and those of teaching."""
        others, found = [], TeachingSheets()
        for sheet in sheets:
            records = self._records(sheet)
            if not records:
                others.append(sheet)
                continue
            report_oddities(sheet, findings)
            found.observations += records.observations
            found.cpd += records.cpd
        return others, found

    def _records(self, sheet: Sheet) -> TeachingSheets | None:
        """The sheet as a record of the first kind that one of its upper rows has the headings of."""
        for at, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            if observed := self._observations(row):
                return TeachingSheets(observations=[self._laid_out(sheet, at, observed)])
            if trained := self._cpd(row):
                return TeachingSheets(cpd=[self._laid_out(sheet, at, trained)])
        return None

    def _laid_out(self, sheet: Sheet, at: int, columns: Columns) -> RecordSheet:
        return laid_out(sheet, at, columns, self.reader, _MERGED_OVER_ROWS)

    def _observations(self, row: Cells) -> Columns:
        """The columns of a row of headings of observations; none where it is no such row."""
        columns = self._columns(row, self.observed)
        seen = "judgement" in columns and not columns.keys().isdisjoint((KIND, "by"))
        noted = columns.keys() >= {"notes", "by"}
        of_a_class = not columns.keys().isdisjoint(("class", "year_group"))
        return columns if of_a_class and (seen or noted) and self._names_no_pupil(row, columns) else {}

    def _cpd(self, row: Cells) -> Columns:
        """The columns of a row of headings of CPD; none where it is no such row."""
        columns = dict(self._columns(row, self.trained))
        telling = len(columns.keys() & self.rules.tells)
        if FOCUS in columns:
            named = tuple(at for at, cell in enumerate(row) if self._is_name(cell))
            columns |= {STAFF: (*named, *columns.get(STAFF, ()))} if named else {}
            is_one = telling + bool(named) > 0
        else:
            is_one = TOPIC in columns and telling >= _TELLING_OF_A_TOPIC
        of_a_plan = any(self.reader.action_of(cell) == ACTION for cell in row)
        return columns if is_one and not of_a_plan and self._names_no_pupil(row, columns) else {}

    def _columns(self, row: Cells, names: Mapping[str, str]) -> Columns:
        """The columns by what they hold; two that say the same are read together."""
        found: dict[str, tuple[int, ...]] = {}
        said = [names.get(words(cell), "") for cell in row]
        for at, cell in enumerate(row) if any(said) else ():
            if name := said[at] or self._school_role(cell):
                found[name] = (*found.get(name, ()), at)
        return found

    def _school_role(self, cell: str) -> str:
        role = self.reader.meaning(cell).name if cell else ""
        return role if role in SCHOOL_ROLES else ""

    def _is_name(self, cell: str) -> bool:
        meaning = self.reader.meaning(cell)
        return bool(cell) and meaning.kind is Kind.ROLE and meaning.name == _NAME

    def _names_no_pupil(self, row: Cells, columns: Columns) -> bool:
        """Whether no other heading names pupils or holds a subject's results."""
        taken = {at for places in columns.values() for at in places}
        rest = [cell for at, cell in enumerate(row) if cell and at not in taken]
        results = (Kind.RESULT, Kind.TARGET)
        return not any(self.reader.is_pupil_heading(cell) or self.reader.meaning(cell).kind in results for cell in rest)


def _names(headings: Mapping[str, Iterable[str]]) -> Mapping[str, str]:
    return {words(heading): name for name, spellings in headings.items() for heading in spellings}
