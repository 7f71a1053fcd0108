"""Taking typed values out of a rule file's section, so that what is left over can be refused by name."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from siptrack.rules.document import SOURCE, VALUE, Entry, suggestion
from siptrack.school.errors import RulesError
from siptrack.school.place import Mark
from siptrack.school.scale import Citation
from siptrack.school.term import Season

_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")
_WHOLE = r"-?\d{1,4}"  # a year at most: a range is gone through number by number
_RANGE = re.compile(rf"({_WHOLE})-({_WHOLE})")
_LARGEST_WHOLE = 1000  # of children, terms or rows: what a rule counts is gone through one by one
_NO_MATTER = (math.inf, _LARGEST_WHOLE)  # limits that no reason of the rule's own sets
_ENTRY = "an entry"  # of what is not quoted
_NAMES_EXPECTED = "must hold names with values, such as 'step: 2'."
_FAR = 0.3  # how little alike the nearest of a few known names may be
_LONGEST_LIST = 255  # letters of a list that a cell of a workbook can offer
Value = TypeVar("Value")


@dataclass
class RuleSection:
    """A part of a rule file with names in it, and the phrase that says where it is.

    Each method takes one name. A method with a `default` accepts its absence. `done` refuses what nobody took. Of what
    stands in a `private` part, which may be children's names, no message quotes anything.
    """

    entry: Entry
    where: str
    private: bool = False
    taken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse a text or list where names with values belong."""
        if self.entry.forms:
            raise RulesError(f"{self.entry.mark}: {self.where} cannot change on a date; date what is in it.")
        if not isinstance(self.entry.value, Mapping):
            raise RulesError(f"{self.entry.mark}: {self.where} {_NAMES_EXPECTED}")

    @property
    def names(self) -> Mapping[str, Entry]:
        """The entries by name."""
        assert isinstance(self.entry.value, Mapping)  # noqa: S101  # checked when made; tells the type checker
        return self.entry.value

    def where_of(self, name: str) -> str:
        """Where what stands under a name is, for a message."""
        return self._unquoted if self.private else f"'{name}' in {self.where}"

    @property
    def _unquoted(self) -> str:
        return self.where if self.where.startswith(_ENTRY) else f"{_ENTRY} of {self.where}"

    def find(self, name: str, *, needed: bool = True) -> Entry | None:
        """The entry of that name; its absence is an error when it is `needed`."""
        self.taken.append(name)
        if needed and name not in self.names and name in self.entry.keys:
            mark = self.entry.keys[name]
            raise RulesError(f"{mark}: '{name}' in {self.where} did not hold yet; add its form before, without 'from'.")
        if needed and name not in self.names:
            raise RulesError(f"{self.entry.mark}: {self.where} lacks '{name}'; add it.")
        return self.names.get(name)

    def text(self, name: str, default: str | None = None) -> str:
        """A text."""
        entry = self.find(name, needed=default is None)
        return _text(entry, self.where_of(name)) if entry else default or ""

    def number(self, name: str, default: float | None = None) -> float:
        """A number."""
        entry = self.find(name, needed=default is None)
        return _number(entry, self.where_of(name)) if entry else default or 0.0

    def whole(self, name: str) -> int:
        """A whole number."""
        return _whole(self.number(name), self.find(name), self.where_of(name))

    def truth(self, name: str, *, default: bool | None = None) -> bool:
        """`true` or `false`."""
        entry = self.find(name, needed=default is None)
        if entry is None:
            return bool(default)
        if entry.value not in ("true", "false"):
            raise RulesError(f"{entry.mark}: {self.where_of(name)} must be true or false.")
        return entry.value == "true"

    def choice(self, name: str, choices: list[str]) -> str:
        """One of a few words."""
        entry = self.find(name)
        value = _text(entry, self.where_of(name)) if entry else ""
        if value not in choices:
            raise RulesError(
                f"{entry.mark if entry else ''}: {self.where_of(name)} is '{value}'; "
                f"expected one of {', '.join(choices)}."
                f"{suggestion(value, choices)}"
            )
        return value

    def words(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts; absent, none."""
        entry = self.find(name, needed=needed)
        if entry is None:
            return ()
        if not isinstance(entry.value, tuple):
            raise RulesError(f'{entry.mark}: {self.where_of(name)} must be a list, such as ["Y", "Yes"].')
        return tuple(_text(item, f"an item of {self.where_of(name)}") for item in entry.value)

    def offered(self, name: str) -> tuple[str, ...]:
        """Words to choose from, as a spreadsheet can offer them in a cell: joined by commas, and not too long."""
        words = self.words(name, needed=True)
        if any("," in word for word in words) or len(",".join(words)) > _LONGEST_LIST or not words:
            raise RulesError(
                f"{self.names[name].mark}: {self.where_of(name)} must be a few words without commas, "
                f"with {_LONGEST_LIST} letters in all at most."
            )
        return words

    def valued(self, name: str, *, least: float = 0, most: float = math.inf) -> float:
        """A number with its source: `{value: 2, source: "one sub-level"}`; a bare number is refused."""
        part = self.section(name)
        value = part.number("value")
        if not least <= value <= most:
            limits = f"from {least:g} to {most:g}"
            if most in _NO_MATTER:
                limits = f"at least {least:g}" if value < least else f"at most {most:g}"
            raise RulesError(f"{part.names['value'].mark}: {self.where_of(name)} is {value:g}; expected {limits}.")
        part.text("source")
        part.done()
        return value

    def valued_whole(self, name: str, *, least: float = 0, most: float = _LARGEST_WHOLE) -> int:
        """A whole number with its source."""
        return _whole(self.valued(name, least=least, most=most), self.section(name).find("value"), self.where_of(name))

    def section(self, name: str, *, private: bool = False) -> RuleSection:
        """The section of that name; all within a `private` one is so too."""
        entry = self.find(name)
        assert entry is not None  # noqa: S101  # `find` raises when a needed name is absent
        return RuleSection(entry, self.where_of(name), private or self.private)

    def each(self, name: str, build: Callable[[str, RuleSection], Value], *, needed: bool = True) -> dict[str, Value]:
        """What `build` makes of each named section below that name."""
        if self.find(name, needed=needed) is None:
            return {}
        return self.section(name).every(build)

    def every(self, build: Callable[[str, RuleSection], Value]) -> dict[str, Value]:
        """What `build` makes of each section in here that was not taken yet."""
        self.refuse_texts()
        return {key: self.built(key, build) for key in self.names if key not in self.taken}

    def refuse_texts(self) -> None:
        """Refuse a text or list among sections, unquoted: they may be children in a line that belongs elsewhere."""
        for name, entry in self.names.items():
            if not (isinstance(entry.value, Mapping) or entry.forms) and name not in self.taken:
                raise RulesError(f"{entry.mark}: {self._unquoted} {_NAMES_EXPECTED}")

    def built(self, name: str, build: Callable[[str, RuleSection], Value]) -> Value:
        """What `build` makes of the section of that name, with nothing left over."""
        part = self.section(name)
        value = build(name, part)
        part.done()
        return value

    def refuse_unknown(self, name: str, names: Iterable[str], known: Collection[str], what: str) -> None:
        """Refuse a word under a name that is not one of the known, with the nearest of these."""
        for word in names:
            if word not in known:
                which = f"'{name}'" if self.private else f"'{word}' in '{name}'"
                raise RulesError(
                    f"{self.names[name].mark}: {which} in {self.where} is not {what}.{suggestion(word, list(known))}"
                )

    def known_words(self, name: str, known: Collection[str], what: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts, each of them one of the known."""
        words = self.words(name, needed=needed)
        self.refuse_unknown(name, words, known, what)
        return words

    def refuse_name(self, name: str, known: Collection[str], what: str) -> None:
        """Refuse a name in here that is not one of the known, with the nearest of these."""
        if name not in known:
            mark = self.entry.keys.get(name, self.entry.mark)
            raise RulesError(f"{mark}: '{name}' in {self.where} is not {what}.{suggestion(name, list(known))}")

    def closed(self, known: Collection[str], what: str) -> None:
        """Refuse a name in here that the program does not know, and the lack of one that it looks up."""
        for name in self.names:
            if name not in known:
                mark = self.entry.keys.get(name, self.entry.mark)
                near = suggestion(name, list(known), _FAR) or f" Known are {', '.join(known)}."
                raise RulesError(f"{mark}: '{name}' in {self.where} is no {what} that siptrack knows.{near}")
        if lacking := [name for name in known if name not in {*self.names, *self.entry.keys}]:
            raise RulesError(f"{self.entry.mark}: {self.where} lacks the {what} '{lacking[0]}'; add it.")

    def optional(self, name: str, build: Callable[[str, RuleSection], Value], absent: Value) -> Value:
        """What `build` makes of the section of that name; `absent` in rules that were kept before there was one."""
        return absent if self.find(name, needed=False) is None else self.built(name, build)

    def done(self, *, quoted: bool = True) -> None:
        """Refuse a name that nothing asked for: a misspelt rule must stop the run.

        It is not `quoted` where a line that belongs to a section of names may stand by a slip.
        """
        for name, entry in self.names.items():
            if name not in self.taken:
                known = sorted(set(self.taken))
                mark = self.entry.keys.get(name, entry.mark)
                what = f"'{name}'" if quoted and not self.private else "a name here"
                raise RulesError(
                    f"{mark}: {what} is not known in {self.where}; known are {', '.join(known)}."
                    f"{suggestion(name, known)}"
                )


def headings_of(_: str, part: RuleSection) -> tuple[str, ...]:
    """The headings that a column of a record may have, with their source."""
    part.text("source", "")
    return part.words("headings", needed=True)


def cited(entry: Entry, otherwise: str = "", special: Mapping[tuple[int, Season], Mark] | None = None) -> Citation:
    """Where a rule comes from, `otherwise` when it does not say so itself, and the line of what it says."""
    inside = entry.value if isinstance(entry.value, Mapping) else {}
    source = inside[SOURCE].value if SOURCE in inside else otherwise
    parts = (part.mark for name, part in inside.items() if name != SOURCE)
    mark = inside[VALUE].mark if VALUE in inside else next(parts, entry.mark)
    return Citation(source if isinstance(source, str) else "", mark, special or {})


def _text(entry: Entry, where: str) -> str:
    if not isinstance(entry.value, str):
        raise RulesError(f"{entry.mark}: {where} must be one text.")
    return entry.value


def _number(entry: Entry, where: str) -> float:
    text = _text(entry, where)
    if not _NUMBER.fullmatch(text):
        raise RulesError(f"{entry.mark}: {where} is '{text}'; expected a number.")
    return float(text)


def _whole(value: float, entry: Entry | None, where: str) -> int:
    if not value.is_integer():
        raise RulesError(f"{entry.mark if entry else ''}: {where} is {value:g}; expected a whole number.")
    return int(value)


def number_of(text: str) -> float | None:
    """A plain number such as 18 or 17.5; None for anything else."""
    return float(text) if _NUMBER.fullmatch(text) else None


def whole_range(text: str) -> range | None:
    """`1-6` or `3` as the whole numbers it spans; None when it is neither."""
    if match := _RANGE.fullmatch(text):
        return range(int(match[1]), int(match[2]) + 1) if int(match[1]) <= int(match[2]) else None
    return range(int(text), int(text) + 1) if re.fullmatch(_WHOLE, text) else None
