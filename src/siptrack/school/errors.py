"""What a user can put right, each kind with its own exit code."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from siptrack.school.safe_text import safe_text


class ExitCode(IntEnum):
    """What the program tells the shell when it ends; docs/pipe.md lists them for people who write scripts."""

    DONE = 0
    FOUND = 1  # what --fail-on asked about was found
    USAGE = 2
    INPUT = 3
    RULES = 4
    OUTPUT = 5
    NOTHING_TO_JUDGE = 6
    BUG = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class SiptrackError(Exception):
    """A mistake that its reader can mend: `lines` say where, what was found, what was expected, what to do.

    What they quote is made harmless, since a library's messages end on a screen too.
    """

    exit_code = ExitCode.BUG

    def __init__(self, lines: str | Sequence[str]) -> None:
        self.lines = tuple(map(safe_text, (lines,) if isinstance(lines, str) else lines))
        super().__init__("\n".join(self.lines))


class InputError(SiptrackError):
    """No file could be used."""

    exit_code = ExitCode.INPUT


class RulesError(SiptrackError):
    """A rule file or the school's settings are wrong."""

    exit_code = ExitCode.RULES


class OutputError(SiptrackError):
    """A file could not be written."""

    exit_code = ExitCode.OUTPUT


class NothingToJudgeError(SiptrackError):
    """The files were read, but hold nothing that a judgement could rest on; never to be taken for a pass."""

    exit_code = ExitCode.NOTHING_TO_JUDGE


class ChoiceError(SiptrackError):
    """A name given on the command line is not among those there are."""

    exit_code = ExitCode.USAGE


class TemplateError(SiptrackError):
    """A school's own workbook asks for something that there is not, or cannot be filled."""

    exit_code = ExitCode.USAGE


class MissingLibraryError(SiptrackError):
    """What was asked for needs a library that is not installed."""

    exit_code = ExitCode.USAGE
