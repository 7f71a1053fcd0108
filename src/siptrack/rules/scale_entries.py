"""Each scale's entry before it is built: made like another, the choices made, changed by the school, as at a term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.rules.dated import in_force
from siptrack.rules.document import Entry, suggestion
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.scale import Choice, Option
from siptrack.school.term import Term

LIKE = "like"
_LONGEST_CHAIN = 10  # scales that are each like the next
_MOST_SCALES = 200  # that a school adds or changes
_CHOICES = "choices"
_A_SCALES_OWN = (
    "hints",
    "notes",
    "remarks",
    "about",
    _CHOICES,
    "checked",
    "subjects",
)  # not taken from the scale it is like


class ScaleEntry(NamedTuple):
    """A scale as its file has it, and what the school says of it instead; `school` is None for the school's own."""

    name: str
    file: Entry
    school: Entry | None

    @property
    def whole(self) -> Entry:
        """The scale with what the school says instead, all forms of each rule, no choice made."""
        return self.file.overlaid(self.school) if self.school is not None else self.file

    def in_force(self, made: Mapping[str, Entry], term: Term | None) -> tuple[Entry, tuple[Choice, ...]]:
        """The scale in a term with every choice made, by the school where it has (`made`), and the choices.

        What the school says outright of a scale of siptrack's counts for more than what a choice sets.
        """
        choices, plain = [], _without(self.file, _CHOICES)
        for choice, sets in _chosen(in_force(self.whole, term), self.name, made):
            choices.append(choice)
            plain = plain.overlaid(sets) if sets is not None else plain
        if self.school is not None:
            plain = plain.overlaid(_without(self.school, _CHOICES))
        return in_force(plain, term), tuple(choices)


def scale_entries(ours: Mapping[str, Entry], school: Entry | None) -> Mapping[str, ScaleEntry]:
    """Every scale by name: siptrack's, and those that the school adds; those made `like` another filled from it.

    Raises RulesError for a scale that is like none there is, or in a circle like itself.
    """
    own = _own_entries(school) if school is not None else {}
    known = {**ours, **{name: ours[name].overlaid(entry) if name in ours else entry for name, entry in own.items()}}
    for name, entry in known.items():
        RuleSection(entry, f"the scale '{name}'")
    return {
        name: ScaleEntry(name, _filled(name, ours.get(name, entry), known, ()), own.get(name) if name in ours else None)
        for name, entry in known.items()
    }


def _own_entries(school: Entry) -> Mapping[str, Entry]:
    part = RuleSection(school, "scales")
    part.refuse_texts()
    if len(part.names) > _MOST_SCALES:
        raise RulesError(f"{school.mark}: {part.where} are more than {_MOST_SCALES}; take out those that nobody uses.")
    return part.names


def _filled(name: str, entry: Entry, known: Mapping[str, Entry], path: tuple[str, ...]) -> Entry:
    """A scale's entry with what it does not say itself from the scale that it is like."""
    part = RuleSection(entry, f"the scale '{name}'")
    if LIKE not in part.names:
        return entry
    model = part.text(LIKE)
    mark = part.names[LIKE].mark
    if model not in known:
        raise RulesError(
            f"{mark}: '{model}' in '{LIKE}' of the scale '{name}' is not a scale; known are {', '.join(known)}."
            f"{suggestion(model, list(known))}"
        )
    if len(path) > _LONGEST_CHAIN:
        raise RulesError(
            f"{mark}: the scale '{name}' is like one that is like another, and so on; name the first of these."
        )
    if model in (*path, name):
        raise RulesError(f"{mark}: the scale '{name}' is like itself; name another in '{LIKE}'.")
    base = _filled(model, known[model], known, (*path, name))
    return _without(base, *_A_SCALES_OWN).overlaid(entry)


def _without(entry: Entry, *names: str) -> Entry:
    assert isinstance(entry.value, Mapping)  # noqa: S101  # a scale is a section; tells the type checker
    kept = {name: part for name, part in entry.value.items() if name not in names}
    return Entry(kept, entry.mark, {name: mark for name, mark in entry.keys.items() if name not in names})


def _chosen(entry: Entry, name: str, made: Mapping[str, Entry]) -> list[tuple[Choice, Entry | None]]:
    """Each choice that a scale leaves to schools, and what the option chosen sets.

    Raises RulesError for a choice that the scale does not leave, and for an option that it does not have.
    """
    part = RuleSection(entry, f"the scale '{name}'")
    inside = part.section(_CHOICES) if _CHOICES in part.names else None
    known = inside.names if inside is not None else {}
    for choice, option in made.items():
        if choice not in known:
            listed = ", ".join(known) or "none"
            raise RulesError(
                f"{option.mark}: '{choice}' is not a choice of the scale '{name}'; its choices: {listed}."
                f"{suggestion(choice, list(known))}"
            )
    if inside is None:
        return []
    return [inside.built(key, lambda key, choice: _choice(key, choice, made.get(key))) for key in known]


def _choice(key: str, part: RuleSection, made: Entry | None) -> tuple[Choice, Entry | None]:
    """One choice, and what it sets; None where it leaves the scale as it is."""
    inside = part.section("options")
    options = {name: inside.built(name, _option) for name in inside.names}
    default = part.choice("default", list(options))
    chosen = default if made is None else str(made.value)
    if chosen not in options:
        mark = part.entry.mark if made is None else made.mark
        raise RulesError(f"{mark}: '{chosen}' is no option of {part.where}; expected {', '.join(options)}.")
    sets = inside.section(chosen).names.get("set")
    if sets is not None:
        RuleSection(sets, f"'set' of '{chosen}' in {part.where}")
    return Choice(key, part.text("question"), tuple(options.values()), default, chosen, made is not None), sets


def _option(name: str, part: RuleSection) -> Option:
    part.find("set", needed=False)
    return Option(name, part.text("says"), part.text("source"))
