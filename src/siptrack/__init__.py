"""siptrack reads a primary school's assessment spreadsheets and names the children making insufficient progress.

The library's front door: `read` turns files into a register, `analyse` judges one.

    import siptrack
    analysis = siptrack.analyse("Autumn 2025.xlsx", "Pupil list.xlsx")
    analysis.flags      # one row a flag
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from siptrack.analysis.model import Analysis
    from siptrack.school.register import Register

__version__ = "0.1.0"
__all__ = ["__version__", "analyse", "read"]


def read(*paths: str | PathLike[str], config: str | PathLike[str] | None = None) -> Register:
    """The register of the files and folders: pupils, results, problems and the ledger.

    Raises siptrack.school.errors.InputError when nothing in them can be used.
    """
    from pathlib import Path

    from siptrack.reading.read import read as read_files
    from siptrack.rules.load import find_settings, load

    found = [Path(path) for path in paths]
    return read_files(found, load(Path(config) if config else find_settings(found)))


def analyse(
    *paths: str | PathLike[str],
    term: str | None = None,
    config: str | PathLike[str] | None = None,
    ruler: str | PathLike[str] | None = None,
) -> Analysis:
    """The analysis of the files and folders in a term such as `Spring 2026`, the newest unless one is named.

    `config` is the school's settings, else siptrack.yaml beside the files; `ruler` a ruler saved before.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from pathlib import Path

    from siptrack.analysis.analyse import analyse as judge
    from siptrack.commands.opening import open_files, open_rules

    found = [Path(path) for path in paths]
    book = open_rules(found, config=Path(config) if config else None, ruler=Path(ruler) if ruler else None)
    opened = open_files(found, book, term)
    return judge(opened.register, opened.rules, opened.term)
