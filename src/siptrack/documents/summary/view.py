"""The facts of the summary without names, all of them from what may be shared, and the document that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.shareable_tables import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.shared_changes import GapChange, GapThen, changes
from siptrack.analysis.shared_national import England, england_of
from siptrack.analysis.shared_terms import EarlierTerm, Side, earlier_terms
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.shared_tables import STATUS, WHOLE, statuses
from siptrack.documents.sharing import few_lines, shared_label, symbols_line
from siptrack.documents.summary.drawing import TermLine, drawing_of
from siptrack.rendering.html.pages import page
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.school.cells import Cell, records, text, whole
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sharing import Status
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.analysis.shareable import Shared
    from siptrack.rendering.model import Document
    from siptrack.rules.model import Rules
    from siptrack.school.sharing import SharedBefore

    Row = Mapping[str, Cell]

_DOCUMENTS = Path(__file__).parents[1]
_TWO = 2  # one term makes no line


class SubjectStanding(NamedTuple):
    """How many of how many are at expectations in a subject, now and a year ago; None where that is not shown."""

    subject: str
    now: Side | None
    then: Side | None


class YearSixBesideEngland(NamedTuple):
    """A year group's own figure beside the national one."""

    subject: str
    year: str
    own: Side
    england: England


class GroupGap(NamedTuple):
    """A gap of a group in a subject: both sides now, in percentage points then and now, and what became of it."""

    subject: str
    ours: Side
    theirs: Side
    clear: bool
    ahead: bool
    then: float | None = None
    now: float = 0
    change: GapChange = GapChange.CANNOT_TELL

    @property
    def closed(self) -> bool:
        """Whether it has become smaller, and is not clear any more."""
        return self.change is GapChange.NARROWED and not self.clear


class ComparedGroup(NamedTuple):
    """A group and those it is compared with, by subject; `few` are subjects with too few children to compare."""

    label: str
    ours: str
    theirs: str
    gaps: Sequence[GroupGap]
    few: Sequence[str]


class TableBlock(NamedTuple):
    """The rows of a characteristic in the table: each label with a cell a subject, None where nothing is known."""

    label: str
    lines: Sequence[tuple[str, Sequence[Row | None]]]


