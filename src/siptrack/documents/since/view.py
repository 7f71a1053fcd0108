"""The facts of the page of a look back: one line an action, one line a child, and the gaps that changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from siptrack.analysis.trend_tables import TRENDS, GapTrend
from siptrack.analysis.vocabulary import Measure
from siptrack.cycle.plan import find_supported
from siptrack.cycle.plan_came import tables_of
from siptrack.cycle.plan_children import reach_of
from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import LISTED, ON_NOW, Agreed, Came, ListedChild, Moved, OnList
from siptrack.documents.child_lines import Move, class_lists
from siptrack.documents.children import list_children
from siptrack.documents.comparisons import list_causes
from siptrack.documents.findings import list_findings
from siptrack.documents.gaps import causes_words
from siptrack.documents.plan.came import CameInShort, came_in_short
from siptrack.documents.read import read_of
from siptrack.documents.since.looked_back import LookedBack, NamedChild
from siptrack.documents.trends import ChangedGap, Followed, GapLine, changed_gaps, followed, gap_line
from siptrack.documents.written import Written, head_of, term_object
from siptrack.rendering.model import Document
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.tables import rows_of

_WIDEST = 28  # letters of a name, as on the first page of an analysis
_GROUPS = (Moved.STAYED, Moved.JOINED, Moved.LEFT)  # as they stand in a class; others are apart
_APART = (Moved.UNTOLD_THEN, Moved.NEW_HERE, Moved.UNTOLD_NOW, Moved.LEFT_SCHOOL)


class MovedSubject(NamedTuple):
    """A subject of a child on the line: how it stands, what became of it, and for how many terms on the list."""

    named: Move
    moved: str
    terms: int


class MovedChild(NamedTuple):
    """A child on one line; `nothing` is whether the records hold nothing for one who is long on the list."""

    name: str
    class_name: str
    subjects: Sequence[MovedSubject]
    nothing: bool


class ClassMoved(NamedTuple):
    """The children of a class of a year group who stayed, joined and left, by which of these."""

    year_group: int | None
    name: str
    groups: Mapping[Moved, Sequence[MovedChild]]


class SetApart(NamedTuple):
    """Children on one of the lists who neither joined nor left, and why that cannot be told."""

    moved: str
    reason: str
    children: Sequence[MovedChild]


class GapsSince(NamedTuple):
    """The gaps since then: those that changed, what became of all, those clear now, and every one where asked for."""

    changed: Sequence[ChangedGap]
    followed: Followed
    clear: str
    every: Sequence[GapLine]


class SincePage(NamedTuple):
    """What stands on the page; each child once."""

    actions: Sequence[NamedChild[Agreed]]
    long: Sequence[MovedChild]
    classes: Sequence[ClassMoved]
    apart: Sequence[SetApart]
    gaps: GapsSince | None
    plan: CameInShort | None

    @property
    def longest_name(self) -> int:
        """How wide a column of the names in the classes is."""
        lines = (child for of in self.classes for children in of.groups.values() for child in children)
        return min(max((len(child.name) for child in lines), default=0), _WIDEST)

    @property
    def longest_long(self) -> int:
        """How wide a column of the names and classes of those long on the list is."""
        return min(max((len(f"{child.name} ({child.class_name})") for child in self.long), default=0), _WIDEST)


def since_document(since: Since, rules: Rules, *, every: bool) -> Document:
    """The page; `every` asks for every class, child and gap, and every place of a problem."""
    analysis = since.analysis
    look = LookedBack(since, rules)
    return document(
        "since/page.jinja",
        ruler_line(rules.ruler),
        page=_page(look, every=every),
        look=look,
        since=since,
        read=read_of(analysis),
        rules=rules,
        Moved=Moved,
        OnList=OnList,
        Came=Came,
        every=every,
    )


def of_a_look_back(since: Since, rules: Rules) -> Written:
    """Who joined, left and stayed on the list since an earlier term, and what came of what was agreed."""
    then = {"on_roll": since.roll_then, "told": since.with_progress_then}
    now = {"on_roll": since.roll_now, "told": since.with_progress_now}
    held = {**tables_of(since.plan), LISTED.name: since.frame("listed"), TRENDS.name: since.frame("gaps")}
    return Written(
        "since",
        rules,
        since.analysis,
        lambda name: held[name] if name in held else since.frame(name),
        {"from_term": term_object(since.from_term), **head_of(since.analysis)},
        {"told": {"then": then, "now": now}, "agreed_now": since.later_actions, "by_noise": _rounded(since)},
        also_about={"from_term": since.from_term.label},
    )


def _rounded(since: Since) -> dict[str, float]:
    """How many children noise alone would have moved, no more exactly than is known."""
    return {name: round(number, 1) for name, number in since.by_noise._asdict().items()}


def _page(look: LookedBack, *, every: bool) -> SincePage:
    line, rank = _lines(look)
    seats = ((child.year_group, child.class_name) for child in look.listed)
    long: list[MovedChild] = []
    apart: dict[tuple[str, str], list[MovedChild]] = {}
    classes: dict[tuple[int | None, str], dict[Moved, list[MovedChild]]] = {}
    for child in sorted(look.listed, key=lambda child: rank.get(child.first.pupil, len(rank))):
        found = {row.moved for row in child.rows}
        group = next((moved for moved in _GROUPS if moved in found), None)
        if child.first.pupil in look.long:
            long.append(line(child))
        elif group:
            classes.setdefault((child.year_group, child.class_name), {}).setdefault(group, []).append(line(child))
        else:
            apart.setdefault((child.first.moved, child.first.reason), []).append(line(child))
    return SincePage(
        sorted(look.actions, key=lambda action: action.order[:2]),
        sorted(long, key=_strongest_first),
        [ClassMoved(*of, classes[of]) for of in dict.fromkeys(seats) if of in classes],
        [SetApart(*why, apart[why]) for why in sorted(apart, key=lambda why: _APART.index(Moved(why[0])))],
        _gaps(look.since, look.rules, every=every),
        _came(look.since, look.rules),
    )


def _came(since: Since, rules: Rules) -> CameInShort | None:
    """What came of the last plan, and which of its priorities the results of now support no longer."""
    if since.plan is None:
        return None
    analysis = since.analysis
    return came_in_short(since.plan, rules, find_supported(analysis, reach_of(analysis, rules), rules).priorities)


def _strongest_first(child: MovedChild) -> float:
    return -max(subject.named.behind or 0 for subject in child.subjects)


def _lines(look: LookedBack) -> tuple[Callable[[NamedChild[ListedChild]], MovedChild], Mapping[str, int]]:
    """What makes a child's line, and the rank of each child on the list now: the one of everywhere."""
    analysis, rules = look.since.analysis, look.rules
    sections = list_children(analysis, rules, list_findings(analysis, rules), frozenset())
    lists = class_lists(sections.insufficient, rules, {})
    named = {listed.child.pupil: listed.moves for of_class in lists for listed in of_class.lines}

    def line(child: NamedChild[ListedChild]) -> MovedChild:
        rows = {look.subject(row): row for row in child.rows}
        on = [_on(move, rows[move.subject]) for move in named.get(child.first.pupil, ())]
        off = [_off(row, label) for label, row in rows.items() if row.moved not in ON_NOW]
        return MovedChild(child.name, child.class_name, [*on, *off], child.first.pupil in look.nothing)

    return line, {pupil: at for at, pupil in enumerate(named)}


