"""Workbooks of every kind: every cell as the text a person sees, nothing guessed."""

from __future__ import annotations

from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.kinds import kind_of
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.sheet import Sheet

__all__ = ["UnusableFileError", "read_workbook"]


def read_workbook(content: bytes, file: str) -> list[Sheet]:
    """The sheets of one workbook. Raises UnusableFileError when it is none, or is unsafe to open."""
    with ApartReader() as reader:
        return reader.read(kind_of(content), content, file)
