"""The children who fit what was typed, so that one can be chosen."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.reports.cells import number, records, text
from siptrack.reports.children import known_as
from siptrack.reports.wording import child as wording
from siptrack.rules.model import Rules
from siptrack.school.register import Register
from siptrack.school.term import Term

_HEADINGS = (ColumnHead("Key"), ColumnHead("Name"), ColumnHead("Year"), ColumnHead("Class"), ColumnHead("On roll"))


def render_choices(
    register: Register, rules: Rules, found: Sequence[str], term: Term | None, *, width: int | None, colour: bool
) -> str:
    """The children with these keys: where each is or was last, and until when those who left were there."""
    page = Page(width, colour=colour)
    page.say(wording.several(len(found)), style=styles.STRONG)
    page.gap()
    names, pupils = ["pupil", "surname", "forename", "on_roll_until"], register.frame("pupils")
    rows = records(pupils[pupils["pupil"].isin(found)], names)
    placed = _last_placements(register, found)
    lines = []
    for row in rows:
        year, class_name = placed.get(text(row["pupil"]), (None, ""))
        until = int(number(row["on_roll_until"]) or 0)
        left = term is not None and until < term.number
        name = known_as({**row, "class": class_name})[0]
        on_roll = wording.left_after(Term.numbered(until)) if left else wording.on_roll()
        lines.append((text(row["pupil"]), name, rules.years.label(year), class_name, on_roll))
    page.table(_HEADINGS, sorted(lines, key=lambda line: (line[1], line[0])))
    return page.text()


def _last_placements(register: Register, found: Sequence[str]) -> dict[str, tuple[int | None, str]]:
    """The newest year group and class of each child."""
    placements = register.frame("placements")
    newest_last = placements[placements["pupil"].isin(found)].sorted_by("academic_year")
    rows = records(newest_last, ["pupil", "year_group", "class"])
    years = {text(row["pupil"]): number(row["year_group"]) for row in rows}
    classes = {text(row["pupil"]): text(row["class"]) for row in rows}
    return {key: (None if year is None else int(year), classes[key]) for key, year in years.items()}
