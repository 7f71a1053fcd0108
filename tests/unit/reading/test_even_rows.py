"""A long CSV file read by columns has the cells that it has read row by row; what is written otherwise is not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siptrack.reading import separated
from siptrack.reading.even_rows import EvenRows, read_even_rows
from siptrack.reading.separated import read_separated

BLOCK = 4_096  # little, so that several are read
LONG = 10_000  # cells, so that several blocks are read


@pytest.fixture(autouse=True)
def _however_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "LEAST_BYTES", 0)


def _read(content: bytes) -> EvenRows | None:
    return read_even_rows((content[at : at + BLOCK] for at in range(0, len(content), BLOCK)), ",", "cp1252")


def _cells(content: bytes, encoding: str = "utf-8") -> list[tuple[str, ...]]:
    rows = csv.reader(io.StringIO(content.decode(encoding), newline=""))
    return [tuple(cell.strip() for cell in row) for row in rows]


texts = st.text(st.characters(codec="utf-8", exclude_characters='\n\r\0,"', exclude_categories=("Cs",)), max_size=20)


# with quote marks around, in which a delimiter is a letter as any other
cells = st.one_of(texts, st.lists(texts, max_size=3).map(lambda some: f'"{",".join(some)}"'))


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_cells_are_those_of_rows_read_one_after_the_other(rows: list[list[str]], end: str) -> None:
    content = ("".join(f"{','.join(('head', *row))}{end}" for row in rows)).encode()
    read = _read(content)
    assert read is not None
    grid = read.grid
    assert list(grid) == _cells(content)
    assert grid[:2] == tuple(_cells(content)[:2])
    assert grid[len(grid) - 1] == _cells(content)[-1]


def test_many_texts_over_several_blocks_are_each_read_as_they_are_written() -> None:
    content = "".join(f"A{at},{'long ' * (at % 40)}x,{at % 7}\n" for at in range(LONG)).encode()
    read = _read(content)
    assert read is not None
    grid = read.grid
    assert list(grid) == _cells(content)


def test_a_mark_before_the_text_and_blank_lines_behind_it_are_no_cells() -> None:
    read = _read("\ufeffa,b\nc,é\n\n\n".encode())
    assert read is not None
    assert list(read.grid) == [("a", "b"), ("c", "é")]


@pytest.mark.parametrize(
    "content",
    [
        'a,b\nc "c",d\n',
        'a,b\n"c" c,d\n',
        'a,b\n"c ""c""",d\n',
        'a,b\n"c\nc",d\n',
        'a,b\n"c,d\n',
        'a,b\n"c,d"\n',
        "a,b\nc\n",
        "a,b\nc,d,e\n",
        "a,b\n\nc,d\n",
        "a,b\n,\n",
        "a,b\rc,d\n",
        f"a,b\n{'c' * 300},d\n",
        "a\nb\n",
    ],
    ids=[
        "quote mark inside",
        "quote mark before",
        "double quote marks",
        "two lines",
        "open",
        "too few",
        "short row",
        "long row",
        "blank line",
        "blank row",
        "old line end",
        "long cell",
        "one column",
    ],
)
def test_a_file_written_otherwise_is_read_row_by_row(content: str) -> None:
    assert _read(content.encode()) is None
    sheet, _ = read_separated(content.encode(), "results.csv")
    assert isinstance(sheet.rows, tuple)


def test_a_short_file_is_read_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "LEAST_BYTES", 100)
    assert isinstance(read_separated(b"a,b\nc,d\n", "results.csv")[0].rows, tuple)
