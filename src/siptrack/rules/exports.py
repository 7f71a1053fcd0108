"""Known exports, from exports.yaml, and what single headings mean, there or in the school's siptrack.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from siptrack.rules.model import HeadingRule, KnownExport
from siptrack.rules.patterns import pattern_of
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError

KINDS = ("role", "characteristic", "group", "subject", "target", "ignored")


def build_exports(part: Section, scales: Collection[str]) -> Mapping[str, KnownExport]:
    """Every known export; refuses one whose heading is on a scale that is none."""
    exports = part.each("exports", _export)
    for key, export in exports.items():
        for rule in export.meanings:
            if rule.scale and rule.scale not in scales:
                meanings = part.section("exports").section(key).section("meanings")
                mark = meanings.section(rule.heading).names["scale"].mark
                raise RulesError(f"{mark}: '{rule.scale}' is not a scale; known are {', '.join(scales)}.")
    return exports


def _export(key: str, part: Section) -> KnownExport:
    part.text("source")
    meanings = tuple(part.each("meanings", build_heading).values())
    headings = part.words("headings", needed=True)
    return KnownExport(key, part.text("label"), headings, meanings, pattern_of(part, "pattern"))


def build_heading(heading: str, part: Section) -> HeadingRule:
    """What one heading means: exactly one of KINDS; a group is written `ethnicity=APKN`."""
    said = [kind for kind in KINDS if part.find(kind, needed=False) is not None]
    if len(said) != 1:
        raise RulesError(f"{part.entry.mark}: {part.where} must say one of {', '.join(KINDS)}; it says {len(said)}.")
    return HeadingRule(heading, said[0], part.text(said[0]), part.text("term", ""), part.text("scale", ""))
