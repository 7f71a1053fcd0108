"""Whether judgements hang together: comparisons that may lead to a question, and never to a verdict on a teacher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS, threshold
from siptrack.analysis.membership import group_of
from siptrack.analysis.statistics import critical_value, newcombe, whole_children, wilson
from siptrack.analysis.tables import CHECKS
from siptrack.school.codes import CheckCode
from siptrack.school.frame import Frame, numbered, positions
from siptrack.school.register import NOT_RECORDED
from siptrack.school.scale import Attainment, ScaleKind
from siptrack.school.term import Season, Term
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import CheckRule, Rules

    Flags = NDArray[np.bool_]

_IN_ORDER = ((Attainment.WELL_BELOW, Attainment.BELOW), (Attainment.AT,), (Attainment.ABOVE,))
_LEVELS = {attainment: at for at, alike in enumerate(_IN_ORDER) for attainment in alike}
_CHILD = ("pupil", "subject")
CLASS, YEAR_GROUP = "class", "year_group"
LOWER, HIGHER = "lower", "higher"
_SIZES = ("n", "count")


class Judgements(NamedTuple):
    """What the questions are looked for in.

    `judged` are the judged results by which progress is judged, `other` those of the other kind (tests beside
    judgements); `pupils` those spoken of, with their class and characteristics; `placements` their classes by year.
    """

    judged: Frame
    other: Frame
    pupils: Frame
    placements: Frame
    term: Term
    rules: Rules

    def at(self, term: Term) -> Frame:
        """The graded results of a term, with each child's class and year group of now."""
        rows = self.judged[(self.judged["term"] == term.number) & self.judged["graded"]]
        child = rows["pupil"].in_words(self.pupils["pupil"].tolist())
        return rows.having({CLASS: self.pupils[CLASS].take(child)})[child != NONE]

    def both(self, term: Term, later: Term) -> Frame:
        """The results of two terms side by side where both are grades of one scale; the later's end with `_later`."""
        earlier, now = self.at(term), self.at(later)
        keys = (*_CHILD, "scale")
        at = earlier.found_in(now, *keys)
        beside = now.take(at)
        of_later = {f"{name}_later": beside[name] for name in ("grade", "points", "distance", "stands_from")}
        rows = earlier[[*keys, "grade", "points", "distance"]]
        return rows.having(of_later, **{name: beside[name] for name in (CLASS, YEAR_GROUP)})[at != NONE]


def check_judgements(judgements: Judgements) -> Frame:
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
        _coded(finders[CheckCode(code)](judgements, rule), code)
        for code, rule in judgements.rules.checks.items()
        if rule.active
    ]
    return Frame.stacked([*found, CHECKS.no_rows()])


def unchanged(judgements: Judgements) -> Frame:
    """The rows of the checks table about classes whose grades or scores look copied forward from last term."""
    found = [
        _coded(finder(judgements, judgements.rules.checks[code]), code)
        for code, finder in ((CheckCode.COPIED_FORWARD, _copied_forward), (CheckCode.SCORES_REPEATED, _scores_repeated))
        if judgements.rules.checks[code].active
    ]
    rows = Frame.stacked([*found, CHECKS.no_rows()])
    return rows[rows["asked"]]


def _coded(rows: Frame, code: str) -> Frame:
    """The rows of a check with every column of the table."""
    blank = {
        column.name: "" if column.kind == "text" else np.nan for column in CHECKS.columns if column.name not in rows
    }
    return rows.having({**blank, "code": str(code)})[CHECKS.names]


# --- the teacher beside the test --------------------------------------------------------------------------------------


def _teacher_and_test(judgements: Judgements, _: CheckRule) -> Frame:
    """For each group the children whom the teacher places lower than the test, or higher, beside their peers."""
    pairs = _pairs(judgements)
    if pairs.empty:
        return CHECKS.no_rows()
    pupils = judgements.pupils
    in_class = pupils[CLASS].where(pupils[CLASS] != "", NOT_RECORDED)
    groups = group_of(pupils, judgements.rules.groups).having({CLASS: in_class})
    child = pairs["pupil"].in_words(pupils["pupil"].tolist())
    known = groups.take(child).having({name: pairs[name] for name in pairs})[child != NONE]
    return Frame.stacked([_against_peers(known, name, way, judgements) for name in groups for way in (LOWER, HIGHER)])


