"""The group that a person names, by any word that a file may have for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from siptrack.reading.spelling import words
from siptrack.school.errors import ChoiceError
from siptrack.school.groups import Characteristic, Group
from siptrack.school.near import did_you_mean, either, few, near
from siptrack.school.register import NOT_RECORDED

InGroup = tuple[str, str]


class GroupNames:
    """The groups of some characteristics, those most compared first, by what people call them."""

    def __init__(self, characteristics: Mapping[str, Characteristic], first: Iterable[str]) -> None:
        self._every = {key: characteristics[key] for key in dict.fromkeys((*first, *characteristics))}

    def find(self, text: str, option: str, in_data: Callable[[str, str], bool]) -> InGroup:
        """A characteristic and one of its groups, by `fsm`, `pupil premium`, `F` or `gender=boys`.

        Raises ChoiceError where no group is called so, and where several are of which not one alone is in the data.
        """
        wanted, _, called = text.rpartition("=")
        among = {key: each for key, each in self._every.items() if not wanted or _letters(wanted) in _names(each)}
        found = _first_called(_letters(called), among)
        if not found:
            raise ChoiceError(f"{option} '{text}' is not a group. {self._instead(text)}")
        if self._are_the_same(found):
            return found[0]
        found = [each for each in found if in_data(*each)] or found
        if len(found) > 1:
            could = [self._written(*each) for each in found]
            raise ChoiceError(f"{option} '{text}' could be {either(could)}. Write one of these.")
        return found[0]

    def _are_the_same(self, found: Iterable[InGroup]) -> bool:
        """Whether groups of several characteristics are the same children, as the White British are."""
        labels = {self._every[key].groups[group].label if group != NOT_RECORDED else key for key, group in found}
        return len(labels) == 1

    def _written(self, key: str, group: str) -> str:
        """A group as it can be asked for: by its key alone where no other has it; and what it is, if that is a code."""
        held = [each for each in self._every.values() if group in each.groups]
        label = held[0].groups[group].label if held else ""
        called = group if len(held) == 1 else f"{key}={group}"
        return called if _letters(label) in ("", _letters(group)) else f"{called} ({label})"

    def _instead(self, text: str) -> str:
        """The names that come near, one of each group; else the first of all groups."""
        names = self.names()
        found: dict[InGroup, str] = {}
        for name in near(text, names):
            found.setdefault(names[name], name)
        if found:
            return did_you_mean(found.values())
        return f"Groups known: {few([group for each in self._every.values() for group in _spoken_of(each)])}."

    def names(self) -> Mapping[str, InGroup]:
        """Each name of a group as it is written, with the group; a heading names the only one that its column tells."""
        found: dict[str, InGroup] = {}
        for key, each in self._every.items():
            for group in each.groups.values():
                for name in (group.key, group.label, *group.spellings, *group.words):
                    found.setdefault(name, (key, group.key))
            if alone := _alone(each):
                for name in (each.label, *each.headings):
                    found.setdefault(name, (key, alone))
        return found


def _letters(text: str) -> str:
    """A name without capitals, punctuation and blanks."""
    return words(text).replace(" ", "")


def _first_called(text: str, among: Mapping[str, Characteristic]) -> list[InGroup]:
    """The groups called so, by the surest way of calling them that any answers to."""
    ways: Iterable[Callable[[Characteristic], Iterable[str]]] = (
        lambda each: _by(text, each, lambda group: (group.key, group.label)),
        lambda each: _spoken_of(each) if text in _names(each) else (),
        lambda each: _by(text, each, lambda group: (*group.spellings, *group.words, group.children)),
    )
    if not text:
        return []
    for way in ways:
        if found := [(key, group) for key, each in among.items() for group in way(each)]:
            return found
    return []


def _by(text: str, each: Characteristic, names: Callable[[Group], Iterable[str]]) -> Iterable[str]:
    yield from (key for key, group in each.groups.items() if text in map(_letters, names(group)))
    if text == _letters(NOT_RECORDED):
        yield NOT_RECORDED


def _names(each: Characteristic) -> set[str]:
    """What the characteristic itself is called."""
    return set(map(_letters, (each.key, each.label, *each.headings)))


def _spoken_of(each: Characteristic) -> list[str]:
    """The groups that are more than everybody else."""
    return [key for key, group in each.groups.items() if not group.complement]


def _alone(each: Characteristic) -> str:
    """The one group of a characteristic that is but a yes or a no."""
    groups = _spoken_of(each)
    return groups[0] if len(groups) == 1 else ""
