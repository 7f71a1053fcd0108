"""What the manual says of the tables that are written for other programs."""

from __future__ import annotations

from collections.abc import Sequence


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


def check_heading() -> str:
    """The heading above what `siptrack check` writes."""
    return "The tables of siptrack check"


def check_opening() -> str:
    """What `siptrack check` writes beside its own table."""
    return "`siptrack check` writes `checks`, and `problems`, `ledger` and `set_aside` as above."


def values_line(column: str, values: Sequence[str]) -> str:
    """The only values that a column may have."""
    return f"`{column}` is one of: {', '.join(f'`{value}`' for value in values)}."


def always(every_row: bool) -> str:
    """Whether every row has a value in the column."""
    return "yes" if every_row else ""


def review_heading() -> str:
    """The heading over the tables of a review."""
    return "The tables of `siptrack review`"


def review_opening() -> str:
    """What goes for these tables."""
    return "`siptrack review` writes these and `problems`. What the school wrote stands in them as it was written."


def provision_heading() -> str:
    """The heading over the tables of provision."""
    return "The tables of `siptrack provision`"


def provision_opening() -> str:
    """What goes for these tables."""
    return (
        "`siptrack provision` writes these and the last three of those above: `problems`, `ledger` and `set_aside`. "
        "All progress in them is in the points of the scale, against the line."
    )


def plan_heading() -> str:
    """The heading over the tables of the single plan."""
    return "The tables of `siptrack plan`"


def plan_opening() -> str:
    """What goes for these tables."""
    return "`siptrack plan` writes these, and `problems`, `ledger` and `set_aside` as above. No child is named in them."
