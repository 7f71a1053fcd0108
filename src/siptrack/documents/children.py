"""The children who are named in a report: each with one entry, in their class, with all that is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.documents.findings import Finding
from siptrack.documents.people import called, in_register_order
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text

_LAST = 99  # children whose year group is not known come after the others


class Child(NamedTuple):
    """A child, by key and name, and the flags about them, the most important first."""

    pupil: str
    name: str
    year_group: int | None
    class_name: str
    findings: tuple[Finding, ...]

    def strongest(self, codes: frozenset[str]) -> float | None:
        """The highest number of the flags of these codes: of 100 children with such marks, how many have fallen."""
        numbers = (found.behind for found in self.findings if found.code in codes and found.behind is not None)
        return max(numbers, default=None)


class SchoolClass(NamedTuple):
    """A class of one year group: how many are in it, and which of its children are listed."""

    name: str
    year_group: int | None
    size: int
    children: tuple[Child, ...]


class Sections(NamedTuple):
    """Three lists, each child in one: insufficient progress; otherwise below expectations; otherwise any other flag."""

    insufficient: tuple[SchoolClass, ...]
    below: tuple[SchoolClass, ...]
    others: tuple[SchoolClass, ...]


def list_children(analysis: Analysis, rules: Rules, findings: Sequence[Finding], standing: frozenset[str]) -> Sections:
    """The children who carry a flag, by class; `standing` are the codes that say where a child stands, not moves."""
    counts = rules.flags.counting
    children = every_child(analysis, findings)
    sizes = class_sizes(children)
    insufficient, below, others = [], [], []
    for child in children:
        codes = {finding.code for finding in child.findings}
        if codes & counts:
            insufficient.append(child)
        elif codes & standing:
            below.append(child)
        elif codes:
            others.append(child)
    return Sections(
        by_class(sorted(insufficient, key=lambda child: by_class_and_marks(child, rules)), sizes),
        by_class(below, sizes),
        by_class(others, sizes),
    )


def hardly(child: Child, rules: Rules) -> bool:
    """Whether the rule names a child and its marks hardly do."""
    number = child.strongest(rules.flags.counting)
    return number is not None and number < rules.evidence.listed.hardly


def by_marks(child: Child, rules: Rules) -> tuple[bool, float]:
    """What sorts named children of a class: the strongest marks first, those whom marks hardly name last."""
    return hardly(child, rules), -(child.strongest(rules.flags.counting) or 0)


def by_class_and_marks(child: Child, rules: Rules) -> tuple[int, str, bool, float]:
    """What sorts named children: by class, and in it by their marks."""
    year = child.year_group
    return _LAST if year is None else year, child.class_name, *by_marks(child, rules)


def every_child(analysis: Analysis, findings: Iterable[Finding]) -> list[Child]:
    """Every child on roll by year group, class and name; two of one name in a class are told apart by their key."""
    of_pupil: dict[str, list[Finding]] = {}
    for finding in findings:
        of_pupil.setdefault(finding.pupil, []).append(finding)
    names = ["pupil", "surname", "forename", "year_group", "class"]
    rows = records(analysis.children.pupils, names)
    seen = Counter(known_as(row) for row in rows)
    children = [_child(row, of_pupil.get(text(row["pupil"]), []), seen) for row in rows]
    return sorted(children, key=lambda child: in_register_order(child.year_group, child.class_name, child.name))


def known_as(row: Mapping[str, Cell]) -> tuple[str, str]:
    """A child's name, `Smith, Jo`, else the key; and the class."""
    return called(*(text(row[name]) for name in ("pupil", "surname", "forename"))), text(row["class"])


def _child(row: Mapping[str, Cell], findings: Sequence[Finding], seen: Mapping[tuple[str, str], int]) -> Child:
    name, class_name = known_as(row)
    twice = f" ({text(row['pupil'])})" if seen[name, class_name] > 1 else ""
    year = number(row["year_group"])
    return Child(text(row["pupil"]), name + twice, None if year is None else int(year), class_name, tuple(findings))


def class_sizes(children: Iterable[Child]) -> Counter[tuple[int | None, str]]:
    """How many children are in each class of each year group."""
    return Counter((child.year_group, child.class_name) for child in children)


def by_class(children: Iterable[Child], sizes: Mapping[tuple[int | None, str], int]) -> tuple[SchoolClass, ...]:
    """The children in their classes, each class with how many are in it."""
    classes: dict[tuple[int | None, str], list[Child]] = {}
    for child in children:
        classes.setdefault((child.year_group, child.class_name), []).append(child)
    return tuple(SchoolClass(name, year, sizes[year, name], tuple(listed)) for (year, name), listed in classes.items())
