"""The old way: a document that is put on a page, and of which the model is made from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from siptrack.rendering import styles
from siptrack.rendering.kept import write_document
from siptrack.rendering.model import Document, Notice, Section
from siptrack.rendering.page import Page
from siptrack.rendering.ruler import ruler_line
from siptrack.reports.outline import outlined
from siptrack.rules.model import Rules


@dataclass(frozen=True)
class Printed:
    """What a document says: its title, and what `put` puts on a page.

    `notice` leads it where it is kept or printed, to be known before it is passed on. `wide` is whether its tables
    are wide, so that on paper it lies on its side. `rules` are those it rests on.
    """

    title: str
    put: Callable[[Page], None]
    rules: Rules
    notice: str = ""
    wide: bool = False

    @property
    def document(self) -> Document:
        """The document in its model."""
        sections = outlined(self.put)
        if self.notice:
            first = sections[0] if sections and not sections[0].title else Section("", ())
            rest = sections[1:] if sections and not sections[0].title else sections
            sections = (Section("", (Notice(self.notice), *first.parts)), *rest)
        return Document(self.title, sections, ruler_line(self.rules.ruler), self.wide)


def write_printed(printed: Printed, form: str, *, width: int | None, colour: bool) -> str | bytes:
    """The document in the form in which it is kept, as `rendering.kept.write_document` has it."""
    if form == "table":
        return printed_text(printed, width=width, colour=colour)
    return write_document(printed.document, form, width=width, colour=colour)


def printed_text(printed: Printed, *, width: int | None, colour: bool) -> str:
    """The document for a screen or a pipe."""
    page = Page(width, colour=colour)
    page.say(printed.title, style=styles.STRONG)
    printed.put(page)
    page.gap()
    page.say(ruler_line(printed.rules.ruler), style=styles.QUIET)
    return page.text()
