"""How many examples a generated test tries: few in the suite, and as many times more by hand as SIPTRACK_TIMES says."""

from __future__ import annotations

import os

TIMES = int(os.environ.get("SIPTRACK_TIMES", "1"))


def examples(usual: int) -> int:
    return usual * TIMES
