"""The manual's page about the tables, made from how they are declared: `python tests/documents/tables_page.py`."""

from __future__ import annotations

from pathlib import Path

from siptrack.documents.registry import KINDS
from siptrack.documents.rules.manual import Block, as_markdown
from siptrack.rendering.tables import columns_table

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
    return MADE + as_markdown(tables_page())


def tables_page():
    """The page about every table that is written, each where it comes first."""
    blocks = [Block("The tables", level=1), *map(Block, OPENING), Block(headings=("type", "meaning"), rows=TYPES)]
    analysis, *others = KINDS.values()
    above = []
    for kind in (analysis, *(other for other in others if other.data)):
        every = tuple(kind.by_name.values())
        if kind is not analysis:
            again = [table.name for table in every if table in above]
            blocks += [Block(f"The tables of `siptrack {kind.name}`", level=2), Block(_opening(kind.name, again))]
        new = [table for table in every if table not in above]
        blocks += [block for table in new for block in _about(table)]
        above += new
    return blocks


def _opening(document, again):
    """What goes for the tables of a document, which holds some of those above again."""
    *most, last = (f"`{table}`" for table in again)
    names = f"{', '.join(most)} and {last}" if most else last
    return f"`siptrack {document}` writes these, and {names} as above.{OF_A_DOCUMENT.get(document, '')}"


def _about(table):
    yield Block(f"`{table.name}`", level=2)
    yield Block(table.meaning)
    columns = columns_table(table)
    yield Block(headings=tuple(columns.names), rows=tuple(tuple(map(_word, row)) for row in columns.rows))
    closed = [f"`{column.name}` is one of: {_listed(column.values)}." for column in table.columns if column.values]
    if closed:
        yield Block(items=tuple(closed))


def _listed(values):
    return ", ".join(f"`{value}`" for value in values)


def _word(cell):
    return "yes" if cell is True else str(cell or "")


if __name__ == "__main__":
    TABLES_PAGE.write_text(page(), encoding="utf-8")
