"""What siptrack's own rule files come to, kept beside them, so that a run need not read and build them again.

It is kept as a pickle, which can do what a program can. So it is read from siptrack's own folder of rules alone, where
whoever may write may change the program too; and only where its first line says that this siptrack and this Python made
it of these rule files, and that it is whole. Else it is built again, and kept where the folder can be written to.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from siptrack.rules.ruler import config_folder
from siptrack.version import VERSION

_MADE_OF = ("rules", "school")  # the packages whose code turns rule files into rules
Built = TypeVar("Built")


def once(name: str, digest: str, build: Callable[[], Built]) -> Built:
    """What `build` makes of siptrack's own rule files, whose hash is `digest`; from where it is kept, if it is."""
    path = config_folder() / f"{name}.pickle"
    maker = _maker(name, digest)
    kept: Built | None = _kept(path, maker)
    if kept is not None:
        return kept
    built = build()
    _keep(path, maker, pickle.dumps(built, protocol=pickle.HIGHEST_PROTOCOL))
    return built


def _maker(name: str, digest: str) -> str:
    """The hash of everything by which what is kept may differ: of the rule files, of the program and of Python."""
    made_by = "\n".join((name, digest, VERSION, str(sys.implementation.cache_tag), _program()))
    return hashlib.sha256(made_by.encode()).hexdigest()


@cache
def _program() -> str:
    """The hash of the code that builds rules, which a developer changes without a new version."""
    package = Path(__file__).parents[1]
    code = (path for folder in _MADE_OF for path in sorted((package / folder).glob("*.py")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in code)).hexdigest()


def _first_line(maker: str, pickled: bytes) -> bytes:
    return f"{maker} {hashlib.sha256(pickled).hexdigest()}".encode()


def _kept(path: Path, maker: str) -> Any:  # noqa: ANN401  # what `once` was given to keep
    """What is kept there; None where nothing is, or nothing that this maker made."""
    try:
        first, _, pickled = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if first != _first_line(maker, pickled):
        return None
    return _unpickled(pickled)


def _unpickled(pickled: bytes) -> Any:  # noqa: ANN401  # as above
    """What was pickled; Python's search for garbage, which would go through all of it again and again, rests."""
    searching = gc.isenabled()
    gc.disable()
    try:
        return pickle.loads(pickled)  # noqa: S301  # siptrack's own, its first line checked
    finally:
        if searching:
            gc.enable()


def _keep(path: Path, maker: str, pickled: bytes) -> None:
    """Write it whole or not at all; where it cannot be written, the next run builds again, and nobody need know."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        try:
            with new.open("xb") as file:
                file.write(_first_line(maker, pickled) + b"\n" + pickled)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
