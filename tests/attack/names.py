"""Hostile names of files, folders, classes, headings, sheets and options, on a terminal, to every command.

Run it with `python tests/attack/names.py [COUNT]`; COUNT is how many of the names are tried, all without it. Each is
given to a part of the commands and options, in turn. Nothing may act on the screen, begin a line of its own, end with a
fault, or end otherwise than it should with such a name.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import openpyxl

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "functional")]
from on_terminal import HAS_TERMINALS, Shown, shown  # noqa: E402
from places import line_of  # noqa: E402

from siptrack.commands import cli  # noqa: E402

FORGED = "FORGED"
PART = 4  # of how many command lines each name is given to one
# What a terminal obeys, what goes back over a line or begins one, what turns or hides letters, what others obey.
NAMES: Sequence[str] = (
    "\x1b[31mred",
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]8;;x:y\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;cGF5\x07",
    "\x1b[6n",
    "\x1bc",
    "\x1b(0lqk",
    "\x1b[?1049h",
    "\x1b[8m hidden",
    "\x1b[1A\x1b[2K",
    "\x1bP+q\x1b\\",
    "\x1b_G\x1b\\",
    "\x1b[5;1Hx",
    "\x1b",
    "\x1b[",
    "\x9b31mC1",
    "\x9d0;t\x9c",
    "\x90q\x9c",
    "\x84\x85\x8d",
    "\x8f\x8e",
    f"a\n{FORGED}",
    f"a\r{FORGED}",
    f"a\r\n{FORGED}: x",
    f"a\v{FORGED}",
    f"a\f{FORGED}",
    f"a\x85{FORGED}",
    f"a\u2028{FORGED}",
    f"a\u2029{FORGED}",
    "abc\b\b\bxyz",
    "\x7f\x7f",
    "tab\tbed",
    "\a\a",
    "\x0e\x0f",
    "\x05",
    "\x01\x02",
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200fx",
    "\u061cx",
    "\u200bx\u200b",
    "\ufeffx",
    "x\u00ad",
    "\u2060",
    "\U000e0041",
    "\u0378",
    "\ue000",
    "\ufffe",
    "Zoe\u0308\u0301\u0302\u0303",
    "\u115fx",
    "[bold red]x[not bold]",
    "[link=x:y]Jo",
    ":smiley:",
    "<b>x&amp;",
    "{{7*7}}",
    "{% raw %}",
    "%s%n",
    "=1+1",
    "$(id)",
    "`id`",
    "';--",
    '"',
    "\\x1b[31m",
    "-rf",
    "--help",
    "~",
    "*",
    "|",
    "a" * 200,
    " x ",
    "\u00db",
)
BYTES = (b"\x9b31m", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")  # of a file's name, and no UTF-8
COUNTED = "Ash,Kim,{0},5,{0},EXS,WTS"
HEADINGS = 'Surname,Forename,Class,Year,"{0}",Reading Autumn 2024,Reading Summer 2025'
ENDS = {0, 1, 3, 6}  # of a school that can be read, in which there may be errors or nothing to judge
MISUSED = (
    ["analyse", "SCHOOL", "--class", "zzz{}"],
    ["analyse", "SCHOOL", "--term", "{}"],
    ["analyse", "SCHOOL", "--subject", "{}"],
    ["analyse", "SCHOOL", "--group", "zzz{}"],
    ["analyse", "SCHOOL", "--year", "{}"],
    ["analyse", "SCHOOL", "--peers", "zzz{}"],
    ["analyse", "SCHOOL", "--share", "{}"],
    ["analyse", "SCHOOL", "--table", "{}"],
    ["analyse", "SCHOOL", "--format", "{}"],
    ["analyse", "SCHOOL", "--fail-on", "{}"],
    ["since", "SCHOOL", "--fail-on", "{}"],
    ["check", "SCHOOL", "--fail-on", "{}"],
    ["questions", "SCHOOL", "--about", "{}"],
    ["child", "SCHOOL", "?{}"],
    ["explain", "x{}"],
    ["rules", "x{}"],
    ["schema", "x{}"],
    ["schema", "--table", "{}"],
    ["init", "--choose", "{}"],
    ["analyse", "SCHOOL", "--x{}"],
    ["x{}"],
)
NOT_THERE = (  # and how a run ends whose option names such a file
    (["columns", "{}"], 3),
    (["analyse", "SCHOOL", "--config", "{}"], 4),
    (["check", "SCHOOL", "--ruler", "{}"], 4),
    (["rules", "--diff", "{}"], 4),
    (["report", "SCHOOL", "-o", "OUT", "--template", "{}"], 3),
)


def faults(run: Shown, ends: set[int]) -> list[str]:
    """What is wrong with a run."""
    found = [f"the screen obeys {run.obeyed}"] if run.obeyed else []
    found += ["a line is forged"] if any(line.startswith(FORGED) for line in run.lines) else []
    found += ["it is a fault"] if "fault in siptrack" in run.screen.decode(errors="replace") else []
    return found + ([] if run.code in ends else [f"it ends with {run.code}"])


def made(name: str, folder: Path) -> Path:
    """A folder, a CSV file and a workbook of this name, and in these a class, a heading and a sheet."""
    school = folder / f"school {name}"
    school.mkdir()
    cell = "".join(one for one in name if one not in ',;|\t"')  # which stand between cells
    rows = "\r\n".join((HEADINGS, COUNTED.replace("{0}", '"{0}"'))).replace("{0}", cell)
    (school / f"x{name}.csv").write_bytes(rows.encode("utf-8", "surrogateescape") + b"\r\n")
    (school / f"{name}.xml").write_bytes(b"<alien/>")
    book = openpyxl.Workbook()
    title = "".join(one for one in f"5K{name}" if one not in "[]:*?/\\" and (one >= " " or one == "\t"))[:30].strip("'")
    book.active.title = title.encode("utf-8", "ignore").decode().replace("\ufffe", "")
    book.active.append(["Pupils", "in no row of headings"])
    book.save(school / f"y{name}.xlsx")
    return school


def attacks(name: str, folder: Path) -> Iterator[tuple[list[object], set[int]]]:
    """Command lines with this name in every place, and how each may end."""
    school, beside = made(name, folder), folder / f"out {name}"
    beside.mkdir()
    for command in sorted(cli.commands):
        yield line_of(command, "", [], school, beside), ENDS
    yield ["columns", school, "--save", "--force"], ENDS
    yield ["check", school, "--save"], ENDS
    yield ["columns", school], ENDS  # by the settings that were saved
    for line in MISUSED:
        yield filled(line, name, school, folder), {2}
    for line, end in NOT_THERE:
        yield filled(line, str(folder / f"gone{name}"), school, folder), {end}
    yield ["analyse", school, "--table", "pupils", "--format", "json", "-o", folder / f"out{name}.json"], {*ENDS, 5}


def filled(line: Sequence[str], name: str, school: Path, folder: Path) -> list[object]:
    """A command line with this name, school and output."""
    words = {"SCHOOL": school, "OUT": folder / "out"}
    return [words.get(word, word.replace("{}", name)) for word in line]


def main() -> int:
    """Try them, and tell what came of it."""
    if not HAS_TERMINALS:
        print("there are no pseudo-terminals here")
        return 0
    names = [*NAMES, *map(os.fsdecode, BYTES)][: int(sys.argv[1]) if len(sys.argv) > 1 else None]
    began, ended, wrong = time.monotonic(), Counter[int](), 0
    for at, name in enumerate(names):
        with tempfile.TemporaryDirectory() as folder:
            for line, ends in islice(attacks(name, Path(folder)), at % PART, None, PART):
                run = shown(*line)
                ended[run.code] += 1
                for fault in faults(run, ends):
                    wrong += 1
                    print(f"{name!a}: {list(map(str, line))!a}: {fault}: {run.lines[:2]!a}")
    print(
        f"{len(names)} names, {ended.total()} runs in {time.monotonic() - began:.0f} s, {wrong} faults; "
        f"ends: {dict(sorted(ended.items()))}"
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
