"""From files to a register: which files, which rows, who is on roll, and a ledger that balances."""

from __future__ import annotations

from pathlib import Path

import pytest
from school_files import aside, groups, problems, register_of, results, usual_rules

from siptrack.reading.files import read_files
from siptrack.reading.read import read
from siptrack.school.errors import ExitCode, InputError
from siptrack.school.register import STILL_HERE, Ledger, SetAside
from siptrack.school.term import Season, Term

AUTUMN_2025 = Term(2025, Season.AUTUMN).number
SPRING_2026 = Term(2025, Season.SPRING).number
SUMMER_2026 = Term(2025, Season.SUMMER).number

TABLE = "Adno,Reading Autumn 2025\nA1,EXS\n"


def on_roll(register) -> dict[str, tuple[int, int]]:
    pupils = register.pupils
    return dict(zip(pupils["pupil"], zip(pupils["on_roll_from"], pupils["on_roll_until"], strict=True), strict=True))


# --- which files ------------------------------------------------------------------------------------------------------


def test_a_folder_gives_its_spreadsheets_and_not_its_locks_hidden_files_or_letters(tmp_path):
    for name in ("b.csv", "a.CSV", "~$b.csv", ".c.csv", "letter.docx", "notes.txt"):
        (tmp_path / name).write_text(TABLE, encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()

    assert read([tmp_path], usual_rules()).ledger.files == ("a.CSV", "b.csv")


def test_a_file_named_twice_is_read_once(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")

    register = read([path, tmp_path, path], usual_rules())

    assert (register.ledger.files, register.ledger.rows_read) == (("a.csv",), 1)


def test_standard_input_is_a_file_by_that_name():
    register = read(read_files([Path("-")], TABLE.encode), usual_rules())

    assert register.ledger.files == ("standard input",)
    assert results(register) == ["A1, reading, Autumn 2025: EXS"]


def test_one_file_that_cannot_be_used_is_a_problem_and_the_others_are_read(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")

    register = read([tmp_path / "a.csv", tmp_path / "gone.csv"], usual_rules())

    assert results(register) == ["A1, reading, Autumn 2025: EXS"]
    assert [(problem.code, problem.place.label, problem.found) for problem in register.unusable] == [
        ("file-unusable", "gone.csv", "there is no such file")
    ]
    assert set(register.unusable) <= set(register.problems)


def test_no_file_that_can_be_used_is_an_error_that_names_each(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b" \n")

    with pytest.raises(InputError) as refused:
        read([tmp_path / "empty.csv", tmp_path / "gone.csv"], usual_rules())

    assert refused.value.exit_code is ExitCode.INPUT
    assert [line.split(";", maxsplit=1)[0] for line in refused.value.lines] == [
        "empty.csv: it is empty",
        "gone.csv: there is no such file",
    ]


def test_a_folder_without_spreadsheets_says_what_to_give(tmp_path):
    with pytest.raises(InputError, match="No spreadsheet was found"):
        read([tmp_path], usual_rules())


def test_what_is_in_a_file_counts_and_not_what_it_is_called(tmp_path):
    (tmp_path / "a.xlsx").write_text(TABLE, encoding="utf-8")

    assert results(read([tmp_path / "a.xlsx"], usual_rules())) == ["A1, reading, Autumn 2025: EXS"]


def test_a_guessed_encoding_is_reported(tmp_path):
    (tmp_path / "a.csv").write_bytes("Name,Reading Autumn 2025\nZoë,EXS\n".encode("cp1252"))

    register = read([tmp_path / "a.csv"], usual_rules())

    assert (register.pupils["surname"].tolist(), problems(register)) == (["Zoë"], ["guessed-encoding at a.csv"])


# --- layouts ----------------------------------------------------------------------------------------------------------


def test_wide_and_long_sheets_come_out_alike():
    wide = register_of("Adno | Reading Autumn 2025 | Maths Autumn 2025\nA1 | EXS | GDS\nA2 | WTS | .")
    long = register_of("""
        Adno | Subject | Term        | Result
        A1  | Reading | Autumn 2025 | EXS
        A1  | Maths   | Autumn 2025 | GDS
        A2  | Reading | Autumn 2025 | WTS
    """)

    assert results(long) == results(wide)
    assert long.pupils.equals(wide.pupils)


def test_two_columns_that_mean_the_same_are_both_left_out_and_named():
    register = register_of("Adno | Reading Autumn 2025 | Aut 25 Reading | Maths Autumn 2025\nA1 | EXS | GDS | WTS")

    assert results(register) == ["A1, maths, Autumn 2025: WTS"]
    assert [(problem.code, problem.place.label, problem.found) for problem in register.problems] == [
        (
            "heading-clash",
            "school.csv, cell B1",
            "2 columns that mean the same: 'Reading Autumn 2025' and 'Aut 25 Reading'",
        )
    ]


def test_each_result_keeps_the_cell_it_stood_in():
    register = register_of("Adno | Class | Reading Autumn 2025\nA1 | 5K | EXS\nA2 | 5K | WTS")

    assert register.results[["file", "row", "column"]].to_numpy().tolist() == [
        ["school.csv", 2, 3],
        ["school.csv", 3, 3],
    ]


def test_next_summers_targets_move_no_child_into_the_next_school_year():
    alone = register_of(
        {
            "List.csv": "Adno | Year group | Class\nA1 | 4 | 4T",
            "Results.csv": "Adno | Year group | Class | Reading Summer 2026\nA1 | 4 | 4T | EXS",
            "Targets.csv": "Adno | Class | Reading target Summer 2027\nA1 | 4T | GDS",
        }
    )
    beside = register_of(
        "Adno | Year group | Class | Reading Summer 2026 | Reading target Summer 2027\nA1 | 4 | 4T | EXS | GDS"
    )

    for register in (alone, beside):
        placed = register.placements[["academic_year", "year_group", "class"]].to_numpy().tolist()
        assert placed == [[2025, 4, "4T"]]
        assert [Term.numbered(number).label for number in register.targets["term"]] == ["Summer 2027"]


def test_a_target_is_kept_apart_from_the_results():
    register = register_of("Adno | Reading Autumn 2025 | Reading target Summer 2026\nA1 | EXS | GDS")

    assert results(register) == ["A1, reading, Autumn 2025: EXS"]
    assert register.targets[["pupil", "subject", "term", "grade"]].to_numpy().tolist() == [
        ["A1", "reading", SUMMER_2026, "GDS"]
    ]
    assert (register.ledger.results_read, register.ledger.results_used) == (1, 1)


def test_the_order_of_files_rows_and_columns_changes_nothing():
    one = register_of(
        {
            "a.csv": "Adno | Name | FSM | Reading Autumn 2025\nA1 | Ash | Y | EXS\nA2 | Beech | N | WTS",
            "b.csv": "Adno | Reading Spring 2026 | Name\nA1 | GDS | Ash\nA2 | EXS | Beech",
        }
    )
    other = register_of(
        {
            "b.csv": "Name | Adno | Reading Spring 2026\nBeech | A2 | EXS\nAsh | A1 | GDS",
            "a.csv": "Reading Autumn 2025 | FSM | Adno | Name\nWTS | N | A2 | Beech\nEXS | Y | A1 | Ash",
        }
    )

    assert other.pupils.equals(one.pupils)
    assert other.placements.equals(one.placements)
    assert results(other) == results(one)
    assert other.ledger._replace(columns=()) == one.ledger._replace(columns=())
    assert {(use.file, use.heading, use.used_as) for use in other.ledger.columns} == {
        (use.file, use.heading, use.used_as) for use in one.ledger.columns
    }


# --- the ledger -------------------------------------------------------------------------------------------------------


def test_every_row_is_used_or_set_aside_with_its_reason():
    register = register_of("""
        Adno | Name  | Reading Autumn 2025
        A1  | Ash   | EXS
        .   | .     | WTS
        .   | Total | 2
        .   | .     | .
        Average | . | 3
        A2  | Beech | GDS
    """)

    assert register.ledger._replace(columns=()) == Ledger(
        files=("school.csv",),
        rows_read=5,
        rows_used=2,
        results_read=2,
        results_used=2,
        set_aside=(SetAside("rows", "no pupil named", 1), SetAside("rows", "total, average or note", 2)),
    )
    assert register.ledger.balances()
    assert problems(register) == ["no-pupil at school.csv, row 3"]


@pytest.mark.parametrize("note", ["Key: WTS = working towards", "Note: as at 12 December", "Total (24 children)"])
def test_a_note_below_the_pupils_is_no_pupil(note):
    register = register_of(f"Name | Reading Autumn 2025\nAsh | EXS\n{note} | .")

    assert register.pupils["surname"].tolist() == ["Ash"]


def test_a_sheet_without_pupils_is_set_aside_row_by_row():
    register = register_of(
        {"a.csv": "Adno | Reading Autumn 2025\nA1 | EXS", "b.csv": "Term dates | .\n3 September | INSET"}
    )

    assert problems(register) == ["sheet-unused at b.csv"]
    assert aside(register) == {"rows: in a sheet without pupils": 2}
    assert (register.ledger.rows_read, register.ledger.rows_used) == (3, 1)
    assert register.ledger.balances()


# --- who is on roll ---------------------------------------------------------------------------------------------------


def test_a_child_in_the_pupil_list_is_still_here():
    register = register_of({"list.csv": "Adno | Class\nA1 | 5K", "Autumn 2025.csv": "Adno | Reading\nA1 | EXS"})

    assert on_roll(register) == {"A1": (AUTUMN_2025, STILL_HERE)}


def test_a_child_who_is_not_in_the_pupil_list_was_here_until_the_last_result():
    register = register_of(
        {
            "list.csv": "Adno | Class\nA1 | 5K",
            "a.csv": "Adno | Reading Autumn 2025 | Reading Spring 2026\nA1 | EXS | EXS\nA2 | WTS | .",
        }
    )

    assert on_roll(register) == {"A1": (AUTUMN_2025, STILL_HERE), "A2": (AUTUMN_2025, AUTUMN_2025)}
    assert problems(register) == []


def test_children_with_new_results_who_are_not_in_the_list_are_counted_and_not_named():
    register = register_of(
        {"list.csv": "Adno | Class\nA1 | 5K", "Autumn 2025.csv": "Adno | Reading\nA1 | EXS\nA2 | WTS"}
    )

    assert [(problem.code, problem.found) for problem in register.problems] == [
        ("not-in-list", "1 pupils with results in the newest term who are not listed")
    ]


def test_a_status_or_leaving_date_in_the_list_says_who_has_left():
    register = register_of(
        {
            "list.csv": "Adno | Status | Leaving date\nA1 | Active | .\nA2 | Left | .\nA3 | Active | 20/02/2026",
            "Autumn 2025.csv": "Adno | Reading\nA1 | EXS\nA2 | EXS\nA3 | EXS",
        }
    )

    until = {pupil: last for pupil, (_, last) in on_roll(register).items()}
    assert until["A1"] == STILL_HERE
    assert until["A2"] <= AUTUMN_2025
    assert until["A3"] == SPRING_2026


def test_without_a_list_a_row_in_the_newest_sheet_is_a_child_on_roll_with_or_without_a_result():
    register = register_of("Adno | Reading Autumn 2025 | Reading Spring 2026\nA1 | EXS | EXS\nA2 | EXS | .")

    assert on_roll(register) == {"A1": (AUTUMN_2025, SPRING_2026), "A2": (AUTUMN_2025, SPRING_2026)}


def test_the_year_group_is_the_one_of_each_academic_year():
    register = register_of(
        {
            "Summer 2025.csv": "Adno | Year | Class | Reading\nA1 | 4 | 4K | EXS",
            "Autumn 2025.csv": "Adno | Year | Class | Reading\nA1 | 5 | 5K | EXS",
        }
    )

    assert register.placements.to_numpy().tolist() == [["A1", 2024, 4, "4K"], ["A1", 2025, 5, "5K"]]


def test_two_year_groups_in_one_year_are_reported():
    register = register_of(
        {
            "Autumn 2025.csv": "Adno | Year | Reading\nA1 | 4 | EXS",
            "Spring 2026.csv": "Adno | Year | Reading\nA1 | 5 | EXS",
        }
    )

    assert register.placements["year_group"].tolist() == [5]
    assert problems(register) == ["year-group-clash at Autumn 2025.csv, row 2"]


def test_a_characteristic_that_no_file_records_has_no_column():
    register = register_of("Adno | FSM | Reading Autumn 2025\nA1 | Y | EXS")

    assert groups(register, "fsm") == {"A1": "fsm"}
    assert "gender" not in register.pupils.columns
