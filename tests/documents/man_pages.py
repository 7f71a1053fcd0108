"""The man pages, made from the commands: `python tests/documents/man_pages.py` writes them anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from commands_described import Described, commands, front

from siptrack.school.errors import ExitCode
from siptrack.version import VERSION

MAN = Path(__file__).parents[2] / "man"
MADE = '.\\" Made by tests/documents/man_pages.py from the commands. Change these, not this page.\n'
ENDINGS = {
    ExitCode.DONE: "Done. Flagged children are the product, not a failure.",
    ExitCode.FOUND: "What was asked about, as with --fail-on, was found.",
    ExitCode.USAGE: "Wrong usage.",
    ExitCode.INPUT: "An input could not be used.",
    ExitCode.RULES: "A rule or setting is wrong.",
    ExitCode.OUTPUT: "An output could not be written.",
    ExitCode.NOTHING_TO_JUDGE: "Nothing to judge; never to be taken for a pass.",
    ExitCode.BUG: "A fault in siptrack.",
    ExitCode.INTERRUPTED: "Interrupted.",
    ExitCode.PIPE_CLOSED: "The reader closed the pipe.",
}


def pages() -> dict[str, str]:
    """The text of each page by its file's name."""
    every = commands()
    made = {f"siptrack-{name}.1": _page(described, _see_also(every, name)) for name, described in every.items()}
    return {"siptrack.1": _front_page(every), **made}


def _front_page(every: dict[str, Described]) -> str:
    described = front()
    listed = "".join(f".TP\n.B siptrack {_text(name)}\n{_text(one.short)}\n" for name, one in every.items())
    files = (
        ".TP\n.I siptrack.yaml\nThe school's own rules and settings, beside the data; see\n.BR siptrack\\-init (1).\n"
    )
    environment = (
        ".TP\n.B NO_COLOR\nNo colour, whatever the terminal can do.\n"
        ".TP\n.B TERM\nWith\n.IR dumb ,\nno colour and no progress bar.\n"
    )
    more = {"COMMANDS": listed, "FILES": files, "ENVIRONMENT": environment}
    return _page(described, [f"siptrack-{name}" for name in every], more)


def _see_also(every: dict[str, Described], name: str) -> list[str]:
    return ["siptrack", *(f"siptrack-{other}" for other in every if other != name)]


def _page(described: Described, see_also: Sequence[str], more: dict[str, str] | None = None) -> str:
    title = described.name.replace(" ", "-")
    short = described.short if " " in described.name else described.about[0]
    parts = {
        "NAME": f"{_text(title)} \\- {_text(_clause(short))}\n",
        "SYNOPSIS": f".B {_text(described.name)}\n{_text(described.usage.removeprefix(described.name).strip())}\n",
        "DESCRIPTION": ".PP\n".join(f"{_text(paragraph)}\n" for paragraph in described.about),
        **(more or {}),
        "OPTIONS": "".join(f".TP\n.B {_text(option)}\n{_text(says)}\n" for option, says in described.options),
        "EXAMPLES": ".nf\n" + "".join(f"{_text(line)}\n" for line in described.examples) + ".fi\n",
        "EXIT STATUS": "".join(f".TP\n.B {int(code)}\n{_text(says)}\n" for code, says in ENDINGS.items()),
        "SEE ALSO": ",\n".join(f".BR {_text(page)} (1)" for page in see_also) + "\n",
    }
    sections = "".join(f".SH {heading}\n{body}" for heading, body in parts.items())
    return f'{MADE}.TH {_text(title.upper())} 1 "" "siptrack {VERSION}" "User Commands"\n{sections}'


def _clause(sentence: str) -> str:
    """A sentence as it stands after a dash."""
    bare = sentence.rstrip(".")
    return f"{bare[:1].lower()}{bare[1:]}"


def _text(text: str) -> str:
    """A text of which troff obeys nothing."""
    escaped = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    for name, text in pages().items():
        (MAN / name).write_text(text, encoding="utf-8")
