"""Newer terms that are not judged because few children have a result in them yet: said first."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rendering.template import sentence
from siptrack.school.begun import Begun


def put_begun(page: Page, begun: Iterable[Begun]) -> None:
    """A line for each newer term."""
    for one in begun:
        page.say(sentence("begun_sentence", one), hang=2, style=styles.WARNING)
