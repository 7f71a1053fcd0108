"""The old way to say what was read, and what is odd in it: the macros of every document put on a page."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.documents.read import Read
from siptrack.rendering.model import Paragraph
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections
from siptrack.rendering.terminal import print_sections
from siptrack.school.begun import Begun
from siptrack.school.register import Register


def put_alarms(page: Page, register: Register) -> None:
    """What nobody may overlook: which school it is of, files that could not be read or that do not join."""
    print_sections(page, sections("alarms", Read(register)))


def put_begun(page: Page, begun: Sequence[Begun]) -> None:
    """A line for each newer term that is not judged."""
    print_sections(page, sections("begun", begun))


def ledger_lines(read: Read) -> list[str]:
    """How every row and every result was accounted for, and how many children there are."""
    parts = (part for section in sections("ledger", read) for part in section.parts)
    return [part.words for part in parts if isinstance(part, Paragraph)]


def put_problems(page: Page, register: Register, *, every: bool) -> None:
    """A line for each kind of problem with its first cells; `every` place on request."""
    print_sections(page, sections("problems", Read(register), every=every))
