"""The tables that may leave the school: counts by year group and group, and gaps, with what must be hidden hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.disclosure import Rows, hidden
from siptrack.analysis.membership import members_of
from siptrack.analysis.model import Analysis
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.shareable_tables import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.summary import sums
from siptrack.analysis.tally import EVERYBODY, REST
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.frame import Frame, numbered
from siptrack.school.register import NOT_RECORDED
from siptrack.school.rounding import half_up
from siptrack.school.sharing import SharingMode, Status
from siptrack.school.tables_held import HasTables, PandasTable
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.selection import Filters
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Positions
    from siptrack.school.groups import Characteristic, SmallNumbers

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Whole = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Shared(HasTables):
    """What may be shared: `rows` with the columns of SHARED_ROWS, `gaps` with those of SHARED_GAPS.

    `characteristics` are those of the rows. `kept_back` is how many gaps are not among them because one side is not
    shown. No count that is hidden is in these tables. `filters` are those asked for, in words that may be shared.
    """

    mode: SharingMode
    filters: Mapping[str, str]
    characteristics: Mapping[str, Characteristic]
    rows: PandasTable = PandasTable()
    gaps: PandasTable = PandasTable()
    kept_back: int


def share(analysis: Analysis, rules: Rules, mode: SharingMode, *, by_subtraction: bool = True) -> Shared:
    """What of an analysis may be shared in that mode; without `by_subtraction` only small counts are hidden."""
    pupils = analysis.children.pupils
    known = members_of(pupils, rules)
    counted = _counted(analysis, rules, mode)
    counted = counted[counted["characteristic"].isin({EVERYBODY, YEAR_GROUP, *known.groups})]
    members = known.groups.having({YEAR_GROUP: _year_groups(pupils), EVERYBODY: EVERYBODY})
    parts = [
        _with_status(family, members, mode, by_subtraction=by_subtraction)
        for measure in COUNTS
        for family in _by_family(counted[counted["measure"] == measure.value], rules)
    ]
    rows = _shown(Frame.stacked(parts), mode)
    rows = rows.take(np.argsort(rows["subject"].in_words(analysis.subjects), kind="stable"))[SHARED_ROWS.names]
    gaps, wanted = _gaps(analysis.compared.gaps, rows, mode, rules.groups.small)
    return Shared(
        mode=mode,
        filters=analysis.asked.words(rules.years, _withheld(analysis.asked, rules, mode)),
        characteristics=known.characteristics,
        rows=rows,
        gaps=gaps,
        kept_back=wanted - len(gaps),
    )


def _withheld(asked: Filters, rules: Rules, mode: SharingMode) -> frozenset[str]:
    """The names in the filters that may not be printed: those that the data alone give, as in the tables."""
    return frozenset() if mode.names_from_data else asked.named_by_data(rules.groups)


def _counted(analysis: Analysis, rules: Rules, mode: SharingMode) -> Frame:
    """Every count, before anything is hidden: everybody, each year group, and each group of everybody."""
    of = ("n", "assessed", "at_are", "judged", "insufficient")
    years = analysis.compared.summary
    years = years.having(characteristic=YEAR_GROUP, group=_year_groups(years), judged=years["n"] - years["cannot_tell"])
    subject, first = numbered([years["subject"]])
    whole = years[["subject"]].take(first).having(characteristic=EVERYBODY, group=EVERYBODY)
    whole = whole.having({name: sums(years[name], subject, len(first)) for name in of})
    groups = _of_groups(analysis.compared.groups, rules, mode)
    every = Frame.stacked([part[["subject", "characteristic", "group", *of]] for part in (whole, years, groups)])
    worth = every["characteristic"].looked_up(_worths(rules), missing=0).astype(np.int64)
    named = every[["subject", "characteristic", "group"]].having(worth=worth, on_roll=every["n"])
    return Frame.stacked(
        named.having(measure=measure.value, n=every[n], count=every[count]) for measure, (n, count) in COUNTS.items()
    )


def _of_groups(groups: Frame, rules: Rules, mode: SharingMode) -> Frame:
    """The groups of everybody that this mode tells of; not the year groups, which the summary has."""
    left_out = {YEAR_GROUP, *([] if mode.pairs else rules.groups.pairs)}
    left_out.update(
        []
        if mode.names_from_data
        else [key for key, characteristic in rules.groups.all().items() if characteristic.open]
    )
    groups = groups[(groups["among"] == EVERYBODY) & ~groups["characteristic"].isin(left_out)]
    return groups if mode.not_recorded else groups[groups["group"] != NOT_RECORDED]


def _worths(rules: Rules) -> dict[str, int]:
    """Which rows stay longest: everybody, year groups, characteristics as they are listed, then pairs and triples."""
    pairs = {key: -len(pair.of) for key, pair in rules.groups.pairs.items()}
    order = (EVERYBODY, YEAR_GROUP, *(key for key in rules.groups.compared if key != YEAR_GROUP))
    return {**{key: at for at, key in enumerate(reversed(order), 1)}, **pairs}


def _year_groups(table: Frame) -> Texts:
    """The year groups of a table's rows, as keys of groups."""
    return Texts.of(NOT_RECORDED if np.isnan(year) else str(int(year)) for year in table["year_group"].tolist())


