"""Hollybank's provision over two school years, with what must come of it.

Nobody's results were changed for it. Who is in an intervention was chosen by the results, so that what siptrack must
say of it is known: those in Springboard are children who then moved on, those in the reading group every third of those
who had just lost ground, whatever came after.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from books import Book, Cell
from children import term_number
from levels_school import NAME, RULER
from provision_sheet import Given, Planted, Spell, moved, spells

if TYPE_CHECKING:
    from pathlib import Path

    from children import Child
    from roll import School

_SPRINGBOARD = Given("Springboard", "Maths", 2, dt.date(2009, 1, 12), dt.date(2009, 7, 3), 40, 30, 6, "TA", 60)
_READING = Given("Reading Partners", "Reading", 2, dt.date(2008, 4, 21), dt.date(2008, 7, 11), 24, 20, 4, "TA", 35)
_SPELLING = Given(
    "Spelling Breakfast Club", "Spelling", 2, dt.date(2008, 9, 15), dt.date(2008, 12, 12), 36, 20, 10, "TA", 15
)
_RECOVERY = Given(
    "Reading Recovery", "Reading", 3, dt.date(2009, 1, 12), dt.date(2009, 6, 12), 90, 30, 1, "Teacher", 900
)
_FURTHER = Given("FLS", "Writing", 2, dt.date(2009, 1, 12), dt.date(2009, 4, 3), 36, 30, 6, "TA", 45)
_SOCIAL = Given(
    "Friendship Group", "Social and emotional", 2, dt.date(2009, 4, 20), dt.date(2009, 7, 10), 12, 40, 5, "Mentor", 30
)
_SPEECH = Given("Speech Link", "Communication", 3, dt.date(2008, 9, 8), None, 60, 15, 1, "TA", 120)
_FINGERS = Given("Handwriting Gym", "Fine motor", 2, dt.date(2009, 4, 20), None, 20, 10, 5, "TA", 10)
_SUMS = Given("Number Box", "Maths", 3, dt.date(2009, 4, 20), None, 24, 20, 1, "TA", 80)
_PAIRED = Given("Paired Reading", "Reading", 2, dt.date(2009, 4, 20), None, 30, 15, 2, "Volunteer", 0)
_AGES = (("5:02", "6:06"), ("5:04", "6:03"), ("5:01", "6:05"), ("5:06", "6:08"))

NOTHING = "Billhook, Jamal"
FIVE_AT_ONCE = "Mallow, Bethan"
PLANTED = (
    Planted("Springboard", "moved more", "Its children moved on, and comparable children in nothing did not."),
    Planted("Reading Partners", "no fair comparison",
            "Its children had just lost ground and came up again; so did those who were like them and not in it: "
            "regression to the mean. Two results before it are too few to tell who was falling."),
    Planted("Spelling Breakfast Club", "nobody-attends", "Not a quarter of its sessions were attended."),
    Planted("Reading Recovery", "no fair comparison",
            "Year 1 has no earlier result to find comparable children by. There are reading ages, so a ratio gain."),
    Planted("FLS", "no fair comparison", "Five children: fewer than are compared."),
    Planted("Friendship Group", "no fair comparison", "It is of no subject, so no result tells of it."),
)  # fmt: skip
_FIRST, _LATER, _NOW = (term_number(label) for label in ("Autumn 2007", "Autumn 2008", "Summer 2009"))
_THEN, _END = term_number("Spring 2008"), term_number("Summer 2008")


def _in_springboard(hollybank: School) -> list[Child]:
    """Of each year group the children who moved on most in maths and had lost ground before; no more than half."""
    chosen: list[Child] = []
    found = moved(hollybank.on_roll, "Maths", (_FIRST, _LATER, _NOW), RULER)
    for year_group in (4, 5, 6):
        alike = [one for one in found if one.year_group == year_group and one.earlier == -1]
        alike.sort(key=lambda one: (-one.during, one.child.name))
        chosen += [one.child for one in alike[: len(alike) // 3] if one.during > 0]
    return [child for child in chosen if child.name not in (NOTHING, FIVE_AT_ONCE)][:12]


def _in_reading_partners(hollybank: School) -> list[Child]:
    """Every third child who had lost ground in reading by Spring 2008."""
    found = moved(hollybank.on_roll, "Reading", (_FIRST, _THEN, _END), RULER)
    return [one.child for one in found if one.earlier == -1 and one.child.name != NOTHING][::3][:16]


def rows(hollybank: School) -> list[Spell]:
    """Every row of the sheet."""
    here = [child for child in hollybank.on_roll if child.name not in (NOTHING, FIVE_AT_ONCE)]
    of_year = {year: [child for child in here if child.cohort == year] for year in range(1, 7)}
    (many,) = [child for child in hollybank.on_roll if child.name == FIVE_AT_ONCE]
    found = [
        *spells(_SPRINGBOARD, _in_springboard(hollybank)),
        *spells(_READING, _in_reading_partners(hollybank)),
        *spells(_SPELLING, of_year[4][:10], lambda given, place: given.planned // 4 - place % 3),
        *spells(_FURTHER, of_year[5][10:15]),
        *spells(_SOCIAL, of_year[3][4:9]),
        *spells(_SPEECH, of_year[1][8:10]),
    ]
    for place, (child, (entry, after)) in enumerate(zip(of_year[1][:4], _AGES, strict=True)):
        found.append(Spell(child, _RECOVERY, 80 - 3 * place, entry, after, "reading age in years and months"))
    running = (_SOCIAL, _SPEECH, _FINGERS, _SUMS, _PAIRED)
    return [*found, *(Spell(many, given, given.planned // 2) for given in running)]


def write(folder: Path, found: list[Spell]) -> None:
    """The sheet as the school keeps it, a row for each child and intervention, by intervention and name."""
    table: list[tuple[Cell, ...]] = []
    for spell in sorted(found, key=lambda one: (one.given.start, one.given.name, one.child.name)):
        given, child = spell.given, spell.child
        seat = child.seats[max(child.seats)]
        who = (child.upn, child.surname, child.forename, seat.class_name)
        when = (given.start, given.end or "", given.planned, spell.attended, given.minutes, given.group)
        table.append(
            (
                *who,
                given.name,
                given.need,
                given.wave,
                *when,
                given.staff,
                given.cost,
                spell.entry,
                spell.exit,
                spell.notes,
            )
        )
    headings = [
        *("UPN", "Surname", "Forename", "Class", "Intervention", "Area of need", "Wave", "Start date", "End date")
    ]
    headings += ["Sessions planned", "Sessions attended", "Minutes per session", "Group size", "Led by", "Cost (£)"]
    headings += ["Entry", "Exit", "Notes"]
    with Book(folder / "Provision.xlsx") as book:
        book.sheet("Provision", (NAME, "Provision 2007-08 and 2008-09"), headings, table)
