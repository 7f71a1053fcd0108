"""A document for other programs, put down once: as JSON, as tables by name, and what a data file of it says of itself.

    Written("teaching", rules, taught.analysis, rows, besides={"later": taught.later})

Which tables it has, and in which order, is declared in `registry`; `contents` makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from siptrack.documents.data_tables import PROBLEMS, data_records
from siptrack.documents.registry import KINDS
from siptrack.documents.schema import IN_PLACE, PLACES, DocumentKind, Object, schema_name
from siptrack.rendering.safe_text import json_document
from siptrack.rendering.tables import Record, WrittenTable, written_table
from siptrack.rendering.template import sentence
from siptrack.school.cells import Cell, records
from siptrack.school.frame import Frame
from siptrack.version import VERSION

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis, Checked
    from siptrack.cycle.audit import Audit
    from siptrack.rules.model import Rules
    from siptrack.school.register import Register
    from siptrack.school.tables import Column, Table
    from siptrack.school.term import Term

    Judged: TypeAlias = Analysis | Checked | Audit


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
    rows: Callable[[str], Frame | Sequence[Record]] = lambda _: ()
    head: Mapping[str, object] | None = None
    besides: Mapping[str, object] = field(default_factory=dict)
    last: Callable[[], Mapping[str, object]] = dict
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    also_about: Mapping[str, str] = field(default_factory=dict)
    register: Register | None = None

    @property
    def kind(self) -> DocumentKind:
        """What the registry knows of it."""
        return KINDS[self.name]

    def records(self, table: Table) -> Sequence[Record]:
        """The rows of one of its tables, or of one about the data."""
        if table in self.kind.data and (register := self._register) is not None:
            return data_records(table, register)
        rows = self.rows(table.name)
        return _of_frame(rows, self._columns(table)) if isinstance(rows, Frame) else rows

    def tables(self, only: str | None = None) -> list[WrittenTable]:
        """Its tables, or only one."""
        declared = self.kind.tables if self._register is None else self.kind.by_name.values()
        wanted = [table for table in declared if only in (None, table.name)]
        return [written_table(table.name, self._columns(table), self.records(table)) for table in wanted]

    def json(self, only: str | None = None) -> str:
        """The whole of it as JSON, or with only one of its tables; the same bytes for the same input."""
        return json_document(self.document(only))

    def document(self, only: str | None = None) -> Object:
        """What its JSON holds."""
        tables = [table for table in self.kind.in_json if only in (None, table.name)]
        made: Object = {"schema": schema_name(self.name), "version": VERSION, **self._begins()}
        made.setdefault("ruler", ruler_object(self.rules))
        made |= {
            **self.besides,
            **{one.name: [gathered(row, PLACES.get(one.name, ())) for row in self.records(one)] for one in tables},
            **self.last(),
        }
        if self.kind.data:
            made.setdefault("problems", problem_objects(self._register))
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
            **({"begun": " ".join(sentence("begun_sentence", one) for one in begun)} if begun else {}),
            **self.also_about,
        }

    @property
    def _register(self) -> Register | None:
        return self.register if self.judged is None else self.judged.register

    def _begins(self) -> Mapping[str, object]:
        if self.head is None:
            return head_of(self.judged) if self.judged else {}
        return self.head

    def _columns(self, table: Table) -> tuple[Column, ...]:
        return (*table.columns, *self.columns.get(table.name, ()))


def _of_frame(frame: Frame, columns: Sequence[Column]) -> list[Record]:
    """The rows of a table; whether something is so stands as that, also in a column where it is not known of all."""
    rows = records(frame, [column.name for column in columns])
    flags = [column.name for column in columns if column.kind == "flag"]
    known = ({name: bool(row[name]) for name in flags if row[name] is not None} for row in rows)
    return [{**row, **flagged} for row, flagged in zip(rows, known, strict=True)] if flags else rows


def head_of(judged: Judged) -> Object:
    """Of which term and children a document is, and which newer terms are not judged."""
    newer = [{"term": term_object(one.term), "children": one.children, "of": one.of} for one in judged.begun]
    return {"term": term_object(judged.term), "begun": newer, "filters": dict(judged.filters)}


def term_object(term: Term) -> Object:
    """A term as it stands in every document."""
    return {"label": term.label, "academic_year": term.academic_year_label, "season": term.season.name.lower()}


def ruler_object(rules: Rules) -> Object:
    """The rules in force as they stand in every document."""
    return {
        "sha256": rules.ruler.sha256,
        "files": [{"name": file.name, "sha256": file.sha256} for file in rules.ruler.files],
    }


def problem_objects(register: Register | None) -> list[Object]:
    """The problems as they stand in every document; none without a register."""
    rows = data_records(PROBLEMS, register) if register is not None else []
    after = ("found", "expected", "action")
    return [
        {"code": row["code"], "severity": row["severity"], "place": _place(row), **{name: row[name] for name in after}}
        for row in rows
    ]


def gathered(row: Mapping[str, Cell], prefixes: Iterable[str]) -> Object:
    """A row with the cells of each place, `start_file` and the like, gathered into `start_place`."""
    hidden = {f"{prefix}{part}" for prefix in prefixes for part in IN_PLACE}
    rest = {name: cell for name, cell in row.items() if name not in hidden}
    return {**rest, **{f"{prefix}place": _place(row, prefix) for prefix in prefixes}}


def _place(row: Mapping[str, Cell], prefix: str = "") -> Object | None:
    parts = {part: row[f"{prefix}{part}"] for part in IN_PLACE}
    return parts if parts["file"] else None
