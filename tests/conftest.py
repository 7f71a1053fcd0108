"""What holds for every test: how long an example takes says something of the machine and nothing of siptrack.

Nor is the content of a file part of a test's name: an archive holds the time at which it was packed, and the processes
that share the tests must all find the same names.
"""

from __future__ import annotations

import gc
import os

from hypothesis import settings

# As the command itself has it, and before numpy is imported: each of the processes that share the tests computes alone.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.set_threshold(200_000, 20, 50)  # the command has none at all; tests, which run on and on, seldom
settings.register_profile("siptrack", deadline=None)
settings.load_profile("siptrack")

LONGEST_BYTES_IN_A_NAME = 40


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A name for a file's content: that of the argument (pytest numbers those that are alike); else pytest's own."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES_IN_A_NAME else None
