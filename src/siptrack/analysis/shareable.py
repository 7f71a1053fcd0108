"""The tables that may leave the school: counts by year group and group, and gaps, with what must be hidden hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.disclosure import Rows, hidden
from siptrack.analysis.gaps import COUNTS
from siptrack.analysis.group_tables import GROUPS
from siptrack.analysis.membership import members_of
from siptrack.analysis.model import Analysis
from siptrack.analysis.tally import EVERYBODY, REST
from siptrack.analysis.vocabulary import GapVerdict
from siptrack.school.in_pandas import to_pandas
from siptrack.school.register import NOT_RECORDED
from siptrack.school.rounding import half_up
from siptrack.school.sharing import SharingMode, Status
from siptrack.school.tables import Column, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

    from siptrack.analysis.selection import Filters
    from siptrack.rules.model import Rules
    from siptrack.school.groups import Characteristic, SmallNumbers

YEAR_GROUP = "year_group"

COUNTED = (
    Column("measure", "text", "at_are, or insufficient", tuple(COUNTS), always=True),
    Column("n", "integer", "children assessed, or for insufficient those whose progress can be told"),
    Column("count", "integer", "of these, how many are at or above ARE, or make insufficient progress"),
    Column("percent", "integer", "count in percent of n"),
    Column("status", "text", "why figures are missing, or shown", tuple(Status), always=True),
)
SHARED_ROWS = Table(
    "rows",
    "How everybody, each year group and each group stands, as far as it may be shared.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "all, year_group, or the characteristic's key", always=True),
        Column("group", "text", "all, the year group, the group's key, or not_recorded", always=True),
        *COUNTED,
    ),
)
SHARED_GAPS = Table(
    "gaps",
    "Each group compared with its peers, where both are shown.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key", always=True),
        Column("peers", "text", "the group compared with, or rest: everybody else whose value is known", always=True),
        *COUNTED[:-1],
        Column("peers_n", "integer", "the same of the peers"),
        Column("peers_count", "integer", "of these, how many"),
        Column("peers_percent", "integer", "in percent"),
        Column("gap", "number", "the group's percentage minus the peers', in percentage points, from what is shown"),
        Column("verdict", "text", "clear, not clear, or too few", tuple(GapVerdict), always=True),
        COUNTED[-1],
    ),
)


@dataclass(frozen=True)
class Shared:
    """What may be shared: `rows` with the columns of SHARED_ROWS, `gaps` with those of SHARED_GAPS.

    `characteristics` are those of the rows. `kept_back` is how many gaps are not among them because one side is not
    shown. No count that is hidden is in these tables. `filters` are those asked for, in words that may be shared.
    """

    mode: SharingMode
    filters: Mapping[str, str]
    characteristics: Mapping[str, Characteristic]
    rows: DataFrame
    gaps: DataFrame
    kept_back: int


def share(analysis: Analysis, rules: Rules, mode: SharingMode, *, by_subtraction: bool = True) -> Shared:
    """What of an analysis may be shared in that mode; without `by_subtraction` only small counts are hidden."""
    counted = _counted(analysis, rules, mode)
    known = members_of(analysis.frame("pupils"), rules)
    counted = counted[counted["characteristic"].isin([EVERYBODY, YEAR_GROUP, *known.groups.columns])]
    members = to_pandas(known.groups).assign(**{YEAR_GROUP: _year_groups(analysis.pupils), EVERYBODY: EVERYBODY})
    parts = [
        _with_status(part.reset_index(drop=True), members, mode, by_subtraction=by_subtraction)
        for _, of_measure in counted.groupby("measure", sort=False)
        for _, part in of_measure.groupby(_families(of_measure, rules), sort=False)
    ]
    rows = _shown(pd.concat(parts, ignore_index=True), mode)
    order = {subject: at for at, subject in enumerate(analysis.subjects)}
    rows = rows.iloc[np.argsort(rows["subject"].map(order), kind="stable")].reset_index(drop=True)
    gaps, kept_back = _gaps(analysis, rows, mode, rules.groups.small)
    filters = analysis.asked.words(rules.years, _withheld(analysis.asked, rules, mode))
    return Shared(mode, filters, known.characteristics, rows[SHARED_ROWS.names], gaps, kept_back)


def _withheld(asked: Filters, rules: Rules, mode: SharingMode) -> frozenset[str]:
    """The names in the filters that may not be told: those that the data alone give, as in the tables."""
    return frozenset() if mode.names_from_data else asked.named_by_data(rules.groups)


def _counted(analysis: Analysis, rules: Rules, mode: SharingMode) -> DataFrame:
    """Every count, before anything is hidden: everybody, each year group, and each group of everybody."""
    names = ["subject", "characteristic", "group", "n", "assessed", "at_are", "judged", "insufficient"]
    years = analysis.summary.assign(
        characteristic=YEAR_GROUP,
        group=_year_groups(analysis.summary),
        judged=analysis.summary["n"] - analysis.summary["cannot_tell"],
    )[names]
    groups = analysis.groups if len(analysis.groups) else GROUPS.empty()
    left_out = [YEAR_GROUP, *([] if mode.pairs else rules.groups.pairs)]  # the year groups are there already
    left_out += [] if mode.names_from_data else [key for key, one in rules.groups.all().items() if one.open]
    groups = groups[(groups["among"] == EVERYBODY) & ~groups["characteristic"].isin(left_out)]
    groups = groups[mode.not_recorded | (groups["group"] != NOT_RECORDED)]
    whole = years.groupby("subject", sort=False)[names[3:]].sum(min_count=1).reset_index()
    whole = whole.assign(characteristic=EVERYBODY, group=EVERYBODY)
    every = pd.concat([part[names] for part in (whole, years, groups) if len(part)], ignore_index=True)
    every = every.assign(worth=every["characteristic"].map(_worths(rules)).fillna(0).astype("int64"))
    measured = [
        every[["subject", "characteristic", "group", "worth"]].assign(
            measure=measure.value, on_roll=every["n"], n=every[n], count=every[count]
        )
        for measure, (n, count) in COUNTS.items()
    ]
    return pd.concat(measured, ignore_index=True)


def _worths(rules: Rules) -> dict[str, int]:
    """Which rows stay longest: everybody, year groups, characteristics as they are listed, then pairs and triples."""
    pairs = {key: -len(pair.of) for key, pair in rules.groups.pairs.items()}
    order = (EVERYBODY, YEAR_GROUP, *(key for key in rules.groups.compared if key != YEAR_GROUP))
    return {**{key: at for at, key in enumerate(reversed(order), 1)}, **pairs}


def _year_groups(table: DataFrame) -> list[str]:
    """The year groups of a table's rows, as keys of groups."""
    return [NOT_RECORDED if pd.isna(year) else str(int(year)) for year in table["year_group"].tolist()]


