"""The tables that may leave the school: counts by year group and group, and gaps, with what must be hidden hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.analyse import analyse
from siptrack.analysis.model import Analysis
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.selection import EVERYBODY as ALL_CHILDREN
from siptrack.analysis.shareable_gaps import compare_with_all_others, gaps_to_share
from siptrack.analysis.shareable_tables import SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.shared_before import Then
from siptrack.analysis.shared_counts import Named, SharedCounts, count_children
from siptrack.analysis.shared_hiding import Hiding, parts_of
from siptrack.analysis.tally import EVERYBODY
from siptrack.school.errors import ChoiceError, NothingToJudgeError
from siptrack.school.frame import Frame
from siptrack.school.rounding import percentages_of, to_multiple
from siptrack.school.sharing import SharedBefore, SharingMode, Status
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.selection import Filters
    from siptrack.analysis.vocabulary import Measure
    from siptrack.rules.model import Rules
    from siptrack.school.groups import Characteristic

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

_WHOLE = (EVERYBODY, YEAR_GROUP)  # whose rows stand in any case


@dataclass(frozen=True, kw_only=True)
class Shared(HasTables):
    """What may be shared: `rows` with the columns of SHARED_ROWS, `gaps` with those of SHARED_GAPS.

    `characteristics` are those of the rows; `first` those asked of first that the school records, and `all_others`
    those whose not recorded are among all others. `kept_back` is whether there are gaps of which one side is not shown.
    No count that is hidden is in these tables, and no group of which all is. `filters` are those asked for, in words
    that may be shared; `of_some` tells that they choose children. `since` are the terms of what was shared before.
    """

    mode: SharingMode
    filters: Mapping[str, str]
    of_some: bool = False
    since: Sequence[str] = ()
    characteristics: Mapping[str, Characteristic]
    first: Sequence[str] = ()
    all_others: Sequence[str] = ()
    rows: PandasTable = PandasTable()
    gaps: PandasTable = PandasTable()
    kept_back: bool


def share(
    analysis: Analysis,
    rules: Rules,
    mode: SharingMode,
    before: Sequence[SharedBefore] = (),
    *,
    by_subtraction: bool = True,
) -> Shared:
    """What of an analysis may be shared in that mode, beside what was `before`.

    Without `by_subtraction` only small counts are hidden. Raises ChoiceError where what was shared before cannot be
    counted again.
    """
    asked, whole = analysis.asked, analysis
    if asked != ALL_CHILDREN:
        whole = analyse(analysis.register, rules, analysis.term, peers=analysis.peers)
    counts = count_children(whole, rules, mode)
    children: Sequence[str] = analysis.children.pupils["pupil"].tolist()
    parts, at = parts_of(asked, counts, children)
    then = [then_of(each, analysis, rules, mode) for each in before]
    hiding = Hiding(counts, rules, mode, parts, at, then, by_subtraction=by_subtraction)
    every = every_row(hiding, analysis.subjects)
    gaps, kept_back = gaps_to_share(compare_with_all_others(analysis, rules), every, mode, rules.groups.small)
    rows = every[_listed(every, counts, np.isin(counts.children, children))]
    present, shown = set(every["characteristic"].distinct()), set(rows["characteristic"].distinct())
    return Shared(
        mode=mode,
        filters=asked.words(rules.years, withheld(asked, rules, mode)),
        of_some=bool(parts),
        since=[each.term.label for each in before],
        characteristics=counts.characteristics,
        first=[key for key in rules.groups.shown_first if key in present],
        all_others=[key for key in counts.characteristics if key in shown and rules.groups.all()[key].others],
        rows=rows,
        gaps=gaps,
        kept_back=kept_back,
    )


def withheld(asked: Filters, rules: Rules, mode: SharingMode) -> frozenset[str]:
    """The names in the filters that may not be printed: those that the data alone give, as in the tables."""
    return frozenset() if mode.names_from_data else asked.named_by_data(rules.groups)


def then_of(before: SharedBefore, analysis: Analysis, rules: Rules, mode: SharingMode) -> Then:
    """The children as the school's files have them in the term of tables that were shared before.

    Raises ChoiceError where the files lack that term, or the tables are of other children than those asked for.
    """
    asked = analysis.asked
    if before.filters and before.filters != asked.words(rules.years, withheld(asked, rules, mode)):
        raise ChoiceError(
            f"--since-shared {before.path}: it is of some children or subjects only ({', '.join(before.filters)}). "
            "Name one of all children, or give the same filters."
        )
    filters = asked if before.filters else ALL_CHILDREN
    try:
        past = analyse(analysis.register, rules, before.term, filters)
    except NothingToJudgeError:
        raise ChoiceError(
            f"--since-shared {before.path}: it is of {before.term.label}, of which the files hold no result, so that "
            "nobody can tell who has come or left since. Give the files of that term too."
        ) from None
    named = mode._replace(pairs=True, not_recorded=True, names_from_data=True)
    counts = [count_children(past, rules, named, all_others=folded) for folded in (True, False)]
    return Then(before, counts, count_children(past, rules, mode))


def every_row(hiding: Hiding, subjects: Sequence[str], measures: Sequence[Measure] = tuple(COUNTS)) -> Frame:
    """Every row of these subjects, with counts and percentages where they are shown, else with why they are not."""
    return _shown(_statuses(hiding, subjects, measures), hiding.mode)


def _statuses(hiding: Hiding, subjects: Sequence[str], measures: Sequence[Measure]) -> Frame:
    """Every row of these subjects with its status; `n` and `count` before anything is hidden or rounded."""
    counts, rules = hiding.whole, hiding.rules
    parts: list[tuple[int, int, Frame]] = []
    for order, measure in enumerate(measures):
        for family in counts.families(measure, rules):
            known = hiding.of(measure, family)
            for line, subject in enumerate(known.subjects):
                if counts.subjects[subject] not in subjects:
                    continue
                there = known.there[line] > 0
                status = Texts.chosen(
                    [known.hide[line], known.open_about[line], known.n[line] < hiding.mode.percentages_from],
                    [Status.SUPPRESSED.value, Status.NOT_AVAILABLE.value, Status.LOW_RELIABILITY.value],
                    Status.SHOWN.value,
                )
                of = _named(counts, known.named, subject, measure)
                n, count = (each[line].astype(np.float64) for each in (known.n, known.holds))
                parts.append((subject, order, of.having(n=n, count=count, status=status)[there]))
        parts += [(subject, order, rows) for subject, rows in _not_applicable(hiding, measure, subjects)]
    parts.sort(key=lambda part: (subjects.index(counts.subjects[part[0]]), part[1]))
    return Frame.stacked([rows for _, _, rows in parts])


def _not_applicable(hiding: Hiding, measure: Measure, subjects: Sequence[str]) -> Iterator[tuple[int, Frame]]:
    """The rows of all children and the year groups in the subjects of which a measure is not told."""
    counts = hiding.whole
    whole = np.array([at for at, (key, _) in enumerate(counts.rows) if key in _WHOLE])
    for subject, name in enumerate(counts.subjects):
        if name in subjects and not counts.applies[measure][subject]:
            inside = hiding.parts[hiding.at] if hiding.parts else np.ones(len(counts.children), dtype=np.bool_)
            there = whole[(counts.members[whole] & inside & counts.there[subject]).any(axis=1)]
            status = Texts.every(Status.NOT_APPLICABLE.value, len(there))
            none = np.full(len(there), np.nan)
            yield subject, _named(counts, there, subject, measure).having(n=none, count=none, status=status)


def _named(counts: SharedCounts, rows: NDArray[np.int64], subject: int, measure: Measure) -> Frame:
    """The rows by subject, characteristic, group and measure."""
    named = [counts.rows[at] for at in rows.tolist()]
    return Frame(
        {
            "subject": Texts.every(counts.subjects[subject], len(named)),
            "characteristic": Texts.of(key for key, _ in named),
            "group": Texts.of(group for _, group in named),
            "measure": Texts.every(measure.value, len(named)),
        }
    )


def _listed(rows: Frame, counts: SharedCounts, asked: Mask) -> Mask:
    """Which rows are listed: not those of groups of which no figure is shown, whose names would tell that they exist.

    Nor a group in which is everybody, or of a pair everybody of one of its parts: it would tell that the other group is
    empty, and so its absence in another school that it is not.
    """
    figures = ~np.isnan(rows["n"])
    shown = set(rows[figures].in_rows("measure", "characteristic", "group"))
    taken = _same_as_a_wider(counts, asked)
    listed = [
        key in _WHOLE or ((measure, key, group) in shown and (key, group) not in taken)
        for measure, key, group in rows.in_rows("measure", "characteristic", "group")
    ]
    return np.array(listed, dtype=np.bool_)


def _same_as_a_wider(counts: SharedCounts, asked: Mask) -> set[Named]:
    """The groups in which is everybody asked about, or everybody of one of their parts."""
    inside = dict(zip(counts.rows, counts.members & asked, strict=True))
    same = set()
    for (key, group), members in inside.items():
        characteristic = counts.characteristics.get(key)
        if key in _WHOLE or characteristic is None:
            continue
        known = characteristic.groups.get(group)
        parts = zip(characteristic.of, known.members, strict=True) if known and len(characteristic.of) > 1 else ()
        wider = [inside[EVERYBODY, EVERYBODY], *(inside[part] for part in parts if part in inside)]
        if any((members == each).all() for each in wider):
            same.add((key, group))
    return same


def _shown(rows: Frame, mode: SharingMode) -> Frame:
    """The rows with counts rounded, percentages of these, and nothing at all where nothing is shown."""
    status = rows["status"]
    enough = status == Status.SHOWN.value
    shows = enough | (status == Status.LOW_RELIABILITY.value)
    n, count = (np.where(shows, to_multiple(rows[name], mode.round_to), np.nan) for name in ("n", "count"))
    percent = percentages_of(count, n, enough & (n > 0))
    to_zero = enough & (percent == 0) & (rows["count"] > 0)
    status = status.where(~to_zero, Status.ROUNDS_TO_ZERO.value)
    return rows.having(n=n, count=count, percent=percent, status=status)[SHARED_ROWS.names]
