"""A child's page as JSON Schema, made from its named tuples, so that what is written and what is promised agree."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from table_schema import closed_object

from siptrack.analysis.age_tables import AgeLimit, NoRatio, OwnAge
from siptrack.analysis.vocabulary import Course, Measured, Reason, Unsure, Verdict, Window
from siptrack.documents.child.facts import ChildPage
from siptrack.school.codes import FlagCode
from siptrack.school.place import Place
from siptrack.school.scale import Attainment

_TYPES: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_WORDS: Mapping[tuple[str, str], type[StrEnum]] = {  # fields that hold one of a few words
    ("WindowSaid", "window"): Window,
    ("WindowSaid", "verdict"): Verdict,
    ("WindowSaid", "reason"): Reason,
    ("WindowSaid", "measured"): Measured,
    ("MarksWeighed", "reason"): Unsure,
    ("Needed", "horizon"): Window,
    ("TargetSaid", "course"): Course,
    ("Flagged", "code"): FlagCode,
    ("TermResult", "attainment"): Attainment,
    ("SubjectJourney", "attainment"): Attainment,
    ("AgeTest", "limit"): AgeLimit,
    ("AgeTest", "own_by"): OwnAge,
    ("AgeTest", "no_ratio"): NoRatio,
}
_ALWAYS = frozenset(  # texts that are never missing
    (
        *("pupil", "name", "year_group", "term", "subject", "label", "standing", "sentence", "lead", "code"),
        *("remedy", "file", "cell", "says", "characteristic", "group", "by_term"),
        *("window", "verdict", "horizon", "course", "age", "when", "own_by"),
    )
)


def page_definitions():
    """What the schema of a page defines, as the page's named tuples are declared today."""
    found = {"Place": _place()}
    _define(ChildPage, found)
    return dict(sorted(found.items()))


def _define(page, found):
    """Add the schema of a named tuple, and of those in it, to what was found."""
    if page.__name__ in found:
        return
    found[page.__name__] = {}  # so that nothing goes in a circle
    properties = {name: _kind(page.__name__, name, hint, found) for name, hint in get_type_hints(page).items()}
    found[page.__name__] = {"description": (page.__doc__ or "").split("\n")[0], **closed_object(properties)}


def _kind(owner, name, hint, found):
    if words := _WORDS.get((owner, name)):
        return {"enum": [*words, *([] if name in _ALWAYS else [None])]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _kind(owner, "sentence", get_args(hint)[0], found)}
    if get_origin(hint) is UnionType:
        inner = _kind(owner, name, get_args(hint)[0], found)
        kinds = inner.get("type")
        return {"type": [kinds, "null"]} if isinstance(kinds, str) else {"anyOf": [inner, {"type": "null"}]}
    if hint is Place:
        return {"$ref": f"#/$defs/{Place.__name__}"}
    if isinstance(hint, type) and issubclass(hint, tuple):
        _define(hint, found)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    kind = _TYPES[hint]
    return {"type": [kind, "null"]} if kind == "string" and name not in _ALWAYS else {"type": kind}


def _place():
    """A place as JSON has it: with the cell as Excel names it."""
    text = {"type": "string"}
    properties = {"file": text, "sheet": {"type": ["string", "null"]}, "cell": text}
    return {"description": (Place.__doc__ or "").split("\n")[0], **closed_object(properties)}
