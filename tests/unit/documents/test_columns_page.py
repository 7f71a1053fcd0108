"""The page of how files were understood: what leads each sheet, and a line for each of its columns."""

from __future__ import annotations

import pytest

from siptrack.documents.columns.view import columns_page
from siptrack.rendering.terminal import as_text
from siptrack.school.understanding import ColumnUnderstanding, TableUnderstanding


def column(kind: str, name: str = "", **said: object) -> ColumnUnderstanding:
    plain = {"how": "", "term": "", "scale": "", "evidence": 0, "cells": 0, "examples": ()}
    return ColumnUnderstanding("A", "Heading", kind, name, **{**plain, **said})


def table(*columns: ColumnUnderstanding, sheet: str = "", class_name: str = "", **said: object) -> TableUnderstanding:
    plain = {"export": "", "heading_row": 4, "rows": 12, "term": "", "note": ""}
    more = {**plain, **said}
    note = more.pop("note")
    return TableUnderstanding("book.xlsx", sheet, class_name=class_name, columns=columns, note=note, **more)


def lines(*tables: TableUnderstanding) -> list[str]:
    return as_text(columns_page(tables, []), width=None, colour=False).splitlines()[1:]


@pytest.mark.parametrize(
    ("understood", "says"),
    [
        (column("role", "year_group"), "year group"),
        (column("provision", "started"), "started, of provision"),
        (column("characteristic", "fsm"), "fsm, a characteristic"),
        (column("group", "eal=eal"), "ticked for one group, eal=eal"),
        (column("subject", "reading"), "results in reading; no cells"),
        (column("subject", cells=2), "results in no known subject; on no known scale, 2 cells"),
        (
            column(
                "subject",
                "maths",
                term="Autumn 2025-26",
                scale="nc-levels",
                cells=3,
                evidence=2,
                examples=("2b", "x", "2b"),
            ),
            "results in maths, Autumn 2025-26; nc-levels in 2 of 3, such as 2b, x",
        ),
        (column("target", "maths", scale="nc-levels", cells=3, evidence=3), "targets in maths; nc-levels in all 3"),
        (column("age", "reading", term="Autumn 2025-26", cells=9), "reading age, Autumn 2025-26; 9 cells"),
        (column("age", "own", cells=1), "the child's own age; 1 cell"),
        (column("age", "date", cells=1), "the day of the test; 1 cell"),
        (column("review", "judgement"), "of the school's own review: judgement"),
        (column("action", "barrier"), "of an action: barrier"),
        (column("observation", "teacher"), "of a record of teaching: teacher"),
        (column("cpd", "subject"), "of a record of CPD: subject"),
        (column("step", "by_when"), "of a step: by when"),
        (column("ignored", cells=1), "ignored; 1 cell"),
        (column("ignored", "a remark"), "ignored (a remark); no cells"),
        (column("role", "upn", how="a known heading", examples=("x9", "x9")), "upn; such as x9"),
        (column("role", "upn", how="as siptrack.yaml says"), "upn; as siptrack.yaml says"),
    ],
)
def test_a_column_says_what_it_is_taken_for_how_that_is_known_and_what_it_holds(understood, says):
    *_, line = lines(table(understood))

    assert line == f"  A   Heading: {says}"


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ([table()], "book.xlsx: headings in row 4, 12 rows below"),
        ([table(note="no pupils", sheet="Notes", rows=1)], "book.xlsx, sheet Notes: not used: no pupils (1 row)"),
        (
            [table(sheet="5K", class_name="5K", term="Autumn 2025-26", export="arbor")],
            (
                "book.xlsx, sheet 5K: headings in row 4, 12 rows below; known export: arbor; "
                "the sheet, its titles or the file say Autumn 2025-26; class 5K"
            ),
        ),
        (
            [table(sheet=name, class_name=name) for name in ("5K", "6R")],
            "book.xlsx, sheets 5K, 6R: headings in row 4, 24 rows below; a class each",
        ),
    ],
)
def test_sheets_that_are_alike_are_led_by_where_they_lie_and_what_they_say_of_themselves(tables, says):
    assert lines(*tables) == [says]


def test_a_column_without_a_heading_is_called_so():
    unnamed = ColumnUnderstanding("C", "", "ignored", "", "", "", "", 0, 4, ())

    assert lines(table(unnamed))[1] == "  C   no heading: ignored; 4 cells"
