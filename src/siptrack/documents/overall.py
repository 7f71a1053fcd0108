"""What several documents call an analysis, its filters, its classes, and a rule that may be wrong."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.analysis.model import Warned
from siptrack.documents.labels import subject_label
from siptrack.rendering.numbers import inside, plural, share
from siptrack.rules.model import Rules
from siptrack.school.term import Term

NOT_APPLICABLE = "[z]"  # the Government Statistical Service's shorthand for "does not apply"


def title(term: Term) -> str:
    """`Pupil progress: Summer 2009 (school year 2008-09)`."""
    year = term.academic_year_label
    return f"Pupil progress: {term.label}" + (f" (school year {year})" if year else "")


def filters_line(filters: Mapping[str, str]) -> str:
    """`Only: year 5; class 5K`."""
    return f"Only {'; '.join(f'{name} {text}' for name, text in filters.items())}."


def warned_sentence(warned: Warned, rules: Rules) -> str:
    """That so many children are flagged that the rule is the first thing to doubt."""
    who = f"{rules.years.label(warned.year_group)}, {inside(subject_label(warned.subject, rules))}"
    flagged = share(warned.flagged, warned.n, rules.groups.small.percentages_from)
    are = plural(warned.n, "child is", "children are")
    return (
        f"{who}: {flagged} {are} flagged, more than {rules.flags.too_many:g} %. "
        "The rule, not the children, may be wrong: check the scale and its reference line before acting on the list."
    )


def class_label(class_name: str, year_label: str) -> str:
    """`5K (Year 5)`."""
    return f"{class_name} ({year_label})" if class_name else f"{year_label}, class not known"
