"""The picture of a report in the manual, of the sample school: `python tests/documents/screenshot.py` draws it anew.

It is drawn by rich from what a screen gets, in the reader's own monospaced letters: none come from a network.
"""

from __future__ import annotations

import io
import re

from readme_report import ROOT, rendered
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from siptrack.analysis.analyse import Filters

PICTURE = ROOT / "docs" / "images" / "analyse.svg"
COLUMNS, LINES = 100, 38
SHOWN = Filters(classes=frozenset({"6S"}), subjects=frozenset({"writing"}))
# A light screen: each colour at least 4.5 times as bright or dark as the ground (WCAG 2.2, 1.4.3).
_BLACK, _RED, _GREEN, _YELLOW = (0, 0, 0), (158, 38, 0), (0, 96, 72), (121, 88, 0)
_BLUE, _PURPLE, _CYAN, _WHITE = (0, 92, 148), (140, 60, 110), (0, 98, 120), (90, 90, 90)
_LIGHT = [_BLACK, _RED, _GREEN, _YELLOW, _BLUE, _PURPLE, _CYAN, _WHITE]
THEME = TerminalTheme((255, 255, 255), (34, 34, 34), _LIGHT, _LIGHT)


def picture() -> str:
    """The first lines of the report as an SVG."""
    lines = rendered(width=COLUMNS, colour=True, filters=SHOWN).splitlines()[:LINES]
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
    )
    console.print(Text.from_ansi("\n".join(lines)), soft_wrap=True)
    svg = console.export_svg(title="siptrack analyse", theme=THEME, unique_id="siptrack")
    without_fonts = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return without_fonts.replace("Fira Code, monospace", "monospace").replace(
        "font-family: arial", "font-family: sans-serif"
    )


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8")
