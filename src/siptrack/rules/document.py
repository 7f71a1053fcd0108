"""A rule file as text with the line of everything in it: strict, because a slip here is a wrong word about a child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from siptrack.rules.not_yaml import not_yaml
from siptrack.school.errors import RulesError
from siptrack.school.place import Mark

if TYPE_CHECKING:
    from yaml.events import Event

MOST_CHARACTERS = 256 * 1024  # rule files are read by people; nothing near this size is one
MOST_DEPTH = 20
MOST_ENTRIES = 20_000  # names and values of a file; siptrack's own largest has 2,500
LONGEST_TEXT = 4_000  # characters of one text; siptrack's own longest has 430
FROM = "from"  # the term from which a form of a rule holds
OUT_OF_ORDER = f"the forms of a rule stand in order of time, each with a later '{FROM}'."
VALUE, SOURCE = "value", "source"  # a rule's number or text, and where it comes from: one rule together
_ORDERS = frozenset({"compared", "of", "parts", "members", "date_formats", "scale_order", "statuses", "told"})
_READS_AS_FALSE_OR_TRUE = {"yes", "no", "on", "off", "y", "n", "~", "null", ""}
_WITHOUT_QUOTES = (
    "yes, no, on, off, y, n, ~ or null without quotes means true, false or nothing in YAML; put the one here in quotes."
)


class Entry(NamedTuple):
    """One value of a rule file with its line: a text, a list of entries, or entries by name."""

    value: str | tuple[Entry, ...] | Mapping[str, Entry]
    mark: Mark
    keys: Mapping[str, Mark] = {}

    @property
    def dated(self) -> bool:
        """Whether it says from which term on it holds."""
        return isinstance(self.value, Mapping) and FROM in self.value

    @property
    def valued(self) -> bool:
        """Whether it is one rule: a value with its source."""
        return isinstance(self.value, Mapping) and VALUE in self.value

    @property
    def forms(self) -> tuple[Entry, ...]:
        """The forms of a rule that changed, oldest first; none where it never did."""
        if isinstance(self.value, tuple) and any(form.dated for form in self.value):
            return self.value
        return (self,) if self.dated else ()

    def overlaid(self, other: Entry, name: str = "") -> Entry:
        """This entry with what `other` says instead: name by name where both hold names, else `other` whole.

        Lists of words grow (a school adds a spelling and keeps the others); a list that is an order is replaced.
        What `other` says from a term on joins what held before, which holds until then.
        """
        if not (self.forms or other.forms):
            return self.merged(other, name)
        forms = list(self.forms or (self,))
        for at, form in enumerate(other.forms or (other,)):
            if form.dated:
                later = forms[-1].merged(form, name)
                forms.append(Entry(later.value, form.mark, later.keys))
            elif at:
                raise RulesError(f"{form.mark}: {OUT_OF_ORDER}")
            else:  # for every term
                forms = [own_form.merged(form, name) for own_form in forms]
        return Entry(tuple(forms), other.mark)

    def merged(self, other: Entry, name: str = "") -> Entry:
        """As `overlaid`, but for the dates; a rule with its own value and source is replaced whole."""
        if isinstance(self.value, tuple) and isinstance(other.value, tuple) and name not in _ORDERS:
            return Entry((*self.value, *other.value), other.mark)
        if not (isinstance(self.value, Mapping) and isinstance(other.value, Mapping)):
            return other
        if self.valued and other.valued:
            return other.with_source()
        merged = dict(self.value)
        for key, entry in other.value.items():
            merged[key] = merged[key].overlaid(entry, key) if key in merged else entry
        return Entry(merged, self.mark, {**self.keys, **other.keys})

    def with_source(self) -> Entry:
        """A value that stands beside its source; where it has none, the source is the line that says it."""
        if not isinstance(self.value, Mapping) or SOURCE in self.value:
            return self
        return Entry({**self.value, SOURCE: Entry(str(self.mark), self.mark)}, self.mark, self.keys)


def parse(text: str, file: str, most_characters: int = MOST_CHARACTERS, longest_text: int = LONGEST_TEXT) -> Entry:
    """The entries of a YAML text.

    Raises RulesError with file and line for what YAML would swallow: equal keys, unquoted yes and no, anchors and tags;
    and for what is too large or nested too deep, at the first sign of it. No message quotes what stands in the file:
    it may be a child's name, and the line tells.
    """
    if len(text) > most_characters:
        raise RulesError(f"{file}: a rule file has at most {most_characters // 1024} kB; this one is longer.")
    return _Builder(file, _events(text, file), longest_text).document()


def _events(text: str, file: str) -> Iterator[Event]:
    """The parser's events one by one, so that what is refused early costs nothing more."""
    import yaml

    try:
        yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise not_yaml(error, file) from None


