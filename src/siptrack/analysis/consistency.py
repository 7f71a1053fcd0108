"""Whether judgements hang together: comparisons that may lead to a question, and never to a verdict on a teacher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.judged import DECIMALS, limit, looked_up, threshold
from siptrack.analysis.membership import group_of
from siptrack.analysis.statistics import critical_value, newcombe, whole_children, wilson
from siptrack.analysis.tables import BEHIND, CHECKS
from siptrack.analysis.tally import EVERYBODY
from siptrack.school.codes import CheckCode
from siptrack.school.frame import Frame, numbered, positions
from siptrack.school.register import NOT_RECORDED
from siptrack.school.scale import Attainment, Scale, ScaleKind
from siptrack.school.term import Season, Term
from siptrack.school.texts import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.rules.model import CheckRule, Rules
    from siptrack.school.tables import Table

    Finder = Callable[["Judgements", CheckRule], "ChecksFound"]
    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

_IN_ORDER = ((Attainment.WELL_BELOW, Attainment.BELOW), (Attainment.AT,), (Attainment.ABOVE,))
_LEVELS = {attainment: at for at, alike in enumerate(_IN_ORDER) for attainment in alike}
_UNDER, _AT, _OVER = range(len(_IN_ORDER))
_CHILD = ("pupil", "subject")
CLASS, YEAR_GROUP = "class", "year_group"
LOWER, HIGHER = "lower", "higher"
_SIZES = ("n", "count")
_COMPARISON = ("code", "subject", "characteristic", "group", "direction")


class ChecksFound(NamedTuple):
    """The comparisons of a question, and the children behind each: `hits` has the columns of BEHIND but the names."""

    rows: Frame
    hits: Frame

    @classmethod
    def together(cls, found: Sequence[ChecksFound]) -> ChecksFound:
        """All of them as one."""
        return cls(*(Frame.stacked(parts) for parts in zip(NOTHING, *found, strict=True)))

    def of(self, code: str) -> ChecksFound:
        """With every column, and the question's code."""
        return ChecksFound(_complete(self.rows, CHECKS, code), _complete(self.hits, BEHIND, code))


def _complete(rows: Frame, table: Table, code: str) -> Frame:
    blank = {
        column.name: "" if column.kind == "text" else np.nan for column in table.columns if column.name not in rows
    }
    return rows.having({**blank, "code": str(code)})[table.names]


NOTHING = ChecksFound(CHECKS.no_rows(), BEHIND.no_rows())


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


def check_judgements(judgements: Judgements) -> ChecksFound:
    """Every comparison made, and whether it leads to a question; and the children behind each question."""
    found = _found(
        judgements,
        {
            CheckCode.TEACHER_AND_TEST: _teacher_and_test,
            CheckCode.BEYOND_ERROR: _beyond_error,
            CheckCode.HANDOVER: _handover,
            CheckCode.CEILING: _ceiling,
            CheckCode.NO_SPREAD: _no_spread,
            CheckCode.COPIED_FORWARD: _copied_forward,
            CheckCode.SCORES_REPEATED: _scores_repeated,
            CheckCode.END_OF_KEY_STAGE: _end_of_key_stage,
        },
    )
    hits = found.hits[found.hits.found_in(found.rows[found.rows["asked"]], *_COMPARISON) != NONE]
    child = hits.found_in(judgements.pupils, "pupil")
    named = ("surname", "forename", CLASS)
    return found._replace(hits=hits.having({name: judgements.pupils[name].take(child) for name in named}))


def unchanged(judgements: Judgements) -> Frame:
    """The rows of the checks table about classes whose grades or scores look copied forward from last term."""
    finders = {CheckCode.COPIED_FORWARD: _copied_forward, CheckCode.SCORES_REPEATED: _scores_repeated}
    rows = _found(judgements, finders).rows
    return rows[rows["asked"]]


def _found(judgements: Judgements, finders: Mapping[CheckCode, Finder]) -> ChecksFound:
    """What these find, in the order of the rules."""
    rules = {CheckCode(code): rule for code, rule in judgements.rules.checks.items() if rule.active}
    return ChecksFound.together(
        [finders[code](judgements, rule).of(code) for code, rule in rules.items() if code in finders]
    )


