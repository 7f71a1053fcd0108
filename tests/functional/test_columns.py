"""`siptrack columns`: how each sheet was understood, and correcting it in siptrack.yaml."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest
from running import SAMPLES, SCHOOLS, analysed, as_json, names_in
from running import siptrack_here as siptrack

TRACKER = """Larkrise Primary School: Autumn term 2025
,,,,,,
UPN,Srnm,Forename,Class,Staff,Reading,Maths level,Writing Summer 2025
V999200120003,Thistledown,Tobermory,5K,Mrs Wu,EXS,2b,WTS
R999200120001,Marchbank,Perpetua,5K,Mrs Wu,WTS,3c,GDS
X999200120002,Quillfeather,Zebedee,5K,Mr Ash,A,7,
"""
PRIVATE = ("Thistledown", "Marchbank", "Tobermory", "Perpetua", "Zebedee", "Quillfeather", "V9992", "Mrs Wu")
NAMING = ("Admission Number", "Person ID", "Legal Surname", "Legal Forename", "Former Surname", "Preferred Forename")


@pytest.fixture
def school(tmp_path):
    (tmp_path / "tracker.csv").write_text(TRACKER, encoding="utf-8")
    return tmp_path


def line_of(text: str, letter: str) -> str:
    """The line about one column."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"  {letter:<3} ")]
    return line


def settings(school) -> str:
    return (school / "siptrack.yaml").read_text(encoding="utf-8")


def edit(school, old: str, new: str) -> None:
    """Change one line of siptrack.yaml, as a person would."""
    before = settings(school)
    assert before.count(old) == 1
    (school / "siptrack.yaml").write_text(before.replace(old, new), encoding="utf-8")


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_the_row_of_headings_and_the_term_of_the_sheet_are_shown(school):
    title, first, *_ = siptrack("columns", school).out.splitlines()

    assert title == "How the files were understood"
    assert first == "tracker.csv: headings in row 3, 3 rows below; the sheet, its titles or the file say Autumn 2025-26"


def test_each_column_has_its_meaning_its_scale_and_masked_examples(school):
    text = siptrack("columns", school).out

    assert line_of(text, "A") == "  A   UPN: upn; such as x999999999999"
    assert line_of(text, "D") == "  D   Class: class; such as 5K"
    assert line_of(text, "F") == (
        "  F   Reading: results in reading; teacher-assessment in 2 of 3, such as EXS, WTS, A"
    )
    assert line_of(text, "H") == (
        "  H   Writing Summer 2025: results in writing, Summer 2024-25; teacher-assessment in all 2, such as WTS, GDS"
    )


def test_what_is_ignored_says_why_and_how_many_cells_it_has_and_shows_none_of_them(school):
    text = siptrack("columns", school).out

    assert line_of(text, "E") == "  E   Staff: ignored; not understood; 3 cells"


def test_a_column_that_claims_what_another_claims_says_so(tmp_path):
    (tmp_path / "a.csv").write_text("Adno,Reading Autumn 2025,Aut 25 Reading\nA1,EXS,GDS\n", encoding="utf-8")

    text = siptrack("columns", tmp_path).out

    both = "ignored (left out: 'Reading Autumn 2025' and 'Aut 25 Reading' say the same)"
    assert f"{both}; 1 cell" in line_of(text, "B")
    assert both in line_of(text, "C")


def test_sheets_of_the_same_columns_stand_under_one_heading_with_their_cells_together(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    headings = ["UPN", "Surname", "Reading Summer 2025", "Reading Autumn 2025"]
    classes = {
        "1A": [headings, ["A1", "Ash", None, "EXS"], ["A2", "Elm", None, "EXS"]],  # no results before Year 1
        "2B": [headings, ["B1", "Oak", "EXS", "GDS"]],
        "3C": [headings, ["C1", "Yew", "GDS", "EXS"]],
        "4D": [[*headings, "Notes"], ["D1", "Fir", "EXS", "EXS", "away"]],
    }
    for name, rows in classes.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "Tracker.xlsx")

    _, *lines = siptrack("columns", tmp_path).out.splitlines()

    assert [line for line in lines if line and not line.startswith(" ")] == [
        "Tracker.xlsx, sheets 1A, 2B, 3C: headings in row 1, 4 rows below; a class each",
        "Tracker.xlsx, sheet 4D: headings in row 1, 1 row below; class 4D",
    ]
    assert lines[3:5] == [
        "  C   Reading Summer 2025: results in reading, Summer 2024-25; teacher-assessment in all 2, such as EXS, GDS",
        "  D   Reading Autumn 2025: results in reading, Autumn 2025-26; teacher-assessment in all 4, such as EXS, GDS",
    ]
    assert len(json.loads(siptrack("columns", tmp_path, "--format", "json").out)["tables"]) == 4


