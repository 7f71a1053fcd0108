"""Why a file cannot be read."""

from __future__ import annotations

PROTECTED = (
    "it is protected by a password; take it off in Excel (File, Info, Protect Workbook, Encrypt with Password) "
    "and save it"
)
DAMAGED_INSIDE = (
    "it is damaged inside, and results could be read wrongly; open it in Excel, let Excel repair it, look it through "
    "and save it again"
)
FAR_APART = (
    "a sheet in it has cells far from all others; open it in Excel, delete the blank rows and columns beyond the table "
    "and save it again"
)


class UnusableFileError(Exception):
    """Why a file cannot be read, in words for its owner: what it is, and what to do; with the code of the problem."""

    def __init__(self, reason: str, code: str = "file-unusable") -> None:
        super().__init__(reason)
        self.code = code
