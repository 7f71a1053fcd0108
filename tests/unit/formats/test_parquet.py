"""A Parquet file gives the cells that a CSV file with the same table gives."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siptrack.reading.files import read_files
from siptrack.reading.formats import parquet as reading
from siptrack.reading.formats.kinds import PARQUET, kind_of
from siptrack.reading.formats.parquet import read_parquet
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.grid import GridRows, TextGrid
from siptrack.reading.separated import read_separated

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

MORNING = dt.datetime(2015, 3, 1)  # noqa: DTZ001  # a table's have no zone
WORDS = st.sampled_from(["", "EXS", "GDS", "WTS", "Zoë", "O'Neill, A", "7", "0012", 'said "so"'])


def written(columns: dict[str, list[object]], rows_a_group: int = 3, **types: object) -> bytes:
    arrays = {name: pa.array(cells, types.get(name)) for name, cells in columns.items()}
    held = io.BytesIO()
    parquet.write_table(pa.table(arrays), held, row_group_size=rows_a_group)
    return held.getvalue()


def rows_of(content: bytes) -> list[tuple[str, ...]]:
    return list(read_parquet(content, "x.parquet").rows)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=12))
def test_texts_are_those_of_a_csv_file(rows: list[tuple[str, str, str]]) -> None:
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(("UPN", "Term", "Result"))}
    text = io.StringIO()
    csv.writer(text).writerows([list(columns), *rows])

    sheet, _ = read_separated(text.getvalue().encode(), "x.parquet")
    read = read_parquet(written(columns, UPN=pa.string(), Term=pa.string(), Result=pa.string()), "x.parquet")

    assert list(read.rows) == list(sheet.rows)


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([3, None, 12], pa.int8(), ["3", "", "12"]),
        ([3.0, 2.5, None], pa.float64(), ["3", "2.5", ""]),
        ([0.1, float("nan"), 100.0], pa.float32(), ["0.1", "", "100"]),
        ([dt.date(2015, 3, 1), None, dt.date(2016, 9, 30)], pa.date32(), ["2015-03-01", "", "2016-09-30"]),
        (
            [MORNING, MORNING.replace(hour=12, minute=30), None],
            pa.timestamp("ns"),
            ["2015-03-01", "2015-03-01 12:30:00", ""],
        ),
        ([True, False, None], pa.bool_(), ["TRUE", "FALSE", ""]),
        ([Decimal("101.5"), None, Decimal("99.0")], pa.decimal128(5, 1), ["101.5", "", "99.0"]),
        (["b", "a", None], pa.dictionary(pa.int8(), pa.string()), ["b", "a", ""]),
        (["b", "a", None], pa.large_string(), ["b", "a", ""]),
        ([None, None, "a"], pa.string(), ["", "", "a"]),
        ([" a ", "a", ""], pa.string(), ["a", "a", ""]),
        ([b"EXS", None, b"GDS"], pa.binary(), ["EXS", "", "GDS"]),
        ([None, None, None], pa.null(), ["", "", ""]),
    ],
)
def test_values_are_written_as_a_table_shows_them(values: list[object], kind: object, texts: list[str]) -> None:
    content = written({"UPN": ["x", "y", "z"], "Value": values}, rows_a_group=2, Value=kind)

    assert rows_of(content) == [("UPN", "Value"), *zip("xyz", texts, strict=True)]


def test_many_rows_stay_in_columns_and_are_numbered_from_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LEAST_CELLS", 0)
    sheet = read_parquet(written({"UPN": ["x", "y"], "Result": ["EXS", None]}), "x.parquet")

    assert isinstance(sheet.rows, TextGrid)
    assert list(GridRows.of(sheet.rows)) == [(2, ("x", "EXS")), (3, ("y", ""))]


def test_a_blank_row_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LEAST_CELLS", 0)

    assert rows_of(written({"UPN": ["x", None, "y", None]})) == [("UPN",), ("x",), (), ("y",)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PAR1 and nothing more", "damaged"),
        (b"PAR1" + bytes(64) + b"PAR1", "damaged"),
    ],
)
def test_what_is_damaged_is_said(content: bytes, said: str) -> None:
    assert kind_of(content) == PARQUET
    with pytest.raises(UnusableFileError, match=said):
        read_parquet(content, "x.parquet")


def test_lists_are_no_cells() -> None:
    with pytest.raises(UnusableFileError, match="holds lists"):
        read_parquet(written({"UPN": [["x", "y"]]}), "x.parquet")


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("MOST_LONG_CELLS", 5, "more than"),
        ("MOST_DISTINCT", 2, "more than"),
        ("MOST_CHARACTERS", 2, "characters"),
        ("MOST_UNPACKED", 2, "row groups"),
    ],
)
def test_too_much_is_refused_with_the_way_round(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    monkeypatch.setattr(reading, limit, most)
    with pytest.raises(UnusableFileError, match=said):
        read_parquet(written({"UPN": ["x", "y", "z"]}), "x.parquet")


def test_without_pyarrow_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "results.parquet"
    path.write_bytes(written({"UPN": ["x"]}))
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    code, place, found, _ = read_files([tmp_path]).oddities[0]

    assert (code, place.file) == ("file-unusable", "results.parquet")
    assert 'pip install "siptrack[parquet]"' in found