class _Builder:
    """Turns YAML's events into entries, refusing what this project's rule files never need."""

    def __init__(self, file: str, events: Iterator[Event], longest_text: int) -> None:
        self.file = file
        self.events = events
        self.longest_text = longest_text
        self.read = 0

    def document(self) -> Entry:
        import yaml

        whole = Entry({}, Mark(self.file, 1))
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                if self.read:
                    raise RulesError(f"{self.mark(event)}: a second document begins here (---); write one only.")
                whole = self.entry(event, 0)
        return whole

    def entry(self, event: Event, depth: int) -> Entry:
        import yaml

        mark = self.mark(event)
        self.read += 1
        if self.read > MOST_ENTRIES:
            raise RulesError(f"{mark}: a rule file has at most {MOST_ENTRIES:,} names and values; this one has more.")
        if depth > MOST_DEPTH:
            raise RulesError(f"{mark}: nested more than {MOST_DEPTH} deep.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RulesError(f"{mark}: anchors (&) and aliases (*) are not used here; write the value out.")
        if isinstance(event, yaml.ScalarEvent):
            return Entry(self.scalar(event, mark), mark)
        if getattr(event, "tag", None):
            raise RulesError(f"{mark}: tags (!) are not used here; take it out.")
        if isinstance(event, yaml.SequenceStartEvent):
            return Entry(tuple(self.items(depth)), mark)
        return self.names(mark, depth)

    def items(self, depth: int) -> Iterator[Entry]:
        import yaml

        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.entry(event, depth + 1)

    def names(self, mark: Mark, depth: int) -> Entry:
        import yaml

        found: dict[str, Entry] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.entry(event, depth + 1)
            if not isinstance(key.value, str):
                raise RulesError(f"{key.mark}: a name was expected before the colon.")
            if key.value in found:
                first = keys[key.value].line
                raise RulesError(f"{key.mark}: a name is here twice, first on line {first}; delete one.")
            keys[key.value] = key.mark
            found[key.value] = self.entry(next(self.events), depth + 1)
        return Entry(found, mark, keys)

    def scalar(self, event: object, mark: Mark) -> str:
        value: str = event.value  # type: ignore[attr-defined]  # every scalar event has one
        plain = not event.style  # type: ignore[attr-defined]  # None or empty, as the loader has it
        if getattr(event, "tag", None):
            raise RulesError(f"{mark}: tags (!) are not used here; take it out.")
        if len(value) > self.longest_text:
            raise RulesError(f"{mark}: a text has at most {self.longest_text:,} characters; this one is longer.")
        if plain and value.casefold() in _READS_AS_FALSE_OR_TRUE:
            if not value:
                raise RulesError(f"{mark}: a value is missing here.")
            raise RulesError(f"{mark}: {_WITHOUT_QUOTES}")
        return value

    def mark(self, event: Event) -> Mark:
        return Mark(self.file, event.start_mark.line + 1 if event.start_mark else 1)


def suggestion(word: str, known: list[str], alike: float = 0.7) -> str:
    """`Did you mean 'step'?`, or an empty text when nothing known comes near, by how much it is `alike`."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=alike)
    return f" Did you mean '{near[0]}'?" if near else ""
