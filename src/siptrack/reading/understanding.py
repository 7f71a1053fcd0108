"""How each sheet was understood, told from what the reading itself worked with."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.reading.action_sheets import ACTION
from siptrack.reading.column_scales import ColumnScales
from siptrack.reading.columns_used import NO_PUPILS, OWN_REPORT
from siptrack.reading.headings import NOT_UNDERSTOOD, SCHOOL_ROLES, How, Kind, Meaning
from siptrack.reading.layout import Layouts
from siptrack.reading.provision_sheets import ProvisionRows
from siptrack.reading.record_sheets import RecordSheet
from siptrack.reading.review_sheets import ReviewSheets
from siptrack.reading.sheet import Sheet, cells_of
from siptrack.reading.table import TableColumns
from siptrack.reading.teaching_sheets import TeachingSheets
from siptrack.reading.terms import term_text
from siptrack.school.place import column_letters
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding

_EXAMPLES = 3
_OF_NOBODY = frozenset(  # roles whose cells say nothing of who a pupil is; those of any other role are masked
    {"year_group", "class", "academic_year", "term", "date", "subject", "result", "enrolment", *SCHOOL_ROLES}
)
_SAID_AS = {
    Kind.ROLE: "role",
    Kind.CHARACTERISTIC: "characteristic",
    Kind.GROUP: "group",
    Kind.RESULT: "subject",
    Kind.TARGET: "target",
    Kind.PASSED_OVER: "ignored",
    Kind.UNKNOWN: "ignored",
}


def tables_understood(layouts: Layouts, scales: ColumnScales, *, names: bool) -> list[TableUnderstanding]:
    """Every table and unused sheet, in reading order; with `names`, examples of names and numbers are shown."""
    return [
        *(_table(number, table, scales, names=names) for number, table in enumerate(layouts.tables)),
        *(_record(record, ACTION) for record in layouts.actions if record.alone),
        *(_unused(sheet, OWN_REPORT) for sheet in layouts.own),
        *(_unused(sheet, NO_PUPILS) for sheet in layouts.unused),
    ]


def teaching_understood(teaching: TeachingSheets) -> list[TableUnderstanding]:
    """Every sheet of observations and of CPD."""
    observed = [_record(record, "observation") for record in teaching.observations]
    return [*observed, *(_record(record, "cpd") for record in teaching.cpd)]


def _record(record: RecordSheet, kind: str) -> TableUnderstanding:
    """A record of actions or teaching, or a review; what is written in it is not shown."""
    context = record.context
    columns = [
        ColumnUnderstanding(
            letter=column_letters(at + 1),
            heading=record.headings[at],
            kind=kind,
            name=name,
            how=How.KNOWN.value,
            term="",
            scale="",
            evidence=0,
            cells=sum(1 for _ in cells_of(record.rows, at)),
            examples=(),
        )
        for name, places in record.columns.items()
        for at in places
    ]
    return TableUnderstanding(
        file=context.file,
        sheet=context.sheet,
        export="",
        heading_row=record.heading_row,
        rows=len(record.rows),
        term=term_text(context.term),
        class_name=context.class_name,
        columns=tuple(sorted(columns, key=lambda column: record.headings.index(column.heading))),
    )


def reviews_understood(reviews: ReviewSheets) -> list[TableUnderstanding]:
    """Every review of the school's own, and the sheets that siptrack laid beside one; what is written is not shown."""
    return [
        *(_record(review, "review") for review in reviews.reviews),
        *(_unused(sheet, OWN_REPORT) for sheet in reviews.beside),
    ]


def provision_understood(provision: ProvisionRows, *, names: bool) -> list[TableUnderstanding]:
    """Every sheet of provision, in reading order; a column is one of provision, or says who the pupil is."""
    return [
        TableUnderstanding(
            file=table.context.file,
            sheet=table.context.sheet,
            export="",
            heading_row=table.section.headings.row,
            rows=len(table.section.rows),
            term="",
            class_name=table.context.class_name,
            columns=tuple(_of_provision(table, columns, at, names=names) for at in _with_headings(table)),
        )
        for table, columns in zip(provision.layouts.tables, provision.columns, strict=True)
    ]


def _with_headings(table: TableColumns) -> list[int]:
    return [column for column, heading in enumerate(table.section.headings.texts) if heading]


def _of_provision(table: TableColumns, columns: Mapping[str, int], column: int, *, names: bool) -> ColumnUnderstanding:
    meaning = table.meanings.get(column, NOT_UNDERSTOOD)
    name = next((name for name, at in columns.items() if at == column), "")
    texts = list(cells_of(table.section.rows, column))
    of_pupil = meaning.kind is Kind.ROLE
    return ColumnUnderstanding(
        letter=column_letters(column + 1),
        heading=table.heading(column),
        kind="provision" if name else _SAID_AS[meaning.kind],
        name=name or meaning.name,
        how=How.KNOWN.value if name else meaning.how.value,
        term="",
        scale="",
        evidence=0,
        cells=len(texts),
        examples=_examples(texts, masked=of_pupil and not names, hidden=not (of_pupil or name) and not names),
    )


def _unused(sheet: Sheet, why: str) -> TableUnderstanding:
    rows = sum(1 for row in sheet.rows if any(row))
    return TableUnderstanding(sheet.file, sheet.name, "", 0, rows, "", "", (), why)


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
        kind="ignored" if left_out else _SAID_AS[meaning.kind],
        name=f"left out: {table.left_out[column]}" if left_out else _name(meaning, table),
        how=meaning.how.value if not left_out else "",
        term=term_text(meaning.term),
        scale=scale,
        evidence=evidence,
        cells=len(texts),
        examples=_examples(
            texts,
            masked=meaning.kind is Kind.ROLE and meaning.name not in _OF_NOBODY and not names,
            hidden=_private(meaning, names=names),
        ),
        decided=not left_out and meaning.kind is not Kind.UNKNOWN,
    )


def _name(meaning: Meaning, table: TableColumns) -> str:
    if meaning.kind is Kind.GROUP:
        return f"{meaning.name}={meaning.group}"
    if meaning.kind in (Kind.RESULT, Kind.TARGET):
        return meaning.name or table.context.subject
    return meaning.name


def _private(meaning: Meaning, *, names: bool) -> bool:
    """Whether a column's cells may hold anything, a name too: one that was not understood."""
    return meaning.kind in (Kind.UNKNOWN, Kind.PASSED_OVER) and not names


def _examples(texts: list[str], *, masked: bool, hidden: bool) -> tuple[str, ...]:
    """The first different cells; letters and figures of a name or number replaced, cells not understood not shown."""
    first = tuple(dict.fromkeys(texts))[:_EXAMPLES]
    if hidden:
        return ()
    return tuple(map(_masked, first)) if masked else first


def _masked(text: str) -> str:
    return "".join("x" if letter.isalpha() else "9" if letter.isdigit() else letter for letter in text)
