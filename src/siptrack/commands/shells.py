"""How a shell asks for completions: as click has it, with what bash and PowerShell need where a name has a blank."""

from __future__ import annotations

import os
import re
from typing import Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    PowerShellComplete,
    add_completion_class,
)

_BARE = re.compile(r"[\w.,+=/-]+")
_TO_ESCAPE = re.compile(r"([^\w.,+=/-])")


class _Bash(BashComplete):
    """bash puts what it is given on the line as it stands, so a blank in it is escaped, unless a quote is open."""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        if item.type != "plain" or _quote_is_open():
            return super().format_completion(item)
        escaped = _TO_ESCAPE.sub(r"\\\\\1", str(item.value))  # twice: the shell's own script takes one away
        return super().format_completion(CompletionItem(escaped, item.type))


def _quote_is_open() -> bool:
    """Whether the word being typed began with a quotation mark."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    at = int(os.environ.get("COMP_CWORD", "0"))
    return at < len(words) and words[at].startswith(('"', "'"))


class _PowerShell(PowerShellComplete):
    """PowerShell too puts a completion on the line as it stands: one with a blank goes between quotes."""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        value = str(item.value)
        if item.type == "plain" and not _BARE.fullmatch(value):
            value = "'" + value.replace("'", "''") + "'"
        return super().format_completion(CompletionItem(value, item.type, item.help))


def know_shells() -> None:
    """Register what differs from click's own."""
    add_completion_class(_Bash, "bash")
    add_completion_class(_PowerShell, "powershell")
