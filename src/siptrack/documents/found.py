"""What was found in the data, with its places: the first of them, and how many more there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from siptrack.rendering.numbers import listed, plural, quantity, thousands
from siptrack.school.place import Place
from siptrack.school.problem import Problem

NAMED = 3  # more cells than these would bury the sentence; of more than these, one fewer is named
ROOM = 170  # letters for what was found: with its remedy about three lines of a screen, four of a narrow one
ROOM_OF_ALARMS = 480  # nothing that may make a report wrong is to be missed for want of a line
_NAMED_WITHOUT_PLACE = 4
_LONGEST = 60  # of one quoted cell, which may hold a whole remark
_HEAD = re.compile(r"('.+?'(?: \([^()]*\))?)(?=[ ,;:.]|$)(.*)", re.DOTALL)  # 'EX', or 'Writing Sp 26' (24 cells)
_QUOTED = re.compile(r"'[^']*'|\([^()]*\)")
_CLAUSE = re.compile(r"[,;:]")


@dataclass(frozen=True)
class Found:
    """One thing that was found and every place of it, in the order of the files; `count` is how often."""

    text: str
    expected: str
    places: tuple[Place, ...]
    count: int

    @property
    def sheets(self) -> tuple[tuple[str, str], ...]:
        """The files and sheets that it is in."""
        return tuple(dict.fromkeys((place.file, place.sheet) for place in self.places))


def gather_found(problems: Iterable[Problem]) -> list[Found]:
    """What was found, each once, what was found most often first."""

    def same(problem: Problem) -> tuple[str, str]:
        return problem.found, problem.expected

    gathered = [
        (Found(*key, tuple(dict.fromkeys(problem.place for problem in alike)), len(alike)))
        for key, alike in ((key, list(group)) for key, group in groupby(sorted(problems, key=_in_order), key=same))
    ]
    return sorted(gathered, key=lambda found: (-found.count, found.places[0], found.text))


def _in_order(problem: Problem) -> tuple[str, str, Place]:
    return problem.found, problem.expected, problem.place


def joined(every: Sequence[Found], room: int = ROOM) -> str:
    """`'EX' in Autumn.xlsx, sheet 4K, cells F14, F15 and 3 more; 'PKX' in cell G2; and 6 more places: '??', '3b'`.

    As many are named with their places as there is room for letters, and one at least.
    """
    shown: list[str] = []
    before: Found | None = None
    for found in every:
        text = _with_place(found, before)
        if shown and len("; ".join([*shown, text])) > room:
            break
        shown.append(text)
        before = found
    return "; ".join([*shown, *_rest(every[len(shown) :])])


def _rest(others: Sequence[Found]) -> list[str]:
    """How many more places there are, and the first of the cells that stand there."""
    if not others:
        return []
    heads = list(dict.fromkeys(head for head, _ in (_parted(found.text) for found in others) if head.startswith("'")))
    shown = heads[: _NAMED_WITHOUT_PLACE + (len(heads) == _NAMED_WITHOUT_PLACE + 1)]
    more = [f"{thousands(len(heads) - len(shown))} others"] if len(heads) > len(shown) else []
    which = f": {listed([*shown, *more])}" if shown else ""
    return [f"and {quantity(sum(found.count for found in others), 'more place')}{which}"]


def every_place(found: Found) -> list[str]:
    """A line for each sheet with every cell: `Autumn.xlsx, sheet 4K, cells F14, F15: found 'EX'; expected WTS`."""
    expected = f"; expected {found.expected}" if found.expected else ""
    lines = []
    for (file, sheet), places in groupby(found.places, key=lambda place: (place.file, place.sheet)):
        where = ", ".join(
            filter(None, (Place(file, sheet).label, _cells([place.cell for place in places if place.cell])))
        )
        lines.append(f"{where}: found {found.text}{expected}.")
    return lines


def expectations(every: Sequence[Found]) -> str:
    """` Expected a grade of its scale.`, where several were expected each of them; empty where nothing was."""
    expected = list(dict.fromkeys(found.expected for found in every if found.expected))
    shown, more = expected[:NAMED], len(expected) - NAMED
    wanted = " or ".join([*shown, *([f"{thousands(more)} others"] if more > 0 else [])])
    return f" Expected {wanted}." if wanted else ""


def _with_place(found: Found, before: Found | None) -> str:
    """A finding and where it is, without repeating what it has in common with the finding before."""
    head, tail = _parted(found.text)
    tail = "" if before and tail == _parted(before.text)[1] else tail
    where = _where(found, before)
    quoted = head.startswith("'")
    if _is_plain(head + tail if quoted else found.text) and (quoted or found.places[0].cell):
        return f"{head}{tail} in {where}"
    if quoted:
        return f"{head} in {where}{',' if tail.startswith(' ') else ''}{tail}"
    return f"{where}: {head}{tail}"


def _is_plain(text: str) -> bool:
    """Whether a text is of one clause, so that its place can follow it."""
    return not _CLAUSE.search(_QUOTED.sub("", text))


def _parted(text: str) -> tuple[str, str]:
    """What was found, as a quoted cell or a first clause, and the rest."""
    if match := _HEAD.fullmatch(text):
        quoted = match[1] if len(match[1]) <= _LONGEST else f"{match[1][:_LONGEST]}...'"
        return quoted, match[2]
    clause = _CLAUSE.search(_QUOTED.sub(lambda quoted: "x" * len(quoted[0]), text))
    return (text[: clause.start()], text[clause.start() :]) if clause else (text, "")


def _where(found: Found, before: Found | None) -> str:
    """The first places; without the file and sheet where the finding before is in no other."""
    first = found.places[0]
    file, sheet = (first.file, first.sheet) if before is None else _unsaid(first, before)
    if not first.cell:
        return _whole_sheets(found, file)
    cells = [place.cell for place in found.places if (place.file, place.sheet) == (first.file, first.sheet)]
    shown = _first(cells, len(found.places))
    where = ", ".join(filter(None, (Place(file, sheet).label if file or sheet else "", _cells(shown))))
    more = _more(len(found.places) - len(shown))
    on = f" on {len(found.sheets)} sheets" if len(found.sheets) > 1 else ""
    return f"{where}{more}{on}"


def _unsaid(place: Place, before: Found) -> tuple[str, str]:
    if before.sheets == ((place.file, place.sheet),):
        return "", ""
    same_file = {file for file, _ in before.sheets} == {place.file}
    return "" if same_file else place.file, place.sheet


def _whole_sheets(found: Found, file: str) -> str:
    """`Book.xlsx, sheets A, B and 2 more` of what is in whole sheets, or `a.csv, b.csv` of what is in whole files."""
    first = found.places[0]
    if not first.sheet:
        names = list(dict.fromkeys(place.label for place in found.places))
        stem = ""
    else:
        names = [place.sheet for place in found.places if place.file == first.file]
        stem = f"{file}, " if file else ""
        stem += f"{plural(len(names), 'sheet')} "
    shown = _first(names, len(found.places))
    return f"{stem}{', '.join(shown)}{_more(len(found.places) - len(shown))}"


def _first(names: Sequence[str], of: int) -> Sequence[str]:
    return names[: NAMED if of <= NAMED else NAMED - 1]


def _more(count: int) -> str:
    return f" and {thousands(count)} more" if count else ""


def _cells(cells: Sequence[str]) -> str:
    """`cells F17, F20`, `rows 3, 4`, `column F`; cells, rows and columns together as they are."""
    kinds = {cell.rpartition(" ")[0] or "cell" for cell in cells}
    if len(kinds) != 1:
        return ", ".join(cells)
    return f"{plural(len(cells), kinds.pop())} {', '.join(cell.rpartition(' ')[2] for cell in cells)}"