def test_sheets_of_the_same_columns_on_two_scales_stand_apart(tmp_path):
    (tmp_path / "a.csv").write_text("Adno,Reading Autumn 2025\nA1,EXS\nA2,GDS\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Adno,Reading Autumn 2025\nB1,4b\nB2,3c\n", encoding="utf-8")

    text = siptrack("columns", tmp_path).out

    assert "teacher-assessment in all 2" in text
    assert "nc-levels in all 2" in text


def test_a_sheet_without_pupils_is_named_with_the_reason(school):
    (school / "notes.csv").write_text("Reading week\nBring a book\n", encoding="utf-8")

    assert "notes.csv: not used: no row of headings that names pupils (2 rows)" in siptrack("columns", school).out


def test_names_are_shown_when_asked_for(school):
    text = siptrack("columns", school, "--names").out

    assert "such as Tobermory, Perpetua, Zebedee" in line_of(text, "C")
    assert "such as Thistledown, Marchbank, Quillfeather" in line_of(text, "B")


@pytest.mark.parametrize("form", ["table", "json"])
def test_no_name_and_no_number_is_shown_unless_asked_for(school, form):
    run = siptrack("columns", school, "--format", form)

    assert [private for private in PRIVATE if private in run.out + run.err] == []


@pytest.mark.parametrize("form", ["table", "json"])
def test_every_number_and_every_kind_of_name_is_masked(tmp_path, form):
    (tmp_path / "list.csv").write_text(
        f"UPN,{','.join(NAMING)}\nA123,4711,4712,Thistledown,Tobermory,Marchbank,Perpetua\n", encoding="utf-8"
    )

    shown = siptrack("columns", tmp_path, "--format", form).out

    assert [private for private in (*PRIVATE, "A123", "4711", "4712") if private in shown] == []
    assert "4711" in siptrack("columns", tmp_path, "--format", form, "--names").out


@pytest.mark.parametrize("name", SCHOOLS)
@pytest.mark.parametrize("form", ["table", "json"])
def test_no_childs_name_of_a_sample_is_shown(name, form):
    shown = siptrack("columns", SAMPLES / name, "--format", form).out

    names = {pupil for pupil in names_in(analysed(name)["pupils"]) if len(pupil) > 1}
    assert len(names) > 100
    assert {pupil for pupil in names if re.search(rf"\b{re.escape(pupil)}\b", shown)} == set()


def test_json_says_the_same_and_more(school):
    document = json.loads(siptrack("columns", school, "--format", "json").out)

    (table,) = document["tables"]
    assert document["schema"] == "siptrack/columns/1"
    assert (table["file"], table["heading_row"], table["rows"], table["term"]) == (
        "tracker.csv",
        3,
        3,
        "Autumn 2025-26",
    )
    by_letter = {column["letter"]: column for column in table["columns"]}
    assert by_letter["F"] == {
        "letter": "F", "heading": "Reading", "kind": "subject", "name": "reading", "how": by_letter["F"]["how"],
        "term": "", "scale": "teacher-assessment", "evidence": 2, "cells": 3, "examples": ["EXS", "WTS", "A"],
        "decided": True,
    }  # fmt: skip
    assert by_letter["B"]["kind"] == "ignored"


