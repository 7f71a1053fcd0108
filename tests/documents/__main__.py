"""What scripts write, written anew: all of it by `python tests/documents`, or by `python tests/documents man_pages`.

A script is a module beside this one that writes when it is run itself. The examples come last: what siptrack prints
there may be what the others write.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
LAST = "examples"


def scripts() -> list[str]:
    """The names of all scripts, in the order in which they write."""
    found = (path for path in HERE.glob("*.py") if path.name != "__main__.py")
    writing = (path.stem for path in found if '\nif __name__ == "__main__":' in path.read_text(encoding="utf-8"))
    return sorted(writing, key=lambda name: (name == LAST, name))


if __name__ == "__main__":
    for script in sys.argv[1:] or scripts():
        runpy.run_path(str(HERE / f"{script}.py"), run_name="__main__")
