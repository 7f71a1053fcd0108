"""Whether judgements hang together: comparisons that may lead to a question, and never to a verdict on a teacher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from siptrack.analysis.in_series import threshold
from siptrack.analysis.judged import DECIMALS
from siptrack.analysis.membership import group_of
from siptrack.analysis.statistics import critical_value, newcombe, whole_children, wilson
from siptrack.analysis.tables import CHECKS
from siptrack.school.codes import CheckCode
from siptrack.school.in_pandas import from_pandas, to_pandas
from siptrack.school.register import NOT_RECORDED
from siptrack.school.scale import Attainment, Kind
from siptrack.school.term import Season, Term

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.rules.model import CheckRule, Rules

_LEVELS = {Attainment.WELL_BELOW: 0, Attainment.BELOW: 0, Attainment.AT: 1, Attainment.ABOVE: 2}
_CHILD = ["pupil", "subject"]
CLASS, YEAR_GROUP = "class", "year_group"
LOWER, HIGHER = "lower", "higher"


@dataclass(frozen=True)
class Judgements:
    """What the questions are looked for in.

    `judged` are the judged results by which progress is told, `other` those of the other kind (tests beside
    judgements); `pupils` those spoken of, with their class and characteristics; `placements` their classes by year.
    """

    judged: DataFrame
    other: DataFrame
    pupils: DataFrame
    placements: DataFrame
    term: Term
    rules: Rules

    def at(self, term: Term) -> DataFrame:
        """The graded results of a term, with each child's class and year group of now."""
        rows = self.judged[(self.judged["term"] == term.number) & self.judged["graded"]]
        return rows.merge(self.pupils[["pupil", "class"]], on="pupil")

    def both(self, term: Term, later: Term) -> DataFrame:
        """The results of two terms side by side where both are grades of one scale; the later's end with `_later`."""
        earlier = self.at(term)[[*_CHILD, "scale", "grade", "points", "distance", "rung"]]
        now = self.at(later)
        return earlier.merge(now, on=[*_CHILD, "scale"], suffixes=("", "_later"))


def check_judgements(judgements: Judgements) -> DataFrame:
    """The checks table: every comparison made, and whether it leads to a question."""
    finders = {
        CheckCode.TEACHER_AND_TEST: _teacher_and_test,
        CheckCode.HANDOVER: _handover,
        CheckCode.NO_SPREAD: _no_spread,
        CheckCode.COPIED_FORWARD: _copied_forward,
        CheckCode.SCORES_REPEATED: _scores_repeated,
        CheckCode.END_OF_KEY_STAGE: _end_of_key_stage,
    }
    found = [
        finders[CheckCode(code)](judgements, rule).assign(code=code)
        for code, rule in judgements.rules.checks.items()
        if rule.active
    ]
    rows = pd.concat([part for part in found if len(part)] or [CHECKS.empty()], ignore_index=True)
    return rows.reindex(columns=CHECKS.names)


def unchanged(judgements: Judgements) -> DataFrame:
    """The rows of the checks table about classes whose grades or scores look copied forward from last term."""
    parts = [
        finder(judgements, judgements.rules.checks[code]).assign(code=code.value)
        for code, finder in ((CheckCode.COPIED_FORWARD, _copied_forward), (CheckCode.SCORES_REPEATED, _scores_repeated))
        if judgements.rules.checks[code].active
    ]
    rows = pd.concat([part for part in parts if len(part)] or [CHECKS.empty()], ignore_index=True)
    return rows[rows["asked"].astype(bool)].reindex(columns=CHECKS.names)


# --- the teacher beside the test --------------------------------------------------------------------------------------


def _teacher_and_test(judgements: Judgements, _: CheckRule) -> DataFrame:
    """For each group the children whom the teacher places lower than the test, or higher, beside their peers."""
    pairs = _pairs(judgements)
    if pairs.empty:
        return CHECKS.empty()
    groups = to_pandas(group_of(from_pandas(judgements.pupils), judgements.rules.groups)).assign(
        **{"pupil": judgements.pupils["pupil"], CLASS: judgements.pupils["class"].replace("", NOT_RECORDED)}
    )
    pairs = pairs.merge(groups, on="pupil")
    known = [str(name) for name in groups if name != "pupil"]
    tables = [_against_peers(pairs, name, way, judgements) for name in known for way in (LOWER, HIGHER)]
    return pd.concat(tables, ignore_index=True)


