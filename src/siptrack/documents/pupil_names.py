"""The names of all pupils in the files, leavers too, and the classes that those on roll are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from siptrack.analysis.model import Analysis
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text
from siptrack.school.frame import Frame
from siptrack.school.register import Register

_LAST = 99  # children whose year group is not known, or who have left, come after the others


def _class_label(class_name: str, year_label: str) -> str:
    """`5K (Year 5)`."""
    return f"{class_name} ({year_label})" if class_name else f"{year_label}, class not known"


@dataclass(frozen=True)
class PupilNames:
    """Each pupil's name as it is printed, and where the pupil sits: year group (_LAST for none) and class."""

    called: Mapping[str, str]
    seats: Mapping[str, tuple[int, str]]

    def __getitem__(self, pupil: str) -> str:
        return self.called.get(pupil, pupil)

    def order(self, pupil: str) -> tuple[int, str, str, str]:
        """By year group, class and name."""
        year, school_class = self.seats.get(pupil, (_LAST, ""))
        return year, school_class, self[pupil].casefold(), pupil

    def by_class(self, pupils: Iterable[str], rules: Rules) -> Iterator[tuple[str, list[str]]]:
        """The label of each class and its pupils, in order."""
        found: dict[tuple[int, str], list[str]] = {}
        for pupil in sorted(pupils, key=self.order):
            found.setdefault(self.seats.get(pupil, (_LAST, "")), []).append(pupil)
        for (year, school_class), listed in found.items():
            yield _class_label(school_class, rules.years.label(None if year == _LAST else year)), listed


def names_of(analysis: Analysis) -> PupilNames:
    """The names in an analysis; two of one name in a school are told apart by their keys."""
    return names_among(analysis.register, analysis.children.pupils)


def names_among(register: Register, pupils: Frame) -> PupilNames:
    """The names in a register, and where those of its `pupils` sit who are spoken of."""
    rows = records(register.frame("pupils"), ["pupil", "surname", "forename"])
    named = {text(row["pupil"]): ", ".join(filter(None, (text(row["surname"]), text(row["forename"])))) for row in rows}
    seen = Counter(named.values())
    called = {
        pupil: (name if seen[name] == 1 else f"{name} ({pupil})") if name else pupil for pupil, name in named.items()
    }
    seats = {}
    for row in records(pupils, ["pupil", "year_group", "class"]):
        year = number(row["year_group"])
        seats[text(row["pupil"])] = (_LAST if year is None else int(year), text(row["class"]))
    return PupilNames(called, seats)
