"""What the manual's page of flags takes from the rules: `python tests/documents/flags_page.py` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path

from siptrack.rules.load import load
from siptrack.rules.model import FlagRule

PAGE = Path(__file__).parents[2] / "docs" / "flags.md"
BLOCK = re.compile(r"<!-- flag ([a-z-]+):begin -->\n.*?<!-- flag:end -->\n", re.DOTALL)


def with_rules(page: str) -> str:
    """The page with each flag as the rules have it today; a new one gets a section at its place, to go on from."""
    flags = load().flags.flags
    about, *sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    there = {section.split("\n", 1)[0].removeprefix("## "): section for section in sections}
    every = [there.get(code) or f"## {code}\n\n{_block(rule)}\n" for code, rule in flags.items()]
    return BLOCK.sub(lambda found: _block(flags[found[1]]), "".join([about, *every]))


def _block(rule: FlagRule) -> str:
    terms = f"- **Terms looked at**: {rule.terms}\n" if rule.terms else ""
    counts = "yes" if rule.counts else "no"
    return (
        f"<!-- flag {rule.code}:begin -->\n"
        f"- **What**: {rule.meaning}\n"
        f"{terms}- **What to do**: {rule.remedy}\n"
        f"- **Counts as insufficient progress**: {counts}\n"
        f"- **Source**: {rule.source}\n"
        "<!-- flag:end -->\n"
    )


if __name__ == "__main__":
    PAGE.write_text(with_rules(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
