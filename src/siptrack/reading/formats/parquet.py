"""Parquet files: one table whose columns have names, which are its headings; read by columns, by pyarrow."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from siptrack.reading.formats.cells import as_text
from siptrack.reading.formats.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_DISTINCT,
    MOST_LONG_CELLS,
    MOST_UNPACKED,
    WAY_ROUND,
)
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.grid import TextGrid
from siptrack.reading.sheet import Sheet
from siptrack.school.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_CELLS = 50_000  # of a file that stays in columns: fewer are as soon read row by row
_WITHOUT_LIBRARY = (
    "it is a Parquet file, and these are read by pyarrow, which is not installed; "
    'install it with: pip install "siptrack[parquet]", or save the table as CSV'
)
_DAMAGED = "it is a Parquet file and damaged; save the table anew, or as CSV"
_TOO_MANY = f"it holds more than {MOST_LONG_CELLS:,} cells, or {MOST_DISTINCT:,} different ones; {WAY_ROUND}"
_TOO_LARGE = (
    f"a part of it asks for more than {MOST_UNPACKED // 1_000_000} MB; save the table anew in smaller row groups"
)


def read_parquet(content: bytes, file: str) -> Sheet:
    """The table as it would be read of a CSV file that says the same: the names of the columns are its first row.

    Dates are written as 2015-03-01, whole numbers without a point, and nothing where nothing is known.
    Raises UnusableFileError where pyarrow is missing, or the table is none that can be read.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise UnusableFileError(_WITHOUT_LIBRARY) from None
    try:
        held = parquet.ParquetFile(pa.BufferReader(content))
        _refuse_too_much(held.metadata)
        texts = [field.name for field in held.schema_arrow if pa.types.is_string(field.type)]
        held = parquet.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
        columns = [_Column(name) for name in held.schema_arrow.names]
        for group in range(held.num_row_groups):
            for column, cells in zip(columns, held.read_row_group(group).columns, strict=True):
                column.take(cells.combine_chunks())
            if sum(len(column.number) for column in columns) > MOST_DISTINCT:
                raise UnusableFileError(_TOO_MANY)
    except (pa.ArrowException, OSError, ValueError, OverflowError):
        raise UnusableFileError(_DAMAGED) from None
    return Sheet(file, "", _rows(TextGrid([column.texts() for column in columns])))


def _refuse_too_much(metadata: Any) -> None:  # noqa: ANN401  # pyarrow has no types
    """Raise UnusableFileError where more is held than can be read, by what the file says of itself."""
    columns, groups = metadata.num_columns, range(metadata.num_row_groups)
    if not 0 < columns <= MOST_COLUMNS:
        raise UnusableFileError(_DAMAGED)
    if metadata.num_rows * (columns + 1) > MOST_LONG_CELLS:
        raise UnusableFileError(_TOO_MANY)
    if any(metadata.row_group(group).total_byte_size > MOST_UNPACKED for group in groups):
        raise UnusableFileError(_TOO_LARGE)


def _rows(grid: TextGrid) -> TextGrid | tuple[tuple[str, ...], ...]:
    """The rows, in columns where they are many; row by row where they are few, or one of them is blank."""
    blank = np.logical_and.reduce([column == "" for column in grid.columns])
    cells = len(grid) * (len(grid.columns) + 1)
    if cells >= LEAST_CELLS and not blank.any():
        return grid
    if cells > MOST_CELLS:
        raise UnusableFileError(f"it holds more than {MOST_CELLS:,} cells, with blank rows among them; {WAY_ROUND}")
    rows = [row if any(row) else () for row in grid]
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


class _Column:
    """A column while its row groups are read: the number of each text met so far, and of each cell."""

    def __init__(self, name: str) -> None:
        self.number: dict[str, int] = {as_text(name): 0}
        self.codes: list[NDArray[Any]] = [np.zeros(1, dtype=np.int32)]
        self.characters = 0

    def take(self, cells: Any) -> None:  # noqa: ANN401  # pyarrow has no types
        """Take the cells of a row group."""
        import pyarrow as pa

        if not pa.types.is_dictionary(cells.type):
            cells = _readable(cells).dictionary_encode()
        texts = [*map(_text, _values(cells.dictionary)), *([""] if cells.null_count else [])]
        self.characters += sum(map(len, texts))
        if self.characters > MOST_CHARACTERS:
            raise UnusableFileError(f"its cells hold more than {MOST_CHARACTERS:,} characters")
        number = np.array([self.number.setdefault(text, len(self.number)) for text in texts], dtype=np.int32)
        code = cells.indices.fill_null(len(texts) - 1).to_numpy(zero_copy_only=False)
        self.codes.append(number[code])

    def texts(self) -> Texts:
        """The texts; the column lets go of what it held."""
        codes, self.codes = np.concatenate(self.codes), []
        return Texts(codes, tuple(self.number))


def _readable(cells: Any) -> Any:  # noqa: ANN401  # pyarrow has no types
    """The cells as they can be taken as values. Raises UnusableFileError where a cell is more than one value."""
    import pyarrow as pa

    if pa.types.is_nested(cells.type):
        raise UnusableFileError("a column in it holds lists, and no texts, numbers or dates; save the table as CSV")
    return cells.cast(pa.timestamp("us"), safe=False) if pa.types.is_timestamp(cells.type) else cells


def _values(distinct: Any) -> list[object]:  # noqa: ANN401  # pyarrow has no types
    """The values of a column, each once; numbers of few digits as they are written, and not as nearly the same."""
    import pyarrow as pa

    if pa.types.is_float16(distinct.type) or pa.types.is_float32(distinct.type):
        return [float(str(number)) for number in distinct.to_numpy(zero_copy_only=False)]
    values: list[object] = distinct.to_pylist()
    return values


def _text(value: object) -> str:
    if isinstance(value, float) and isnan(value):
        return ""
    return as_text(value.decode(errors="replace") if isinstance(value, bytes) else value)
