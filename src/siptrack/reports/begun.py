"""Newer terms that are not judged because few children have a result in them yet: said first, and given as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rendering.template import sentence
from siptrack.school.begun import Begun
from siptrack.school.term import Term


def put_begun(page: Page, begun: Iterable[Begun]) -> None:
    """A line for each newer term."""
    for one in begun:
        page.say(sentence("begun_sentence", one), hang=2, style=styles.WARNING)


def begun_objects(begun: Sequence[Begun]) -> list[dict[str, object]]:
    """The newer terms as they stand in every document."""
    return [{"term": term_object(one.term), "children": one.children, "of": one.of} for one in begun]


def term_object(term: Term) -> dict[str, object]:
    """A term as it stands in every document."""
    return {"label": term.label, "academic_year": term.academic_year_label, "season": term.season.name.lower()}