def _by_family(counted: Frame, rules: Rules) -> Iterator[Frame]:
    """The rows of a measure, those of a subject with those of what is combined of it, or what it is combined of.

    Whoever is at expectations in reading, writing and maths together is so in reading: the one tells of the other.
    """
    counted_subjects = set(counted["subject"][~np.isnan(counted["count"])].distinct())
    family = {subject: subject for subject in counted["subject"].distinct()}
    for combined, parts in rules.columns.combined.items():
        if combined in counted_subjects:
            together = {family[subject] for subject in (combined, *parts) if subject in family}
            family = {subject: combined if of in together else of for subject, of in family.items()}
    families = counted["subject"].renamed(family)
    for name in families.distinct():
        yield counted[families == name]


def _with_status(part: Frame, members: Frame, mode: SharingMode, *, by_subtraction: bool) -> Frame:
    """The rows of one measure in the subjects of a family, each with its status."""
    applies = ~np.isnan(part["count"])
    applying = part[applies]
    if applying.empty:
        return part.having(status=Status.NOT_APPLICABLE.value)
    rows, at = _laid_out(applying, members, mode)
    hide = hidden(rows, mode.hide_below, by_subtraction=by_subtraction)
    status = Texts.chosen(
        [hide[at], rows.open_about[at], rows.n[at] < mode.percentages_from],
        [Status.SUPPRESSED.value, Status.NOT_AVAILABLE.value, Status.LOW_RELIABILITY.value],
        Status.SHOWN.value,
    )
    among_applying = np.where(applies, np.cumsum(applies) - 1, NONE)
    return part.having(status=status.take(among_applying).filled(Status.NOT_APPLICABLE.value))


def _laid_out(counted: Frame, members: Frame, mode: SharingMode) -> tuple[Rows, tuple[Positions, Positions]]:
    """The rows of counts by subject and group, and where each stands among them."""
    subject, subjects = numbered([counted["subject"]])
    row, first = _as_they_stand(counted, "characteristic", "group")
    laid_out = {
        name: np.zeros((len(subjects), len(first)), dtype=np.int64) for name in ("n", "count", "on_roll", "worth")
    }
    for name, cells in laid_out.items():
        cells[subject, row] = counted[name]
    every = counted.take(first)
    years = set(counted["group"][counted["characteristic"] == YEAR_GROUP].distinct())
    taught = members[members[YEAR_GROUP].isin(years)]
    inside = np.array([taught[name] == group for name, group in every.in_rows("characteristic", "group")])
    rows = Rows(
        members=inside,
        partition=numbered([every["characteristic"]])[0],
        worth=laid_out["worth"].max(axis=0),
        n=laid_out["n"],
        count=laid_out["count"],
        open_about=_say_nobody(inside, laid_out["n"] == 0, laid_out["on_roll"], mode.hide_below),
    )
    return rows, (subject, row)


def _as_they_stand(table: Frame, *names: str) -> tuple[Positions, Positions]:
    """The number of what each row has in these columns, counted as they stand, and the first row with each."""
    number, first = numbered([table[name] for name in names])
    as_they_stand = np.argsort(first)
    place = np.empty_like(first)
    place[as_they_stand] = np.arange(len(first))
    return place[number], first[as_they_stand]


def _say_nobody(members: Flags, nobody: Flags, on_roll: Whole, below: int) -> Flags:
    """The rows of each subject in which nobody counts and which may say so.

    They are those of large groups, those of groups wholly within these, and those of nobody who is taught the subject.
    """
    large = nobody & ((on_roll >= below) | (on_roll == 0))
    within = large.astype(np.int64) @ members > 0
    flags: Flags = nobody & ((~within).astype(np.int64) @ members.T == 0)
    return flags


