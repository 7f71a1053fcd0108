"""Every attack in this folder, one after another; ends with 1 when one found a fault. `python tests/attack/all.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Run each script and say how it ended."""
    failed = []
    for script in sorted(FOLDER.glob("*.py")):
        if script.name == Path(__file__).name:
            continue
        print(f"== {script.stem}", flush=True)
        if subprocess.run([sys.executable, str(script)], check=False).returncode:
            failed.append(script.stem)
    print(f"failed: {', '.join(failed)}" if failed else "every attack was withstood")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
