"""Which school each row is of, where files hold several, and the rows of the one that is asked about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from siptrack.reading.findings import Findings
from siptrack.reading.headings import SCHOOL_ROLES
from siptrack.reading.layout import Layouts
from siptrack.reading.rows import Row
from siptrack.reading.spelling import tight, words
from siptrack.reading.table import SheetContext
from siptrack.rules.model import ColumnRules
from siptrack.school.errors import ChoiceError

ALL = "all"


class Schools:
    """The schools that the rows name, by name or number; spellings and numbers beside each other are of one school."""

    def __init__(self, layouts: Iterable[Layouts], columns: ColumnRules) -> None:
        self.few = set(map(words, columns.school_words))
        self.no_name = set(map(tight, (*columns.ticked, *columns.unticked, *columns.blank)))
        self.parent: dict[str, str] = {}
        self.written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in (row for one in layouts for row in one.rows):
            texts = self._texts(row)
            for text in texts:
                self.written[self._key(text)][text] += 1
                self._join(self._key(texts[0]), self._key(text))
        self.labels = self._labels()

    @property
    def names(self) -> Sequence[str]:
        """The schools, by name."""
        return sorted(set(self.labels.values()), key=str.casefold)

    def of(self, row: Row, context: SheetContext) -> str:
        """The school of a row: what it says, else the only school there is, else the one that its sheet is named after.

        Empty where none of these tells.
        """
        if texts := self._texts(row):
            return self.labels[self._root(self._key(texts[0]))]
        if len(self.names) <= 1:
            return next(iter(self.names), "")
        around = f" {self._key(context.words)} "
        named = {label for label in self.names if f" {self._key(label)} " in around}
        return named.pop() if len(named) == 1 else ""

    def find(self, asked: str) -> str:
        """The school of that name or number; of a part of a name, where one school alone has it.

        Raises ChoiceError where there is none, or are several.
        """
        key = self._key(asked)
        if key in self.parent:
            return self.labels[self._root(key)]
        holding = {self.labels[self._root(known)] for known in self.parent if key and key in known}
        if len(holding) == 1:
            return holding.pop()
        raise ChoiceError(f"--school '{asked}' is not in the data. Schools known: {_listed(self.names) or 'none'}.")

    def _texts(self, row: Row) -> list[str]:
        """What a row says of its school."""
        said = (row.texts.get(role, "") for role in SCHOOL_ROLES)
        return [text for text in said if text and tight(text) not in self.no_name and self._key(text)]

    def _key(self, text: str) -> str:
        """A school's name without the words in which spellings of it differ; a number without signs."""
        plain = words(text)
        bare = plain.replace(" ", "")
        if bare.isdigit():
            return bare
        return " ".join(word for word in plain.split() if word not in self.few) or plain

    def _root(self, key: str) -> str:
        while self.parent[key] != key:
            key = self.parent[key]
        return key

    def _join(self, first: str, second: str) -> None:
        for key in (first, second):
            self.parent.setdefault(key, key)
        self.parent[self._root(second)] = self._root(first)

    def _labels(self) -> Mapping[str, str]:
        """What each school is called: its name as most rows have it, else its number."""
        together: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for key in self.parent:
            together[self._root(key)].update(self.written[key])
        return {
            root: max(texts, key=lambda text: (not words(text).replace(" ", "").isdigit(), texts[text], text))
            for root, texts in together.items()
        }


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
            f"The files hold {len(schools.names)} schools: {_listed(schools.names)}.",
            f'Choose one with --school "{schools.names[0]}", or take all of them together with --school {ALL}.',
        ]
    )


def keep_school(layouts: Layouts, schools: Schools, chosen: str, findings: Findings) -> None:
    """Give each row its school, and leave in `layouts` the rows of the one chosen; the others are set aside."""
    if not schools.names:
        return
    kept: dict[int, int] = {}
    rows: list[Row] = []
    unknown: Counter[int] = Counter()
    for index, row in enumerate(layouts.rows):
        school = schools.of(row, layouts.context(row))
        unknown[row.table] += not school
        if chosen in (ALL, school):
            kept[index] = len(rows)
            rows.append(replace(row, school=school))
        else:
            reason = "of another school" if school else "of no known school"
            findings.set_aside("rows", reason, layouts.place(row))
    for table, count in unknown.items():
        if count:
            place = layouts.tables[table].context.place()
            findings.add("no-school", place, f"rows that name no school: {count}", "the school in every row")
    if len(kept) < len(layouts.rows):
        layouts.written = [replace(one, row=kept[one.row]) for one in layouts.written if one.row in kept]
    layouts.rows = rows


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
