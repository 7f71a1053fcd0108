"""A long file of several schools: summed up in parts, read from Parquet as from CSV, refused with the way round."""

from __future__ import annotations

import csv
import io
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from running import siptrack_here as siptrack

from siptrack.many import judging
from siptrack.reading import read, separated
from siptrack.reading.by_columns import parts
from siptrack.reading.files import read_files
from siptrack.reading.formats import parquet
from siptrack.reading.schools_apart import take_apart
from siptrack.rules.load import load

if TYPE_CHECKING:
    from pathlib import Path

needs_pyarrow = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")
HEADINGS = ("School", "UPN", "Surname", "Forename", "Year group", "FSM", "Subject", "Term", "Result")
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # that may lead a UPN, by what its digits add up to
TERMS = ("Autumn 2025", "Spring 2026", "Summer 2026")
SUMMARY = ("--school", "all", "--table", "summary")


def upn(number: int) -> str:
    digits = f"{number:012d}"
    return LETTERS[sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % len(LETTERS)] + digits


def rows() -> list[tuple[str, ...]]:
    grades = ("WTS", "EXS", "GDS")
    return [
        (
            f"School {pupil // 8}",
            upn(pupil),
            f"Sur{pupil}",
            "Ann",
            str(1 + pupil % 6),
            "YN"[pupil % 2],
            subject,
            term,
            of,
        )
        for pupil in range(40)
        for subject in ("Reading", "Maths")
        for at, term in enumerate(TERMS)
        for of in [grades[(pupil + at * (pupil % 5)) % 3]]
    ]


@pytest.fixture
def long_csv(tmp_path: Path) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *rows()])
    path = tmp_path / "results.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "LEAST_BYTES", 0)
    monkeypatch.setattr(parquet, "LEAST_CELLS", 0)
    monkeypatch.setattr(parts, "AT_ONCE", 100)


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_the_summary_is_the_same_however_many_rows_are_held_at_once(long_csv: Path, form: str) -> None:
    in_parts = siptrack("analyse", long_csv, *SUMMARY, "--format", form)
    with patch("siptrack.many.summed.sum_up", return_value=None):
        whole = siptrack("analyse", long_csv, *SUMMARY, "--format", form)

    assert in_parts.code == 0
    assert in_parts == whole
    assert "reading" in in_parts.out


def test_no_child_is_held_where_the_summary_alone_is_asked_for(long_csv: Path) -> None:
    with patch("siptrack.session.open_session", side_effect=AssertionError("all of it was read at once")):
        assert siptrack("analyse", long_csv, *SUMMARY, "--format", "csv").out.count("\n") == 1 + 6 * 2


def test_a_term_named_is_judged_in_parts_too(long_csv: Path) -> None:
    named = siptrack("analyse", long_csv, *SUMMARY, "--format", "csv", "--term", "Spring 2026")
    with patch("siptrack.many.summed.sum_up", return_value=None):
        whole = siptrack("analyse", long_csv, *SUMMARY, "--format", "csv", "--term", "Spring 2026")

    assert named == whole
    assert named != siptrack("analyse", long_csv, *SUMMARY, "--format", "csv")


def test_more_than_can_be_held_at_once_is_refused_with_the_way_round(
    long_csv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "MOST_HELD_CELLS", 1_000)
    refused = siptrack("analyse", long_csv, "--school", "all")

    assert refused.code == 3
    assert "--school all --table summary sums it up" in refused.err
    assert siptrack("analyse", long_csv, *SUMMARY).code == 0


@needs_pyarrow
@pytest.mark.parametrize(
    "asked", [("--school", "all"), ("--school", "School 1"), SUMMARY], ids=["all", "one school", "summary"]
)
def test_a_parquet_file_gives_what_the_same_csv_file_gives(long_csv: Path, asked: tuple[str, ...]) -> None:
    import pyarrow as pa
    from pyarrow.parquet import write_table

    columns = dict(zip(HEADINGS, zip(*rows(), strict=True), strict=True))
    arrays = {name: pa.array(cells) for name, cells in columns.items()}
    arrays["Year group"] = arrays["Year group"].cast(pa.int8())
    write_table(pa.table(arrays), long_csv.with_suffix(".parquet"), row_group_size=70)

    of_csv = siptrack("analyse", long_csv, *asked, "--format", "json")
    of_parquet = siptrack("analyse", long_csv.with_suffix(".parquet"), *asked, "--format", "json")

    assert of_parquet.code == of_csv.code == 0
    assert of_parquet.out == of_csv.out.replace("results.csv", "results.parquet")
    if asked != SUMMARY:
        assert json.loads(of_parquet.out)["progress"][0]["place"]["file"] == "results.parquet"


def test_schools_are_told_the_same_whether_their_rows_are_taken_by_columns_or_made(
    long_csv: Path, tmp_path: Path
) -> None:
    made = {}
    for name, found in (("columns", parts.in_parts), ("rows", lambda *_: None)):
        with patch("siptrack.reading.schools_apart.in_parts", found):
            judging._apart.cache_clear()
            run = siptrack("schools", long_csv, "-o", tmp_path / name, "--workers", "1")
        made[name] = run.code, run.out, (tmp_path / name / "schools.json").read_text(encoding="utf-8")

    assert made["columns"][0] == 0
    assert made["columns"] == made["rows"]
    assert "5 of 5 schools judged" in made["columns"][1]


def test_a_row_keeps_its_number_where_its_school_alone_is_read(long_csv: Path) -> None:
    apart = take_apart(read_files([long_csv]), load())
    last = read.read(apart.files_of("School 4"), load(), school="School 4").frame("results")

    assert apart.label is not None
    assert sorted(last["row"].tolist()) == list(range(2 + 32 * 6, 2 + 40 * 6))
