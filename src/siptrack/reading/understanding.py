"""How each sheet was understood, from what the reading itself worked with."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack.reading.column_scales import ColumnScales
from siptrack.reading.headings import NOT_UNDERSTOOD, SCHOOL_ROLES, ColumnKind, How, Meaning
from siptrack.reading.layout import Layouts
from siptrack.reading.records.registry import Records
from siptrack.reading.records.sheets import RecordSheet
from siptrack.reading.sheet import cells_of
from siptrack.reading.table import TableColumns
from siptrack.reading.terms import term_text
from siptrack.school.place import column_letters
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_EXAMPLES = 3
_OF_NOBODY = frozenset(  # roles whose cells say nothing of who a pupil is; those of any other role are masked
    {"year_group", "class", "academic_year", "term", "date", "subject", "result", "enrolment", *SCHOOL_ROLES}
)
_KIND_SHOWN = {
    ColumnKind.ROLE: "role",
    ColumnKind.CHARACTERISTIC: "characteristic",
    ColumnKind.GROUP: "group",
    ColumnKind.RESULT: "subject",
    ColumnKind.TARGET: "target",
    ColumnKind.AGE: "age",
    ColumnKind.PASSED_OVER: "ignored",
    ColumnKind.UNKNOWN: "ignored",
}


def tables_understood(
    layouts: Layouts, scales: ColumnScales, records: Records, *, names: bool
) -> list[TableUnderstanding]:
    """Every table, record and unused sheet, by sort; with `names`, examples of names and numbers are shown."""
    first = [record for record in records.in_order(in_own_files=True) if record.alone]
    others = *first, *records.passed_over, *layouts.unused, *records.in_order(in_own_files=False)
    return [
        *(_table(number, table, scales, names=names) for number, table in enumerate(layouts.tables)),
        *(_record(record, names=names) for record in others),
    ]


def _record(record: RecordSheet, *, names: bool) -> TableUnderstanding:
    """A record of the school's own. Where each row is of a child, examples are shown as of results; else none are."""
    context, table = record.context, record.table
    return TableUnderstanding(
        file=context.file,
        sheet=context.sheet,
        export="",
        heading_row=record.heading_row,
        rows=len(record.rows),
        term="" if table else term_text(context.term),
        class_name=context.class_name,
        columns=tuple(_of_record(record, at, name, names=names) for at, name in _columns_shown(record)),
        note=record.note,
    )


def _columns_shown(record: RecordSheet) -> Iterable[tuple[int, str]]:
    """The columns of a record with what each holds; where it has a row for each child, every column with a heading."""
    held = [(at, name) for name, places in record.columns.items() for at in places]
    if record.table:
        by_column = dict(held)
        return ((at, by_column.get(at, "")) for at, heading in enumerate(record.headings) if heading)
    return sorted(held, key=lambda column: record.headings.index(record.headings[column[0]]))


def _of_record(record: RecordSheet, column: int, name: str, *, names: bool) -> ColumnUnderstanding:
    meaning = record.table.meanings.get(column, NOT_UNDERSTOOD) if record.table else NOT_UNDERSTOOD
    texts = list(cells_of(record.rows, column))
    of_pupil = meaning.kind is ColumnKind.ROLE
    hidden = record.table is None or not (of_pupil or name or names)
    return ColumnUnderstanding(
        letter=column_letters(column + 1),
        heading=record.headings[column],
        kind=record.called if name else _KIND_SHOWN[meaning.kind],
        name=name or meaning.name,
        how=How.KNOWN.value if name else meaning.how.value,
        term="",
        scale="",
        evidence=0,
        cells=len(texts),
        examples=_examples(texts, masked=of_pupil and not names, hidden=hidden),
    )


def _table(number: int, table: TableColumns, scales: ColumnScales, *, names: bool) -> TableUnderstanding:
    context = table.context
    columns = (
        _column(number, table, column, scales, names=names)
        for column, heading in enumerate(table.section.headings.texts)
        if heading
    )
    return TableUnderstanding(
        file=context.file,
        sheet=context.sheet,
        export=table.export,
        heading_row=table.section.headings.row,
        rows=len(table.section.rows),
        term=term_text(context.term),
        class_name=context.class_name,
        columns=tuple(columns),
    )


def _column(number: int, table: TableColumns, column: int, scales: ColumnScales, *, names: bool) -> ColumnUnderstanding:
    heading = table.heading(column)
    meaning = table.meanings.get(column, NOT_UNDERSTOOD)
    texts = list(cells_of(table.section.rows, column))
    scale, evidence = scales.scale_of(number, column + 1)
    left_out = column in table.left_out
    return ColumnUnderstanding(
        letter=column_letters(column + 1),
        heading=heading,
        kind="ignored" if left_out else _KIND_SHOWN[meaning.kind],
        name=f"left out: {table.left_out[column]}" if left_out else _name(meaning, table),
        how=meaning.how.value if not left_out else "",
        term=term_text(meaning.term),
        scale=scale,
        evidence=evidence,
        cells=len(texts),
        examples=_examples(
            texts,
            masked=meaning.kind is ColumnKind.ROLE and meaning.name not in _OF_NOBODY and not names,
            hidden=_private(meaning, names=names),
        ),
        decided=not left_out and meaning.kind is not ColumnKind.UNKNOWN,
    )


def _name(meaning: Meaning, table: TableColumns) -> str:
    if meaning.kind is ColumnKind.GROUP:
        return f"{meaning.name}={meaning.group}"
    if meaning.kind in (ColumnKind.RESULT, ColumnKind.TARGET):
        return meaning.name or table.context.subject
    return meaning.name


def _private(meaning: Meaning, *, names: bool) -> bool:
    """Whether a column's cells may hold anything, a name too: one that was not understood."""
    return meaning.kind in (ColumnKind.UNKNOWN, ColumnKind.PASSED_OVER) and not names


def _examples(texts: list[str], *, masked: bool, hidden: bool) -> tuple[str, ...]:
    """The first different cells; letters and figures of a name or number replaced, cells not understood not shown."""
    first = tuple(dict.fromkeys(texts))[:_EXAMPLES]
    if hidden:
        return ()
    return tuple(map(_masked, first)) if masked else first


def _masked(text: str) -> str:
    return "".join("x" if letter.isalpha() else "9" if letter.isdigit() else letter for letter in text)