def _hits(rows: Frame, hit: Flags, characteristic: str, direction: str = "") -> Frame:
    """The children behind the comparisons of the groups of a characteristic; `rows` may have `beside` and `apart`."""
    known = [name for name in (*_CHILD, "grade", "beside", "apart") if name in rows]
    return rows[hit][known].having(characteristic=characteristic, group=rows[characteristic][hit], direction=direction)


# --- the teacher beside the test --------------------------------------------------------------------------------------


def _teacher_and_test(judgements: Judgements, _: CheckRule) -> ChecksFound:
    """For each group the children whom the teacher places lower than the test, or higher, beside their peers."""
    teacher, test = _pairs(judgements)
    if teacher.empty:
        return NOTHING
    pupils = judgements.pupils
    in_class = pupils[CLASS].where(pupils[CLASS] != "", NOT_RECORDED)
    groups = group_of(pupils, judgements.rules.groups).having({CLASS: in_class})
    child = teacher["pupil"].in_words(pupils["pupil"].tolist())
    by_teacher, by_test = _levels(teacher), _levels(test)
    pairs = teacher[[*_CHILD, "grade"]].having(
        {LOWER: by_teacher < by_test, HIGHER: by_teacher > by_test}, beside=test["grade"]
    )
    known = groups.take(child).having({name: pairs[name] for name in pairs})[child != NONE]
    return ChecksFound.together(
        [_against_peers(known, name, way, judgements) for name in groups for way in (LOWER, HIGHER)]
    )


def _pairs(judgements: Judgements) -> tuple[Frame, Frame]:
    """The teacher's judgement and the test of this term of the children who have both in a subject, side by side."""
    now = judgements.term.number
    counting, other = (
        rows[(rows["term"] == now) & rows["attainment"].isin(_LEVELS)] for rows in (judgements.judged, judgements.other)
    )
    at = other.found_in(counting, *_CHILD)
    counting, other = counting[at[at != NONE]], other[at != NONE]
    columns = [*_CHILD, "scale", YEAR_GROUP, "grade", "distance", "attainment"]
    tested = counting["test"]
    first, beside = counting[columns], other[columns]
    return Frame.stacked([first[~tested], beside[tested]]), Frame.stacked([beside[~tested], first[tested]])


def _levels(rows: Frame) -> Numbers:
    """Whether each result lies below, at or above expectations, as numbers that ascend."""
    levels: Numbers = rows["attainment"].looked_up({str(named): float(level) for named, level in _LEVELS.items()})
    return levels


def _beyond_error(judgements: Judgements, _: CheckRule) -> ChecksFound:
    """The children whose score lies under what the judgement means, or over it, by more than the test's error."""
    teacher, test = _pairs(judgements)
    scales = judgements.rules.scales
    error = threshold("error", test["scale"], scales)
    teacher, test, error = teacher[~np.isnan(error)], test[~np.isnan(error)], error[~np.isnan(error)]
    if teacher.empty:
        return NOTHING
    level, score = _levels(teacher), test["distance"]
    line, above = (limit(name, test["scale"], test[YEAR_GROUP], scales) for name in ("at_within", "above"))
    least = np.choose(level.astype(np.int64), (np.full(len(score), -np.inf), -line, above))
    most = np.choose(level.astype(np.int64), (-line, above, np.full(len(score), np.inf)))
    rows = teacher[[*_CHILD, "grade"]].having({EVERYBODY: EVERYBODY}, beside=test["grade"])
    far = {HIGHER: (least - score).round(DECIMALS), LOWER: (score - most).round(DECIMALS)}
    found = []
    for direction, apart in far.items():
        hit = apart > error
        counted = _counted(rows.having(hit=hit), ("subject", EVERYBODY), "hit")
        table = counted.renamed({EVERYBODY: "group"}).having(
            characteristic=EVERYBODY, direction=direction, term=judgements.term.label, asked=counted["count"] > 0
        )
        found.append(ChecksFound(table, _hits(rows.having(apart=apart), hit, EVERYBODY, direction)))
    return ChecksFound.together(found)