def _pairs(judgements: Judgements) -> Frame:
    """The children with a judgement and a test of this term in one subject, and which of the two is lower."""
    now = judgements.term.number
    counting, other = (
        rows[(rows["term"] == now) & rows["attainment"].isin(_LEVELS)] for rows in (judgements.judged, judgements.other)
    )
    at = other.found_in(counting, *_CHILD)
    counting, other = counting[at[at != NONE]], other[at != NONE]
    levels = {str(attainment): float(level) for attainment, level in _LEVELS.items()}
    own, beside = (rows["attainment"].looked_up(levels) for rows in (counting, other))
    by_teacher, by_test = (
        np.where(counting["test"], second, first) for first, second in ((own, beside), (beside, own))
    )
    return counting[["pupil", "subject"]].having({LOWER: by_teacher < by_test, HIGHER: by_teacher > by_test})


def _counted(rows: Frame, names: tuple[str, ...], hit: str) -> Frame:
    """How many rows there are of each kind, `n`, and of how many the column `hit` is true, `count`."""
    number, first = numbered([rows[name] for name in names])
    n, count = np.bincount(number, minlength=len(first)), np.bincount(number, rows[hit], len(first))
    return rows[list(names)].take(first).having(n=n, count=count.astype(np.int64))


def _against_peers(rows: Frame, characteristic: str, direction: str, judgements: Judgements) -> Frame:
    """Each group of a characteristic beside all others whose group is known, in each subject."""
    counted = _counted(rows[rows[characteristic] != NOT_RECORDED], ("subject", characteristic), direction)
    subject, first = numbered([counted["subject"]])
    n, count = (np.bincount(subject, counted[name], len(first)).astype(np.int64)[subject] for name in ("n", "count"))
    table = counted.renamed({characteristic: "group"}).having(
        characteristic=characteristic,
        direction=direction,
        peers_n=n - counted["n"],
        peers_count=count - counted["count"],
        term=judgements.term.label,
    )
    return _asked_of_peers(table[table["peers_n"] > 0], judgements.rules)


def _asked_of_peers(table: Frame, rules: Rules) -> Frame:
    """Asked where a group's share is higher than its peers' by more than chance and by at least a whole child."""
    small = rules.groups.small
    counts = {name: table[name] for name in ("count", "n", "peers_count", "peers_n")}
    low, high = newcombe(**counts, z=critical_value(small.confidence))
    enough = (counts["n"] >= small.compared_from) & (counts["peers_n"] >= small.compared_from)
    asked = enough & (low > 0) & (whole_children(**counts) >= small.whole_children)
    return table.having(low=100 * low, high=100 * high, asked=asked)


# --- classes ----------------------------------------------------------------------------------------------------------


def _handover(judgements: Judgements, rule: CheckRule) -> Frame:
    """In each class the children judged lower in Autumn than the Summer before, in another class."""
    year = judgements.term.academic_year
    summer, autumn = Term(year - 1, Season.SUMMER), Term(year, Season.AUTUMN)
    rows = judgements.both(summer, autumn) if autumn <= judgements.term else judgements.both(summer, summer)[:0]
    before = judgements.placements[judgements.placements["academic_year"] == year - 1]
    was_in = before[CLASS].take(rows["pupil"].in_words(before["pupil"].tolist())).filled("")
    rows = rows[(was_in != "") & (was_in != rows[CLASS])]
    return _of_classes(rows.having(hit=lower(rows, judgements.rules)), judgements, rule, autumn, summer)


def lower(rows: Frame, rules: Rules) -> Flags:
    """Whether each later result is a step lower: in points, or, judged against the year group, from the line.

    Rows have the scale, points and distance of a result, and `points_later` and `distance_later` of the later one.
    """
    must_gain = rows["scale"].isin({name for name, scale in rules.scales.items() if scale.grows})
    in_points, from_line = (rows[name] - rows[f"{name}_later"] for name in ("points", "distance"))
    lost = np.where(must_gain, in_points, from_line).round(DECIMALS)
    down: Flags = lost >= threshold("step", rows["scale"], rules.scales)
    return down


