"""Teaching and CPD as the school recorded them, set beside the progress of the children who were taught."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.selection import EVERYBODY, Filters, choose
from siptrack.cycle.on_the_list import Lists
from siptrack.cycle.teaching_tables import BESIDE, CPD_BESIDE, RECORDED, SEEN, TRAINED, Asks
from siptrack.cycle.then_and_now import Counts, ThenAndNow
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.in_pandas import to_pandas
from siptrack.school.teaching import CPD, HEADINGS_CPD, HEADINGS_SEEN, OBSERVATIONS
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from pandas import DataFrame, Index, Series

    from siptrack.analysis.model import Analysis
    from siptrack.cycle.on_the_list import ListInTerm
    from siptrack.rules.model import Rules

_PERCENT = 100
_PLACE = ["file", "sheet", "row"]


@dataclass(frozen=True)
class Taught:
    """What was recorded of teaching and CPD up to the term judged, and progress beside it.

    The tables have the columns declared in `teaching_tables`; `later` is how many records are of a later term.
    """

    analysis: Analysis
    observations: DataFrame
    cpd: DataFrame
    recorded: DataFrame
    beside: DataFrame
    cpd_beside: DataFrame
    later: int


def set_beside(analysis: Analysis, rules: Rules, filters: Filters = EVERYBODY, lists: Lists | None = None) -> Taught:
    """The records of teaching and CPD beside the progress of the pupils and in the subjects asked about.

    `lists` are those of the analysis's register, where they are there already.
    Raises NothingToJudgeError where the files hold no sheet of either.
    """
    register = analysis.register
    if register.observations is None and register.cpd is None:
        raise NothingToJudgeError(
            "No record of teaching or CPD was found, and a school need not keep one. siptrack could read a sheet of "
            f"lessons and books seen, with headings such as {HEADINGS_SEEN}, and one of training, with headings such "
            f"as {HEADINGS_CPD}."
        )
    seen, later_seen = _until(register.observations, OBSERVATIONS.empty(), analysis, rules)
    trained, later_trained = _until(register.cpd, CPD.empty(), analysis, rules)
    setting = _Setting(analysis, rules, filters, lists or Lists(register, rules, filters.subjects))
    seen, trained = setting.asked(seen), setting.in_subjects(trained)
    beside = setting.beside(seen)
    return Taught(
        analysis=analysis,
        observations=_told(seen)[SEEN.names],
        cpd=_told(trained)[TRAINED.names],
        recorded=setting.recorded(seen),
        beside=beside,
        cpd_beside=setting.cpd_beside(trained),
        later=later_seen + later_trained,
    )


def _until(records: DataFrame | None, none: DataFrame, analysis: Analysis, rules: Rules) -> tuple[DataFrame, int]:
    """The records up to the term judged, the oldest first, with their school year and the subjects to set them beside.

    Also how many are of a later term. A record of no known term is kept, and comes last.
    """
    found = none if records is None else records
    found = found.astype({"term": "float64"})
    if not analysis.term.dated:  # where the results name no year, nobody knows which a date's is
        found["term"] = [np.nan if np.isnan(one) or Term.numbered(int(one)).dated else one for one in found["term"]]
    later = found["term"] > analysis.term.number
    found = found[~later].reset_index(drop=True)
    found["academic_year"] = found["term"] // SEASONS_IN_A_YEAR
    has, parts = set(analysis.register.subjects), rules.teaching.stands_for

    def results_of(subjects: str) -> list[str]:
        keys = subjects.split(BETWEEN_SUBJECTS) if subjects else []
        return [one for key in keys for one in ((key,) if key in has else parts.get(key, (key,)))]

    beside = [results_of(subjects) for subjects in found["subjects"]]
    found = found.assign(beside=pd.Series(beside, index=found.index, dtype="object"))
    return found.sort_values(["term", "date", *_PLACE], kind="stable", ignore_index=True), int(later.sum())


class _Setting:
    """The children asked about in each school year, by class and year group, and how they stood then and now."""

    def __init__(self, analysis: Analysis, rules: Rules, filters: Filters, lists: Lists) -> None:
        self.analysis, self.rules, self.filters = analysis, rules, filters
        wanted = filters.subjects
        self.subjects = [one for one in analysis.register.subjects if not wanted or one in wanted]
        self.compared = ThenAndNow(lists, rules.teaching.same)
        self._rolls: dict[int, tuple[ListInTerm | None, DataFrame]] = {}

    def year(self, academic_year: int) -> tuple[ListInTerm | None, DataFrame]:
        """The last term with results in a school year, up to the term judged, and the children asked about in it."""
        if academic_year not in self._rolls:
            first = academic_year * SEASONS_IN_A_YEAR
            end = min(first + SEASONS_IN_A_YEAR, self.analysis.term.number + 1)
            last = self.compared.last(end, first)
            self._rolls[academic_year] = last, self.chosen(last)
        return self._rolls[academic_year]

    def chosen(self, listed: ListInTerm | None) -> DataFrame:
        """The children asked about who were on roll in a term, as they were then."""
        if listed is None:
            return self.analysis.pupils.iloc[:0]
        return to_pandas(choose(listed.judged.opened.roll, self.rules, self.filters).pupils)

    def asked(self, seen: DataFrame) -> DataFrame:
        """The observations of the classes and subjects asked about; all of them where nothing was narrowed."""
        kept = self.in_subjects(seen)
        if not (self.filters.years or self.filters.classes or self.filters.groups):
            return kept
        inside = [
            len(self.children(year, of_class, group)) > 0
            for year, of_class, group in zip(kept["academic_year"], kept["class"], kept["year_group"], strict=True)
        ]
        return kept[np.asarray(inside, dtype=np.bool_)]

    def in_subjects(self, records: DataFrame) -> DataFrame:
        """The records of the subjects asked about."""
        return _naming(records, self.filters.subjects) if self.filters.subjects else records

    def children(self, academic_year: float, of_class: str, year_group: float) -> Index[str]:
        """The children of a class, or of a year group, in a school year; none where it is neither."""
        pupils = self.chosen(None) if np.isnan(academic_year) else self.year(int(academic_year))[1]
        here = pupils["class"] == of_class if of_class else pupils["year_group"] == year_group
        index: Index[str] = pd.Index(pupils.loc[here, "pupil"])
        return index

    def beside(self, seen: DataFrame) -> DataFrame:
        """The table BESIDE, the newest school year first, by year group, class and subject."""
        rows = [row for year in self._years(seen) for row in self._of_year(year, seen)]
        frame = pd.DataFrame(rows, columns=BESIDE.names)
        return frame.assign(asks=[self._asks(row) for row in rows])

    def _years(self, seen: DataFrame) -> Sequence[int]:
        known = {int(year) for year in seen["academic_year"].dropna()}
        return sorted({*known, self.analysis.term.academic_year}, reverse=True)

    def _of_year(self, year: int, seen: DataFrame) -> Iterator[dict[str, object]]:
        """The rows of a school year: each class and year group with records; in the year judged every class."""
        pupils = self.year(year)[1]
        of_year = seen[seen["academic_year"] == year]
        classes = set(of_year["class"])
        if year == self.analysis.term.academic_year:
            classes |= set(pupils["class"])
        whole = of_year.loc[of_year["class"] == "", "year_group"].dropna().unique()
        units = [(name, np.nan) for name in sorted(classes - {""})] + [("", float(group)) for group in whole]
        placed = [(self._span(pupils, name, group), name, group) for name, group in units]
        for span, name, group in sorted(placed, key=lambda one: (*np.nan_to_num(one[0], nan=np.inf), one[1])):
            about = of_year[(of_year["class"] == name) & (of_year["year_group"].eq(group) | (name != ""))]
            for subject in self.subjects:
                records = _naming(about, {subject})
                if len(records) or (name and year == self.analysis.term.academic_year):
                    known = {"academic_year": year, "year_group": span[0], "to_year_group": span[1], "class": name}
                    children = self.children(year, name, group)
                    yield (
                        known
                        | {"subject": subject}
                        | _records(records)
                        | self._counts(year, records, children, subject)
                    )

    @staticmethod
    def _span(pupils: DataFrame, name: str, group: float) -> tuple[float, float]:
        """The lowest and highest year group of a class."""
        groups = pupils.loc[pupils["class"] == name, "year_group"] if name else pd.Series([group])
        return float(groups.min()), float(groups.max())

    def _counts(self, year: int, records: DataFrame, children: Index[str], subject: str) -> Counts:
        """From the last results before the first record, or before the year where there is none, to the year's last."""
        first = records["term"].min() if len(records) else year * SEASONS_IN_A_YEAR
        return self.compared.count(children, subject, self.compared.last(int(first)), self.year(year)[0])

    def _asks(self, row: dict[str, object]) -> str:
        """Whether the two point in different directions; never of fewer children than percentages are told of."""
        graded, good, told, insufficient = (int(str(row[name])) for name in ("graded", "good", "told", "insufficient"))
        limits = self.rules.teaching
        if not graded or told < self.rules.groups.small.percentages_from:
            return ""
        share = _PERCENT * insufficient / told
        if good == graded and share >= limits.many:
            return Asks.GOOD_AND_NOT_MOVING.value
        return Asks.NOT_GOOD_AND_MOVING.value if good == 0 and share <= limits.few else ""

    def recorded(self, seen: DataFrame) -> DataFrame:
        """The table RECORDED, the newest school year first, by subject."""
        known = seen[seen["academic_year"].notna()]
        about = [keys or [said] for keys, said in zip(known["beside"], known["subject"], strict=True)]
        each = known.assign(about=pd.Series(about, index=known.index, dtype="object")).explode("about")
        order = {subject: at for at, subject in enumerate(self.rules.columns.subjects)}
        keys = {(int(year), str(subject)) for year, subject in zip(each["academic_year"], each["about"], strict=True)}
        rows = []
        for year, subject in sorted(keys, key=lambda key: (-key[0], order.get(key[1], len(order)), not key[1], key[1])):
            records = each[(each["academic_year"] == year) & (each["about"] == subject)]
            rows.append({"academic_year": year, "subject": subject, **self._recorded(year, subject, records)})
        return pd.DataFrame(rows, columns=RECORDED.names)

    def _recorded(self, year: int, subject: str, records: DataFrame) -> dict[str, object]:
        units = records[["class", "year_group"]].drop_duplicates()
        units = units[(units["class"] != "") | units["year_group"].notna()]
        found = [self.children(year, name, group) for name, group in units.itertuples(index=False)]
        children: Index[str] = pd.Index([pupil for of_unit in found for pupil in of_unit]).unique()
        with_results = subject in self.subjects
        counts = self._counts(year, records, children, subject) if with_results else {}
        return {
            **_records(records),
            "by": _tallied(records["by"]),
            "kinds": _tallied(records["kind"]),
            "classes": len(units),
            **counts,
        }

    def cpd_beside(self, trained: DataFrame) -> DataFrame:
        """The table CPD_BESIDE, by term, subject and year group."""
        each = trained[trained["term"].notna()].explode("beside")
        each = each[each["beside"].isin(self.subjects)]
        order = {subject: at for at, subject in enumerate(self.subjects)}
        keys = sorted(set(zip(each["term"], each["beside"], strict=True)), key=lambda key: (key[0], order[key[1]]))
        rows: list[dict[str, object]] = []
        for term, subject in keys:
            end = min(int(term) + self.rules.teaching.after, self.analysis.term.number) + 1
            now, then = self.compared.last(end, int(term)), self.compared.last(int(term))
            pupils = self.chosen(now)
            for group, of_group in pupils.groupby("year_group", sort=True):
                children: Index[str] = pd.Index(of_group["pupil"])
                counts = self.compared.count(children, subject, then, now)
                rows.append({"term": int(term), "subject": subject, "year_group": group, **counts})
        return pd.DataFrame(rows, columns=CPD_BESIDE.names)


def _told(records: DataFrame) -> DataFrame:
    """The records with the subjects beside whose results they are set as a text."""
    subjects = [BETWEEN_SUBJECTS.join(keys) for keys in records["beside"]]
    return records.reset_index(drop=True).assign(beside=pd.Series(subjects, dtype="object"))


def _naming(records: DataFrame, subjects: Collection[str]) -> DataFrame:
    """The records beside whose subjects one of these stands."""
    return records[np.asarray([not set(keys).isdisjoint(subjects) for keys in records["beside"]], dtype=np.bool_)]


def _records(records: DataFrame) -> dict[str, object]:
    return {
        "records": len(records),
        "graded": int((records["grade"] != "").sum()),
        "good": int(records["good"].eq(other=True).sum()),
    }


def _tallied(texts: Series[str]) -> str:
    """`Mrs Iris (2), Mr Teasel (1)`, in alphabetical order; nothing for those that say nothing."""
    counts = texts[texts != ""].value_counts().sort_index()
    return ", ".join(f"{text} ({count})" for text, count in counts.items())
