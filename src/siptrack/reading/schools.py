"""Which school each row is of, where files hold several, and the rows of the one that is asked about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import combinations
from typing import NamedTuple

import numpy as np

from siptrack.reading.findings import Findings
from siptrack.reading.headings import SCHOOL_ROLES, UPN_ROLE
from siptrack.reading.identity.numbers import upn_key
from siptrack.reading.layout import Layouts
from siptrack.reading.names import names_in
from siptrack.reading.rows import Row
from siptrack.reading.spelling import name_key, tight, words
from siptrack.reading.table import SheetContext
from siptrack.rules.model import ColumnRules, MatchingRules
from siptrack.school.errors import ChoiceError
from siptrack.school.near import few, instead
from siptrack.school.texts import NONE

ALL = "all"


class Schools:
    """The schools that the rows name, by name or number.

    Spellings of a name, and names and numbers beside each other in a row, are of one school; and so are two under which
    nearly all of the same UPNs stand.
    """

    def __init__(self, layouts: Sequence[Layouts], columns: ColumnRules, rules: MatchingRules) -> None:
        ticks = set(map(tight, (*columns.ticked, *columns.unticked)))
        self.no_name = {role: _no_names(layouts, role, ticks, set(map(tight, columns.blank))) for role in SCHOOL_ROLES}
        self.rules = rules
        self.parent: dict[str, str] = {}
        self.written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.pupils: defaultdict[str, set[str]] = defaultdict(set)  # the UPNs of each school's rows
        self.files: defaultdict[str, set[str]] = defaultdict(set)
        self._key = cache(partial(school_key, columns=columns))
        self.named_by: dict[int, str] = {}  # by the identity of texts, which rows that say the same share
        for row, file, count in _each_different(layouts):
            texts = self._texts(row.texts)
            for text in texts:
                self.files[self._key(text)].add(file)
                self.written[self._key(text)][text] += count
                self._join(self._key(texts[0]), self._key(text))
            if texts and (upn := _upn(row)):
                self.pupils[self._key(texts[0])].add(upn)
        self._join_those_of_the_same_roll()
        self.labels = self._labels()
        asked = len(self.names) > 1 and not all(self._named_in(row) for layout in layouts for row in layout.rows)
        self.by_upn = self._known_by(layouts, _upn) if asked else {}
        self.by_sheet = self._by_sheet(layouts) if asked else {}

    @cached_property
    def names(self) -> Sequence[str]:
        """The schools, by name."""
        return sorted(set(self.labels.values()), key=str.casefold)

    def school_named(self, texts: Mapping[str, str]) -> str:
        """The school that a row's texts name; empty where they name none that is known."""
        named = self._texts(texts)
        key = self._key(named[0]) if named else ""
        return self.labels[self._root(key)] if key in self.parent else ""

    def _named_in(self, row: Row) -> str:
        if id(row.texts) not in self.named_by:
            self.named_by[id(row.texts)] = self.school_named(row.texts)
        return self.named_by[id(row.texts)]

    def of(self, row: Row, context: SheetContext) -> str:
        """The school of a row: what it says, else the only school there is, else its pupil's or its sheet's.

        A pupil is of the school under which the UPN stands elsewhere; a sheet of the one that it is named after, or of
        which nearly all of its names are. Empty where none of these tells.
        """
        if (school := self._named_in(row)) or len(self.names) <= 1:
            return school or next(iter(self.names), "")
        around = name_key(context.words)
        named = {label for label in self.names if self._key(label) in around}
        of_sheet = named.pop() if len(named) == 1 else self.by_sheet.get((context.file, context.sheet), "")
        return self.by_upn.get(_upn(row)) or of_sheet

    def find(self, asked: str) -> str:
        """The school of that name or number; of a part of a name, where one school alone has it.

        Raises ChoiceError where there is none, or are several.
        """
        key = self._key(asked)
        if key in self.parent:
            return self.labels[self._root(key)]
        holding = sorted({self.labels[self._root(known)] for known in self.parent if key and key in known})
        if len(holding) == 1:
            return holding[0]
        if holding:
            raise ChoiceError(f"--school '{asked}' fits {len(holding)} schools: {few(holding)}.")
        raise ChoiceError(f"--school '{asked}' is not in the data. {instead(asked, self.names, 'Schools known')}")

    def _texts(self, texts: Mapping[str, str]) -> list[str]:
        """What a row says of its school."""
        written = ((texts.get(role, ""), no_name) for role, no_name in self.no_name.items())
        return [text for text, no_name in written if text and tight(text) not in no_name and self._key(text)]

    def _root(self, key: str) -> str:
        while self.parent[key] != key:
            key = self.parent[key]
        return key

    def _join(self, first: str, second: str) -> None:
        for key in (first, second):
            self.parent.setdefault(key, key)
        self.parent[self._root(second)] = self._root(first)

    def _join_those_of_the_same_roll(self) -> None:
        """A URN in one file and a name in another are of one school where the same UPNs stand under both.

        Two that one file names are two: juniors were infants once.
        """
        held: defaultdict[str, set[str]] = defaultdict(set)
        files: defaultdict[str, set[str]] = defaultdict(set)
        for key in self.parent:
            held[self._root(key)] |= self.pupils[key]
            files[self._root(key)] |= self.files[key]
        under: defaultdict[str, list[str]] = defaultdict(list)  # by UPN
        for root in sorted(held):
            for upn in held[root]:
                under[upn].append(root)
        for first, second in sorted({pair for roots in under.values() for pair in combinations(roots, 2)}):
            shared = len(held[first] & held[second]) if files[first].isdisjoint(files[second]) else 0
            if shared >= max(self.rules.least, self.rules.shared * min(len(held[first]), len(held[second]))):
                self._join(first, second)

    def _labels(self) -> Mapping[str, str]:
        """What each school is called: its name as most rows have it, else its number."""
        together: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for key in self.parent:
            together[self._root(key)].update(self.written[key])
        return {
            root: max(texts, key=lambda text: (not name_key(text).isdigit(), texts[text], text))
            for root, texts in together.items()
        }

    def _known_by(self, layouts: Iterable[Layouts], key_of: Callable[[Row], str]) -> Mapping[str, str]:
        """The school of each UPN, or of each name, that rows of one school alone have."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row, _, _ in _each_different(layouts):
            if (school := self._named_in(row)) and (key := key_of(row)):
                found[key].add(school)
        return {key: next(iter(schools)) for key, schools in found.items() if len(schools) == 1}

    def _by_sheet(self, layouts: Iterable[Layouts]) -> Mapping[tuple[str, str], str]:
        """The school of each sheet of whose names nearly all are of one school elsewhere."""
        known = self._known_by(layouts, _name)
        found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for layout in layouts:
            for row in layout.rows:
                if not self._named_in(row):
                    context = layout.context(row)
                    found[context.file, context.sheet][known.get(_name(row), "")] += len(row.numbers)
        most = {sheet: schools.most_common(1)[0] for sheet, schools in found.items()}
        return {
            sheet: school
            for sheet, (school, count) in most.items()
            if count >= max(self.rules.least, self.rules.shared * found[sheet].total())
        }


def _no_names(layouts: Iterable[Layouts], role: str, ticks: set[str], blank: set[str]) -> set[str]:
    """What in such a column names no school: blanks and ticks, but no number where others stand beside it.

    Schools may be numbered, and one of them is 1.
    """
    found = {tight(row.texts.get(role, "")) for layout in layouts for row in layout.rows} - blank - {""}
    return blank | (ticks if found <= ticks else {tick for tick in ticks if not tick.isdigit()})


def _each_different(layouts: Iterable[Layouts]) -> Iterator[tuple[Row, str, int]]:
    """The rows, of those of one table that say the same one; with their file, and how many they are."""
    for layout in layouts:
        counts: Counter[int] = Counter()
        for row in layout.rows:
            counts[id(row.texts)] += len(row.numbers)
        for row in {id(row.texts): row for row in layout.rows}.values():
            yield row, layout.context(row).file, counts[id(row.texts)]


def school_key(text: str, columns: ColumnRules) -> str:
    """A school's name as letters, without the few words in which its spellings differ; a number as its digits."""
    few_words = set(map(words, columns.school_words))
    parts = [(words(part), name_key(part)) for part in text.split()]
    return "".join(key for word, key in parts if word not in few_words) or name_key(text)