def _no_spread(judgements: Judgements, rule: CheckRule) -> Frame:
    """In each class the children who have its commonest grade."""
    rows = judgements.at(judgements.term)
    scored = {name for name, scale in judgements.rules.scales.items() if scale.numbers is not None}
    rows = rows[~rows["scale"].isin(scored)]
    grade, _ = numbered([rows["subject"], rows[CLASS], rows["grade"]])
    group, first = numbered([rows["subject"], rows[CLASS]])
    alike = np.bincount(grade)[grade]
    most = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(most, group, alike)
    return _of_classes(rows.having(hit=alike == most[group]), judgements, rule, judgements.term)


def _copied_forward(judgements: Judgements, rule: CheckRule) -> Frame:
    """In each class the children who have last term's grade, on a scale where a child must gain to stand still."""
    scales = {name for name, scale in judgements.rules.scales.items() if scale.grows}
    return _the_same(judgements, rule, scales)


def _scores_repeated(judgements: Judgements, rule: CheckRule) -> Frame:
    """In each class the children who have exactly last term's score."""
    scales = {
        name
        for name, scale in judgements.rules.scales.items()
        if scale.numbers is not None and scale.kind is ScaleKind.RELATIVE and scale.measures_progress
    }
    return _the_same(judgements, rule, scales)


def _the_same(judgements: Judgements, rule: CheckRule, scales: set[str]) -> Frame:
    before = Term.numbered(judgements.term.number - 1)
    rows = judgements.both(before, judgements.term)
    rows = rows[rows["scale"].isin(scales) & np.isnan(rows["stands_from_later"])]
    return _of_classes(rows.having(hit=rows["grade"] == rows["grade_later"]), judgements, rule, judgements.term, before)


def _of_classes(
    rows: Frame, judgements: Judgements, rule: CheckRule, term: Term, from_term: Term | None = None
) -> Frame:
    """How many children of each class a check hits, and whether that many lead to a question."""
    counted = _counted(rows[rows[CLASS] != ""], ("subject", CLASS), "hit")
    if counted.empty:
        return CHECKS.no_rows()
    small = judgements.rules.groups.small
    n, count = counted["n"], counted["count"]
    low, high = wilson(count, n, critical_value(small.confidence))
    return counted.renamed({CLASS: "group"}).having(
        characteristic=CLASS,
        low=100 * low,
        high=100 * high,
        term=term.label,
        from_term=from_term.label if from_term else "",
        asked=(n >= small.compared_from) & (100 * count >= rule.share * n),
    )


# --- the end of a key stage -------------------------------------------------------------------------------------------


def _end_of_key_stage(judgements: Judgements, _: CheckRule) -> Frame:
    """In each last year of a key stage the children who leapt in its last term, beside the years before it."""
    year = judgements.term.academic_year - (judgements.term.season is not Season.SUMMER)
    spring, summer = Term(year, Season.SPRING), Term(year, Season.SUMMER)
    rows = judgements.both(spring, summer)
    leapt = (rows["distance_later"] - rows["distance"]).round(DECIMALS)
    rows = rows.having(hit=leapt >= threshold("accelerated", rows["scale"], judgements.rules.scales))
    tables = list(_last_years(rows, judgements.rules))
    if not tables:
        return CHECKS.no_rows()
    table = Frame.stacked(tables).having(term=summer.label, from_term=spring.label)
    return _asked_of_peers(table, judgements.rules)


def _last_years(rows: Frame, rules: Rules) -> Iterator[Frame]:
    """The counts of each last year of a key stage that has results, and of the years of the key stage before it.

    Only of the same key stage, because the line rises faster in one than in the other.
    """
    counted = _counted(rows[~np.isnan(rows[YEAR_GROUP])], ("subject", YEAR_GROUP), "hit")
    for stage in rules.years.key_stages:
        last_year = stage.years.stop - 1
        within = counted[np.isin(counted[YEAR_GROUP], list(stage.years))]
        before = within[within[YEAR_GROUP] != last_year]
        subject, first = numbered([before["subject"]])
        last = within[within[YEAR_GROUP] == last_year]
        at = positions([last["subject"]], [before["subject"][first]])
        last, at = last[at != NONE], at[at != NONE]
        if len(last):
            sums = {name: np.bincount(subject, before[name], len(first)).astype(np.int64) for name in _SIZES}
            yield last[["subject", *_SIZES]].having(
                {f"peers_{name}": of_subject[at] for name, of_subject in sums.items()},
                characteristic=YEAR_GROUP,
                group=rules.years.label(last_year),
                direction=HIGHER,
            )