def _on(move: Move, row: ListedChild) -> MovedSubject:
    """A subject in which the child is on the list; that one who joined is lower than before goes without saying."""
    return MovedSubject(move._replace(dropped=move.dropped and row.moved != Moved.JOINED), row.moved, row.terms)


def _off(row: ListedChild, label: str) -> MovedSubject:
    """A subject in which the child was on the list and is not now."""
    grades = [grade for grade in (row.from_grade, row.grade) if grade]
    move = Move(label, grades, None, early=False, dropped=False, newer_term="", newer_grade="")
    return MovedSubject(move, row.moved, row.terms)


def _gaps(since: Since, rules: Rules, *, every: bool) -> GapsSince | None:
    """The gaps then and now on the same children."""
    analysis, rows = since.analysis, rows_of(GapTrend, since.frame("gaps"))
    if not rows:
        return None
    least, characteristics = rules.groups.small.compared_from, analysis.characteristics
    shown = [row for row in rows if every and row.measure == Measure.AT_ARE and min(row.n, row.peers_n) >= least]
    at_are = [
        ([gap for gap in cause.gaps if gap.measure == Measure.AT_ARE], cause.behind)
        for cause in list_causes(analysis, rules)
    ]
    return GapsSince(
        changed_gaps(rows, characteristics, rules),
        followed(rows, rules),
        causes_words([cause for cause in at_are if cause[0]]),
        [gap_line(row, characteristics, rules) for row in shown],
    )
