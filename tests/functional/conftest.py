"""What holds for the tests of the command in this process: the files of the repository are read once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from read_once import read_once


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    with read_once():
        yield
