"""Teaching and CPD as the school recorded them, set beside the progress of the children who were taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.selection import EVERYBODY, Filters, choose
from siptrack.cycle.on_the_list import Lists
from siptrack.cycle.teaching_tables import BESIDE, CPD_BESIDE, RECORDED, SEEN, TRAINED, Asks
from siptrack.cycle.then_and_now import Counts, ThenAndNow
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.tables import Table
from siptrack.school.tables_held import HasTables
from siptrack.school.teaching import CPD, HEADINGS_CPD, HEADINGS_SEEN, OBSERVATIONS
from siptrack.school.term import SEASONS_IN_A_YEAR, Term
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.model import Analysis
    from siptrack.cycle.on_the_list import ListInTerm
    from siptrack.rules.model import Rules

    _Row = Mapping[str, object]

_PERCENT = 100  # of a whole
_IN_ORDER = ("term", "date", "file", "sheet", "row")


@dataclass(frozen=True)
class Taught(HasTables):
    """What was recorded of teaching and CPD up to the term judged, and progress beside it.

    The tables have the columns declared in `teaching_tables`; `later` is how many records are of a later term.
    """

    analysis: Analysis
    observations: Frame
    cpd: Frame
    recorded: Frame
    beside: Frame
    cpd_beside: Frame
    later: int


def set_beside(analysis: Analysis, rules: Rules, filters: Filters = EVERYBODY, lists: Lists | None = None) -> Taught:
    """The records of teaching and CPD beside the progress of the pupils and in the subjects asked about.

    `lists` are those of the analysis's register, where they are there already.
    Raises NothingToJudgeError where the files hold no sheet of either.
    """
    register = analysis.register
    observed, attended = register.optional_frame("observations"), register.optional_frame("cpd")
    if observed is None and attended is None:
        raise NothingToJudgeError(
            "No record of teaching or CPD was found, and a school need not keep one. siptrack could read a sheet of "
            f"lessons and books seen, with headings such as {HEADINGS_SEEN}, and one of training, with headings such "
            f"as {HEADINGS_CPD}."
        )
    seen, later_seen = _until(OBSERVATIONS.no_rows() if observed is None else observed, analysis, rules)
    trained, later_trained = _until(CPD.no_rows() if attended is None else attended, analysis, rules)
    setting = _Setting(analysis, rules, filters, lists or Lists(register, rules, filters.subjects))
    seen, trained = setting.asked(seen), setting.in_subjects(trained)
    return Taught(
        analysis=analysis,
        observations=seen[SEEN.names],
        cpd=trained[TRAINED.names],
        recorded=setting.recorded(seen),
        beside=setting.beside(seen),
        cpd_beside=setting.cpd_beside(trained),
        later=later_seen + later_trained,
    )


def _until(records: Frame, analysis: Analysis, rules: Rules) -> tuple[Frame, int]:
    """The records up to the term judged, the oldest first, with their school year and the subjects to set them beside.

    Also how many are of a later term. A record of no known term is kept, and comes last.
    """
    term = records["term"].astype(np.float64)
    if not analysis.term.dated:  # where the results name no year, nobody knows which a date's is
        dated = [not np.isnan(number) and Term.numbered(int(number)).dated for number in term.tolist()]
        term = np.where(dated, np.nan, term)
    has, parts = set(analysis.register.subjects), rules.teaching.stands_for

    def with_results(subjects: str) -> str:
        keys = subjects.split(BETWEEN_SUBJECTS)
        return BETWEEN_SUBJECTS.join(
            subject for key in keys for subject in ((key,) if key in has else parts.get(key, (key,)))
        )

    later = term > analysis.term.number
    beside = records["subjects"].renamed(with_results)
    found = records.having(term=term, academic_year=term // SEASONS_IN_A_YEAR, beside=beside)[~later]
    return found.sorted_by(*_IN_ORDER), int(later.sum())


class _Setting:
    """The children asked about in each school year, by class and year group, and how they stood then and now."""

    def __init__(self, analysis: Analysis, rules: Rules, filters: Filters, lists: Lists) -> None:
        self.analysis, self.rules, self.filters = analysis, rules, filters
        wanted = filters.subjects
        self.subjects = [subject for subject in analysis.register.subjects if not wanted or subject in wanted]
        self.compared = ThenAndNow(lists, rules.teaching.same)
        self._rolls: dict[int, tuple[ListInTerm | None, Frame]] = {}

    def year(self, academic_year: int) -> tuple[ListInTerm | None, Frame]:
        """The last term with results in a school year, up to the term judged, and the children asked about in it."""
        if academic_year not in self._rolls:
            first = academic_year * SEASONS_IN_A_YEAR
            end = min(first + SEASONS_IN_A_YEAR, self.analysis.term.number + 1)
            last = self.compared.last(end, first)
            self._rolls[academic_year] = last, self.chosen(last)
        return self._rolls[academic_year]

    def chosen(self, listed: ListInTerm | None) -> Frame:
        """The children asked about who were on roll in a term, as they were then."""
        if listed is None:
            return self.analysis.children.pupils[:0]
        return choose(listed.judged.opened.roll, self.rules, self.filters).pupils

    def asked(self, seen: Frame) -> Frame:
        """The observations of the classes and subjects asked about; all of them where nothing was narrowed."""
        kept = self.in_subjects(seen)
        if not (self.filters.years or self.filters.classes or self.filters.groups):
            return kept
        units = kept.in_rows("academic_year", "class", "year_group")
        return kept[np.array([len(self.children(*unit)) > 0 for unit in units], dtype=np.bool_)]

    def in_subjects(self, records: Frame) -> Frame:
        """The records of the subjects asked about."""
        return _naming(records, self.filters.subjects) if self.filters.subjects else records

    def children(self, academic_year: float, of_class: str, year_group: float) -> list[str]:
        """The children of a class, or of a year group, in a school year; none where it is neither."""
        pupils = self.chosen(None) if np.isnan(academic_year) else self.year(int(academic_year))[1]
        here = pupils["class"] == of_class if of_class else pupils["year_group"] == year_group
        children: list[str] = pupils["pupil"][here].tolist()
        return children

    def beside(self, seen: Frame) -> Frame:
        """The table BESIDE, the newest school year first, by year group, class and subject."""
        rows = (row for year in self._years(seen) for row in self._of_year(year, seen))
        return _table(BESIDE, ({**row, "asks": self._asks(row)} for row in rows))

    def _years(self, seen: Frame) -> Sequence[int]:
        known = {int(year) for year in _known(seen["academic_year"])}
        return sorted({*known, self.analysis.term.academic_year}, reverse=True)

    def _of_year(self, year: int, seen: Frame) -> Iterator[_Row]:
        """The rows of a school year: each class and year group with records; in the year judged every class."""
        pupils = self.year(year)[1]
        of_year = seen[seen["academic_year"] == year]
        classes = set(of_year["class"].distinct())
        if year == self.analysis.term.academic_year:
            classes |= set(pupils["class"].distinct())
        whole = _known(of_year["year_group"][of_year["class"] == ""])
        units = [(name, np.nan) for name in sorted(classes - {""})] + [("", group) for group in whole]
        placed = [(self._span(pupils, name, group), name, group) for name, group in units]
        for span, name, group in sorted(placed, key=lambda place: (*np.nan_to_num(place[0], nan=np.inf), place[1])):
            about = of_year[(of_year["class"] == name) & ((of_year["year_group"] == group) | (name != ""))]
            for subject in self.subjects:
                records = _naming(about, {subject})
                if len(records) or (name and year == self.analysis.term.academic_year):
                    known = {"academic_year": year, "year_group": span[0], "to_year_group": span[1], "class": name}
                    children = self.children(year, name, group)
                    counts = self._counts(year, records, children, subject)
                    yield {**known, "subject": subject, **_records(records), **counts}

    @staticmethod
    def _span(pupils: Frame, name: str, group: float) -> tuple[float, float]:
        """The lowest and highest year group of a class."""
        groups = (_known(pupils["year_group"][pupils["class"] == name]) if name else [group]) or [np.nan]
        return groups[0], groups[-1]

    def _counts(self, year: int, records: Frame, children: Sequence[str], subject: str) -> Counts:
        """From the last results before the first record, or before the year where there is none, to the year's last."""
        first = records["term"].min() if len(records) else year * SEASONS_IN_A_YEAR
        return self.compared.count(children, subject, self.compared.last(int(first)), self.year(year)[0])

    def _asks(self, row: _Row) -> str:
        """Whether the two point in different directions; never of fewer children than percentages are printed of."""
        graded, good, judged, insufficient = (
            int(str(row[name])) for name in ("graded", "good", "told", "insufficient")
        )
        limits = self.rules.teaching
        if not graded or judged < self.rules.groups.small.percentages_from:
            return ""
        share = _PERCENT * insufficient / judged
        if good == graded and share >= limits.many:
            return Asks.GOOD_AND_NOT_MOVING.value
        return Asks.NOT_GOOD_AND_MOVING.value if good == 0 and share <= limits.few else ""

    def recorded(self, seen: Frame) -> Frame:
        """The table RECORDED, the newest school year first, by subject."""
        each = _by_subject(seen[~np.isnan(seen["academic_year"])])
        order = {subject: at for at, subject in enumerate(self.rules.columns.subjects)}
        keys = {(int(year), subject) for year, subject in each.in_rows("academic_year", "about")}
        rows = []
        for year, subject in sorted(keys, key=lambda key: (-key[0], order.get(key[1], len(order)), not key[1], key[1])):
            records = each[(each["academic_year"] == year) & (each["about"] == subject)]
            rows.append({"academic_year": year, "subject": subject, **self._recorded(year, subject, records)})
        return _table(RECORDED, rows)

    def _recorded(self, year: int, subject: str, records: Frame) -> _Row:
        units = records[records.first_of("class", "year_group")]
        units = units[(units["class"] != "") | ~np.isnan(units["year_group"])]
        found = [self.children(year, name, group) for name, group in units.in_rows("class", "year_group")]
        children = list(dict.fromkeys(pupil for of_unit in found for pupil in of_unit))
        with_results = subject in self.subjects
        counts = self._counts(year, records, children, subject) if with_results else {}
        return {
            **_records(records),
            "by": _tallied(records["by"]),
            "kinds": _tallied(records["kind"]),
            "classes": len(units),
            **counts,
        }

    def cpd_beside(self, trained: Frame) -> Frame:
        """The table CPD_BESIDE, by term, subject and year group."""
        each = _by_subject(trained[~np.isnan(trained["term"]) & (trained["beside"] != "")])
        order = {subject: at for at, subject in enumerate(self.subjects)}
        named = {(term, subject) for term, subject in each.in_rows("term", "about") if subject in order}
        keys = sorted(named, key=lambda key: (key[0], order[key[1]]))
        rows: list[_Row] = []
        for term, subject in keys:
            end = min(int(term) + self.rules.teaching.after, self.analysis.term.number) + 1
            now, then = self.compared.last(end, int(term)), self.compared.last(int(term))
            pupils = self.chosen(now)
            for group in _known(pupils["year_group"]):
                children = pupils["pupil"][pupils["year_group"] == group].tolist()
                counts = self.compared.count(children, subject, then, now)
                rows.append({"term": int(term), "subject": subject, "year_group": group, **counts})
        return _table(CPD_BESIDE, rows)


