"""The rows of the sheets: those of the tables, put in words, and those that are gathered from several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import floor
from typing import TypeAlias

from siptrack.analysis.at_are_by_term import AT_ARE_BY_TERM, at_are_by_term
from siptrack.analysis.closers import JOINT
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import GapVerdict, Measure, Verdict, Window
from siptrack.documents.analysis import recorded_characteristics, table_records
from siptrack.documents.children import Child, every_child, hardly, list_children
from siptrack.documents.clauses import STANDING
from siptrack.documents.comparisons import list_causes, list_far_behind
from siptrack.documents.data_tables import OF_THE_DATA, data_records
from siptrack.documents.evidence import sureness
from siptrack.documents.findings import list_findings
from siptrack.documents.gaps import COUNTED, HEADINGS
from siptrack.documents.labels import among_label, group_label, group_words, subject_label
from siptrack.documents.on_record import names_on_record
from siptrack.documents.workbook.sheets import MARKS, Columns
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.national import EVERYBODY
from siptrack.school.scale import Attainment
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

Row: TypeAlias = Mapping[str, Cell]
_ALL = 100  # percent
_OF_THE_DATA = {table.name: table for table in OF_THE_DATA}
_PRESSING = (Verdict.INSUFFICIENT, Verdict.ACCELERATED, Verdict.EXPECTED, Verdict.CANNOT_TELL)
_WINDOWS = {Window.YEAR.value: "This year", Window.KEY_STAGE.value: "Key stage"}
_NOT_ALL = 99  # of 100 children; more are said to be over it
_HARDLY, _EARLY, _SLIPPING = "probably chance", "too early to be sure", "slipping slowly, not named"

_NOT_APPLICABLE = "[z]"  # the Government Statistical Service's shorthand for "does not apply"


@dataclass(frozen=True)
class SheetRows:
    """An analysis as rows of sheets, by the key of a sheet; and the columns that a school's own data add to it."""

    analysis: Analysis
    rules: Rules

    def rows(self, key: str) -> list[Row]:
        """The rows of a sheet, every code in words; those about children in the order of a register."""
        if key in _GATHERED:
            return list(_GATHERED[key](self))
        if key in _OF_THE_DATA:
            return [*data_records(_OF_THE_DATA[key], self.analysis.register)]
        table = table_records(key, self.analysis, self.rules)
        if key == "gaps":  # the clear ones first
            verdicts = list(GapVerdict)
            table.sort(key=lambda row: verdicts.index(GapVerdict(text(row["verdict"]))))
        elif table and "pupil" in table[0] and "rank" not in table[0]:
            at = {pupil: place for place, pupil in enumerate(self.children)}
            table.sort(key=lambda row: at[text(row["pupil"])])
        return [self._in_words(row) for row in table]

    def columns(self, key: str) -> Columns:
        """The columns that are there beside those declared."""
        return _FURTHER[key](self) if key in _FURTHER else {}

    @cached_property
    def children(self) -> Mapping[str, Child]:
        """Every child on roll with what is found of it, in the order of a register."""
        findings = list_findings(self.analysis, self.rules)
        return {child.pupil: child for child in every_child(self.analysis, findings)}

    @cached_property
    def progress(self) -> Mapping[tuple[str, str], list[Row]]:
        """The progress of each child in each subject, over the school year and the key stage."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in table_records("progress", self.analysis, self.rules):
            found.setdefault((text(row["pupil"]), text(row["subject"])), []).append(row)
        return found

    @cached_property
    def subjects(self) -> list[str]:
        """The subjects that progress is judged in."""
        there = {subject for _, subject in self.progress}
        return [subject for subject in self.analysis.subjects if subject in there]

    @cached_property
    def assessed(self) -> list[Row]:
        """How many of each year group were assessed and at expectations in each term."""
        return [*records(at_are_by_term(self.analysis), AT_ARE_BY_TERM.names)]

    @cached_property
    def terms(self) -> list[int]:
        """The terms so far."""
        return sorted({whole(row["term"]) for row in self.assessed})

    @property
    def a_year_ago(self) -> int | None:
        """The same term a year ago, where anybody was assessed in it."""
        then = self.terms[-1] - SEASONS_IN_A_YEAR if self.terms else None
        return then if then in self.terms else None

    def whose(self, child: Child) -> Row:
        """Who a child is."""
        year = self.rules.years.label(child.year_group)
        return {"class": child.class_name or None, "year": year, "child": child.name, "pupil": child.pupil}

    def percent(self, count: Cell, of: Cell) -> float | None:
        """A percentage in hundredths; None where it would rest on too few children."""
        counted, whole = number(count), number(of)
        least = max(self.rules.groups.small.percentages_from, 1)
        return None if counted is None or whole is None or whole < least else counted / whole

    def year(self, row: Row) -> str:
        """The year group of a row."""
        return self.rules.years.label(number(row["year_group"]))

    def _in_words(self, row: Row) -> Row:
        words = dict(row)
        for name, in_words in _IN_WORDS.items():
            if name in row:
                words |= in_words(self, row)
        return words


def _of_groups(of: SheetRows, row: Row) -> Row:
    """The characteristic, its group, and those compared with, by name."""
    if row["characteristic"] == EVERYBODY:
        return {"group": "All children"}
    known = {**of.rules.groups.all(), **of.analysis.characteristics}
    characteristic = known[text(row["characteristic"])]
    rate = number(row.get("peers_value"))
    return {
        "characteristic": characteristic.label,
        "group": group_words(characteristic, row["group"]),
        **({"peers": group_label(characteristic, text(row["peers"]), rate)} if "peers" in row else {}),
    }


def _of_a_year_group(of: SheetRows, row: Row) -> Row:
    """Progress is of single subjects only; the bounds are of those on roll, where they are enough."""
    enough = of.percent(0, row["n"]) is not None
    bounds = {name: number(row[name]) for name in ("at_are_low", "at_are_high")}
    return {
        **{
            name: _NOT_APPLICABLE if row[name] is None else row[name]
            for name in ("insufficient", "accelerated", "cannot_tell")
        },
        **{name: bound / _ALL if enough and bound is not None else None for name, bound in bounds.items()},
    }


def _of_a_standard(of: SheetRows, row: Row) -> Row:
    hundredths = {name: number(row[name]) for name in ("value", "same", "other")}
    known = of.rules.national.sure.get(text(row["sure"]))
    return {
        "standard": of.rules.national.standards[text(row["standard"])].label,
        "sure": known.says if known else None,
        **{name: None if value is None else value / _ALL for name, value in hundredths.items()},
    }


def _scale(of: SheetRows, row: Row) -> Row:
    scale = of.rules.scales.get(text(row["scale"]))
    return {"scale": scale.label if scale else None}


def _measure(_: SheetRows, row: Row) -> Row:
    measure = Measure(text(row["measure"]))
    return {"measure": HEADINGS[measure], "unit": _unit(measure)}


def _unit(measure: Measure) -> str:
    return "percentage points" if measure in COUNTED else "points"


def _groups_behind(of: SheetRows, row: Row) -> Row:
    pairs = (pair.partition("=")[::2] for pair in text(row["groups"]).split(JOINT))
    known = of.analysis.characteristics
    return {"groups": "\n".join(group_words(known[characteristic], group) for characteristic, group in pairs)}


_IN_WORDS: Mapping[str, Callable[[SheetRows, Row], Row]] = {
    "pupil": lambda of, row: of.whose(of.children[text(row["pupil"])]),
    "subject": lambda of, row: {"subject": row["subject"] and subject_label(text(row["subject"]), of.rules)},
    "year_group": lambda of, row: {"year_group": of.year(row)},
    "window": lambda _, row: {"window": _WINDOWS.get(text(row["window"]))},
    "among": lambda of, row: {"among": among_label(text(row["among"]), of.rules) or "Whole school"},
    "characteristic": _of_groups,
    "measure": _measure,
    "at_are": lambda of, row: {"at_are_percent": of.percent(row["at_are"], row["assessed"])},
    "judged": lambda of, row: {"insufficient_percent": of.percent(row["insufficient"], row["judged"])},
    "at_are_low": _of_a_year_group,
    "scale": _scale,
    "standard": _of_a_standard,
    "groups": _groups_behind,
}


def _named(of: SheetRows) -> Iterator[Row]:
    """A row for each subject that a child is named in, by class, the surest first; then those that children slip in."""
    sure = sureness(of.analysis, of.rules)
    ranks = {(first.row.pupil, first.subject): first.row.rank for first in sure.first}
    recorded = names_on_record(of.analysis.register, of.analysis.term)
    findings = [finding for child in of.children.values() for finding in child.findings]
    named = list_children(of.analysis, of.rules, findings, frozenset(STANDING)).insufficient

    def about(child: Child, subject: str, behind: float | None, marks: str, **more: Cell) -> Row:
        rank, records_of = ranks.get((child.pupil, subject)), recorded.get(child.pupil, ())
        who = {**of.whose(child), "recorded": "\n".join(records_of) or None, "rank": rank}
        in_100 = floor(behind) if behind and 1 <= behind <= _NOT_ALL else behind  # in whole children, as on the page
        return {**who, "subject": subject, "behind_in_100": in_100, "marks": marks or None, **more}

    for child in (child for school_class in named for child in school_class.children):
        counting = {found.subject: found for found in reversed(child.findings) if found.code in of.rules.flags.counting}
        for found in sorted(counting.values(), key=lambda found: -(found.behind or 0)):
            marks = _EARLY if found.early else _HARDLY if hardly(child, of.rules) else ""
            then = {"from_grade": found.from_grade, "from_term": found.from_term, "grade": found.grade}
            yield about(child, found.label, found.behind, marks, **then)
    by_name = {(child.name, child.class_name): child for child in of.children.values()}
    for slips in sure.slipping:
        child = by_name[slips.name, slips.class_name]
        for subject, behind in slips.subjects:
            yield about(child, subject, behind, _SLIPPING)


def _every_child(of: SheetRows) -> Iterator[Row]:
    """A row a child: the grade, where it stands and how it moves in each subject, and the child's groups."""
    known = {text(row["pupil"]): row for row in table_records("pupils", of.analysis, of.rules)}
    every = of.rules.groups.all()
    for pupil, child in of.children.items():
        named = {found.label: None for found in child.findings if found.code in of.rules.flags.counting}
        groups = recorded_characteristics(of.analysis, of.rules)
        yield {
            **of.whose(child),
            "named_in": ", ".join(named) or None,
            **{key: group_words(every[key], known[pupil][key]) for key in groups},
            **{name: cell for subject in of.subjects for name, cell in _in_subject(of, pupil, subject).items()},
        }


