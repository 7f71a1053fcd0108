"""The invented files of many pupils that the benchmarks measure, and the least that a program would do with one."""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

SUBJECTS = ("Reading", "Writing", "Maths")
TERMS = ("Autumn 2025", "Spring 2026", "Summer 2026")
GRADES = ("WTS", "EXS", "GDS")
PUPILS_OF_A_SCHOOL = 410
_ABOUT = ("School", "UPN", "Surname", "Forename", "Year group", "Gender", "FSM", "EAL")
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # the first of a UPN, which checks the digits


def _upn(number: int) -> str:
    digits = f"{number:012d}"
    return _LETTERS[sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % len(_LETTERS)] + digits


def _pupils(count: int):
    """What is said of each pupil, and the grades in each subject, term by term."""
    chance = random.Random(1)
    for pupil in range(count):
        school, at = f"School {pupil // PUPILS_OF_A_SCHOOL:03d}", chance.choice((0, 1, 1, 1, 2))
        groups = ("FM"[pupil % 2], chance.choice("YNNN"), chance.choice("YNNNN"))
        about = (school, _upn(pupil), f"Surname{pupil % 900}", f"Forename{pupil % 700}", 1 + pupil % 6, *groups)
        moved = (at + chance.choice((-1, 0, 0, 0, 1)) for _ in SUBJECTS for _ in TERMS)
        yield about, [GRADES[min(2, max(0, one))] for one in moved]


def make_long(path: Path, pupils: int) -> None:
    """A row for each result: nine a pupil."""
    what = [(subject, term) for subject in SUBJECTS for term in TERMS]
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([*_ABOUT, "Subject", "Term", "Result"])
        for about, grades in _pupils(pupils):
            writer.writerows([*about, *of, grade] for of, grade in zip(what, grades, strict=True))


def make_wide(folder: Path, pupils: int, files: int = 1) -> None:
    """A row for each pupil, spread over so many files."""
    headings = [*_ABOUT, *(f"{subject} {term}" for subject in SUBJECTS for term in TERMS)]
    folder.mkdir()
    streams = [(folder / f"part {at:03d}.csv").open("w", newline="", encoding="utf-8") for at in range(files)]
    writers = [csv.writer(stream) for stream in streams]
    for writer in writers:
        writer.writerow(headings)
    for at, (about, grades) in enumerate(_pupils(pupils)):
        writers[at * files // pupils].writerow([*about, *grades])
    for stream in streams:
        stream.close()


def make_parquet(path: Path) -> Path:
    """The same rows as texts in a Parquet file beside the CSV file."""
    from pyarrow import csv as reading
    from pyarrow import parquet, string

    made = path.with_suffix(".parquet")
    texts = {name: string() for name in (*_ABOUT, "Subject", "Term", "Result")}
    options = reading.ConvertOptions(column_types=texts)
    with reading.open_csv(path, convert_options=options) as rows, parquet.ParquetWriter(made, rows.schema) as writer:
        for batch in rows:
            writer.write_batch(batch)
    return made


def by_hand(path: str) -> None:
    """The first and the latest result of each pupil in each subject, and one table a group, by duckdb."""
    import duckdb

    held = duckdb.connect()
    terms = " ".join(f"when '{term}' then {at}" for at, term in enumerate(TERMS))
    rows = f"'{path}'" if path.endswith(".parquet") else f"read_csv('{path}', all_varchar=true, header=true)"
    grades = " ".join(f"when '{grade}' then {at}" for at, grade in enumerate(GRADES))
    held.execute(
        f'create table results as select "UPN" upn, "Subject" subject, "Gender" gender, "FSM" fsm, "EAL" eal, '
        f'"Year group" year_group, case "Term" {terms} end term, case "Result" {grades} end points '
        f"from {rows}"
    )
    groups = ("gender", "fsm", "eal", "year_group")
    said = ", ".join(f"any_value({group}) {group}" for group in groups)
    held.execute(
        f"create table journeys as select upn, subject, {said}, arg_min(points, term) first, "
        "arg_max(points, term) last from results group by upn, subject"
    )
    for group in groups:
        held.execute(
            f"select subject, {group}, count(*), sum((last >= 1)::int), sum((last < first)::int) "
            f"from journeys group by subject, {group}"
        ).fetchall()


if __name__ == "__main__":
    by_hand(sys.argv[1])
