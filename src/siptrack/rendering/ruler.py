"""The rules that a document rests on, in a line: so that two reports can be seen to have been judged alike."""

from __future__ import annotations

from siptrack.rules.model import Ruler
from siptrack.version import VERSION

_DIGITS = 12
_SETTINGS = "siptrack.yaml"


def ruler_line(ruler: Ruler, version: str = VERSION) -> str:
    """`Rules: 3f2a91c0d7e4 (siptrack 0.1.0); the school's siptrack.yaml is part of them`."""
    school = any(file.name == _SETTINGS for file in ruler.files)
    part = f"; the school's {_SETTINGS} is part of them" if school else ""
    return f"Rules: {ruler_digits(ruler)} (siptrack {version}){part}."


def ruler_digits(ruler: Ruler) -> str:
    """The first digits of its hash, by which people tell rules apart."""
    return ruler.sha256[:_DIGITS]