def _families(counted: DataFrame, rules: Rules) -> Series[str]:
    """Of each row the subject under which it is looked at with what is combined of that subject, or it is combined of.

    Whoever is at expectations in reading, writing and maths together is so in reading: the one tells of the other.
    """
    told = counted.loc[counted["count"].notna(), "subject"].unique()
    family = {subject: subject for subject in counted["subject"].unique()}
    for combined, parts in rules.columns.combined.items():
        if combined in told:
            together = {family[one] for one in (combined, *parts) if one in family}
            family = {one: combined if of in together else of for one, of in family.items()}
    return counted["subject"].map(family)


def _with_status(part: DataFrame, members: DataFrame, mode: SharingMode, *, by_subtraction: bool) -> DataFrame:
    """The rows of one measure in the subjects of a family, each with its status."""
    part = part.assign(status=Status.NOT_APPLICABLE.value)
    told = part["count"].notna()
    if not told.any():
        return part
    taught = members[members[YEAR_GROUP].isin(part.loc[told & (part["characteristic"] == YEAR_GROUP), "group"])]
    keys = pd.MultiIndex.from_frame(part.loc[told, ["characteristic", "group"]])
    row, every = pd.factorize(keys)
    subject, subjects = pd.factorize(part.loc[told, "subject"])
    laid_out = {
        name: np.zeros((len(subjects), len(every)), dtype=np.int64) for name in ("n", "count", "on_roll", "worth")
    }
    for name, cells in laid_out.items():
        cells[subject, row] = part.loc[told, name].to_numpy(dtype=np.int64)
    inside = np.array([(taught[characteristic] == group).to_numpy() for characteristic, group in every])
    rows = Rows(
        members=inside,
        partition=pd.factorize(every.get_level_values(0))[0].astype(np.int64),
        worth=laid_out["worth"].max(axis=0),
        n=laid_out["n"],
        count=laid_out["count"],
        open_about=_say_nobody(inside, laid_out["n"] == 0, laid_out["on_roll"], mode.hide_below),
    )
    hide = hidden(rows, mode.hide_below, by_subtraction=by_subtraction)
    status = np.select(
        [hide, rows.open_about, rows.n < mode.percentages_from],
        [Status.SUPPRESSED.value, Status.NOT_AVAILABLE.value, Status.LOW_RELIABILITY.value],
        Status.SHOWN.value,
    )
    part.loc[told, "status"] = status[subject, row]
    return part


