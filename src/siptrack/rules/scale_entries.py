"""Each scale's entry before it is built: made like another, changed by the school, with the choices made."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.document import Entry, Mark, suggestion
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.scale import Choice

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
            plain = plain.overlaid(setting)
    return (plain.overlaid(school) if school is not None else plain), tuple(choices)


def _chosen(key: str, part: Section, made: Mapping[str, str]) -> tuple[Choice, Entry | None]:
    """One choice, and what it sets; None where it leaves the scale as it is."""
    options = part.section("options")
    said = {name: options.built(name, _says) for name in options.names}
    default = part.choice("default", list(said))
    chosen = made.get(key, default)
    settings = {name: Section(entry, name).names.get("set") for name, entry in options.names.items()}
    others = {name: says for name, says in said.items() if name != chosen}
    return Choice(key, part.text("question"), chosen, said[chosen], others, key in made), settings[chosen]


def _says(_: str, part: Section) -> str:
    part.text("source")
    part.find("set", needed=False)
    return part.text("says")
