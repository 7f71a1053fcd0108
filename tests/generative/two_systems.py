"""Schools whose files come of two systems, with other numbers, class names and spellings; and whose each row is."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from stdnum.gb.upn import calc_check_digit

FORENAMES = (
    *("Amy", "Ben", "Chloe", "Dan", "Edith", "Freya", "George", "Hannah", "Isla", "Jack", "Kitty", "Leo", "Maya"),
    *("Noah", "Olive", "Peter", "Rose", "Seth", "Tess", "Will", "Zoë", "Mary Jane", "Jean-Luc", "Aisha", "Siân"),
)
SURNAMES = (
    *("Alder", "Beech", "Coates", "Denham", "Easton", "Fallow", "Garside", "Holt", "Irving", "Jarrow", "Kelsey"),
    *("Langdale", "Marlow", "Nettleton", "Orwin", "Paxton", "Radley", "Stanway", "Tindall", "Underhill", "Vickers"),
    *("O'Brien", "Smith-Jones", "van der Berg", "Núñez", "Wexford", "Yarrow", "Ashworth", "Barnaby", "Colden"),
)
KNOWN_AS = ("Bertie", "Nell", "Kit", "Robbie", "Bea", "Gus", "Tilly", "Ned")  # each of one child
TREES = ("Oak", "Ash", "Elm", "Fir", "Yew", "Lime", "Plane", "Rowan", "Beech", "Maple", "Hazel", "Holly")
TEACHERS = (
    "Mrs Wu",
    "Mr Hall",
    "Miss Roy",
    "Ms Penn",
    "Mrs Dale",
    "Mr Cole",
    "Ms Iqbal",
    "Mrs Bond",
    "Mr Gray",
    "Mrs Khan",
    "Miss Lee",
    "Mr Pike",
)
TERMS = ("Autumn 2025", "Spring 2026", "Summer 2026")
GRADES = ("WTS", "EXS", "EXS", "GDS")
Rows = Sequence[tuple[int, dict[str, object]]]  # each a child's number, and its cells by heading


@dataclass
class Child:
    """One child: names, numbers, school and year group, its class (by number), and the terms in which it is here."""

    forename: str
    surname: str
    preferred: str
    upn: str
    admission: int
    school: str
    year: int
    group: int
    here: set[int]
    moves: int | None = None  # the term from which it stands in the year's other class
    born: str = ""


@dataclass
class Written:
    """The files of a school in a folder, and whose each row is: by file and row."""

    folder: Path
    whose: dict[tuple[str, int], int] = field(default_factory=dict)

    def write(self, name: str, rows: Rows, random: Random) -> None:
        """A file of these rows in any order."""
        rows = random.sample(rows, len(rows))
        with (self.folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0][1]))
            writer.writeheader()
            for at, (child, cells) in enumerate(rows, start=2):
                writer.writerow(cells)
                self.whose[name, at] = child


def children(random: Random) -> list[Child]:
    """A school's children, or two schools': classes of a size that tells who is in them, some of one name."""
    made: list[Child] = []
    schools = ["Ashfield Primary", "Brook Academy"] if random.random() < 0.2 else [""]
    for school in schools:
        first = random.choice([1, 120, 2300])
        years = random.sample(range(1, 7), random.choice([1, 2, 3]))
        whole: set[tuple[str, str]] = set()
        for year in years:
            for group in range(random.choice([1, 2, 2])):
                for _ in range(random.randint(9, 16)):
                    name = random.choice(FORENAMES), random.choice(SURNAMES)
                    while name in whole:
                        name = random.choice(FORENAMES), random.choice(SURNAMES)
                    whole.add(name)
                    made.append(_child(random, name, len(made), first + len(made), school, year, group))
        _namesakes(random, [child for child in made if child.school == school])
    known_as = [*KNOWN_AS]
    for child in made:
        if known_as and random.random() < 0.08:
            child.preferred = known_as.pop()
    return made


def _child(
    random: Random, name: tuple[str, str], number: int, admission: int, school: str, year: int, group: int
) -> Child:
    serial = f"99920012{number:04d}"
    here = {0, 1, 2}
    if random.random() < 0.05:
        here = random.choice([{0}, {0, 1}, {1, 2}, {2}])  # left, or came
    return Child(
        *(*name, "", calc_check_digit(serial) + serial, admission, school, year, group, here),
        moves=random.choice([1, 2]) if random.random() < 0.03 else None,
        born=f"{random.randint(1, 28):02d}/{random.randint(1, 12):02d}/{2020 - year}",
    )


def _namesakes(random: Random, school: list[Child]) -> None:
    """Now and then two children of one name, in two classes or year groups, who stay where they are."""
    if random.random() < 0.4:
        first, second = random.sample(school, 2)
        if (first.year, first.group) != (second.year, second.group):
            second.forename, second.surname = first.forename, first.surname
            for child in (first, second):
                child.moves, child.here = None, {0, 1, 2}


class Systems:
    """What the tracker and the MIS of one school call its classes and children."""

    def __init__(self, random: Random, everybody: list[Child]) -> None:
        self.random, self.everybody = random, everybody
        places = sorted({(child.school, child.year, child.group) for child in everybody})
        self.kind = random.choice(["trees", "teachers", "years"])
        names = {"trees": list(TREES), "teachers": list(TEACHERS)}.get(self.kind)
        self.calls: dict[tuple[str, int, int], list[str]] = {}
        for at, place in enumerate(places):
            name = names[at % len(names)] if names else f"{place[1]}{'AB'[place[2]]}"
            self.calls[place] = [name] * 3
        self._rename(places)
        self.mis = random.choice(["{}", "R {}", "Class {}", "{} class"]) if self.kind != "years" else "{}"

    def _rename(self, places: list[tuple[str, int, int]]) -> None:
        """From a term on one class is called otherwise, or all are; or two, or all, bear each other's names."""
        random, how = self.random, self.random.choice(["", "one", "all", "swap", "round"])
        since = random.choice([1, 2])
        pairs = [(one, other) for one in places for other in places if one[:2] == other[:2] and one[2] < other[2]]
        if how == "swap" and pairs:
            one, other = random.choice(pairs)
            for term in range(since, 3):
                self.calls[one][term], self.calls[other][term] = self.calls[other][term], self.calls[one][term]
        if how == "round" and len(places) > 1 and self.kind != "years":
            names = [self.calls[place][0] for place in places]
            for at, place in enumerate(places):
                self.calls[place][since:] = [names[(at + 1) % len(places)]] * (3 - since)
        for place in {"one": random.sample(places, 1), "all": places}.get(how, []):
            for term in range(since, 3):
                self.calls[place][term] = f"{place[1]}{random.choice(['LT', 'KM', 'PQ'])}{place[2]}{place[0][:1]}"

    def place(self, child: Child, term: int) -> tuple[str, int, int]:
        moved = child.moves is not None and term >= child.moves
        other = (child.school, child.year, 1 - child.group)
        return other if moved and other in self.calls else (child.school, child.year, child.group)

    def in_class(self, child: Child, term: int) -> str:
        return self.calls[self.place(child, term)][term]