def _pairs(judgements: Judgements) -> DataFrame:
    """The children with a judgement and a test of this term in one subject, and which of the two is lower."""
    now = judgements.term.number
    sides = [
        rows[(rows["term"] == now) & rows["attainment"].isin(_LEVELS)] for rows in (judgements.judged, judgements.other)
    ]
    both = sides[0].merge(sides[1], on=_CHILD, suffixes=("", "_other"))
    levels = both["attainment"].map(_LEVELS).astype("int64"), both["attainment_other"].map(_LEVELS).astype("int64")
    by_teacher, by_test = (np.where(both["test"], other, one) for one, other in (levels, levels[::-1]))
    return both[_CHILD].assign(**{LOWER: by_teacher < by_test, HIGHER: by_teacher > by_test})


def _against_peers(rows: DataFrame, characteristic: str, direction: str, judgements: Judgements) -> DataFrame:
    """Each group of a characteristic beside all others whose group is known, in each subject."""
    known = rows[rows[characteristic] != NOT_RECORDED]
    counted = known.groupby(["subject", characteristic])[direction].agg(["size", "sum"]).reset_index()
    total = counted.groupby("subject")[["size", "sum"]].transform("sum")
    table = pd.DataFrame(
        {
            "subject": counted["subject"],
            "characteristic": characteristic,
            "group": counted[characteristic],
            "direction": direction,
            "n": counted["size"],
            "count": counted["sum"],
            "peers_n": total["size"] - counted["size"],
            "peers_count": total["sum"] - counted["sum"],
            "term": judgements.term.label,
        }
    )
    return _asked_of_peers(table[table["peers_n"] > 0].reset_index(drop=True), judgements.rules)


def _asked_of_peers(table: DataFrame, rules: Rules) -> DataFrame:
    """Asked where a group's share is higher than its peers' by more than chance and by at least a whole child."""
    if table.empty:
        return table.assign(low=np.nan, high=np.nan, asked=False)
    small = rules.groups.small
    counts = {name: table[name].to_numpy(dtype=np.int64) for name in ("count", "n", "peers_count", "peers_n")}
    low, high = newcombe(**counts, z=critical_value(small.confidence))
    enough = (counts["n"] >= small.compared_from) & (counts["peers_n"] >= small.compared_from)
    asked = enough & (low > 0) & (whole_children(**counts) >= small.whole_children)
    return table.assign(low=100 * low, high=100 * high, asked=asked)


# --- classes ----------------------------------------------------------------------------------------------------------


def _handover(judgements: Judgements, rule: CheckRule) -> DataFrame:
    """In each class the children judged lower in Autumn than the Summer before, in another class."""
    year = judgements.term.academic_year
    summer, autumn = Term(year - 1, Season.SUMMER), Term(year, Season.AUTUMN)
    rows = judgements.both(summer, autumn) if autumn <= judgements.term else judgements.both(summer, summer).iloc[:0]
    before = judgements.placements[judgements.placements["academic_year"] == year - 1].set_index("pupil")["class"]
    moved = rows["pupil"].map(before)
    rows = rows[moved.notna() & (moved != "") & (moved != rows["class"])]
    return _of_classes(rows.assign(hit=lower(rows, judgements.rules)), judgements, rule, autumn, summer)


def lower(rows: DataFrame, rules: Rules) -> Series[bool]:
    """Whether each later result is a step lower: in points, or, judged against the year group, from the line.

    Rows have the scale, points and distance of a result, and `points_later` and `distance_later` of the later one.
    """
    must_gain = rows["scale"].isin([name for name, one in rules.scales.items() if one.kind is Kind.CUMULATIVE])
    lost = (rows["points"] - rows["points_later"]).where(must_gain, rows["distance"] - rows["distance_later"])
    return lost.round(DECIMALS) >= threshold("step", rows["scale"], rules.scales)


def _no_spread(judgements: Judgements, rule: CheckRule) -> DataFrame:
    """In each class the children who have its commonest grade."""
    rows = judgements.at(judgements.term)
    scored = [name for name, one in judgements.rules.scales.items() if one.numbers is not None]
    rows = rows[~rows["scale"].isin(scored)]
    counted = rows.groupby(["subject", CLASS, "grade"])["pupil"].transform("size")
    commonest = counted.groupby([rows["subject"], rows[CLASS]]).transform("max")
    return _of_classes(rows.assign(hit=counted == commonest), judgements, rule, judgements.term)


