"""What holds for every test: how long an example takes says something of the machine and nothing of siptrack."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("siptrack", deadline=None)
settings.load_profile("siptrack")
