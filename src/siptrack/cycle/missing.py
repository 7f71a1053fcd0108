"""What the data of a year's children does not hold: results, prior attainment, numbers, birthdays, characteristics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.progress import term_labels
from siptrack.cycle.audit_tables import MISSING, Lacks
from siptrack.cycle.counted import counted
from siptrack.cycle.year_opened import YearOpened
from siptrack.school.frame import Frame, numbered, positions
from siptrack.school.register import NOT_RECORDED, STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import Rules

    Flags = NDArray[np.bool_]


def list_missing(year: YearOpened, on_roll: Frame, subjects: Sequence[str], rules: Rules) -> Frame:
    """The table of what is missing, results first."""
    parts = [
        _results(year, on_roll, subjects),
        _of_children(Lacks.PRIOR, on_roll, on_roll["prior"] == NOT_RECORDED),
        _of_children(Lacks.UPN, on_roll, on_roll["upn"].filled("") == ""),
        _of_children(Lacks.BIRTH, on_roll, without_birthday(year, on_roll)),
        _characteristics(year, rules),
    ]
    return Frame.stacked(map(MISSING.completed, parts))


def without_birthday(year: YearOpened, on_roll: Frame) -> Flags:
    """Whether each child's date of birth is not known."""
    pupils = year.register.frame("pupils")
    without: Flags = pupils["date_of_birth"].take(on_roll.found_in(pupils, "pupil")).filled("") == ""
    return without


def _results(year: YearOpened, on_roll: Frame, subjects: Sequence[str]) -> Frame:
    """By year group, subject and term who had none, of those here by then, where the year group is taught the subject.

    The terms are those of the year before and of the year so far in which the school has any result. Of a year group
    without any in a term nobody can say who was here, so that all are counted.
    """
    results, pupils = year.register.frame("results"), year.register.frame("pupils")
    began = (year.term.academic_year - 1) * SEASONS_IN_A_YEAR
    results = results[(results["term"] >= began) & (results["term"] <= year.newest.number)]
    terms, term = np.unique(results["term"], return_inverse=True)
    group, first = numbered([on_roll["year_group"]])
    years = on_roll["year_group"][first]
    child, subject = results.found_in(on_roll, "pupil"), results["subject"].in_words(subjects)
    of_result = positions([np.append(on_roll["year_group"], np.nan)[child]], [years])  # of others it is not known
    has = _there((len(on_roll), len(subjects), len(terms)), child, subject, term)
    taught = _there((len(years), len(subjects)), of_result, subject)
    anybody = _there((len(years), len(terms)), of_result, term)
    came = pupils["on_roll_from"][on_roll.found_in(pupils, "pupil")]
    here = (np.where(came == STILL_HERE, began, came)[:, np.newaxis] <= terms) | ~anybody[group]
    due = taught[group][:, :, np.newaxis] & here[:, np.newaxis, :]
    of, children = (_by_group(flags, group, len(years)) for flags in (due, due & ~has))
    at = in_term, in_year, in_subject = np.nonzero(children)
    table = Frame({"year_group": years[in_year], "subject": Texts(in_subject, tuple(subjects))})
    labels = term_labels(terms[in_term])
    return table.having(what=Lacks.RESULTS.value, term=labels, children=children[at], of=of[at])


def _there(size: tuple[int, ...], *places: NDArray[np.int64]) -> Flags:
    """Whether anything stands at each place of an array of that size, of these places; those of NONE are left out."""
    found = np.zeros(
        [length + 1 for length in size], dtype=np.bool_
    )  # what is at NONE is in the last place, and cut off
    found[places] = True
    return found[tuple(slice(length) for length in size)]


def _by_group(flags: Flags, group: NDArray[np.int64], groups: int) -> NDArray[np.int64]:
    """How many children of each group, by term, group and subject, from flags by child, subject and term."""
    counts = np.zeros((groups, *flags.shape[1:]), dtype=np.int64)
    np.add.at(counts, group, flags)
    return np.moveaxis(counts, -1, 0)


def _of_children(what: Lacks, on_roll: Frame, lacks: Flags) -> Frame:
    """By year group how many children lack something."""
    table = counted(on_roll, ["year_group"], {"children": lacks, "of": np.ones(len(on_roll), dtype=np.bool_)})
    return table[table["children"] > 0].having(what=what.value)


def _characteristics(year: YearOpened, rules: Rules) -> Frame:
    """By characteristic how many children it is not recorded of; of all where the files do not have it."""
    pupils, keys = year.pupils, list(rules.groups.characteristics)
    children = [int(np.count_nonzero(pupils[key] == NOT_RECORDED)) if key in pupils else len(pupils) for key in keys]
    table = Frame({"characteristic": Texts.of(keys), "children": np.array(children, dtype=np.int64)})
    return table[table["children"] > 0].having(of=len(pupils), what=Lacks.CHARACTERISTIC.value)