def _shown(rows: Frame, mode: SharingMode) -> Frame:
    """The rows with counts rounded, percentages of these, and nothing at all where nothing is shown."""
    status = rows["status"]
    enough = status == Status.SHOWN.value
    shows = enough | (status == Status.LOW_RELIABILITY.value)
    n, count = (np.where(shows, _rounded(rows[name], mode.round_to), np.nan) for name in ("n", "count"))
    of_some = enough & (n > 0)
    percent = np.full(len(rows), np.nan)
    percent[of_some] = [
        half_up(Fraction(100 * int(out), int(of)))
        for out, of in zip(count[of_some].tolist(), n[of_some].tolist(), strict=True)
    ]
    to_zero = enough & (percent == 0) & (rows["count"] > 0)
    return rows.having(n=n, count=count, percent=percent, status=status.where(~to_zero, Status.ROUNDS_TO_ZERO.value))


def _rounded(counts: Numbers, base: int) -> Numbers:
    """The counts to the nearest multiple, halves up."""
    return np.floor(counts / base + 0.5) * base


def _gaps(gaps: Frame, rows: Frame, mode: SharingMode, small: SmallNumbers) -> tuple[Frame, int]:
    """The gaps of which both sides are shown, with figures from what is shown; and how many there are in all."""
    gaps = gaps[(gaps["among"] == EVERYBODY) & gaps["measure"].isin(set(COUNTS))]
    sides = _sides(rows)
    shared: list[Mapping[str, object]] = []
    wanted = 0
    for subject, characteristic, group, peers, measure, verdict in gaps.in_rows(
        "subject", "characteristic", "group", "peers", "measure", "verdict"
    ):
        of = sides.get((subject, characteristic, measure))
        if of is None:
            continue
        wanted += 1
        ours, theirs = of.get(group), _together(of, group, peers)
        if ours and theirs and ours[0] and theirs[0]:
            named = {"subject": subject, "characteristic": characteristic, "group": group, "peers": peers}
            shared.append({**named, "measure": measure, **_gap(ours, theirs, verdict, mode, small)})
    return SHARED_GAPS.of([gap[name] for name in SHARED_GAPS.names] for gap in shared), wanted


Side = tuple[int, int]


def _sides(rows: Frame) -> dict[tuple[str, str, str], dict[str, Side | None]]:
    """By subject, characteristic and measure, each group's n and count as shown; None for a group that is hidden."""
    sides: dict[tuple[str, str, str], dict[str, Side | None]] = {}
    for subject, characteristic, group, measure, n, count, status in rows.in_rows(
        "subject", "characteristic", "group", "measure", "n", "count", "status"
    ):
        nothing = (0, 0) if status == Status.NOT_AVAILABLE else None
        side = nothing if np.isnan(n) else (int(n), int(count))
        sides.setdefault((subject, characteristic, measure), {})[group] = side
    return sides


def _together(of: Mapping[str, Side | None], group: str, peers: str) -> Side | None:
    """The peers' n and count; of several groups only when every one is shown."""
    if peers != REST:
        return of.get(peers)
    others = [side for name, side in of.items() if name not in (group, NOT_RECORDED)]
    shown = [side for side in others if side is not None]
    return _sum(shown) if shown and len(shown) == len(others) else None


def _sum(sides: Sequence[Side]) -> Side:
    return sum(n for n, _ in sides), sum(count for _, count in sides)


def _gap(ours: Side, theirs: Side, verdict: str, mode: SharingMode, small: SmallNumbers) -> dict[str, object]:
    """A gap from what is shown. A verdict never tells which side of a limit a rounded count was on."""
    least = min(ours[0], theirs[0]) - mode.round_to // 2
    few = least < small.compared_from or verdict == GapVerdict.TOO_FEW
    percents = [
        half_up(Fraction(100 * count, n)) if n >= mode.percentages_from else None for n, count in (ours, theirs)
    ]
    shown = None not in percents and not few
    gap = half_up(Fraction(100 * ours[1], ours[0]) - Fraction(100 * theirs[1], theirs[0])) if shown else None
    return {
        "n": ours[0],
        "count": ours[1],
        "percent": percents[0],
        "peers_n": theirs[0],
        "peers_count": theirs[1],
        "peers_percent": percents[1],
        "gap": gap,
        "verdict": (GapVerdict.TOO_FEW if few else GapVerdict(verdict)).value,
        "status": (Status.SHOWN if shown else Status.LOW_RELIABILITY).value,
    }
