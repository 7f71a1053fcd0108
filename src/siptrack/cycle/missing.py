"""What the data of a year's children does not hold: results, prior attainment, numbers, birthdays, characteristics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.cycle.audit_tables import MISSING, Lacks
from siptrack.cycle.year_opened import YearOpened
from siptrack.school.register import NOT_RECORDED, STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.rules.model import Rules


def list_missing(year: YearOpened, on_roll: DataFrame, subjects: Sequence[str], rules: Rules) -> DataFrame:
    """The table of what is missing, results first."""
    parts = [
        _results(year, on_roll, subjects),
        _of_children(Lacks.PRIOR, on_roll, on_roll["prior"] == NOT_RECORDED),
        _of_children(Lacks.UPN, on_roll, on_roll["upn"].fillna("") == ""),
        _of_children(Lacks.BIRTH, on_roll, without_birthday(year, on_roll)),
        _characteristics(year, rules),
    ]
    whole = pd.concat([part for part in parts if len(part)] or [MISSING.empty()], ignore_index=True)
    return whole.reindex(columns=MISSING.names)


def without_birthday(year: YearOpened, on_roll: DataFrame) -> Series[bool]:
    """Whether each child's date of birth is not known."""
    born = year.register.pupils.set_index("pupil")["date_of_birth"]
    return on_roll["pupil"].map(born).fillna("") == ""


def _results(year: YearOpened, on_roll: DataFrame, subjects: Sequence[str]) -> DataFrame:
    """By year group, subject and term who had none, of those here by then, where the year group is taught the subject.

    The terms are those of the year before and of the year so far in which the school has any result. Of a year group
    without any in a term nobody can say who was here, so that all are counted.
    """
    results = year.register.results
    began = (year.term.academic_year - 1) * SEASONS_IN_A_YEAR
    results = results[(results["term"] >= began) & (results["term"] <= year.newest.number)]
    pupils = on_roll[["pupil", "year_group"]].merge(year.register.pupils[["pupil", "on_roll_from"]], on="pupil")
    pupils["on_roll_from"] = pupils["on_roll_from"].replace(STILL_HERE, began)
    years = pupils.set_index("pupil")["year_group"]
    keys = ["year_group", "subject"]
    known = results.assign(year_group=results["pupil"].map(years))
    taught = known.loc[known["subject"].isin(subjects), keys].drop_duplicates()
    due = taught.merge(pd.DataFrame({"term": np.sort(results["term"].unique())}), how="cross").merge(
        pupils, on="year_group"
    )
    anybody = pd.MultiIndex.from_frame(known[["year_group", "term"]])
    nobody = ~pd.MultiIndex.from_frame(due[["year_group", "term"]]).isin(anybody)
    due = due[nobody | (due["on_roll_from"] <= due["term"])]
    has = pd.MultiIndex.from_frame(results[["pupil", "subject", "term"]])
    due["children"] = ~pd.MultiIndex.from_frame(due[["pupil", "subject", "term"]]).isin(has)
    table = due.groupby([*keys, "term"], dropna=False)["children"].agg(["sum", "size"]).reset_index()
    table = table.rename(columns={"sum": "children", "size": "of"})
    table["subject_at"] = pd.Index(subjects).get_indexer(pd.Index(table["subject"]))
    table = table[table["children"] > 0].sort_values(["term", "year_group", "subject_at"], ignore_index=True)
    return table.assign(what=Lacks.RESULTS.value, term=[Term.numbered(int(number)).label for number in table["term"]])


def _of_children(what: Lacks, on_roll: DataFrame, lacks: Series[bool]) -> DataFrame:
    """By year group how many children lack something."""
    rows = pd.DataFrame({"year_group": on_roll["year_group"], "children": lacks.to_numpy()})
    table = rows.groupby("year_group", dropna=False)["children"].agg(["sum", "size"]).reset_index()
    table = table.rename(columns={"sum": "children", "size": "of"})
    return table[table["children"] > 0].assign(what=what.value)


def _characteristics(year: YearOpened, rules: Rules) -> DataFrame:
    """By characteristic how many children it is not recorded of; of all where the files do not have it."""
    pupils = year.pupils
    rows = [
        (key, int((pupils[key] == NOT_RECORDED).sum()) if key in pupils else len(pupils))
        for key in rules.groups.characteristics
    ]
    table = pd.DataFrame(rows, columns=["characteristic", "children"]).assign(of=len(pupils))
    return table[table["children"] > 0].assign(what=Lacks.CHARACTERISTIC.value)
