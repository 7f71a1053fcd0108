"""The page about groups tells every characteristic and every pair, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from siptrack.rules.load import load

PAGE = Path(__file__).parents[2] / "docs" / "groups.md"


def test_the_page_tells_every_characteristic_and_every_pair_in_the_order_of_the_rules():
    text = PAGE.read_text(encoding="utf-8").split("## What to keep in mind")[0]
    groups = load().groups

    assert re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE) == [*groups.compared, *groups.pairs]
