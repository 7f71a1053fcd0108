"""Whether a rule that is cited with file and line really stands there."""

from __future__ import annotations

import re
from pathlib import Path

from siptrack.documents.child.facts import CitedRule
from siptrack.rules.ruler import config_folder


def holds(rule: CitedRule, school: Path | None = None) -> bool:
    """Whether the line cited holds the rule: a flag's sentence, or the name or season with the number or grade."""
    line = line_of(rule, school)
    if rule.name.startswith("reference line of "):
        season, value = re.search(r" in (\w+) of ", rule.says), re.match(r"(\S+)(?: \(([\d.]+) points?\))?", rule.says)
        assert season
        assert value
        said = line.partition(f"{season[1].lower()}:")[2] or line.partition(":")[2]
        return re.match(rf'\s*"?(?:{re.escape(value[1])}|{value[2] or "-"})\b', said) is not None
    if rule.name == "terms":
        return re.search(rf"\bvalue: {re.findall(r'[0-9]+', rule.says)[0]}\b", line) is not None
    if rule.name.startswith("small steps of "):
        return f"{rule.name.rsplit(' ', 1)[1]}:" in line and re.findall(r"\d+", rule.says)[0] in line
    if " of " in rule.name:
        number = re.search(r": ([\d.]+)", rule.says)
        return re.search(rf"\bvalue: {number[1]}\b" if number else "none", line) is not None
    return rule.says in line


def line_of(rule: CitedRule, school: Path | None = None) -> str:
    """The line that is cited: of a file of siptrack's, or of the school's settings."""
    path = school if school is not None and rule.mark.file == school.name else config_folder() / rule.mark.file
    return path.read_text(encoding="utf-8").splitlines()[rule.mark.line - 1]
