"""The files of the repository read and judged once in a process of tests: hundreds of tests ask of the same ones.

Reading and judging are functions of what they are given, so that their answers may be kept. What lies elsewhere, where
a test may write, is read and judged as ever; so is everything in a process of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from siptrack.analysis import analyse as judging
from siptrack.analysis.in_term import InTerm
from siptrack.analysis.selection import EVERYBODY, Filters
from siptrack.analysis.tally import USUAL, Peers
from siptrack.cycle import on_the_list, review, since
from siptrack.reading import files as opening
from siptrack.reading import read as reading
from siptrack.reading.files import STANDARD_INPUT, Files
from siptrack.reading.read import Given
from siptrack.rules.model import Rules
from siptrack.school.register import Register
from siptrack.school.term import Term

REPOSITORY = Path(__file__).parents[2]

Answer = TypeVar("Answer")
_files: dict[object, Files] = {}
_registers: dict[object, Register] = {}
_judged: dict[object, object] = {}


@contextmanager
def read_once() -> Iterator[None]:
    """While this lasts, what was read or judged of the same files by the same rules is not read or judged again."""
    analyse, check, judge_term = judging.analyse, judging.check, on_the_list.judge_term
    with ExitStack() as stack:
        for module, name, function in (
            (judging, "analyse", analyse),
            (since, "analyse", analyse),
            (review, "analyse", analyse),
            (judging, "check", check),
            (on_the_list, "judge_term", judge_term),
        ):
            stack.enter_context(patch.object(module, name, _judge_once(function)))
        stack.enter_context(patch.object(opening, "read_files", _open_once(opening.read_files)))
        stack.enter_context(patch.object(reading, "read", _read_once(reading.read)))
        yield


def _open_once(read_files: Callable[..., Files]) -> Callable[..., Files]:
    @wraps(read_files)
    def once(paths: Sequence[Path], *more: object, **named: object) -> Files:
        places = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100  # which follows no link, however it leads
        piped = any(str(path) == STANDARD_INPUT for path in paths)
        if piped or not all(place.is_relative_to(REPOSITORY) for place in places):
            return read_files(paths, *more, **named)
        asked = places, tuple(map(str, paths))
        if asked not in _files:
            _files[asked] = read_files(paths, *more, **named)
        return _files[asked]

    return once


def _read_once(read: Callable[..., Register]) -> Callable[..., Register]:
    @wraps(read)
    def once(given: Given, rules: Rules, default_term: Term | None = None, school: str = "") -> Register:
        if not any(given is one for one in _files.values()):
            return read(given, rules, default_term, school)
        asked = id(given), rules.ruler.sha256, default_term, school
        if asked not in _registers:
            _registers[asked] = read(given, rules, default_term, school)
        return _registers[asked]

    return once


def _judge_once(judge: Callable[..., Answer]) -> Callable[..., Answer]:
    @wraps(judge)
    def once(
        register: Register,
        rules: Rules,
        term: Term | None = None,
        filters: Filters = EVERYBODY,
        *peers: Peers,
        **judged_already: InTerm,
    ) -> Answer:
        if not any(register is one for one in _registers.values()):
            return judge(register, rules, term, filters, *peers, **judged_already)
        asked = judge.__name__, id(register), rules.ruler.sha256, term, filters, peers or (USUAL,)
        if asked not in _judged:
            _judged[asked] = judge(register, rules, term, filters, *peers, **judged_already)
        return _judged[asked]  # type: ignore[return-value]  # of the function in its key

    return once