# --- saving and correcting --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHOOLS)
def test_what_is_saved_changes_nothing_in_the_analysis(tmp_path, name):
    for file in (SAMPLES / name).iterdir():
        if file.suffix in (".csv", ".xlsx"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    before = as_json(tmp_path)

    saved = siptrack("columns", tmp_path, "--save")
    after = as_json(tmp_path)

    assert (saved.code, saved.out) == (0, "")
    assert f"Written: {tmp_path / 'siptrack.yaml'}" in saved.err
    assert {key: part for key, part in after.items() if key != "ruler"} == {
        key: part for key, part in before.items() if key != "ruler"
    }


def test_what_is_saved_names_no_child(school):
    siptrack("columns", school, "--save")

    assert [private for private in PRIVATE if private in settings(school)] == []


def test_what_was_saved_is_how_it_is_known_from_then_on(school):
    siptrack("columns", school, "--save")

    assert "Reading: results in reading; fixed in siptrack.yaml" in siptrack("columns", school).out


def test_a_heading_that_was_not_understood_is_corrected_in_its_line(school):
    siptrack("columns", school, "--save")
    edit(school, '# "Srnm": {ignored: "not understood"}', '"Srnm": {role: surname}')

    assert "Srnm: surname; fixed in siptrack.yaml" in siptrack("columns", school).out
    assert {pupil["surname"] for pupil in as_json(school)["pupils"]} == {"Thistledown", "Marchbank", "Quillfeather"}


def test_a_term_that_was_misread_is_corrected_in_its_line(school):
    siptrack("columns", school, "--save")
    edit(school, 'term: "Summer 2024-25"', 'term: "Spring 2024-25"')

    before = {row["start_term"] for row in as_json(school)["progress"] if row["subject"] == "writing"}

    assert "results in writing, Spring 2024-25; fixed in siptrack.yaml" in siptrack("columns", school).out
    assert "Summer 2025" not in before


def test_a_column_can_be_ignored_in_its_line(school):
    siptrack("columns", school, "--save")
    (line,) = [line for line in settings(school).splitlines() if '"Maths level"' in line]
    edit(school, line, '  "Maths level": {ignored: "set by another teacher"}')

    assert {row["subject"] for row in as_json(school)["summary"]} & {"maths"} == set()


def test_saving_twice_needs_force_and_keeps_the_rest_of_the_file(school):
    (school / "siptrack.yaml").write_text("# Ours\nuse:\n  maths: nc-levels\n", encoding="utf-8")
    siptrack("columns", school, "--save")
    once = settings(school)

    again = siptrack("columns", school, "--save")
    unchanged = settings(school)
    forced = siptrack("columns", school, "--save", "--force")

    assert once.startswith("# Ours\nuse:\n  maths: nc-levels\n")
    assert (again.code, unchanged) == (5, once)
    assert "--force" in again.err
    assert forced.code == 0
    assert settings(school).startswith("# Ours\nuse:\n  maths: nc-levels\n")
    assert settings(school).count("headings:") == 1


def test_saving_again_with_nothing_changed_changes_nothing(school):
    siptrack("columns", school, "--save")
    once = settings(school)

    siptrack("columns", school, "--save", "--force")

    assert settings(school) == once


def test_what_follows_the_saved_headings_is_kept_when_they_are_saved_again(school):
    siptrack("columns", school, "--save")
    (school / "siptrack.yaml").write_text(
        settings(school) + "\n# The head's wish\nuse:\n  maths: nc-levels\n", encoding="utf-8"
    )

    forced = siptrack("columns", school, "--save", "--force")

    assert forced.code == 0
    assert "# The head's wish\nuse:\n  maths: nc-levels\n" in settings(school)


# --- how it ends ------------------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_ends_in_plain_words(tmp_path):
    run = siptrack("columns", tmp_path / "gone.csv")

    assert (run.code, run.out) == (3, "")
    assert "gone.csv: there is no such file" in run.err


@pytest.mark.parametrize("more", [(), ("--format", "json"), ("--save",)])
def test_files_that_cannot_be_read_are_named_and_the_others_shown(school, more):
    (school / "gone.xlsx").write_bytes(b"PK\3\4 and nothing more")
    (school / "print.csv").write_bytes(b"%PDF-1.7")

    run = siptrack("columns", school, *more)

    assert run.code == 3
    assert [line.partition(":")[0] for line in run.err.splitlines()[:2]] == ["gone.xlsx", "print.csv"]
    assert "Maths level" in (settings(school) if more == ("--save",) else run.out)


def test_the_output_is_written_to_a_file_and_not_over_one(school):
    target = school / "understood.txt"

    first = siptrack("columns", school / "tracker.csv", "-o", target)
    second = siptrack("columns", school / "tracker.csv", "-o", target)

    assert (first.code, first.out, second.code) == (0, "", 5)
    assert "\ntracker.csv: headings in row 3" in target.read_text(encoding="utf-8")


def test_a_list_that_marks_only_a_yes_gets_a_line_for_its_blanks_which_is_written_once_and_works(tmp_path):
    rows = "".join(f"Ash,C{number},4,{tick},EXS\n" for number, tick in enumerate(["x", "", "", "", ""]))
    (tmp_path / "list.csv").write_text(f"Surname,Forename,Year,FSM,Reading Autumn 2025\n{rows}", encoding="utf-8")

    siptrack("columns", tmp_path, "--save")
    siptrack("columns", tmp_path, "--save", "--force")
    text = settings(tmp_path)
    before = as_json(tmp_path)
    (tmp_path / "siptrack.yaml").write_text(
        re.sub(r"^# (groups:|  .*)$", r"\1", text, flags=re.MULTILINE), encoding="utf-8"
    )
    after = as_json(tmp_path)

    assert text.count("fsm: {blank: none}") == 1
    assert siptrack("init", tmp_path, "--defaults", "-o", tmp_path / "other.yaml").code == 0
    assert "#     fsm: {blank: none}" in (tmp_path / "other.yaml").read_text(encoding="utf-8")
    told = [[pupil["characteristics"]["fsm"] for pupil in one["pupils"]] for one in (before, after)]
    assert [one.count("not_fsm") for one in told] == [0, 4]
