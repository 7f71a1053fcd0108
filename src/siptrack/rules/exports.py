"""Known exports, from exports.yaml, and what single headings mean, there or in the school's siptrack.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from siptrack.rules.model import HeadingRule, KnownExport
from siptrack.rules.national import Known
from siptrack.rules.patterns import pattern_of
from siptrack.rules.section import RuleSection
from siptrack.school.codes import ROLES
from siptrack.school.errors import RulesError

KINDS = ("role", "characteristic", "group", "subject", "target", "age", "ignored")
_CALLED = {"target": "a subject", "age": "an age such as reading"}


def build_exports(part: RuleSection, known: Known) -> Mapping[str, KnownExport]:
    """Every known export."""
    return part.each("exports", lambda key, export: _export(key, export, known))


def _export(key: str, part: RuleSection, known: Known) -> KnownExport:
    part.text("source")
    meanings = tuple(part.each("meanings", partial(build_heading, known=known)).values())
    headings = part.words("headings", needed=True)
    return KnownExport(key, part.text("label"), headings, meanings, pattern_of(part, "pattern"))


def build_heading(heading: str, part: RuleSection, *, known: Known) -> HeadingRule:
    """What one heading means: exactly one of KINDS; a group is written `ethnicity=APKN`.

    Raises RulesError for a role, characteristic, group, subject or scale that there is not.
    """
    kinds = [kind for kind in KINDS if part.find(kind, needed=False) is not None]
    if len(kinds) != 1:
        raise RulesError(f"{part.entry.mark}: {part.where} must say one of {', '.join(KINDS)}; it says {len(kinds)}.")
    kind, name, scale = kinds[0], part.text(kinds[0]), part.text("scale", "")
    if kind == "group":
        characteristic, _, group = name.partition("=")
        of = known.groups.characteristics.get(characteristic)
        if of is None or (group not in of.groups and not of.open):
            groups = [f"{key}={group}" for key, whole in known.groups.characteristics.items() for group in whole.groups]
            part.refuse_unknown(kind, [name], groups, "a group such as gender=boys")
    elif kind != "ignored":
        part.refuse_unknown(kind, [name], _names(known)[kind], _CALLED.get(kind, f"a {kind}"))
    if scale:
        part.refuse_unknown("scale", [scale], known.scales, f"a scale; known are {', '.join(known.scales)}")
    return HeadingRule(heading, kind, name, part.text("term", ""), scale)


def _names(known: Known) -> Mapping[str, Collection[str]]:
    subjects, characteristics = known.subjects, known.groups.characteristics
    return {
        "role": ROLES,
        "characteristic": characteristics,
        "subject": subjects,
        "target": subjects,
        "age": known.ages,
    }