def _counted(rows: Frame, names: tuple[str, ...], hit: str) -> Frame:
    """How many rows there are of each kind, `n`, and of how many the column `hit` is true, `count`."""
    number, first = numbered([rows[name] for name in names])
    n, count = np.bincount(number, minlength=len(first)), np.bincount(number, rows[hit], len(first))
    return rows[list(names)].take(first).having(n=n, count=count.astype(np.int64))


def _against_peers(rows: Frame, characteristic: str, direction: str, judgements: Judgements) -> ChecksFound:
    """Each group of a characteristic beside all others whose group is known, in each subject."""
    rows = rows[rows[characteristic] != NOT_RECORDED]
    counted = _counted(rows, ("subject", characteristic), direction)
    subject, first = numbered([counted["subject"]])
    n, count = (np.bincount(subject, counted[name], len(first)).astype(np.int64)[subject] for name in ("n", "count"))
    table = counted.renamed({characteristic: "group"}).having(
        characteristic=characteristic,
        direction=direction,
        peers_n=n - counted["n"],
        peers_count=count - counted["count"],
        term=judgements.term.label,
    )
    table = _asked_of_peers(table[table["peers_n"] > 0], judgements.rules)
    return ChecksFound(table, _hits(rows, rows[direction], characteristic, direction))


def _asked_of_peers(table: Frame, rules: Rules) -> Frame:
    """Asked where a group's share is higher than its peers' by more than chance and by at least a whole child."""
    small = rules.groups.small
    counts = {name: table[name] for name in ("count", "n", "peers_count", "peers_n")}
    low, high = newcombe(**counts, z=critical_value(small.confidence))
    enough = (counts["n"] >= small.compared_from) & (counts["peers_n"] >= small.compared_from)
    asked = enough & (low > 0) & (whole_children(**counts) >= small.whole_children)
    return table.having(low=100 * low, high=100 * high, asked=asked)


# --- classes ----------------------------------------------------------------------------------------------------------


def _handover(judgements: Judgements, rule: CheckRule) -> ChecksFound:
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


def _ceiling(judgements: Judgements, rule: CheckRule) -> ChecksFound:
    """In each class the children at the top grade of a scale, above expectations: they cannot be seen to move on."""
    rows = _in_grades(judgements)
    return _of_classes(rows.having(hit=_at_the_top(rows, judgements.rules)), judgements, rule, judgements.term)


def _in_grades(judgements: Judgements) -> Frame:
    """The results of the term that are grades, and no scores."""
    rows = judgements.at(judgements.term)
    scored = {name for name, scale in judgements.rules.scales.items() if scale.numbers is not None}
    return rows[~rows["scale"].isin(scored)]


def _at_the_top(rows: Frame, rules: Rules) -> Flags:
    at: Flags = looked_up(rows["scale"], rows["grade"], rules.scales, _top) == 1
    return at & (rows["attainment"] == Attainment.ABOVE.value)


def _top(scale: Scale) -> Mapping[str, float]:
    points = [grade.points for grade in scale.grades if grade.points is not None]
    return {grade.code: 1.0 for grade in scale.grades if points and grade.points == max(points)}


def _no_spread(judgements: Judgements, rule: CheckRule) -> ChecksFound:
    """In each class the children who have its commonest grade; a class at the top grade is one for `_ceiling`."""
    rows = _in_grades(judgements)
    grade, _ = numbered([rows["subject"], rows[CLASS], rows["grade"]])
    group, first = numbered([rows["subject"], rows[CLASS]])
    alike = np.bincount(grade)[grade]
    most = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(most, group, alike)
    hit = (alike == most[group]) & ~_at_the_top(rows, judgements.rules)
    return _of_classes(rows.having(hit=hit), judgements, rule, judgements.term)


def _copied_forward(judgements: Judgements, rule: CheckRule) -> ChecksFound:
    """In each class the children who have last term's grade, on a scale where a child must gain to stand still."""
    scales = {name for name, scale in judgements.rules.scales.items() if scale.grows}
    return _the_same(judgements, rule, scales)


def _scores_repeated(judgements: Judgements, rule: CheckRule) -> ChecksFound:
    """In each class the children who have exactly last term's score."""
    scales = {
        name
        for name, scale in judgements.rules.scales.items()
        if scale.numbers is not None and scale.kind is ScaleKind.RELATIVE and scale.measures_progress
    }
    return _the_same(judgements, rule, scales)


