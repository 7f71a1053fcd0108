"""Reads a workbook twice, in a child process and in this one, and sees that both say the same.

Only for workbooks that the tests made themselves: the program reads none in its own process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineError

from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.child import tables_of
from siptrack.reading.formats.kinds import kind_of
from siptrack.reading.formats.unusable import UnusableFileError

if TYPE_CHECKING:
    from siptrack.reading.sheet import Sheet


def read_workbook(content: bytes, file: str) -> list[Sheet]:
    """The sheets of one workbook, read apart."""
    with ApartReader() as reader:
        return reader.read(kind_of(content), content, file)


def read(content: bytes) -> list[Sheet]:
    """The sheets. Raises UnusableFileError as the reader does."""
    sheets = read_workbook(content, "school.xls")
    here = [(table.name, table.hidden, tuple(table.rows)) for table in tables_of(kind_of(content), content)]
    assert here == [(sheet.name, sheet.hidden, sheet.rows) for sheet in sheets]
    return sheets


def refused(content: bytes) -> str:
    """Why the reader refuses a workbook, in this process as in a child."""
    with pytest.raises(UnusableFileError) as reason:
        read_workbook(content, "school.xls")
    with pytest.raises((UnusableFileError, CalamineError)) as here:
        list(tables_of(kind_of(content), content))
    assert str(here.value) == str(reason.value) or not isinstance(here.value, UnusableFileError)
    return str(reason.value)