def _upn(row: Row) -> str:
    return upn_key(row.texts.get(UPN_ROLE, ""))


def _name(row: Row) -> str:
    return names_in(row.texts).main


class OfASchool(NamedTuple):
    """The school that is spoken of, for rows of further sheets that name theirs."""

    schools: Schools
    chosen: str

    def is_another(self, texts: Mapping[str, str]) -> bool:
        """Whether a row names a school that is not the one spoken of."""
        school = self.schools.school_named(texts)
        return bool(school) and self.chosen not in (ALL, school)

    def beside(self, texts: Mapping[str, str]) -> str:
        """The school that stands beside a class where several are spoken of; else empty."""
        return self.schools.school_named(texts) if self.chosen == ALL and len(self.schools.names) > 1 else ""


def class_with_school(name: str, school: str) -> str:
    """A class with its school beside it, where there are several."""
    return f"{name} ({school})" if name and school else name


def choose_school(schools: Schools, asked: str) -> str:
    """The school to speak of: the only one, the one asked for, or all of them together.

    Raises ChoiceError where there are several and none was asked for.
    """
    if asked and words(asked) != ALL:
        return schools.find(asked)
    if len(schools.names) <= 1 or asked:
        return ALL
    raise ChoiceError(
        [
            f"The files hold {len(schools.names)} schools: {few(schools.names)}.",
            f'Choose one with --school "{schools.names[0]}", or take all of them together with --school {ALL}.',
        ]
    )


def keep_school(layouts: Layouts, schools: Schools, chosen: str, findings: Findings) -> None:
    """Give each row its school, and leave in `layouts` the rows of the one chosen; the others are set aside."""
    if not schools.names:
        return
    kept: list[int] = []
    rows: list[Row] = []
    unknown: Counter[int] = Counter()
    for index, row in enumerate(layouts.rows):
        school = schools.of(row, layouts.context(row))
        unknown[row.table] += 0 if school else len(row.numbers)
        if chosen in (ALL, school):
            kept.append(index)
            rows.append(Row(row.table, row.numbers, row.texts, school))
        else:
            reason = "of another school" if school else "of no known school"
            findings.set_aside("rows", reason, *layouts.places(row))
    for table, count in unknown.items():
        if count:
            place = layouts.tables[table].context.place()
            found = f"{count} rows that name no school" if count > 1 else "a row that names no school"
            findings.add("no-school", place, found, "the school in every row")
    if len(kept) < len(layouts.rows):
        position = np.full(len(layouts.rows), NONE)
        position[kept] = np.arange(len(kept))
        layouts.written = layouts.written.in_rows(position)
        layouts.beside = layouts.beside.in_rows(position)
    layouts.rows = rows
