"""What the manual says of the tables that are written for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_MORE: Mapping[str, str] = {
    "plan": " No child is named in them.",
    "provision": " All progress in them is in the points of the scale, against the line.",
    "review": " What the school wrote stands in them as it was written.",
}


def page_title() -> str:
    """The title of the page."""
    return "The tables"


def page_opening() -> list[str]:
    """What holds for every table."""
    return [
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
    ]


def types() -> tuple[tuple[str, str], ...]:
    """What each type of a column is, in words and in SQLite."""
    return (
        ("text", "words; TEXT in SQLite"),
        ("integer", "a whole number; INTEGER in SQLite"),
        ("number", "a number, which may have decimals, with a point; REAL in SQLite"),
        ("flag", "True or False in CSV, true or false in JSON; INTEGER, 1 or 0, in SQLite"),
    )


def heading(command: str) -> str:
    """The heading above what a command writes beside the tables of an analysis."""
    return f"The tables of `siptrack {command}`"


def opening(command: str, again: Sequence[str]) -> str:
    """What goes for the tables of a command, which writes some of those above again."""
    *most, last = (f"`{table}`" for table in again)
    above = f"{', '.join(most)} and {last}" if most else last
    return f"`siptrack {command}` writes these, and {above} as above.{_MORE.get(command, '')}"


def values_line(column: str, values: Sequence[str]) -> str:
    """The only values that a column may have."""
    return f"`{column}` is one of: {', '.join(f'`{value}`' for value in values)}."


def always(every_row: bool) -> str:
    """Whether every row has a value in the column."""
    return "yes" if every_row else ""
