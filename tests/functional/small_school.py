"""A school of one file and two classes, for tests that ask nothing of the school but that it is one."""

from __future__ import annotations

from pathlib import Path

CHILDREN = 24
_TERMS = ("Autumn 2024", "Spring 2025", "Summer 2025", "Autumn 2025", "Spring 2026")


def small_school(folder: Path) -> Path:
    """The folder with the file in it: every fourth child falls behind in reading."""
    folder.mkdir(exist_ok=True)
    heads = [f"{subject} {term}" for term in _TERMS for subject in ("Reading", "Writing", "Maths")]
    lines = [",".join(["UPN", "Surname", "Forename", "Year", "Class", "Gender", *heads])]
    for child in range(CHILDREN):
        who = [f"H8012000{child:05d}", f"Alder{child}", "Ann", "4", "4D" if child % 2 else "4E", "FM"[child % 3 > 0]]
        reading = ["EXS"] * 4 + ["WTS" if child % 4 == 1 else "EXS"]
        lines.append(",".join([*who, *(grade for one in reading for grade in (one, "EXS", "GDS"))]))
    (folder / "Tracker.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder
