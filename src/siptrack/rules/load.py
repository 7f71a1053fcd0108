"""The rules in force: siptrack's own, with what the school's siptrack.yaml says instead, as at a term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from siptrack.rules.built import once
from siptrack.rules.document import Entry, parse
from siptrack.rules.model import Ruler, Rules
from siptrack.rules.named import is_folder, is_there, real
from siptrack.rules.ruler import SETTINGS_NAME, RuleFiles, read_rule_files
from siptrack.school.errors import RulesError
from siptrack.school.place import Mark
from siptrack.school.term import Term

__all__ = ["SETTINGS_NAME", "RuleBook", "find_settings", "load", "open_book"]

_CODES = ("flags", "checks", "problems")  # whose names the program knows, in a table of the file's own name
_NO_SETTINGS = Entry({}, Mark(SETTINGS_NAME, 1))  # by a school


def find_settings(paths: list[Path]) -> Path | None:
    """The school's siptrack.yaml beside the data: in a folder given, or beside a file given.

    What is in its place and cannot be read is found too, so that nobody is judged by other rules than the school's.

    Raises RulesError when there are two, since either would change what the other's children are judged by.
    """
    folders = dict.fromkeys(real(_folder(path)) for path in paths)
    places = [folder / SETTINGS_NAME for folder in folders]
    found = [place for place in places if is_there(place) and not is_folder(place)]
    if len(found) > 1:
        names = " and ".join(str(path) for path in found)
        raise RulesError(f"Two settings files lie beside the data: {names}. Choose one with --config.")
    return found[0] if found else None


def settings_beside(paths: Sequence[Path]) -> Path:
    """Where a siptrack.yaml written for the data would lie: beside the first of them; here without any."""
    return (_folder(paths[0]) if paths else Path()) / SETTINGS_NAME


def _folder(path: Path) -> Path:
    return path if is_folder(path) else path.parent


def load(settings: Path | None = None, *, ruler: Path | None = None, term: Term | None = None) -> Rules:
    """Every rule in force in the term, the newest without one, checked.

    Raises RulesError with file and line for the first thing that is wrong.
    """
    return open_book(settings, ruler=ruler).at(term)


def open_book(settings: Path | None = None, *, ruler: Path | None = None) -> RuleBook:
    """The rule files, siptrack's with the school's settings, or those that a saved ruler holds."""
    return RuleBook(read_rule_files(settings, ruler))


@dataclass(frozen=True)
class RuleBook:
    """The rule files with all that they say of earlier and later terms; `at` gives the rules of one term."""

    files: RuleFiles

    def at(self, term: Term | None = None) -> Rules:
        """The rules in force in a term; the newest without one, or where the data names no year.

        Raises RulesError with file and line for the first thing that is wrong.
        """
        return self.newest if term is None or not term.dated else self._built(term)

    @cached_property
    def newest(self) -> Rules:
        """The rules in force today and in any later term."""
        if self.files.school is None and self._shipped is not None:
            return self._shipped.rules
        return self._built(None, self._shipped)

    @cached_property
    def _shipped(self) -> _Shipped | None:
        """What siptrack's own files come to; None where others are in force, those of a saved ruler."""
        own = self.files.own
        return once("rules", own.sha256, lambda: _built_as_shipped(self._ours, own)) if own else None

    def _built(self, term: Term | None, shipped: _Shipped | None = None) -> Rules:
        from siptrack.rules.building import Builder

        as_shipped = shipped.rules if shipped else None
        return Builder(lambda: self._ours, self._school, term, as_shipped).rules(self.files.ruler)

    def entries(self) -> Mapping[str, Entry]:
        """What each rule file says with what the school says instead, all forms of each rule, for comparing."""
        from siptrack.rules.building import PARTS, SCHOOLS_OWN, scales_among
        from siptrack.rules.scale_entries import scale_entries
        from siptrack.rules.section import RuleSection

        school = RuleSection(self._school, SETTINGS_NAME)
        found = dict(self._ours)
        for part in PARTS:
            if part in school.names:
                found[f"{part}.yaml"] = found[f"{part}.yaml"].overlaid(school.names[part])
        scales = scale_entries(scales_among(found), school.names.get("scales"))
        found.update({f"scales/{name}.yaml": entry.whole for name, entry in scales.items()})
        rest = {name: entry for name, entry in school.names.items() if name in SCHOOLS_OWN}
        return {**found, SETTINGS_NAME: Entry(rest, Mark(SETTINGS_NAME, 1))}

    def changes(self) -> list[Term]:
        """Every term from which some rule holds, in order; none where no rule has changed."""
        ours = self._shipped.changes if self._shipped else _changes(self._ours)
        return sorted({*ours, *_changes({SETTINGS_NAME: self._school})})

    @cached_property
    def _ours(self) -> Mapping[str, Entry]:
        own = self.files.own
        return once("entries", own.sha256, self._parsed) if own else self._parsed()

    def _parsed(self) -> Mapping[str, Entry]:
        ours = {name: parse(text, name) for name, text in self.files.ours.items()}
        for table in _CODES if self.files.newest else ():
            name = f"{table}.yaml"
            ours[name] = _with_newer(ours[name], parse(self.files.newest[name], name), table)
        return ours

    @cached_property
    def _school(self) -> Entry:
        if self.files.school is None:
            return _NO_SETTINGS
        return parse(self.files.school, self.files.school_name)


class _Shipped(NamedTuple):
    """What siptrack's own rule files come to without a school's settings: the rules of today, and when some changed."""

    rules: Rules
    changes: tuple[Term, ...]


def _built_as_shipped(ours: Mapping[str, Entry], ruler: Ruler) -> _Shipped:
    from siptrack.rules.building import Builder

    return _Shipped(Builder(lambda: ours, _NO_SETTINGS, None).rules(ruler), tuple(_changes(ours)))


def _changes(entries: Mapping[str, Entry]) -> list[Term]:
    """Every term from which some rule in the files holds."""
    from siptrack.rules.dated import terms_of_change

    return sorted({term for entry in entries.values() for term in terms_of_change(entry)})


def _with_newer(kept: Entry, newest: Entry, table: str) -> Entry:
    """A file of a saved ruler with the codes that came later; of problems, which are but words, without those gone."""
    from siptrack.rules.section import RuleSection

    whole = RuleSection(kept, f"{table}.yaml")
    then, now = whole.section(table), RuleSection(newest, f"{table}.yaml").section(table)
    held = {code: entry for code, entry in then.names.items() if code in now.names or table != "problems"}
    later = {code: entry for code, entry in now.names.items() if code not in held}
    codes = Entry({**held, **later}, then.entry.mark, {**now.entry.keys, **then.entry.keys})
    return Entry({**whole.names, table: codes}, kept.mark, kept.keys)