def spelt(random: Random, child: Child, how: str, *, known_as: bool = False) -> dict[str, object]:
    """The name in one column or two, as one system writes it."""
    forename, surname = (child.preferred if known_as and child.preferred else child.forename), child.surname
    if how == "capitals":
        forename, surname = forename.upper(), surname.upper()
    if how == "plain":
        forename, surname = (
            "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
            for text in (forename, surname)
        )
        surname = surname.replace("-", " ").replace("'", "") if random.random() < 0.5 else surname
    if how in ("one", "first"):
        return {"Pupil name": f"{surname}, {forename}" if how == "one" else f"{forename} {surname}"}
    return {"Surname": surname, "Forename": forename}


class Writer:
    """Writes one school's files, each choice of how the generator's."""

    def __init__(self, random: Random, folder: Path) -> None:
        self.random, self.everybody = random, children(random)
        self.systems, self.written = Systems(random, self.everybody), Written(folder)
        self.several = len({child.school for child in self.everybody}) > 1
        styles = ["two", "capitals", "plain", "one", "first"]
        self.roll_style, self.tracker_style = random.choice(styles), random.choice(styles)
        self.known_as = random.random() < 0.5
        self.birthdays = random.random() < 0.3
        self.numbered = random.choice(["admission", "none", "upn then admission", "row numbers"])
        self.admission_too = (
            self.numbered == "admission" and random.random() < 0.5
        )  # the roll has the tracker's numbers
        alone = len({(child.forename, child.surname) for child in self.everybody}) == len(self.everybody)
        self.without = random.choice(["", "", "Year group", "Class"]) if alone else ""  # what the tracker leaves out

    def roll(self) -> None:
        """Everybody on roll at the end, with UPNs, and perhaps a number of the MIS's own."""
        rows = [
            (number, self._of_roll(number, child)) for number, child in enumerate(self.everybody) if 2 in child.here
        ]
        self.written.write("Roll.csv", rows, self.random)

    def _of_roll(self, number: int, child: Child) -> dict[str, object]:
        return {
            **self._school(child),
            "UPN": child.upn,
            **({"Admission number": f"{child.admission:06d}"} if self.admission_too else {}),
            **({"ID": len(self.everybody) - number} if self.numbered == "row numbers" else {}),
            **spelt(self.random, child, self.roll_style),
            "Preferred forename": child.preferred or child.forename,
            **self._birthday(child),
            "Year": child.year,
            "Reg group": self.systems.mis.format(self.systems.in_class(child, 2)),
            "FSM": self.random.choice("YN"),
        }

    def tracker(self) -> None:
        """The results: a file a term, a file a term and class, or one file with a column a term."""
        how = self.random.choice(["term", "term", "class", "wide"])
        if how == "wide":
            rows = [(number, self._of_tracker(child, 2, TERMS)) for number, child in enumerate(self.everybody)]
            self.written.write("Tracker.csv", self._spoilt(rows), self.random)
            return
        for term, label in enumerate(TERMS):
            here = [(number, child) for number, child in enumerate(self.everybody) if term in child.here]
            places = sorted({self.systems.place(child, term) for _, child in here}) if how == "class" else [None]
            for part, place in enumerate(places):
                rows = [
                    (number, self._of_tracker(child, term, [label]))
                    for number, child in here
                    if place in (None, self.systems.place(child, term))
                ]
                self.written.write(f"Tracker {label} part {part}.csv", self._spoilt(rows), self.random)

    def _of_tracker(self, child: Child, term: int, labels: Sequence[str]) -> dict[str, object]:
        number = {
            "admission": {"Adm No": child.admission},
            "upn then admission": {"Adm No": child.admission} if term else {"UPN": child.upn},
            "row numbers": {"ID": child.admission},
        }
        row = {
            **self._school(child),
            **number.get(self.numbered, {}),
            **spelt(self.random, child, self.tracker_style, known_as=self.known_as),
            **self._birthday(child),
            "Year group": child.year,
            "Class": self.systems.in_class(child, term),
            **{
                f"Reading {label}": self.random.choice(GRADES) if TERMS.index(label) in child.here else ""
                for label in labels
            },
        }
        return {heading: cell for heading, cell in row.items() if heading != self.without}

    def _spoilt(self, rows: Rows) -> Rows:
        """The rows, one child now and then listed twice, or one number on two children."""
        rows = [*rows]
        if self.random.random() < 0.1:
            rows.append(self.random.choice(rows))
        if self.random.random() < 0.1 and len(rows) > 1:
            (_, first), (number, second) = self.random.sample(rows, 2)
            if first.get("School") != second.get("School"):
                return rows
            copied = {heading: first[heading] for heading in ("UPN", "Adm No") if heading in first}
            rows = [one for one in rows if one[1] is not second] + [(number, {**second, **copied})]
        return rows

    def _school(self, child: Child) -> dict[str, object]:
        return {"School": child.school} if self.several else {}

    def _birthday(self, child: Child) -> dict[str, object]:
        return {"DOB": child.born} if self.birthdays else {}


def write_school(random: Random, folder: Path) -> Written:
    """The files of two systems: a roll with UPNs, most times, and a tracker's results with other numbers or none."""
    writer = Writer(random, folder)
    if random.random() < 0.85:
        writer.roll()
    writer.tracker()
    return writer.written
