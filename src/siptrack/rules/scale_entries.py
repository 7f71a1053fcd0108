"""Each scale's entry before it is built: made like another, changed by the school, with the choices made."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.document import Entry, Mark, suggestion
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.scale import Choice, Option

LIKE = "like"
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


def scale_entries(ours: Mapping[str, Entry], school: Entry | None) -> Mapping[str, Entry]:
    """Every scale by name: siptrack's, changed or joined by the school's; those made `like` another filled from it.

    Raises RulesError for a scale that is like none there is, or in a circle like itself.
    """
    whole = Entry(dict(ours), Mark("scales", 1))
    merged = whole.overlaid(school) if school is not None else whole
    entries = Section(merged, "scales").names
    return {name: _filled(name, entries, ()) for name in entries}


def _filled(name: str, entries: Mapping[str, Entry], path: tuple[str, ...]) -> Entry:
    entry = entries[name]
    part = Section(entry, f"the scale '{name}'")
    if LIKE not in part.names:
        return entry
    model = part.text(LIKE)
    mark = part.names[LIKE].mark
    if model not in entries:
        raise RulesError(
            f"{mark}: '{model}' in '{LIKE}' of the scale '{name}' is not a scale; known are {', '.join(entries)}."
            f"{suggestion(model, list(entries))}"
        )
    if model in (*path, name):
        raise RulesError(f"{mark}: the scale '{name}' is like itself; name another in '{LIKE}'.")
    base = _filled(model, entries, (*path, name))
    return _without(base, *_A_SCALES_OWN).overlaid(entry)


def _without(entry: Entry, *names: str) -> Entry:
    assert isinstance(entry.value, Mapping)  # noqa: S101  # a scale is a section; tells the type checker
    kept = {name: part for name, part in entry.value.items() if name not in names}
    return Entry(kept, entry.mark, {name: mark for name, mark in entry.keys.items() if name not in names})


def with_choices(
    name: str, entry: Entry, school: Entry | None, made: Mapping[str, str]
) -> tuple[Entry, tuple[Choice, ...]]:
    """The entry with every choice made, by the school where it has, and the choices.

    What the school says outright of its scale (`school`) counts for more than what a choice would set.
    """
    part = Section(entry, f"the scale '{name}'")
    if _CHOICES not in part.names:
        return entry, ()
    choices, plain = [], _without(entry, _CHOICES)
    for key in part.section(_CHOICES).names:
        choice, setting = part.section(_CHOICES).built(key, lambda key, one: _chosen(key, one, made))
        choices.append(choice)
        if setting is not None:
            plain = plain.overlaid(_unsaid(setting, school))
    return plain, tuple(choices)


def _unsaid(setting: Entry, school: Entry | None) -> Entry:
    """What a choice sets without what the school says outright."""
    if school is None or not isinstance(setting.value, Mapping) or not isinstance(school.value, Mapping):
        return setting
    kept = {}
    for name, part in setting.value.items():
        theirs = school.value.get(name)
        if theirs is None:
            kept[name] = part
        elif isinstance(part.value, Mapping) and isinstance(theirs.value, Mapping):
            kept[name] = _unsaid(part, theirs)
    return Entry({name: part for name, part in kept.items() if part.value}, setting.mark, setting.keys)


def _chosen(key: str, part: Section, made: Mapping[str, str]) -> tuple[Choice, Entry | None]:
    """One choice, and what it sets; None where it leaves the scale as it is."""
    inside = part.section("options")
    options = {name: inside.built(name, _option) for name in inside.names}
    default = part.choice("default", list(options))
    chosen = made.get(key, default)
    if chosen not in options:
        raise RulesError(f"{part.entry.mark}: '{chosen}' is no option of {part.where}; expected {', '.join(options)}.")
    settings = {name: Section(entry, name).names.get("set") for name, entry in inside.names.items()}
    choice = Choice(key, part.text("question"), tuple(options.values()), default, chosen, key in made)
    return choice, settings[chosen]


def _option(name: str, part: Section) -> Option:
    part.find("set", needed=False)
    return Option(name, part.text("says"), part.text("source"))
