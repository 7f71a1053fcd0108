"""The manual's page about the tables, made from how they are declared: `python tests/documents/tables_page.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markdown_table import listing, table

from siptrack.documents.registry import KINDS
from siptrack.rendering.tables import columns_table
from siptrack.school.tables import Table

TABLES_PAGE = Path(__file__).parents[2] / "docs" / "tables.md"
MADE = "<!-- Made by tests/documents/tables_page.py from the tables as declared. Change those, not this page. -->\n\n"
OPENING = (
    (
        "What `siptrack analyse` writes with `--format csv`, `json`, `ndjson`, `markdown`, `sqlite` or `parquet`, "
        "table by table. `--table NAME` chooses one; `siptrack schema --table NAME` prints its columns. How to "
        "take them elsewhere is told in [For other programs](pipe.md)."
    ),
    (
        "Names of tables and columns stay; columns may be added, so go by a column's name and not by its place. "
        "The column `pupil` joins the tables about children. A missing value is empty in CSV, null in JSON, SQLite "
        "and Parquet. In CSV, JSON and NDJSON a last column `ruler` holds the first 12 digits of the hash of the "
        "rules; SQLite and Parquet carry the whole hash beside the tables. `siptrack analyse --format json` "
        "without `--table` is one document, in which a place is one object and the results that a flag rests on "
        "are gathered into its evidence; `siptrack schema` prints its JSON Schema."
    ),
)
TYPES = (
    ("text", "words; TEXT in SQLite"),
    ("integer", "a whole number; INTEGER in SQLite"),
    ("number", "a number, which may have decimals, with a point; REAL in SQLite"),
    ("flag", "True or False in CSV, true or false in JSON; INTEGER, 1 or 0, in SQLite"),
)
OF_A_DOCUMENT = {
    "plan": " No child is named in them.",
    "provision": " All progress in them is in the points of the scale, against the line.",
    "review": " What the school wrote stands in them as it was written.",
}


def page() -> str:
    """The text of the page as the tables are declared today."""
    return MADE + "\n".join(_blocks())


def _blocks() -> Iterator[str]:
    """The blocks about every table that is written, each where it comes first."""
    yield from ("# The tables\n", *(f"{words}\n" for words in OPENING), table(("type", "meaning"), TYPES))
    analysis, *others = KINDS.values()
    above: list[Table] = []
    for kind in (analysis, *(other for other in others if other.data)):
        every = tuple(kind.by_name.values())
        if kind is not analysis:
            again = [one.name for one in every if one in above]
            yield from (f"## The tables of `siptrack {kind.name}`\n", f"{_opening(kind.name, again)}\n")
        new = [one for one in every if one not in above]
        for one in new:
            yield from _about(one)
        above += new


def _opening(document: str, again: Sequence[str]) -> str:
    """What goes for the tables of a document, which holds some of those above again."""
    *most, last = (f"`{name}`" for name in again)
    names = f"{', '.join(most)} and {last}" if most else last
    return f"`siptrack {document}` writes these, and {names} as above.{OF_A_DOCUMENT.get(document, '')}"


def _about(declared: Table) -> Iterator[str]:
    yield from (f"## `{declared.name}`\n", f"{declared.meaning}\n")
    columns = columns_table(declared)
    yield table(columns.names, (tuple(map(_word, row)) for row in columns.rows))
    closed = [f"`{column.name}` is one of: {_listed(column.values)}." for column in declared.columns if column.values]
    if closed:
        yield listing(closed)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _word(cell: object) -> str:
    return "yes" if cell is True else str(cell or "")


if __name__ == "__main__":
    TABLES_PAGE.write_text(page(), encoding="utf-8")
