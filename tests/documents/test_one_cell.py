"""The page that follows one cell to one sentence is true: what it names is there and called, what it quotes is said."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from siptrack.analysis.analyse import Filters, analyse
from siptrack.documents.analyse.whole import whole_report
from siptrack.reading.read import read
from siptrack.rendering.terminal import as_text
from siptrack.rules.load import load

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "one-cell.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`([a-z_]+(?:\.\w+)+)`", TEXT)) - {"siptrack.yaml"})
FILTERS = Filters(classes=frozenset({"3C"}), subjects=frozenset({"reading"}))


def named(name: str) -> Any:
    """What a name on the page is: a module's function or class, or the method of a class."""
    parts = ["siptrack", *name.split(".")]
    for at in range(len(parts) - 1, 0, -1):
        try:
            thing = import_module(".".join(parts[:at]))
        except ModuleNotFoundError:
            continue
        for part in parts[at:]:
            thing = getattr(thing, part)
        return unwrap(thing)  # other tests may have what they ask twice answered once
    raise AssertionError(name)


@contextmanager
def calls() -> Iterator[set[CodeType]]:
    """The functions called meanwhile."""
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


@pytest.fixture(scope="module")
def made():
    """The report that the page speaks of, and all functions that were called for it."""
    with calls() as called:
        rules = load()
        register = read([ROOT / "sample_data" / "today"], rules)
        page = whole_report(analyse(register, rules, filters=FILTERS), rules, detail=True)
        report = as_text(page, width=None, colour=False)
    return report, called


@pytest.mark.parametrize("name", NAMES)
def test_everything_named_on_the_page_is_there_and_every_function_is_called(name, made):
    thing = named(name)

    assert not hasattr(thing, "__code__") or thing.__code__ in made[1]


def test_the_page_names_what_it_passes_in_each_of_the_three_parts():
    parts = [name.split(".")[0] for name in NAMES]

    assert [parts.count(part) >= 6 for part in ("reading", "analysis", "documents")] == [True] * 3


def test_the_sentence_on_the_page_is_said_today(made):
    quoted = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)

    assert quoted
    assert [one for one in quoted if one not in made[0]] == []