class Summary:
    """What the summary says: of this term from the shared tables, of others from what is shown beside these."""

    def __init__(self, analysis: Analysis, shared: Shared, rules: Rules, before: Sequence[SharedBefore] = ()) -> None:
        """Of an analysis are taken its term, the earlier terms that may be shared, and no table."""
        self.term, self.shared, self.rules = analysis.term, shared, rules
        self.earlier = earlier_terms(analysis, shared, rules, before)
        self._england = england_of(analysis, rules)

    @cached_property
    def rows(self) -> list[dict[str, Cell]]:
        """The rows of the shared tables that apply."""
        every = records(self.shared.frame("rows"), SHARED_ROWS.names)
        return [row for row in every if row[STATUS] != Status.NOT_APPLICABLE]

    def _at_are(self) -> dict[tuple[str, str, str], dict[str, Cell]]:
        return {
            (text(row["subject"]), text(row["characteristic"]), text(row["group"])): row
            for row in self.rows
            if row["measure"] == Measure.AT_ARE
        }

    @cached_property
    def subjects(self) -> dict[str, str]:
        """The subjects of which it is known how many are at expectations, by key, with their names."""
        return {subject: subject_label(subject, self.rules) for subject, _, _ in self._at_are()}

    @cached_property
    def a_year_ago(self) -> EarlierTerm | None:
        """The same term of the year before."""
        ago = self.term.number - SEASONS_IN_A_YEAR
        return next((item for item in self.earlier if item.term.number == ago and self._alike(item)), None)

    @property
    def year_before(self) -> Term:
        """The same term of the year before, whether there is anything of it or not."""
        return Term.numbered(self.term.number - SEASONS_IN_A_YEAR)

    def _alike(self, earlier: EarlierTerm) -> bool:
        """Whether a term is of about the same year groups: where files lack who has left, one is gone a year."""
        years_back = -((earlier.term.number - self.term.number) // SEASONS_IN_A_YEAR)
        return bool(earlier.rows) and len(self._missing(earlier)) <= years_back and bool(earlier.years)

    def _missing(self, earlier: EarlierTerm) -> list[str]:
        """The year groups of now that had no result in an earlier term."""
        there = {year for years in earlier.years.values() for year in years}
        now = dict.fromkeys(group for _, key, group in self._at_are() if key == YEAR_GROUP)
        return [shared_label(YEAR_GROUP, year, self.shared, self.rules) for year in now if year not in there]

    @property
    def missing(self) -> list[str]:
        """The year groups that had no result a year ago."""
        return self._missing(self.a_year_ago) if self.a_year_ago else []

    def standings(self) -> list[SubjectStanding]:
        """Each subject over all children."""
        then = self.a_year_ago.rows if self.a_year_ago else {}
        at = self._at_are()
        return [
            SubjectStanding(label, _side(at.get((key, EVERYBODY, EVERYBODY))), then.get((key, EVERYBODY, EVERYBODY)))
            for key, label in self.subjects.items()
        ]

    def progress(self) -> list[tuple[str, Side]]:
        """How many make insufficient progress in each subject, where that is shown."""
        found = [
            (subject_label(text(row["subject"]), self.rules), _side(row))
            for row in self.rows
            if row["measure"] == Measure.INSUFFICIENT and row["characteristic"] == EVERYBODY
        ]
        return [(label, side) for label, side in found if side]

    def england(self) -> list[YearSixBesideEngland]:
        """The year groups that may be set beside national figures, where enough of them are shown."""
        at = self._at_are()
        found = [(item, _side(at.get((item.subject, YEAR_GROUP, str(item.year_group))))) for item in self._england]
        return [
            YearSixBesideEngland(self.subjects[item.subject], self.rules.years.label(item.year_group), own, item)
            for item, own in found
            if own and own[0] >= self.shared.mode.percentages_from
        ]

    @property
    def england_hidden(self) -> bool:
        """Whether there are national figures, and none of the school's to set beside them."""
        return bool(self._england) and not self.england()

    def _asked(self) -> list[str]:
        """The characteristics asked of first, without one that stands in for another that is there."""
        doubled = {self.rules.groups.held.stands_in.get(key) for key in self.shared.first}
        return [key for key in self.shared.first if key not in doubled]

    @cached_property
    def groups(self) -> list[ComparedGroup]:
        """The gaps of what governors ask of first, of which both sides are shown."""
        found = [
            (key, gap)
            for gap in records(self.shared.frame("gaps"), SHARED_GAPS.names)
            if (key := text(gap["characteristic"])) in self._asked() and gap["measure"] == Measure.AT_ARE
        ]
        gaps = list(self._with_change([gap for _, gap in found]))
        by_group: dict[tuple[str, str, str], list[tuple[GroupGap, bool]]] = {}
        for (key, row), gap in zip(found, gaps, strict=True):
            few = row["verdict"] == GapVerdict.TOO_FEW
            by_group.setdefault((key, text(row["group"]), text(row["peers"])), []).append((gap, few))
        return [self._compared(*of, by_group[of]) for of in sorted(by_group, key=lambda of: self._asked().index(of[0]))]

    def _compared(self, key: str, group: str, peers: str, gaps: Iterable[tuple[GroupGap, bool]]) -> ComparedGroup:
        characteristic = self.shared.characteristics[key]
        ours, theirs = (children_of(characteristic, item) for item in (group, peers))
        judged, few = [gap for gap, is_few in gaps if not is_few], [gap.subject for gap, is_few in gaps if is_few]
        return ComparedGroup(shared_label(key, group, self.shared, self.rules), ours, theirs, judged, few)

    def _with_change(self, rows: Sequence[Row]) -> Iterator[GroupGap]:
        """Each gap, with what became of it since a year ago where both sides of then are shown."""
        thens = [self._then(row) for row in rows]
        known = [then for then in thens if then]
        moved = iter(changes(known, self.shared.mode, self.rules.groups.small))
        for row, then in zip(rows, thens, strict=True):
            ours, theirs = (_sides(row, prefix) for prefix in ("", "peers_"))
            before, now = then.gaps if then else (None, 0)
            yield GroupGap(
                subject=self.subjects[text(row["subject"])],
                ours=ours,
                theirs=theirs,
                clear=row["verdict"] == GapVerdict.CLEAR and row["gap"] is not None,
                ahead=ours[1] * theirs[0] > theirs[1] * ours[0],
                then=before,
                now=now,
                change=next(moved) if then else GapChange.CANNOT_TELL,
            )

    def _then(self, row: Row) -> GapThen | None:
        figures = self.a_year_ago.rows if self.a_year_ago else {}
        key, least = text(row["characteristic"]), self.shared.mode.percentages_from
        sides = [figures.get((text(row["subject"]), key, text(row[name]))) for name in ("group", "peers")]
        ours, theirs = sides
        if not ours or not theirs or min(ours[0], theirs[0]) < max(least, self.rules.groups.small.compared_from):
            return None
        return GapThen(_sides(row, ""), _sides(row, "peers_"), ours, theirs)

    @property
    def not_shown(self) -> list[str]:
        """What governors ask of first, is recorded, and cannot be shown."""
        shown = {key for _, key, _ in self._at_are()}
        return [self.shared.characteristics[key].label for key in self._asked() if key not in shown]

    @property
    def not_recorded(self) -> list[str]:
        """What governors ask of first and the files do not say."""
        every = self.rules.groups
        stand_ins = set(every.held.stands_in.values())
        there = {
            *self.shared.first,
            *(key for key, other in every.held.stands_in.items() if other in self.shared.first),
        }
        return [every.all()[key].label for key in every.shown_first if key not in there and key not in stand_ins]

    @property
    def not_known_then(self) -> list[str]:
        """What the files do not say of who was there a year ago."""
        unknown = self.a_year_ago.not_known if self.a_year_ago else ()
        return [self.shared.characteristics[key].label for key in self._asked() if key in unknown]

    def table(self) -> list[TableBlock]:
        """Everybody, the year groups, and the groups that governors ask of first, by subject."""
        at = self._at_are()
        blocks = []
        for keys in (WHOLE, *((key,) for key in self._asked())):
            named = dict.fromkeys((key, group) for _, key, group in at if key in keys and group != NOT_RECORDED)
            if named:
                lines = [
                    (shared_label(*of, self.shared, self.rules), [at.get((subject, *of)) for subject in self.subjects])
                    for of in named
                ]
                blocks.append(TableBlock("" if keys is WHOLE else self.shared.characteristics[keys[0]].label, lines))
        return blocks

    @property
    def symbols(self) -> str:
        """What the symbols in the table mean."""
        used = [row for block in self.table() for _, cells in block.lines for row in cells if row]
        return symbols_line(statuses(used), self.rules.sharing)

    @property
    def further(self) -> int:
        """How many groups are listed that are not in the table."""
        every = {(row["characteristic"], row["group"]) for row in self.rows}
        return len(every) - sum(len(block.lines) for block in self.table())

    @cached_property
    def lines(self) -> list[TermLine]:
        """Each subject over the terms of which everybody is shown, this one among them."""
        terms = [(item.term, item.rows) for item in self.earlier if self._alike(item)]
        found = []
        for standing, key in zip(self.standings(), self.subjects, strict=True):
            sides = [(term, rows.get((key, EVERYBODY, EVERYBODY))) for term, rows in terms]
            known = [(term, side) for term, side in (*sides, (self.term, standing.now)) if side]
            enough = [(term, side) for term, side in known if side[0] >= self.shared.mode.percentages_from]
            if len(enough) >= _TWO:
                found.append(TermLine(standing.subject, enough))
        return found

    @property
    def by_term(self) -> list[tuple[Term, list[Side | None]]]:
        """The terms of the lines, each with a figure a subject, None where a line has none."""
        at = [{term.number: side for term, side in line.terms} for line in self.lines]
        terms = {term.number: term for line in self.lines for term, _ in line.terms}
        return [(terms[order], [of.get(order) for of in at]) for order in sorted(terms)]


def _side(row: Row | None) -> Side | None:
    """The counts of a row that are shown."""
    if row is None or row["n"] is None:
        return None
    return _sides(row, "")


def _sides(row: Row, prefix: str) -> Side:
    return whole(row[f"{prefix}n"]), whole(row[f"{prefix}count"])


def summary_document(summary: Summary, *, room: bool = False) -> Document:
    """The summary in words; with `room`, room to write what the school will look at."""
    drawings = {"terms": drawing_of(summary.lines)} if summary.lines else {}
    shared, rules = summary.shared, summary.rules
    return document(
        "summary/page.jinja",
        ruler_line(rules.ruler),
        drawings=drawings,
        summary=summary,
        shared=shared,
        mode=shared.mode,
        sharing=rules.sharing,
        small=rules.groups.small,
        others=rules.groups.all_others,
        all_others=[shared.characteristics[key].label for key in shared.all_others],
        listed_line=few_lines(shared, shared.first)[-1],
        together={
            summary.subjects[key]: len(parts)
            for key, parts in rules.columns.combined.items()
            if key in summary.subjects
        },
        room=room,
        GapChange=GapChange,
    )


def summary_page(summary: Summary) -> bytes:
    """The two pages for a browser and for print."""
    made = summary_document(summary, room=True)
    return page("summary/page.html", _DOCUMENTS, document=made, title=made.title, ruler=made.ruler)
