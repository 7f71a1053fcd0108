"""A school's files typed as small tables, and what was read from them as plain values."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from registers import usual_rules
from siptrack.reading.files import read_files
from siptrack.reading.findings import UNUSABLE
from siptrack.reading.read import read
from siptrack.reading.sheet import Sheet
from siptrack.rules.model import Rules
from siptrack.school.register import Register
from siptrack.school.term import Term


def register_of(files: Mapping[str, str] | str, rules: Rules | None = None, term: Term | None = None) -> Register:
    """The register of files by name, each a table with `|` between its cells; one table alone is `school.csv`."""
    named = {"school.csv": files} if isinstance(files, str) else files
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in named]
        for path, table in zip(paths, named.values(), strict=True):
            path.write_text(as_csv(table), encoding="utf-8", newline="")
        return read(paths, rules or usual_rules(), term)


def as_csv(table: str) -> str:
    """A table with `|` between its cells as the text of a CSV file; `.` is an empty cell."""
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = [["" if cell.strip() == "." else cell.strip() for cell in line.split("|")] for line in lines]
    return "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\r\n" for row in rows)


def sheets_of(content: bytes, name: str = "school.xlsx") -> list[Sheet]:
    """The sheets of one file. Raises ValueError with the reason when it cannot be used."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = read_files([path])
    for code, _, reason, _ in found.oddities:
        if code == UNUSABLE:
            raise ValueError(reason)
    return found.sheets


def results(register: Register) -> list[str]:
    """Each result as `pupil, subject, term: grade`, in order."""
    rows = register.results[["pupil", "subject", "term", "grade"]].itertuples(index=False)
    return sorted(f"{pupil}, {subject}, {Term.numbered(term).label}: {grade}" for pupil, subject, term, grade in rows)


def problems(register: Register) -> list[str]:
    """Each problem as `code at place`."""
    return [f"{problem.code} at {problem.place.label}" for problem in register.problems]


def aside(register: Register) -> dict[str, int]:
    """What was set aside, by `rows` or `results` and the reason."""
    return {f"{entry.of}: {entry.reason}": entry.count for entry in register.ledger.set_aside}


def groups(register: Register, characteristic: str) -> dict[str, str]:
    """The group of each pupil in a characteristic."""
    return dict(zip(register.pupils["pupil"], register.pupils[characteristic], strict=True))
