"""The options in the manual, made from the commands: `python tests/documents/command_pages.py` writes them anew.

A command without a page gets one, with what it says of itself, and its line in the list of commands, to go on from.
"""

from __future__ import annotations

from pathlib import Path

from commands_described import Described, commands

DOCS = Path(__file__).parents[2] / "docs"
PAGES, FIRST = DOCS / "commands", DOCS / "README.md"
BEGIN, END = "<!-- options:begin -->\n", "<!-- options:end -->\n"
MADE = (
    "<!-- Made by tests/documents/command_pages.py from the command itself. Change the command, not this list. -->\n\n"
)


def options(described: Described) -> str:
    """How the command is called, each option with its help, and examples."""
    rows = "".join(f"| `{_cell(option)}` | {_cell(says)} |\n" for option, says in described.options)
    lines = "\n".join(described.examples)
    return f"```text\n{described.usage}\n```\n\n| option | what it does |\n| --- | --- |\n{rows}\n```sh\n{lines}\n```\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def with_options(page: str, described: Described) -> str:
    """The page with the options of today."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + MADE + options(described) + "\n" + END + rest.partition(END)[2]


def has_page(name: str) -> bool:
    """Whether a command has a page, among those of commands or of its own."""
    return any((folder / f"{name}.md").is_file() for folder in (PAGES, DOCS))


def first_page(described: Described) -> str:
    """A page to go on from."""
    return f"# {described.name}\n\n" + "\n\n".join(described.about) + f"\n\n## Options\n\n{BEGIN}{END}"


def listing(manual: str, described: Described) -> str:
    """The manual's first page with a line for this command, at its place in the list of commands."""
    page = described.name.removeprefix("siptrack ")
    line = f"| [{described.name}](commands/{page}.md) | {_clause(described.short)} |"
    listed = [one for one in manual.split("\n") if one.startswith("| [siptrack ")]
    return manual.replace("\n".join(listed), "\n".join(sorted([*listed, line])))


def _clause(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:].rstrip('.')}"


if __name__ == "__main__":
    for name, described in commands().items():
        page = PAGES / f"{name}.md"
        if not has_page(name):
            page.write_text(first_page(described), encoding="utf-8")
            FIRST.write_text(listing(FIRST.read_text(encoding="utf-8"), described), encoding="utf-8")
        if page.exists():
            page.write_text(with_options(page.read_text(encoding="utf-8"), described), encoding="utf-8")
