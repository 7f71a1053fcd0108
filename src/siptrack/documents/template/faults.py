"""What is said of a template that cannot be filled."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.numbers import listed
from siptrack.school.near import instead

SUBJECT, WHOSE, MEASURE, TABLE = "subject", "year group or group", "measure", "table"


def shape(others: Sequence[str]) -> str:
    """How an address is written."""
    return (
        "An address has three parts, as in writing.year5.at_are_percent or maths.school.assessed; "
        f"or it is {listed(list(others), 'or')}; or a table, as in table:flags."
    )


def unknown_part(what: str, word: str, known: Sequence[str]) -> str:
    """Which part of an address is not known, and what comes near it or is there."""
    return f"'{word}' is not a {what} here. {instead(word, known)}"


def placeholder(wanted: str) -> str:
    """A placeholder as it is written."""
    return f"{{{{ {wanted} }}}}"


def in_cell(sheet: str, cell: str, found: str, why: str) -> str:
    """`Sheet 'Governors', cell B3: {{ writting.year5.n }}. 'writting' is not a subject here. Known: ..`."""
    return f"Sheet '{sheet}', cell {cell}: {found}. {why}"


def in_the_way(cell: str, rows: int, columns: int) -> str:
    """That a table would write over something."""
    return (
        f"The table has {rows} rows with its headings, and {columns} columns, and cell {cell} is in their way. "
        "Give it a sheet of its own, or room to the right and below."
    )


def past_the_end() -> str:
    """That a table does not fit on a sheet."""
    return "The table would run past the end of the sheet; put it further up or to the left."


def empty_table(name: str) -> str:
    """What stands in the place of a table without rows."""
    return f"Nothing to show in {name}."


def nothing_written(path: str) -> str:
    """What leads the faults of a template."""
    return f"{path}: this template cannot be filled, so nothing was written."


def no_placeholder(path: str) -> str:
    """That a template asks for nothing."""
    return f"{path}: no cell of it holds a placeholder such as {{{{ writing.year5.at_are }}}}; see docs/workbook.md."


def two_tables() -> str:
    """That two tables would stand in the same cells."""
    return "Another table reaches into these cells; give each a sheet of its own, or more room."


def table_not_alone() -> str:
    """That there is other text beside a table's placeholder."""
    return "A table needs a cell of its own, with no other text in it."


def unreadable(path: str) -> str:
    """That a template is no workbook that can be filled."""
    return (
        f"{path}: this workbook cannot be filled: a part of it is damaged, too large, or not as Excel writes it. "
        "Open it in Excel, save it as an Excel workbook (.xlsx) and try again."
    )


def template_named_alike(name: str) -> str:
    """That a template has the name of one of siptrack's own files."""
    return f"--template {name}: siptrack writes a file of this name itself; give the template another name."


def heading_of_a_table(path: str) -> str:
    """That a placeholder is a heading of an Excel table, whose headings are kept in two places."""
    return (
        f"{path}: a heading of an Excel table in it is a placeholder, and Excel would take the filled workbook for "
        "damaged. Turn that table into a range (Table Design, Convert to Range), or move the placeholder out of it."
    )