def _in_subject(of: SheetRows, pupil: str, subject: str) -> Row:
    """The grade, where it stands, and the more pressing verdict of both windows."""
    windows = of.progress.get((pupil, subject))
    if not windows:
        return {}
    longest = next((row for row in windows if row["window"] == Window.KEY_STAGE), windows[0])
    verdict = min((Verdict(text(row["verdict"])) for row in windows), key=_PRESSING.index)
    stands = None if longest["attainment"] == Attainment.NOT_KNOWN else longest["attainment"]
    return {f"{subject} grade": longest["grade"], f"{subject} stands": stands, f"{subject} moves": verdict.value}


def _of_subjects(of: SheetRows) -> Columns:
    columns: dict[str, SheetColumn] = {}
    for subject in of.subjects:
        label = subject_label(subject, of.rules)
        columns[f"{subject} grade"] = SheetColumn(label, widest=12)
        columns[f"{subject} stands"] = SheetColumn(f"{label}: stands", widest=12, marks=MARKS["stands"])
        columns[f"{subject} moves"] = SheetColumn(f"{label}: progress", widest=13, marks=MARKS["moves"])
    every = of.rules.groups.all()
    groups = recorded_characteristics(of.analysis, of.rules)
    return columns | {key: SheetColumn(every[key].label, printed=False) for key in groups}


