"""Old Excel workbooks (.xls): the fast reader, and from the workbook's own records what it does not tell."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from siptrack.reading.formats import calamine
from siptrack.reading.formats.biff import facts_of_sheets
from siptrack.reading.formats.compound import CompoundFile
from siptrack.reading.formats.table import Facts, PageTable, refuse_for_the_fast
from siptrack.reading.formats.unusable import PROTECTED, UnusableFileError

_WORKBOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_OTHERS = {
    "WordDocument": "it is an old Word document; copy its table into a workbook",
    "PowerPoint Document": "it is an old PowerPoint presentation; copy its table into a workbook",
    "__properties_version1.0": "it is an e-mail saved by Outlook; save the workbook that is attached to it",
}


def tables(content: bytes) -> Iterator[PageTable]:
    """Every sheet of the workbook. Raises UnusableFileError with what else it is, or that it has a password."""
    known = _known(content)
    refuse_for_the_fast(known)
    yield from calamine.tables(content, known)


def _known(content: bytes) -> list[Facts]:
    """The facts of each sheet; none when the file is too damaged to follow, which the fast reader may yet survive."""
    try:
        parts = CompoundFile(content)
        if "EncryptedPackage" in parts.names:
            raise UnusableFileError(PROTECTED)
        book = next((name for name in _WORKBOOKS if name in parts.names), "")
        if not parts.names:
            return []
        if not book:
            what = [what for name, what in _OTHERS.items() if name in parts.names]
            raise UnusableFileError((what or ["it is an old Office file and not a workbook"])[0])
        return facts_of_sheets(parts.stream(book))
    except (ValueError, IndexError, StopIteration, struct.error):
        return []
