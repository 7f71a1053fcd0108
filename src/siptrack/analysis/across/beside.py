"""Schools beside each other on the same rules: how each stands, and the gaps of all together and of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.across.gaps import clear_ways, gaps_across, gaps_in_schools
from siptrack.analysis.across.laid import lay
from siptrack.analysis.across.standings import standings_of
from siptrack.analysis.across.tables import ACROSS, ALL, IN_SCHOOLS, STANDINGS
from siptrack.school.groups import ALL_OTHERS
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from siptrack.analysis.across.counting import SchoolCounts
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.sharing import SharingMode


class SchoolsBeside(NamedTuple):
    """Schools beside each other: the tables STANDINGS, ACROSS and IN_SCHOOLS.

    `several_scales` are the subjects that these schools judge on more than one scale; `clear_alone` is how many gaps
    are clear in a school by itself. `kept_back` is whether gaps of all schools are in no line, a side being hidden.
    """

    standings: Frame
    across: Frame
    in_schools: Frame
    several_scales: Sequence[str]
    clear_alone: int
    kept_back: bool


def set_beside(
    schools: Mapping[str, SchoolCounts], cells: Iterable[Frame], rules: Rules, mode: SharingMode
) -> SchoolsBeside:
    """All that is told of these schools, in their order, with small numbers hidden as the mode of sharing has it.

    `cells` are those of each school, which may come one after another so that none has to be kept.
    """
    if not schools:
        return SchoolsBeside(STANDINGS.no_rows(), ACROSS.no_rows(), IN_SCHOOLS.no_rows(), (), 0, kept_back=False)
    schools = {name: _known(counts, rules) for name, counts in schools.items()}
    cells = (_of_rules(each, rules) for each in cells)
    laid = lay(schools, mode.hide_below)
    in_schools, way, clear_alone = gaps_in_schools(schools, laid, rules, mode)
    several = _on_several_scales(schools)
    across, kept_back = gaps_across(cells, laid, several, clear_ways(in_schools, way), rules, mode)
    return SchoolsBeside(standings_of(laid, rules, mode), across, in_schools, several, clear_alone, kept_back)


def _known(counts: SchoolCounts, rules: Rules) -> SchoolCounts:
    """A school's counts and gaps in what these rules know: its own may name more."""
    counted = _of_rules(counts.counted, rules)
    same = counts.gaps["subject"].isin(list(rules.columns.subjects))
    gaps = counts.gaps[same & counts.gaps["characteristic"].isin(counted["characteristic"].distinct())]
    return counts._replace(counted=counted, gaps=gaps)


def _of_rules(rows: Frame, rules: Rules) -> Frame:
    """The rows in subjects and characteristics of these rules; none of a characteristic that has a group of its own."""
    every = rules.groups.all()
    strange = {
        key
        for key, group in rows.in_rows("characteristic", "group")
        if key != ALL and (key not in every or group not in {*every[key].groups, NOT_RECORDED, ALL_OTHERS})
    }
    return rows[rows["subject"].isin(list(rules.columns.subjects)) & ~rows["characteristic"].isin(strange)]


def _on_several_scales(schools: Mapping[str, SchoolCounts]) -> list[str]:
    """The subjects whose results of this term are on more than one scale in these schools."""
    scales: dict[str, set[str]] = {}
    for counts in schools.values():
        for subject, found in counts.scales.items():
            scales.setdefault(subject, set()).update(found)
    return [subject for subject, found in scales.items() if len(found) > 1]