def _clear_gaps(of: SheetRows) -> Iterator[Row]:
    """The gaps that the report counts as clear, each in its plainest form, and the small groups far behind."""
    every = of.analysis.characteristics
    causes = (*list_causes(of.analysis, of.rules), *list_far_behind(of.analysis, of.rules))
    for gap, within in (
        (gap, within) for cause in causes for gap, within in zip(cause.gaps, cause.within, strict=True)
    ):
        yield {
            "subject": gap.subject,
            "characteristic": every[gap.characteristic].label,
            "group": gap.group,
            "peers": gap.peers,
            "measure": HEADINGS[gap.measure],
            "gap": float(gap.points),
            "unit": _unit(gap.measure),
            "within": ", ".join(within) or None,
            "percent": of.percent(gap.count, gap.n) if gap.measure in COUNTED else None,
            "peers_percent": of.percent(gap.peers_count, gap.peers_n) if gap.measure in COUNTED else None,
            **{
                name: getattr(gap, name)
                for name in ("low", "high", "children", "close", "verdict", "n", "count", "peers_n", "peers_count")
            },
        }


def _over_time(of: SheetRows) -> Iterator[Row]:
    """A row a year group and subject: the percentage at expectations in each term, and its change in a year."""
    found: dict[tuple[str, str], dict[str, float | None]] = {}
    for row in of.assessed:
        in_term = found.setdefault((of.year(row), subject_label(text(row["subject"]), of.rules)), {})
        in_term[f"term {row['term']}"] = of.percent(row["at_are"], row["assessed"])
    for (year, subject), terms in found.items():
        now, then = (terms.get(f"term {term}") for term in (of.terms[-1], of.a_year_ago))
        change = None if now is None or then is None else _ALL * (now - then)
        if len([percent for percent in terms.values() if percent is not None]) > 1:
            yield {"year_group": year, "subject": subject, **terms, "change": change}


def _of_terms(of: SheetRows) -> Columns:
    columns = {f"term {term}": SheetColumn(Term.numbered(term).label, CellKind.PERCENT, widest=8) for term in of.terms}
    return columns | (
        {"change": SheetColumn("Change in a year, points", CellKind.SIGNED)} if of.a_year_ago is not None else {}
    )


_GATHERED: Mapping[str, Callable[[SheetRows], Iterator[Row]]] = {
    "named": _named,
    "children": _every_child,
    "clear_gaps": _clear_gaps,
    "over_time": _over_time,
}
_FURTHER: Mapping[str, Callable[[SheetRows], Columns]] = {"children": _of_subjects, "over_time": _of_terms}
