"""A document for other programs, declared once: as JSON, as tables by name, and what a data file of it says of itself.

    Written("teaching", rules, taught.analysis, rows, besides={"later": taught.later})

Which tables it has, and in which order, is declared in `registry`; what is in them is for the document's own module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from siptrack.analysis.ahead_tables import TARGETS
from siptrack.analysis.tables import PROGRESS
from siptrack.documents.data_tables import PROBLEMS, data_records
from siptrack.documents.registry import KINDS, DocumentKind, schema_name
from siptrack.rendering.safe_text import json_document
from siptrack.rendering.tables import Record, WrittenTable, written_table
from siptrack.rendering.template import sentence
from siptrack.school.cells import Cell, records
from siptrack.school.frame import Frame
from siptrack.school.sources import SOURCES
from siptrack.version import VERSION

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis, Checked
    from siptrack.analysis.parts import Summed
    from siptrack.cycle.audit import Audit
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.tables import Column, Table
    from siptrack.school.term import Term

    Judged: TypeAlias = Analysis | Checked | Audit | Summed
    Rows: TypeAlias = Frame | Sequence[Record]

Object: TypeAlias = dict[str, Any]  # JSON: the schema says what may be in it

# Cells that are gathered into one object, each by the words that the table's columns begin with.
PLACES: Mapping[str, Mapping[str, str]] = {
    PROGRESS.name: {"": "where this term's result is written", "start_": "where the start's result is written"},
    TARGETS.name: {"target_": "where the target is written"},
}
IN_PLACE = ("file", "sheet", "cell")


@dataclass(frozen=True)
class Written:
    """A document of the registry: what was `judged`, if anything could be, and the rows of each of its own tables.

    `rows` gives those of a table by its name, in an order that never varies. The tables about the data come from the
    register judged, or from `register`; without one there are none. In its JSON stand first the `head`, which is the
    term, newer terms and filters unless given, then the rules, what is `besides` the tables, the tables, and what
    comes `last`. `columns` are those that the data add to a table, `also_about` what more a data file says of itself.
    """

    name: str
    rules: Rules
    judged: Judged | None = None
    rows: Callable[[str], Rows] = lambda _: ()
    head: Mapping[str, object] | None = None
    besides: Mapping[str, object] = field(default_factory=dict)
    last: Callable[[], Mapping[str, object]] = dict
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    also_about: Mapping[str, str] = field(default_factory=dict)
    register: Register | None = None

    @property
    def _kind(self) -> DocumentKind:
        return KINDS[self.name]

    @property
    def _register(self) -> Register | None:
        return self.register if self.judged is None else self.judged.register

    def _columns(self, table: Table) -> tuple[Column, ...]:
        return (*table.columns, *self.columns.get(table.name, ()))

    def _records(self, table: Table) -> Sequence[Record]:
        if table in self._kind.data and (register := self._register) is not None:
            return data_records(table, register)
        rows = self.rows(table.name)
        return _of_frame(rows, self._columns(table)) if isinstance(rows, Frame) else rows

    def tables(self, only: str | None = None) -> list[WrittenTable]:
        """Its tables, or only one."""
        declared = self._kind.tables if self._register is None else self._kind.by_name.values()
        wanted = [table for table in declared if only in (None, table.name)]
        return [written_table(table.name, self._columns(table), self._records(table)) for table in wanted]

    def json(self, only: str | None = None) -> str:
        """The whole of it as JSON, or with only one of its tables; the same bytes for the same input."""
        return json_document(self.document(only))

    def document(self, only: str | None = None) -> Object:
        """What its JSON holds."""
        head = head_of(self.judged) if self.head is None and self.judged else self.head or {}
        made: Object = {"schema": schema_name(self.name), "version": VERSION, **head}
        made.setdefault("ruler", ruler_object(self.rules))
        made |= self.besides
        for table in self._kind.in_json:
            if only in (None, table.name):
                made[table.name] = [_gathered(row, PLACES.get(table.name, ())) for row in self._records(table)]
        made |= self.last()
        if self._kind.data:
            made.setdefault("problems", _problems(self._register))
        return made

    def about(self) -> dict[str, str]:
        """What a data file says of itself: by which siptrack and which rules it was made, and what it is about."""
        made = {"siptrack": VERSION, "ruler": self.rules.ruler.sha256}
        if self.judged is None:
            return made
        term, begun = self.judged.term, self.judged.begun
        return {
            **made,
            "term": term.label,
            "academic_year": term.academic_year_label or "",
            "filters": "; ".join(f"{name} {text}" for name, text in self.judged.filters.items()),
            **({"begun": " ".join(sentence("begun_sentence", newer) for newer in begun)} if begun else {}),
            **self.also_about,
        }


def rows_but(frame: Callable[[str], Frame], others: Mapping[str, Callable[[], Rows]]) -> Callable[[str], Rows]:
    """The tables that something holds by their names, but some that it holds otherwise."""
    return lambda name: others[name]() if name in others else frame(name)


def _of_frame(frame: Frame, columns: Sequence[Column]) -> list[Record]:
    """The rows of a table; whether something is so stands as that, also in a column where it is not known of all."""
    rows = records(frame, [column.name for column in columns])
    for name in [column.name for column in columns if column.kind == "flag"]:
        for row in rows:
            row[name] = None if row[name] is None else bool(row[name])
    return rows


def head_of(judged: Judged) -> Object:
    """Of which term and children a document is, and which newer terms are not judged."""
    begun = [{"term": term_object(newer.term), "children": newer.children, "of": newer.of} for newer in judged.begun]
    return {"term": term_object(judged.term), "begun": begun, "filters": dict(judged.filters)}


def term_object(term: Term) -> Object:
    """A term as it stands in every document."""
    return {"label": term.label, "academic_year": term.academic_year_label, "season": term.season.name.lower()}


def ruler_object(rules: Rules) -> Object:
    """The rules in force as they stand in every document."""
    files = [{"name": file.name, "sha256": file.sha256} for file in rules.ruler.files]
    return {"sha256": rules.ruler.sha256, "files": files}


def of_the_data(register: Register) -> Object:
    """How the files found each other's children, and what is odd in them."""
    return {
        "schools": list(register.schools),
        "school": register.school or None,
        "sources": data_records(SOURCES, register),
        "problems": _problems(register),
        "dismissed": register.dismissed,
    }


def _problems(register: Register | None) -> list[Object]:
    """The problems as they stand in every document; none without a register."""
    order = ("code", "severity", "place", "found", "expected", "action")
    rows = [_gathered(row, ("",)) for row in data_records(PROBLEMS, register)] if register is not None else []
    return [{name: row[name] for name in order} for row in rows]


def _gathered(row: Mapping[str, Cell], prefixes: Iterable[str]) -> Object:
    """A row with the cells of each place, such as `start_file`, gathered into `start_place`; null without a file."""
    made = dict[str, Any](row)
    for prefix in prefixes:
        place = {part: made.pop(f"{prefix}{part}") for part in IN_PLACE}
        made[f"{prefix}place"] = place if place["file"] else None
    return made