def _the_same(judgements: Judgements, rule: CheckRule, scales: set[str]) -> ChecksFound:
    before = Term.numbered(judgements.term.number - 1)
    rows = judgements.both(before, judgements.term)
    rows = rows[rows["scale"].isin(scales) & np.isnan(rows["stands_from_later"])]
    return _of_classes(rows.having(hit=rows["grade"] == rows["grade_later"]), judgements, rule, judgements.term, before)


def _of_classes(
    rows: Frame, judgements: Judgements, rule: CheckRule, term: Term, from_term: Term | None = None
) -> ChecksFound:
    """How many children of each class a check hits, and whether that many lead to a question."""
    rows = rows[rows[CLASS] != ""]
    if rows.empty:
        return NOTHING
    counted = _counted(rows, ("subject", CLASS), "hit")
    small = judgements.rules.groups.small
    n, count = counted["n"], counted["count"]
    low, high = wilson(count, n, critical_value(small.confidence))
    table = counted.renamed({CLASS: "group"}).having(
        characteristic=CLASS,
        low=100 * low,
        high=100 * high,
        term=term.label,
        from_term=from_term.label if from_term else "",
        asked=(n >= small.compared_from) & (100 * count >= rule.share * n),
    )
    return ChecksFound(table, _hits(_beside(rows), rows["hit"], CLASS))


def _beside(rows: Frame) -> Frame:
    """Results of two terms side by side as they are told: the later grade, and the earlier beside it."""
    if "grade_later" not in rows:
        return rows
    return rows.having(grade=rows["grade_later"], beside=rows["grade"])


# --- the end of a key stage -------------------------------------------------------------------------------------------


def _end_of_key_stage(judgements: Judgements, _: CheckRule) -> ChecksFound:
    """In each last year of a key stage, and its classes, the children who leapt in its last term, beside earlier years.

    Only of the same key stage, because the line rises faster in one than in the other. A class is not asked about
    where its year group is, whose children are named with their classes.
    """
    year = judgements.term.academic_year - (judgements.term.season is not Season.SUMMER)
    spring, summer = Term(year, Season.SPRING), Term(year, Season.SUMMER)
    rows, rules = judgements.both(spring, summer), judgements.rules
    apart = (rows["distance_later"] - rows["distance"]).round(DECIMALS)
    hit = apart >= threshold("accelerated", rows["scale"], rules.scales)
    rows = _beside(rows).having(hit=hit, apart=apart)
    found = []
    for stage in rules.years.key_stages:
        last_year = stage.years.stop - 1
        before = rows[np.isin(rows[YEAR_GROUP], [each for each in stage.years if each != last_year])]
        last = rows[rows[YEAR_GROUP] == last_year].having({YEAR_GROUP: rules.years.label(last_year)})
        of_year = _leapt(last, before, YEAR_GROUP, rules)
        of_class = _leapt(last[last[CLASS] != ""], before, CLASS, rules)
        asked_of_year = of_year.rows["subject"][of_year.rows["asked"]].tolist()
        asked = of_class.rows["asked"] & ~of_class.rows["subject"].isin(asked_of_year)
        found += [of_year, of_class._replace(rows=of_class.rows.having(asked=asked))]
    together = ChecksFound.together(found)
    return together._replace(rows=together.rows.having(term=summer.label, from_term=spring.label))


def _leapt(last: Frame, before: Frame, characteristic: str, rules: Rules) -> ChecksFound:
    """How many leapt of each group of the last year, and of the years before it together."""
    earlier = _counted(before, ("subject",), "hit")
    counted = _counted(last, ("subject", characteristic), "hit")
    at = positions([counted["subject"]], [earlier["subject"]])
    counted, at = counted[at != NONE], at[at != NONE]
    if counted.empty or (characteristic == CLASS and not _several(counted)):
        return NOTHING
    table = counted.renamed({characteristic: "group"}).having(
        {f"peers_{name}": earlier[name][at] for name in _SIZES}, characteristic=characteristic, direction=HIGHER
    )
    return ChecksFound(_asked_of_peers(table, rules), _hits(last, last["hit"], characteristic, HIGHER))


def _several(counted: Frame) -> bool:
    """Whether there is more than one class; one alone is its year group."""
    return len(counted[CLASS].distinct()) > 1
