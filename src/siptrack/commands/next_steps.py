"""The command to go on with, fit for what was found and ready to be copied into the user's own shell."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules

Step = tuple[str, str]  # what it tells, and the command

_BARE = re.compile(r"[\w./\\:+-]+")
_OBEYED = "$`"  # what PowerShell obeys between double quotation marks


def next_steps(analysis: Analysis, rules: Rules, paths: Sequence[Path], *, on_screen: bool) -> list[Step]:
    """One or two commands: what a finding means, and what lies behind it or is wrong in the data.

    The user's paths stand on the screen only: in a file or pipe, which others may read and which must be the same for
    the same data wherever they lie, there is PATHS in their place.
    """
    from siptrack.documents.findings import code_to_explain
    from siptrack.documents.in_short import insufficient_by_class, untold

    steps: list[Step] = []
    if code := code_to_explain(analysis, rules):
        steps.append(("What a finding means and what to do about it:", command("explain", code)))
    files = [str(path) for path in paths] if on_screen else ["PATHS"]
    if len(analysis.register.schools) > 1:
        from siptrack.reading.schools import ALL

        files += ["--school", analysis.register.school or ALL]
    if Path("-") in paths:
        return steps  # what was typed or piped in is gone
    classes = insufficient_by_class(analysis, rules)
    if untold(analysis) == len(analysis.children.pupils):
        steps.append(("How each column was understood, and what was ignored:", command("columns", *files)))
    elif analysis.register.has_errors:
        steps.append(("Every place in the data that must be corrected:", command("check", *files, "--detail")))
    elif classes and not analysis.filters:
        name = classes[0][0]
        steps.append(
            (
                f"The children of class {name}, each sentence with the cells behind it:",
                command("analyse", *files, "--class", name, "--detail"),
            )
        )
    return steps


def command_paths(paths: Sequence[Path], *, on_screen: bool) -> str:
    """The user's paths as a command takes them; PATHS where the text is not for this screen alone."""
    return command(*map(str, paths)).removeprefix("siptrack ") if on_screen else "PATHS"


def command(*words: str, windows: bool = sys.platform == "win32") -> str:
    """A command line of siptrack's that the user's shell takes apart into these words again."""
    return " ".join(["siptrack", *(_on_windows(word) if windows else shlex.quote(word) for word in words)])


def _on_windows(word: str) -> str:
    """A word for PowerShell and the old prompt alike; only what PowerShell would obey needs its own quotes."""
    if _BARE.fullmatch(word):
        return word
    if any(sign in word for sign in _OBEYED):
        return "'" + word.replace("'", "''") + "'"
    return f'"{word}"'