def _say_nobody(
    members: NDArray[np.bool_], nobody: NDArray[np.bool_], on_roll: NDArray[np.int64], below: int
) -> NDArray[np.bool_]:
    """The rows of each subject in which nobody counts and which may say so.

    They are those of large groups, those of groups wholly within these, and those of nobody who is taught the subject.
    """
    large = nobody & ((on_roll >= below) | (on_roll == 0))
    within = large.astype(np.int64) @ members > 0
    said: NDArray[np.bool_] = nobody & ((~within).astype(np.int64) @ members.T == 0)
    return said


def _shown(rows: DataFrame, mode: SharingMode) -> DataFrame:
    """The rows with counts rounded, percentages of these, and nothing at all where nothing is shown."""
    open_ = rows["status"].isin([Status.SHOWN.value, Status.LOW_RELIABILITY.value])
    n, count = (_rounded(rows[name], mode.round_to).where(open_) for name in ("n", "count"))
    enough = rows["status"] == Status.SHOWN.value
    percent = [
        None if not told or not of else half_up(Fraction(100 * int(out), int(of)))
        for told, of, out in zip(enough, n.fillna(0).tolist(), count.fillna(0).tolist(), strict=True)
    ]
    shown = rows.assign(n=n, count=count, percent=pd.Series(percent, dtype="float64", index=rows.index))
    to_zero = enough & (shown["percent"] == 0) & (rows["count"] > 0)
    return shown.assign(status=shown["status"].mask(to_zero, Status.ROUNDS_TO_ZERO.value))


def _rounded(counts: Series[float], base: int) -> Series[float]:
    """The counts to the nearest multiple, halves up."""
    return (counts.fillna(0) / base + 0.5).apply(np.floor) * base


def _gaps(analysis: Analysis, rows: DataFrame, mode: SharingMode, small: SmallNumbers) -> tuple[DataFrame, int]:
    """The gaps of which both sides are shown, with figures from what is shown; and how many others there are."""
    gaps = analysis.gaps
    gaps = gaps[(gaps["among"] == EVERYBODY) & gaps["measure"].isin(COUNTS)] if len(gaps) else gaps
    sides = _sides(rows)
    told: list[Mapping[str, object]] = []
    wanted = 0
    for subject, characteristic, group, peers, measure, verdict in gaps[
        ["subject", "characteristic", "group", "peers", "measure", "verdict"]
    ].itertuples(index=False, name=None):
        of = sides.get((subject, characteristic, measure))
        if of is None:
            continue
        wanted += 1
        ours, theirs = of.get(group), _together(of, group, peers)
        if ours and theirs and ours[0] and theirs[0]:
            named = {"subject": subject, "characteristic": characteristic, "group": group, "peers": peers}
            told.append({**named, "measure": measure, **_gap(ours, theirs, verdict, mode, small)})
    return pd.DataFrame(told, columns=SHARED_GAPS.names), wanted - len(told)


Side = tuple[int, int]


def _sides(rows: DataFrame) -> dict[tuple[str, str, str], dict[str, Side | None]]:
    """By subject, characteristic and measure, each group's n and count as shown; None for a group that is hidden."""
    sides: dict[tuple[str, str, str], dict[str, Side | None]] = {}
    for subject, characteristic, group, measure, n, count, status in rows[
        ["subject", "characteristic", "group", "measure", "n", "count", "status"]
    ].itertuples(index=False, name=None):
        nothing = (0, 0) if status == Status.NOT_AVAILABLE else None
        side = nothing if pd.isna(n) else (int(n), int(count))
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
    told = None not in percents and not few
    gap = half_up(Fraction(100 * ours[1], ours[0]) - Fraction(100 * theirs[1], theirs[0])) if told else None
    return {
        "n": ours[0],
        "count": ours[1],
        "percent": percents[0],
        "peers_n": theirs[0],
        "peers_count": theirs[1],
        "peers_percent": percents[1],
        "gap": gap,
        "verdict": (GapVerdict.TOO_FEW if few else GapVerdict(verdict)).value,
        "status": (Status.SHOWN if told else Status.LOW_RELIABILITY).value,
    }
