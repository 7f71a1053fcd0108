"""Which numbers are evidence: each of its own kind, as far as no sheet gives it to two children.

A number is compared with numbers of its own kind alone. A UPN is of one kind wherever it stands. What the columns of
other numbers hold is of one kind where most of the children found in both have one number in both; where no name
tells, columns under headings of one role are taken for one kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from siptrack.reading.identity.groups import UPN, Number
from siptrack.reading.names import Names, distinct, may_be_same_name
from siptrack.reading.spelling import name_key, words
from siptrack.rules.model import MatchingRules

_PERMANENT = re.compile(r"[A-HJ-NP-RT-Z]\d{12}")
_TEMPORARY = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[A-HJ-NP-RT-Z]")
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ0123456789"  # the check letters in their order (domain notes 4.3)
_BETWEEN = re.compile(r"[\s-]")
_POINT_NOUGHT = re.compile(r"^(\s*\d+)\.0+\s*$")
Slots = Callable[[int], frozenset[object]]  # the subjects and terms of which a row holds results


class NumberCell(NamedTuple):
    """A pupil's number as a row gives it, in a column of this role, with what else the row says of the pupil.

    `listed` is whether the row is of a pupil list.
    """

    row: int
    school: str
    table: int
    role: str
    text: str
    names: Names
    cohort: int | None = None
    in_class: str = ""
    listed: bool = False


class Doubled(NamedTuple):
    """A number that one sheet gives to two children: the first row of each, and the role of its column."""

    role: str
    rows: tuple[int, ...]


@dataclass
class SettledNumbers:
    """The numbers of each row that are evidence, and those that a sheet gives to two children, which are none."""

    numbers: dict[int, set[Number]] = field(default_factory=dict)
    doubled: list[Doubled] = field(default_factory=list)
    used: set[tuple[int, str]] = field(default_factory=set)  # the rows and roles of the numbers that are evidence


@lru_cache(maxsize=65536)
def upn_kind(text: str) -> str:
    """The kind of a UPN, which a temporary one has apart; empty for what has not the form of one (domain notes 4.3)."""
    plain = _of_upn(text)
    if _PERMANENT.fullmatch(plain):
        return UPN
    return f"temporary {UPN}" if _TEMPORARY.fullmatch(plain) else ""


def is_upn(text: str) -> bool:
    """Whether a text has the form of a UPN and the check letter that its number asks for."""
    plain = "".join(text.split()).upper()
    return bool(upn_kind(text)) and plain == number_key(text) and plain[0] == _check_letter(plain[1:])


def _check_letter(digits: str) -> str:
    """The letter that leads a UPN: its other signs times 2, 3 and so on to 13, added up, modulo 23."""
    return UPN_LETTERS[sum(by * UPN_LETTERS.index(sign) for by, sign in enumerate(digits, 2)) % 23]


def _of_upn(text: str) -> str:
    """A UPN in capitals, without spaces and hyphens; among its digits a letter O can only be a nought."""
    plain = _BETWEEN.sub("", text).upper()
    return plain[:1] + plain[1:-1].replace("O", "0") + plain[-1:]


def role_of(kind: str) -> str:
    """The role of the columns in which numbers of a kind stand."""
    return UPN if kind.endswith(UPN) else kind.partition(" ")[0]


@lru_cache(maxsize=65536)
def number_key(text: str) -> str:
    """A number without what a spreadsheet adds or takes away: leading noughts, a final `.0`, spaces and signs."""
    if upn_kind(text):
        return _of_upn(text)
    plain = name_key(_POINT_NOUGHT.sub(r"\1", text))
    return plain.lstrip("0") or plain if plain.isdigit() else plain


def upn_key(text: str) -> str:
    """The key of what has the form of a UPN; empty for anything else."""
    return number_key(text) if upn_kind(text) else ""


def settle_numbers(
    cells: Sequence[NumberCell], single: Collection[int], slots: Slots, rules: MatchingRules
) -> SettledNumbers:
    """The numbers that are evidence of who a row's pupil is; `single` are the tables with one row a pupil."""
    settled = SettledNumbers()
    kinds = _kinds(cells, rules)
    apart = _spelt_apart(cells, kinds, single)
    places: defaultdict[tuple[int, Number], list[NumberCell]] = defaultdict(list)
    for cell in cells:
        kind, key = upn_kind(cell.text) or kinds[_column(cell)], number_key(cell.text)
        number = kind, words(cell.text) if (kind, key) in apart else key
        places[cell.table, number].append(cell)
    for (table, number), alike in places.items():
        names = _of_two(alike, rules, single=table in single, slots=slots)
        if names:
            settled.doubled.append(Doubled(alike[0].role, tuple(sorted(names))))
        for cell in alike:
            if not (names and cell.names.keys):
                settled.used.add((cell.row, cell.role))
            if not names:
                settled.numbers.setdefault(cell.row, set()).add(number)
            elif not cell.names.keys:  # a number that begins again in each class is all that tells of the row
                number_in_class = f"{number[1]} {cell.in_class} {cell.cohort}"
                settled.numbers.setdefault(cell.row, set()).add((number[0], number_in_class))
    return settled


def _column(cell: NumberCell) -> tuple[str, int, str]:
    return cell.school, cell.table, cell.role


