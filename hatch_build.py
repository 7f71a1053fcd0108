"""What a wheel holds beside its files: siptrack's own rules, built once so that nobody's run need build them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuiltRules(BuildHookInterface[Any]):
    """Builds the rules beside their files in `config`, from where they go into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatch's
        """Read them as a run does, which keeps what it built; where nothing can be kept, a run builds them."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from siptrack.rules.load import load

        load()
