"""A school's siptrack.yaml to start from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from siptrack.rules.model import Rules
from siptrack.school.errors import OutputError
from siptrack.school.groups import MostlyBlank

_HEAD = """\
# The school's settings for siptrack. Everything here changes siptrack's own rules by name; what is not here stays as
# siptrack has it. `siptrack rules` shows the rules in force, and stops at a slip in this file with its line.
"""
_BLANKS = "# If a blank means no in these, take away the # in front (once, where there is a `groups:` already):"
_MORE = """
# More that can be said here. Take away the # in front of what you need.
#
# scales:
#   nc-levels:
#     thresholds:
#       # From a term on; earlier terms are judged as before.
#       tolerance: {from: "Autumn 2026", value: 2, source: "agreed with governors, July 2026"}
#
# use:
#   writing: teacher-assessment     # the scale of a subject, where siptrack would take another
#
# bridges:                          # how results of an old scale count on a new one
#   key-stage-1:
#     old: teacher-assessment
#     new: point-in-time
#     grades: {WTS: "Just below", EXS: "On track", GDS: "Greater depth"}
#     source: "agreed by staff, July 2026"
#
# flags:
#   flags:
#     below: {active: false}        # a flag that the school does not want
#
# groups:
#   characteristics:
#     fsm:
#       headings: ["Dinner entitlement"]
#       blank: none               # where a list marks only the children on FSM: a blank means no
#
# pupils:
#   "Smith, Sam": "Smith, Samuel"   # one child under two names
#
# dismissed:                        # why a query may stand; siptrack check --save writes the lines
#   "uncertain-match at Spring.csv, row 9": "two cousins; checked with the office"
"""


def settings_before(target: Path) -> str:
    """What stands in a settings file already; nothing where there is none."""
    try:
        return target.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise OutputError(f"{target}: this file could not be written ({error.strerror}).") from None


def with_section(before: str, name: str, head: str, lines: Iterable[str]) -> str:
    """A settings file's text with a section written anew at its end, led by a comment; all else is kept."""
    old = rf"(^{re.escape(head)}\n)?^{name}:.*\n(?: .*\n|\n)*"
    rest = re.sub(old, "", before if before.endswith("\n") else f"{before}\n", flags=re.MULTILINE).rstrip()
    block = "".join(f"{line}\n" for line in (head, f"{name}:", *(f"  {line}" for line in lines)))
    return f"{rest}\n\n{block}" if rest else block


def blank_lines(blanks: Sequence[MostlyBlank]) -> list[str]:
    """Lines of comment that declare what blanks mean, for the school to take the # away; none where none is asked."""
    if not blanks:
        return []
    declared = [
        f"#     {known.key}: {{blank: none}}   # {known.label}: blank in {known.blank} of {known.rows} rows, "
        "else only a yes"
        for known in blanks
    ]
    return [_BLANKS, "# groups:", "#   characteristics:", *declared]


def without_blank_lines(text: str) -> str:
    """A settings file's text without the lines of comment that `blank_lines` wrote there before."""
    return re.sub(rf"^\n?{re.escape(_BLANKS)}\n(?:#.*\n)+", "", text, flags=re.MULTILINE)


def settings_file(decided: Mapping[str, Mapping[str, str]], rules: Rules, blanks: Sequence[MostlyBlank] = ()) -> str:
    """The file's text, with each choice, its question and its other options beside it, and what blanks may mean."""
    lines = ["", "# On these, schools disagree.", "choices:"] if any(decided.values()) else []
    for scale, choices in decided.items():
        lines.append(f"  {scale}:")
        known = {choice.name: choice for choice in rules.scales[scale].choices}
        for name, option in choices.items():
            choice = known[name]
            lines.append(f"    # {choice.question}")
            lines += [f"    #   {entry.name}: {entry.says}" for entry in choice.options]
            lines.append(f"    {name}: {json.dumps(option)}")
    asked = ["", *blank_lines(blanks)] if blanks else []
    return _HEAD + "".join(f"{line}\n" for line in (*lines, *asked)) + _MORE