def _of_two(cells: Sequence[NumberCell], rules: MatchingRules, *, single: bool, slots: Slots) -> list[int]:
    """The first row of each child whose number stands in a table, where they are several; else none.

    In a sheet with one row a pupil every other name is another child's, and without names every other class or year
    group; where a pupil has several rows, a name that is not alike, or a result of the same subject and term.
    """
    together = distinct(cell.names for cell in cells if cell.names.keys)
    if not together:
        return _of_two_nameless(cells, rules) if single else []
    first = [next(cell.row for cell in cells if cell.names == group[0]) for group in together]
    if len(together) == 1 or single:
        return first if len(together) > 1 else []
    held = [frozenset(slot for cell in cells if cell.names in group for slot in slots(cell.row)) for group in together]
    differ = any(
        not may_be_same_name(group[0], other[0]) or bool(of_group & of_other)
        for (group, of_group), (other, of_other) in combinations(zip(together, held, strict=True), 2)
    )
    return first if differ else []


def _of_two_nameless(cells: Sequence[NumberCell], rules: MatchingRules) -> list[int]:
    """The rows of one number without names, where two classes or year groups, or their number, tell of several."""
    places = {(cell.cohort, cell.in_class): cell.row for cell in reversed(cells)}
    if len(places) > 1:
        return list(places.values())
    return [cell.row for cell in cells] if len(cells) >= rules.several else []


def _spelt_apart(cells: Sequence[NumberCell], kinds: Mapping[object, str], single: Collection[int]) -> set[Number]:
    """The numbers which one sheet spells in two ways beside two pupils, as 0012 and 12: there the spelling counts."""
    spellings: defaultdict[tuple[object, str], dict[str, list[Names]]] = defaultdict(dict)
    for cell in cells:
        if cell.table in single and not upn_kind(cell.text):
            key = number_key(cell.text)
            spellings[_column(cell), key].setdefault(words(cell.text), []).append(cell.names)
    return {
        (kinds[column], key)
        for (column, key), spelt in spellings.items()
        if len(spelt) > 1 and len(distinct(names[0] for names in spelt.values() if names[0].keys)) != 1
    }


class _Kind:
    """The columns found so far to hold one kind of number, and who has which number in them."""

    def __init__(self, name: str, school: str) -> None:
        self.name, self.school = name, school
        self.roles: set[str] = set()
        self.holders: defaultdict[str, list[NumberCell]] = defaultdict(list)
        self.of_name: defaultdict[str, set[str]] = defaultdict(set)
        self.classes: set[str] = set()

    def add(self, cells: Iterable[NumberCell]) -> None:
        for cell in cells:
            self.roles.add(cell.role)
            self.classes |= {cell.in_class} - {""}
            key = number_key(cell.text)
            if all(cell.names != held.names for held in self.holders[key]):
                self.holders[key].append(cell)
            for name in cell.names.keys:
                self.of_name[name].add(key)

    def compared(self, other: _Kind) -> Counter[bool]:
        """How many children found in both have one number in both, and how many have not."""
        classes = self.classes & other.classes
        found: Counter[bool] = Counter()
        for key, cells in self.holders.items():
            for held in other.holders.get(key, ())[:1]:
                verdict = _same_child(cells[0], held, classes)
                if verdict is not None:
                    found[verdict] += 1
        for name, numbers in self.of_name.items():
            theirs = other.of_name.get(name, set())
            if len(numbers) == len(theirs) == 1 and numbers != theirs:
                found[False] += 1
        return found

    def shared(self, other: _Kind) -> int:
        return len(self.holders.keys() & other.holders.keys())


def _same_child(first: NumberCell, second: NumberCell, classes: Collection[str]) -> bool | None:
    """Whether two rows with one number seem to be one child's; None where neither names nor places tell.

    Of two classes that both columns know, one is another child's. A year group that is one off may be that of a pupil
    list from after the summer.
    """
    if first.names.keys and second.names.keys:
        return may_be_same_name(first.names, second.names)
    if first.cohort is not None and second.cohort is not None:
        if abs(first.cohort - second.cohort) > (first.listed != second.listed):
            return False
        if first.in_class != second.in_class and {first.in_class, second.in_class} <= set(classes):
            return False
    return None


def _kinds(cells: Sequence[NumberCell], rules: MatchingRules) -> Mapping[object, str]:
    """The kind of number that each column holds, the columns that name most pupils first."""
    columns: defaultdict[tuple[str, int, str], list[NumberCell]] = defaultdict(list)
    for cell in cells:
        if not upn_kind(cell.text):
            columns[_column(cell)].append(cell)
    kinds: list[_Kind] = []
    found: dict[object, _Kind] = {}
    for column in sorted(columns, key=lambda column: _order(columns[column])):
        made = _Kind(f"{column[2]} {len(kinds) + 1}", column[0])
        made.add(columns[column])
        found[column] = _fitting(made, kinds, rules) or made
        if found[column] is made:
            kinds.append(made)
        else:
            found[column].add(columns[column])
    return {column: kind.name for column, kind in found.items()}


def _order(cells: Sequence[NumberCell]) -> tuple[int, int, str, list[str]]:
    """The order in which columns are compared, whatever the files' names: those that name most pupils first."""
    named = sum(1 for cell in cells if cell.names.keys)
    return -named, -len(cells), cells[0].role, sorted(number_key(cell.text) for cell in cells)[:1]


def _fitting(made: _Kind, kinds: Sequence[_Kind], rules: MatchingRules) -> _Kind | None:
    """The kind that a column's numbers are of, among those found before; None where they are of another.

    A few children who differ do not make another kind of columns under headings of one role.
    """
    untold = []
    for kind in kinds:
        if kind.school != made.school:
            continue
        compared = made.compared(kind)
        if compared[True] > rules.most * compared.total():
            return kind
        if compared.total() < rules.least and made.roles & kind.roles:
            untold.append(kind)
    sharing = [kind for kind in untold if made.shared(kind)]
    if len(sharing) > 1:
        return None  # equal numbers of two kinds, and nothing that tells of which these are
    return next(iter(sharing or untold), None)
