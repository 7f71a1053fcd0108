"""Templates as Python compiles them, kept as it keeps its own modules: beside them, where that can be written."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.version import VERSION

if TYPE_CHECKING:
    from jinja2.bccache import BytecodeCache


def compiled_beside(folder: Path) -> BytecodeCache | None:
    """What keeps the compiled templates of a folder of siptrack's own; None where nothing may be kept."""
    from jinja2.bccache import Bucket, FileSystemBytecodeCache

    class Compiled(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError, EOFError, ValueError, TypeError):  # what is broken is compiled again
                super().load_bytecode(bucket)

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                super().dump_bytecode(bucket)

    if sys.dont_write_bytecode:
        return None
    kept = folder / "__pycache__"
    with suppress(OSError):
        kept.mkdir(exist_ok=True)
    return Compiled(str(kept), f"siptrack-{VERSION}-%s.compiled") if kept.is_dir() else None