def _copied_forward(judgements: Judgements, rule: CheckRule) -> DataFrame:
    """In each class the children who have last term's grade, on a scale where a child must gain to stand still."""
    scales = [name for name, one in judgements.rules.scales.items() if one.kind is Kind.CUMULATIVE]
    return _the_same(judgements, rule, scales)


def _scores_repeated(judgements: Judgements, rule: CheckRule) -> DataFrame:
    """In each class the children who have exactly last term's score."""
    scales = [
        name
        for name, one in judgements.rules.scales.items()
        if one.numbers is not None and one.kind is Kind.RELATIVE and one.measures_progress
    ]
    return _the_same(judgements, rule, scales)


def _the_same(judgements: Judgements, rule: CheckRule, scales: list[str]) -> DataFrame:
    before = Term.numbered(judgements.term.number - 1)
    rows = judgements.both(before, judgements.term)
    rows = rows[rows["scale"].isin(scales)]
    return _of_classes(rows.assign(hit=rows["grade"] == rows["grade_later"]), judgements, rule, judgements.term, before)


def _of_classes(
    rows: DataFrame, judgements: Judgements, rule: CheckRule, term: Term, from_term: Term | None = None
) -> DataFrame:
    """How many children of each class a check hits, and whether that many lead to a question."""
    known = rows[rows[CLASS] != ""]
    counted = known.groupby(["subject", CLASS])["hit"].agg(["size", "sum"]).reset_index()
    if counted.empty:
        return CHECKS.empty()
    small = judgements.rules.groups.small
    n, count = counted["size"].to_numpy(dtype=np.int64), counted["sum"].to_numpy(dtype=np.int64)
    low, high = wilson(count, n, critical_value(small.confidence))
    return pd.DataFrame(
        {
            "subject": counted["subject"],
            "characteristic": CLASS,
            "group": counted[CLASS],
            "n": n,
            "count": count,
            "low": 100 * low,
            "high": 100 * high,
            "term": term.label,
            "from_term": from_term.label if from_term else "",
            "asked": (n >= small.compared_from) & (100 * count >= rule.share * n),
        }
    )


# --- the end of a key stage -------------------------------------------------------------------------------------------


def _end_of_key_stage(judgements: Judgements, _: CheckRule) -> DataFrame:
    """In each last year of a key stage the children who leapt in its last term, beside the years before it."""
    year = judgements.term.academic_year - (judgements.term.season is not Season.SUMMER)
    spring, summer = Term(year, Season.SPRING), Term(year, Season.SUMMER)
    rows = judgements.both(spring, summer)
    leapt = (rows["distance_later"] - rows["distance"]).round(DECIMALS)
    rows = rows.assign(hit=leapt >= threshold("accelerated", rows["scale"], judgements.rules.scales))
    tables = list(_last_years(rows, judgements.rules))
    if not tables:
        return CHECKS.empty()
    table = pd.concat(tables, ignore_index=True).assign(term=summer.label, from_term=spring.label)
    return _asked_of_peers(table, judgements.rules)


def _last_years(rows: DataFrame, rules: Rules) -> Iterator[DataFrame]:
    """The counts of each last year of a key stage that has results, and of the years of the key stage before it.

    Only of the same key stage, because the line rises faster in one than in the other.
    """
    counted = rows.groupby(["subject", "year_group"])["hit"].agg(["size", "sum"]).reset_index()
    for stage in rules.years.key_stages:
        last_year = stage.years.stop - 1
        within = counted[counted["year_group"].isin(list(stage.years))]
        before = within[within["year_group"] != last_year].groupby("subject")[["size", "sum"]].sum()
        last = within[(within["year_group"] == last_year) & within["subject"].isin(before.index)]
        if len(last):
            peers = before.loc[last["subject"]]
            yield pd.DataFrame(
                {
                    "subject": last["subject"].to_numpy(),
                    "characteristic": YEAR_GROUP,
                    "group": rules.years.label(last_year),
                    "direction": HIGHER,
                    "n": last["size"].to_numpy(),
                    "count": last["sum"].to_numpy(),
                    "peers_n": peers["size"].to_numpy(),
                    "peers_count": peers["sum"].to_numpy(),
                }
            )
