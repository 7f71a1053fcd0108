"""A school's record of actions: whose each is, of which meeting, by when, and what is never guessed."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from school_files import as_csv, problems, register_of, results, usual_rules

from siptrack.reading.read import read
from siptrack.school.term import Season, Term

RESULTS = """
    UPN           | Surname | Forename | Class | Reading Autumn 2025 | Reading Spring 2026
    H801200001001 | Alder   | Ann      | 5K    | EXS                 | WTS
    .             | Beech   | Bob      | 5K    | EXS                 | EXS
    .             | Cedar   | Cleo     | 5K    | EXS                 | EXS
    .             | Cedar   | Cleo     | 4M    | WTS                 | EXS
"""
SPRING, SUMMER, NEXT_AUTUMN = (
    Term(2025, Season.SPRING).number,
    Term(2025, Season.SUMMER).number,
    Term(2026, Season.AUTUMN).number,
)


def school(actions: str, name: str = "Meeting Spring 2026.csv"):
    return register_of({"Results.csv": RESULTS, name: actions})


def whose(register) -> list[str]:
    return [f"{pupil}: {action}" for pupil, action in register.actions[["pupil", "action"]].itertuples(index=False)]


def only(register) -> dict[str, object]:
    (row,) = register.actions.to_dict("records")
    return row


def codes(register) -> list[str]:
    return [problem.code for problem in register.problems if problem.code.startswith("action-")]


@pytest.mark.parametrize(
    "row",
    [
        "Alder, Ann | . | Read daily",
        "Ann Alder | . | Read daily",
        "ALDER  ann | 5K | Read daily",
        "H801200001001 | . | Read daily",
    ],
)
def test_a_child_is_found_by_full_name_whichever_way_round_or_by_number(row):
    assert whose(school(f"Pupil | Class | Action\n{row}")) == ["H801200001001: Read daily"]


def test_of_two_children_of_one_name_the_class_says_which():
    register = school("Pupil | Class | Action\nCedar, Cleo | 4M | Read daily")

    assert whose(register) == ["Cedar, Cleo (4M): Read daily"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Cedar, Cleo | . | Read daily", "action-two-pupils"),
        ("Ann | . | Read daily", "action-no-pupil"),
        ("Ann Alder and Bob Beech | . | Read daily", "action-no-pupil"),
        (". | 5K | Read daily", "action-no-pupil"),
        ("Nobody Known | . | Read daily", "action-no-pupil"),
    ],
)
def test_a_row_that_is_not_about_one_known_child_is_a_problem_with_its_place_and_never_guessed(row, code):
    register = school(f"Pupil | Class | Action\n{row}")

    assert whose(register) == []
    (problem,) = [one for one in register.problems if one.code == code]
    assert (problem.place.file, problem.place.row) == ("Meeting Spring 2026.csv", 2)
    assert "Ann" not in problem.found


def test_a_number_of_one_child_beside_the_name_of_another_fits_two():
    register = school("UPN | Pupil | Action\nH801200001001 | Beech, Bob | Read daily")

    assert codes(register) == ["action-two-pupils"]


def test_a_record_of_actions_changes_nothing_in_the_results():
    alone = register_of({"Results.csv": RESULTS})
    register = school("""
        Pupil      | Subject | Action     | Outcome | Status | Date
        Alder, Ann | Reading | Read daily | EXS     | Left   | 01/01/2020
        Nobody     | Reading | Read daily | GDS     | .      | .
    """)

    assert results(register) == results(alone)
    assert register.pupils.to_dict("records") == alone.pupils.to_dict("records")
    assert register.placements.to_dict("records") == alone.placements.to_dict("records")
    assert register.ledger.balances()
    assert register.ledger.rows_used == alone.ledger.rows_used + 1


def test_actions_beside_results_are_read_and_the_results_are_what_they_were():
    table = RESULTS.replace("Spring 2026\n", "Spring 2026 | Action | Who\n").replace(
        "EXS                 | WTS", "EXS | WTS | Read daily | Mrs Iris"
    )
    register = register_of({"Spring 2026.csv": table})

    assert results(register) == results(register_of({"Spring 2026.csv": RESULTS}))
    assert whose(register) == ["H801200001001: Read daily"]
    assert only(register)["who"] == "Mrs Iris"
    assert register.ledger.balances()


def test_beside_results_a_heading_that_is_known_means_there_what_it_always_means():
    register = register_of("""
        Pupil      | Class | Term        | Subject | Level | Status | Action
        Alder, Ann | 5K    | Spring 2026 | Reading | EXS   | Done   | Read daily
    """)

    assert results(register) == ["Alder, Ann (5K), reading, Spring 2026: EXS"]
    assert only(register)["status"] == ""


def test_everything_that_was_agreed_is_read():
    register = school("""
        Pupil      | Subject           | Barrier    | What will be done | By whom  | By when    | How it went | Status
        Alder, Ann | Reading and maths | Vocabulary | Read daily | Mrs Iris | 27/03/2026 | Reads more | In progress
    """)

    row = only(register)
    assert {name: row[name] for name in ("term", "subjects", "barrier", "action", "who", "by_when", "due")} == {
        "term": SPRING,
        "subjects": "reading, maths",
        "barrier": "Vocabulary",
        "action": "Read daily",
        "who": "Mrs Iris",
        "by_when": "27/03/2026",
        "due": SPRING,
    }
    assert (row["outcome"], row["status"], row["row"]) == ("Reads more", "under way", 2)


@pytest.mark.parametrize(
    ("by_when", "due"),
    [
        ("12 Jun 2026", SUMMER),
        ("Summer 2026", SUMMER),
        ("end of Summer", SUMMER),
        ("Autumn 1", NEXT_AUTUMN),
        ("Spring", SPRING),
    ],
)
def test_by_when_is_a_date_or_a_term_and_one_without_a_year_is_the_next_from_the_meeting_on(by_when, due):
    assert only(school(f"Pupil | Action | By when\nAlder, Ann | Read daily | {by_when}"))["due"] == due


@pytest.mark.parametrize("by_when", [".", "asap", "half term"])
def test_a_time_that_is_not_understood_is_kept_as_written_and_no_date(by_when):
    row = only(school(f"Pupil | Action | By when\nAlder, Ann | Read daily | {by_when}"))

    assert row["due"] != row["due"]  # missing
    assert row["by_when"] == by_when.strip(".")


def test_a_date_in_the_column_of_reviews_is_when_it_will_be_reviewed_and_no_outcome():
    row = only(school("Pupil | Action | Review\nAlder, Ann | Read daily | 12/06/2026"))

    assert (row["outcome"], row["due"]) == ("", SUMMER)


def test_a_status_that_is_not_known_is_words_about_how_it_went():
    row = only(school("Pupil | Action | Status\nAlder, Ann | Read daily | Helped a bit"))

    assert (row["status"], row["outcome"]) == ("", "Helped a bit")


def test_a_row_in_which_nothing_was_agreed_is_accounted_for_and_no_problem():
    register = school("Pupil | Barrier | Action\nAlder, Ann | Vocabulary | .")

    assert (whose(register), codes(register)) == ([], [])
    assert [one.reason for one in register.ledger.set_aside] == ["nothing agreed, in a record of actions"]


def test_a_record_that_names_no_term_is_read_and_said_to_name_none():
    register = school("Pupil | Action\nAlder, Ann | Read daily", "Our actions.csv")

    assert codes(register) == ["action-no-term"]
    assert only(register)["term"] != only(register)["term"]  # missing


def test_the_row_says_its_meeting_before_the_file_does():
    register = school("Pupil | Action | Date of meeting\nAlder, Ann | Read daily | 9 Dec 2025")

    assert only(register)["term"] == Term(2025, Season.AUTUMN).number


def test_a_childs_name_merged_over_several_rows_is_the_child_of_each(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Spring 2026"
    for row in (["Pupil", "Action"], ["Alder, Ann", "Read daily"], [None, "Spell daily"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "Actions.xlsx")
    (tmp_path / "Results.csv").write_text(
        "Surname,Forename,Class,Reading Spring 2026\nAlder,Ann,5K,EXS\n", encoding="utf-8"
    )

    assert [action.split(": ")[1] for action in whose(read([tmp_path], usual_rules()))] == ["Read daily", "Spell daily"]


def test_of_a_report_that_siptrack_wrote_nothing_is_read_but_the_actions(tmp_path):
    book = Workbook()
    meeting = book.active
    meeting.title = "Meeting 5K"
    for row in (
        ["5K (Year 5): Pupil progress meeting: Spring 2026 (school year 2025-26)"],
        ["Child", "What siptrack says", "What will be done", "By when", "Status", "Key"],
        ["Ann A.", "Reading, this year: ...", "Read daily", None, "Done", "H801200001001"],
        ["Beech, Bob", "...", None, None, None, "Beech, Bob (5K)"],
    ):
        meeting.append(row)
    children = book.create_sheet("Children")
    for row in (["UPN", "Surname", "Reading Spring 2026"], ["H801200001001", "Alder", "GDS"], ["X", "Nobody", "GDS"]):
        children.append(row)
    book.save(tmp_path / "Returned.xlsx")
    (tmp_path / "Results.csv").write_text(as_csv(RESULTS), encoding="utf-8")

    register = read([tmp_path], usual_rules())

    assert whose(register) == ["H801200001001: Read daily"]
    assert (only(register)["term"], only(register)["status"]) == (SPRING, "done")
    assert results(register) == results(register_of({"Results.csv": RESULTS}))
    assert len(register.pupils) == len(register_of({"Results.csv": RESULTS}).pupils)
    assert register.ledger.balances()


def test_a_school_adds_a_heading_of_its_own(tmp_path):
    from siptrack.rules.load import load

    settings = tmp_path / "siptrack.yaml"
    settings.write_text('actions: {headings: {action: {headings: ["Our promise"]}}}\n', encoding="utf-8")
    register = register_of(
        {"Results.csv": RESULTS, "Spring 2026.csv": "Pupil | Our promise\nAlder, Ann | Read daily"}, load(settings)
    )

    assert whose(register) == ["H801200001001: Read daily"]


def test_a_list_of_pupils_without_actions_is_no_record_of_them():
    assert problems(register_of({"Results.csv": RESULTS, "List.csv": "UPN | Status\nH801200001001 | On roll"})) != []
    assert len(register_of({"Results.csv": RESULTS}).actions) == 0
