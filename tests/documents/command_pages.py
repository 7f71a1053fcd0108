"""The options in the manual, made from the commands: `python tests/documents/command_pages.py` writes them anew."""

from __future__ import annotations

from pathlib import Path

from commands_told import Told, commands

PAGES = Path(__file__).parents[2] / "docs" / "commands"
BEGIN, END = "<!-- options:begin -->\n", "<!-- options:end -->\n"
MADE = (
    "<!-- Made by tests/documents/command_pages.py from the command itself. Change the command, not this list. -->\n\n"
)


def options(told: Told) -> str:
    """How the command is called, each option with its help, and examples."""
    rows = "".join(f"| `{_cell(option)}` | {_cell(says)} |\n" for option, says in told.options)
    lines = "\n".join(told.examples)
    return f"```text\n{told.usage}\n```\n\n| option | what it does |\n| --- | --- |\n{rows}\n```sh\n{lines}\n```\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def with_options(page: str, told: Told) -> str:
    """The page with the options of today."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + MADE + options(told) + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    for name, told in commands().items():
        page = PAGES / f"{name}.md"
        if page.exists():
            page.write_text(with_options(page.read_text(encoding="utf-8"), told), encoding="utf-8")
