"""What is said of a term in which few children have a result yet."""

from __future__ import annotations

from siptrack.rendering.numbers import plural, quantity, thousands
from siptrack.school.begun import Begun


def begun_sentence(begun: Begun) -> str:
    """`Summer 2026 has begun: 1 of 30 children has a result; --term "Summer 2026" judges it`."""
    children = f"{thousands(begun.children)} of {quantity(begun.of, 'child', 'children')}"
    has = plural(begun.children, "has", "have")
    return f'{begun.term.label} has begun: {children} {has} a result; --term "{begun.term.label}" judges it.'
