"""Two children of one name, by the command: both are judged, nothing is mixed up, and the rows in doubt are named."""

from __future__ import annotations

import json

from openpyxl import Workbook
from running import siptrack_here as siptrack

HEADINGS = ["Name", "Class", "Year", "Reading"]
YEARS = {
    "Autumn 2024": [["Thistledown, Tess", "4A", "4", "WTS"], ["Thistledown, Tess", "4B", "4", "GDS"]],
    "Autumn 2025": [["Thistledown, Tess", "5A", "5", "EXS"], ["Thistledown, Tess", "5B", "5", "GDS"]],
}


def _workbook(path):
    book = Workbook()
    book.remove(book.active)
    for title, rows in YEARS.items():
        sheet = book.create_sheet(title)
        for row in [HEADINGS, *rows]:
            sheet.append(row)
    book.save(path)
    return path


def _files(folder):
    folder.mkdir()
    for title, rows in YEARS.items():
        lines = [",".join(f'"{cell}"' for cell in row) for row in [HEADINGS, *rows]]
        (folder / f"{title}.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_workbook_and_separate_files_keep_both_children_and_leave_out_what_fits_both(tmp_path):
    for given, where in (
        (_workbook(tmp_path / "school.xlsx"), ("school.xlsx", "Autumn 2024")),
        (_files(tmp_path / "school"), ("Autumn 2024.csv", None)),
    ):
        run = siptrack("analyse", given, "--format", "json")
        document = json.loads(run.out)

        assert (run.code, "Thistledown" in run.err) == (0, False)
        assert [pupil["pupil"] for pupil in document["pupils"]] == ["Thistledown, Tess (5A)", "Thistledown, Tess (5B)"]
        told = [one for one in document["problems"] if one["code"] == "ambiguous-pupil"]
        assert [(one["place"]["file"], one["place"]["sheet"], one["place"]["cell"]) for one in told] == [
            (*where, "row 2"),
            (*where, "row 3"),
        ]
        assert not any("Thistledown" in str(one) for one in told)
        assert [one["code"] for one in document["problems"] if one["code"] == "two-results"] == []
