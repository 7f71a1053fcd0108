"""Children who moved between schools, followed over both: who stood at expectations, and who has kept up since."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.cube import lay_out
from siptrack.analysis.history import histories
from siptrack.analysis.judged import cohorts, judge, years_of
from siptrack.analysis.progress import measure, overall
from siptrack.analysis.vocabulary import Verdict
from siptrack.analysis.windows import find_starts
from siptrack.school.frame import Frame
from siptrack.school.rounding import to_multiple
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharingMode
    from siptrack.school.term import Term

_UNPLACED: dict[str, str | int] = {"file": "", "sheet": "", "row": 0, "column": 0}  # where a result stood is not kept


class OverBoth(NamedTuple):
    """Children who moved, in a subject: of `n` judged in both schools how many stood `then` and stand `now`.

    Of those whose progress over both schools is `told`, so many make `insufficient` progress; of the others it cannot
    be told. None where it is hidden.
    """

    n: int | None = None
    then: int | None = None
    now: int | None = None
    judged: int | None = None
    insufficient: int | None = None
    cannot_tell: int | None = None


def follow(
    both: Mapping[str, tuple[int, int, int]], results: Frame, rules: Rules, term: Term | None, mode: SharingMode
) -> dict[str, OverBoth]:
    """By subject what is shown of those who moved; `both` counts their judgements, `results` are theirs (RESULTS_KEPT).

    Progress is that of one school with all results: where old and new are on no common scale it cannot be told.
    """
    progress = progress_over_schools(results, rules, term) if term and not results.empty else {}
    found = {}
    for subject in rules.columns.subjects:
        n, then, now = both.get(subject, (0, 0, 0))
        judged, insufficient, cannot_tell = progress.get(subject, (0, 0, 0))
        shown = OverBoth()
        if _all_large((then, n - then, now, n - now), mode):
            shown = shown._replace(n=_round(n, mode), then=_round(then, mode), now=_round(now, mode))
        if _all_large((insufficient, judged - insufficient), mode):
            shown = shown._replace(judged=_round(judged, mode), insufficient=_round(insufficient, mode))
        if _all_large((cannot_tell,), mode):
            shown = shown._replace(cannot_tell=_round(cannot_tell, mode))
        if shown != OverBoth():
            found[subject] = shown
    return found


def _all_large(parts: tuple[int, ...], mode: SharingMode) -> bool:
    return min(parts) >= mode.hide_below


def _round(count: int, mode: SharingMode) -> int:
    return int(to_multiple(np.array(count), mode.round_to))


def progress_over_schools(results: Frame, rules: Rules, term: Term) -> dict[str, tuple[int, int, int]]:
    """By subject of how many with a result in the term progress is judged, of how many insufficient, and not told.

    The results of the school in which a child is now come first, and stand where both schools have one of a term.
    """
    who = results["who"]
    children = np.unique(who).tolist()
    pupils = [str(each) for each in children]
    named = results.having(_UNPLACED, pupil=Texts(np.searchsorted(children, who), tuple(pupils)), text="", mark="")
    years = years_of([named["term"]], named["academic_year"], term.academic_year)
    placed = named[~np.isnan(named["year_group"])]
    cohort = cohorts(placed[placed.first_of("pupil", "academic_year")], pupils, years)
    past = judge(histories(named, rules, term).results, cohort, pupils, years, rules.scales)
    subjects = [subject for subject in rules.columns.subjects if subject in past["subject"].distinct()]
    cube = lay_out(past, len(pupils), subjects, term.number)
    starts = find_starts(cube, cohort, years, rules.years)
    verdicts = overall(measure(cube, past, starts, pupils, subjects, cube.now >= 0, rules.scales))
    found = {}
    for subject in subjects:
        of = verdicts["verdict"][verdicts["subject"] == subject]
        unknown, slow = (int((of == each.value).sum()) for each in (Verdict.CANNOT_TELL, Verdict.INSUFFICIENT))
        found[subject] = len(of) - unknown, slow, unknown
    return found
