"""Why a file cannot be read."""

from __future__ import annotations

PROTECTED = (
    "it is protected by a password; take it off in Excel (File, Info, Protect Workbook, Encrypt with Password) "
    "and save it"
)


class UnusableFileError(Exception):
    """Why a file cannot be read, in words for its owner: what it is, and what to do."""
