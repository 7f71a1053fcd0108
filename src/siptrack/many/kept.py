"""What was counted of a school, kept in a file of numbers: whole, for its user alone, and without a name or a UPN."""

from __future__ import annotations

import hashlib
import io
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from siptrack.analysis.across.counting import SchoolCounts
from siptrack.reading.files import blocks_of_file, files_in
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.separated import BLOCK
from siptrack.school.errors import OutputError
from siptrack.school.frame import Frame
from siptrack.school.term import Season, Term
from siptrack.school.texts import Texts
from siptrack.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER, SUFFIX = "kept", ".npz"
_FRAMES = ("counted", "gaps", "marks", "cells", "results")
_ABOUT = "about"


def digest_of(*about: object) -> str:
    """A name for what was counted: of all that it rests on, and of this version."""
    return hashlib.sha256(json.dumps([VERSION, *SchoolCounts._fields, *map(str, about)]).encode()).hexdigest()[:32]


def content_digest(paths: Iterable[Path]) -> str:
    """What tells files from what they were before: of their names and bytes."""
    known = hashlib.sha256()
    for path in files_in(list(paths)):
        try:
            found = path.stat()
            content = _digest_of(path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        except (UnusableFileError, OSError) as reason:
            content = str(reason)
        known.update(f"{path.name} {content}\n".encode(errors="surrogateescape"))
    return known.hexdigest()


@lru_cache(maxsize=64)
def _digest_of(path: Path, *_: int) -> str:
    """What tells a file's bytes from others: found once for all its schools, until the system says it changed."""
    held = hashlib.sha256()
    for block in blocks_of_file(path, BLOCK):
        held.update(block)
    return held.hexdigest()


def to_bytes(counts: SchoolCounts, about: Mapping[str, object]) -> bytes:
    """The counts as a file, with what is to be known about them."""
    arrays: dict[str, Any] = {}
    words: dict[str, list[str]] = {}
    for name in _FRAMES:
        frame: Frame = getattr(counts, name)
        for column in frame:
            values = frame[column]
            key = f"{name}.{column}"
            if isinstance(values, Texts):
                words[key] = list(values.words)
            arrays[key] = values.codes if isinstance(values, Texts) else values
    term = [counts.term.academic_year, int(counts.term.season)]
    scales = {subject: list(found) for subject, found in counts.scales.items()}
    plain = {
        "on_roll": counts.on_roll,
        "named": counts.named,
        "strong": counts.strong,
        "without_upn": counts.without_upn,
    }
    held = json.dumps({"words": words, "term": term, "scales": scales, "counts": plain, **about})
    arrays[_ABOUT] = np.frombuffer(held.encode(), dtype=np.uint8)
    whole = io.BytesIO()
    np.savez_compressed(whole, **arrays)
    return whole.getvalue()


def from_file(path: Path) -> tuple[SchoolCounts, dict[str, Any]] | None:
    """What such a file holds; None where there is none, or it is no such file."""
    try:
        with np.load(path, allow_pickle=False) as held:
            about = json.loads(held[_ABOUT].tobytes())
            frames = {name: _frame(name, held, about["words"]) for name in _FRAMES}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    year, season = about["term"]
    counts: dict[str, Any] = {**about["counts"], **frames}
    return SchoolCounts(term=Term(year, Season(season)), scales=about["scales"], **counts), about


def table_of(path: Path, name: str) -> Frame:
    """One table alone of what was kept.

    Raises OutputError where another run has taken it away meanwhile.
    """
    try:
        with np.load(path, allow_pickle=False) as held:
            return _frame(name, held, json.loads(held[_ABOUT].tobytes())["words"])
    except FileNotFoundError:
        raise OutputError(
            f"{path}: another run into this folder took it away. Let one run end before the next begins."
        ) from None


def _frame(name: str, held: Any, words: Mapping[str, list[str]]) -> Frame:  # noqa: ANN401  # numpy's own
    keys = [key for key in held.files if key.startswith(f"{name}.")]
    columns = {
        key.removeprefix(f"{name}."): Texts(held[key], tuple(words[key])) if key in words else held[key] for key in keys
    }
    return Frame(columns)