def _table(table: Table, rows: Iterable[_Row]) -> Frame:
    """The table with these rows, in which what has no value is missing."""
    return table.of([row.get(name) for name in table.names] for row in rows)


def _known(numbers: NDArray[np.float64]) -> list[float]:
    """These numbers without the missing ones, each once, in order."""
    known: list[float] = sorted(set(numbers[~np.isnan(numbers)].astype(np.float64).tolist()))
    return known


def _by_subject(records: Frame) -> Frame:
    """A row for each subject beside whose results a record is set, `about`; where there is none, that as written."""
    about = [
        keys.split(BETWEEN_SUBJECTS) if keys else [written] for keys, written in records.in_rows("beside", "subject")
    ]
    often = np.array([len(subjects) for subjects in about], dtype=np.int64)
    each = records[np.repeat(np.arange(len(records)), often)]
    return each.having(about=Texts.of(subject for subjects in about for subject in subjects))


def _naming(records: Frame, subjects: Collection[str]) -> Frame:
    """The records beside whose subjects one of these stands."""
    beside = records["beside"]
    naming = [keys for keys in beside.words if not set(subjects).isdisjoint(keys.split(BETWEEN_SUBJECTS))]
    return records[beside.isin(naming)]


def _records(records: Frame) -> _Row:
    return {
        "records": len(records),
        "graded": int((records["grade"] != "").sum()),
        "good": int((records["good"] == 1).sum()),
    }


def _tallied(texts: Texts) -> str:
    """`Mrs Iris (2), Mr Teasel (1)`, in alphabetical order; nothing for those that say nothing."""
    counts = Counter(text for text in texts.tolist() if text)
    return ", ".join(f"{text} ({count})" for text, count in sorted(counts.items()))
