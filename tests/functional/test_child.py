"""`siptrack child`: the page of one child, how the child is found, and that every place on the page is right."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from running import SAMPLES, SCHOOLS, analysed, names_in
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

from rule_lines import holds
from shipped import shipped_schema
from siptrack.analysis.analyse import analyse
from siptrack.documents.child.facts import ChildPage, CitedRule, Written
from siptrack.documents.child.rows import child_rows
from siptrack.documents.child.view import page_of
from siptrack.reading.files import read_files
from siptrack.session import open_rules, open_session

LEVELS, TODAY = SAMPLES / "levels", SAMPLES / "today"
MAXWELL = ("child", LEVELS, "Cedar, Maxwell")


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_child_has_one_page_with_the_verdicts_the_grades_how_sure_and_what_to_ask():
    run = siptrack(*MAXWELL)

    assert (run.code, run.err) == (0, "")
    assert len(run.out.splitlines()) <= 45
    for said in (
        "Cedar, Maxwell: Year 3, class 3K\nSummer 2009 · boy\nProgress: insufficient in writing; as expected in",
        "Writing  1c -4        1b -4        1a -4        1a -5        1a -6        1a -7",
        "Writing: 1a, well below expectations",
        "Progress this year and since the start of Key Stage 2 is insufficient: 1a in Summer 2008, still 1a now",
        "  What does the work of Summer 2009 in writing show that the work of Summer 2008 does not?",
        "Behind this page: 18 results, 4 flags and 10 rules (--detail, --why).",
    ):
        assert said in run.out


def test_in_detail_every_result_has_its_cell_and_the_rules_stand_at_the_end():
    run = siptrack(*MAXWELL, "--detail")

    for said in (
        "Autumn 2007  Year 2  1c          7    11         -4  below       Autumn 2007.xlsx, sheet 2B, cell G9",
        "from 1a to 4b or more, 15 points in 9 terms (1.7 a term; 0 a term so far)",
        "    Summer 2009: 1a, from '1a' in Summer 2009.xlsx, sheet 3K, cell G9",
        "The rules behind this page",
        "  flags.yaml, line 7 (insufficient-year): Less progress this year than was expected",
        "  scales/nc-levels.yaml, line 96 (reference line of nc-levels): 18 points are expected in Summer",
    ):
        assert said in run.out


def test_why_alone_prints_the_chain_and_no_journey():
    run = siptrack(*MAXWELL, "--why")

    assert run.code == 0
    assert "  cell: Summer 2009: 1a, from '1a'" in run.out
    assert "  rule: flags.yaml, line 7 (insufficient-year): Less progress this year than was expected" in run.out
    assert "\ninsufficient-year: Writing" in run.out
    assert "Progress this year and since the start of Key Stage 2 is accelerated" in run.out  # maths
    assert "Grade by term" not in run.out
    assert "At expectations by" not in run.out


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_the_same_child_gives_the_same_bytes(form):
    first, second = (in_its_own_process(*MAXWELL, "--format", form, hash_seed=seed) for seed in ("1", "2"))

    assert first == second


def test_the_page_as_json_keeps_its_schema_and_says_what_the_screen_says():
    run = siptrack(*MAXWELL, "--format", "json")

    document = json.loads(run.out)
    jsonschema.Draft202012Validator.check_schema(shipped_schema("child"))
    jsonschema.validate(document, shipped_schema("child"))
    writing = next(one for one in document["child"]["subjects"] if one["subject"] == "writing")
    assert [flag["code"] for flag in writing["flags"]] == [
        *("insufficient-year", "insufficient-key-stage", "no-movement", "well-below"),
    ]
    assert writing["flags"][0]["evidence"][1] == {
        "term": "Summer 2009",
        "grade": "1a",
        "text": "1a",
        "place": {"file": "Summer 2009.xlsx", "sheet": "3K", "cell": "G9"},
    }


def test_the_page_as_markdown_has_the_place_of_every_result_in_detail():
    run = siptrack(*MAXWELL, "--format", "markdown", "--detail")

    assert run.out.startswith("# Cedar, Maxwell: Year 3, class 3K\n")
    assert run.out.count("| Summer 2009.xlsx, sheet 3K, cell ") == 3


def test_a_page_is_written_to_a_file_and_never_over_another(tmp_path):
    path = tmp_path / "page.txt"
    first, second, third = (siptrack(*MAXWELL, "-o", path, *more) for more in ((), (), ("--force",)))

    assert (first.code, second.code, third.code) == (0, 5, 0)
    assert path.read_text(encoding="utf-8") == siptrack(*MAXWELL).out


# --- finding the child ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "begins"), [("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("md", b"# "), ("json", b"{"), ("txt", b"")]
)
def test_the_ending_of_the_file_tells_the_form(tmp_path, ending, begins):
    path = tmp_path / f"page.{ending}"

    assert siptrack(*MAXWELL, "-o", path).code == 0
    assert path.read_bytes().startswith(begins)
    assert (b"\n\nTo ask\n" in path.read_bytes()) is (ending == "txt")


@pytest.mark.parametrize("who", ["Z999200105017", "maxwell cedar", "CEDAR, MAXWELL", "maxw ced", "Cedar Max"])
def test_a_child_is_found_by_upn_name_or_part_of_a_name(who):
    run = siptrack("child", LEVELS, who)

    assert run.out.startswith("Cedar, Maxwell: ")


def test_where_nobody_fits_those_who_come_near_are_listed_in_the_output_and_nobody_on_standard_error():
    child = analysed("levels")["pupils"][0]
    run = siptrack("child", LEVELS, f"{child['surname']}x, {child['forename']}")

    assert (run.code, run.out.startswith("No child fits. ")) == (2, True)
    assert f"{child['surname']}, {child['forename']}" in run.out
    assert run.err == "No child fits, and some come near. Choose one by the key in the first column of the list.\n"


def test_several_who_fit_are_listed_in_the_output_and_nobody_on_standard_error():
    run = siptrack("child", TODAY, "Oliver Finch")

    assert run.code == 2
    assert "Y999200123008  Finch, Oliver  Year 2  2F" in run.out
    assert "B999200120007  Finch, Oliver  Year 5  5/6P" in run.out
    assert run.err == "2 children fit. Choose one by the key in the first column of the list.\n"


def test_two_children_of_one_name_have_each_their_own_page():
    pages = [siptrack("child", TODAY, key).out for key in ("Y999200123008", "B999200120007")]

    assert [page.split("\n")[0] for page in pages] == [
        "Finch, Oliver (Y999200123008): Year 2, class 2F",
        "Finch, Oliver (B999200120007): Year 5, class 5/6P",
    ]


def test_nobody_found_is_said_with_what_to_do_and_without_anybodys_name():
    run = siptrack("child", TODAY, "Nemo")

    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("No child fits 'Nemo'.")
    assert "--table pupils" in run.err
    assert [name for name in names_in(analysed("today")["pupils"]) if len(name) > 3 and name in run.err] == []


def test_a_child_who_left_is_found_and_the_term_is_named_in_which_there_is_a_page():
    run = siptrack("child", TODAY, "O'Rowan, Jean-Luc")
    then = siptrack("child", TODAY, "O'Rowan, Jean-Luc", "--term", "Spring 2026")

    assert (run.code, run.out) == (2, "")
    assert run.err.endswith('For the page as of then, add --term "Spring 2026".\n')
    assert "Rowan" not in run.err
    assert (then.code, then.out.split("\n")[1]) == (0, "Spring 2026")


def test_a_child_without_a_upn_is_found_by_name_and_listed_with_a_key_that_finds_the_same():
    run = siptrack("child", TODAY, "Lopata")
    key = json.loads(siptrack("child", TODAY, "Lopata", "--format", "json").out)["child"]["pupil"]

    assert run.out.startswith("Łopata-Green, Łucja: Year 5")
    assert siptrack("child", TODAY, key).out == run.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([TODAY], "the child comes last"),
        ([TODAY, LEVELS], "the child comes last"),
        (["Cedar"], "The files to read are missing"),
        ([TODAY, " "], "The child's name is empty"),
        ([TODAY, "Cedar", "--why", "--format", "json"], "--why is for the screen"),
    ],
)
def test_a_word_too_few_or_out_of_place_is_said_with_what_to_do(words, said):
    run = siptrack("child", *words)

    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_a_child_in_a_csv_from_standard_input_has_a_page():
    small = b"Surname,Forename,Year,Class,Reading Autumn 2024,Reading Summer 2025\r\nThistledown,=1+1,5,5K,EXS,WTS\r\n"
    run = in_its_own_process("child", "-", "thistledown", "--detail", stdin=small)

    assert run.code == 0
    assert "Summer 2025: WTS, from 'WTS' in" in run.out


def test_data_with_no_result_ends_as_analyse_does(tmp_path):
    path = tmp_path / "roll.csv"
    path.write_text("Surname,Forename,Class\nThistledown,Tobermory,5K\n", encoding="utf-8")

    run = siptrack("child", path, "Thistledown")

    assert run.code == siptrack("analyse", path).code == 6
    assert "Thistledown" not in run.err


# --- every place and every rule line ----------------------------------------------------------------------------------


@cache
def pages(school: str) -> tuple[ChildPage, ...]:
    paths = [SAMPLES / school]
    opened = open_session(read_files(paths), open_rules(paths))
    analysis = analyse(opened.register, opened.rules, opened.term)
    pupils = [str(pupil) for pupil in analysis.pupils["pupil"]]
    every = child_rows(analysis, opened.rules, pupils)
    return tuple(page_of(pupil, every) for pupil in pupils)


def cells_on(page: ChildPage) -> Iterator[Written]:
    for subject in page.subjects:
        yield from (one.written for one in subject.results if one.written)
        yield from (cell for one in (*subject.flags, *subject.progress) for cell in one.evidence)


def rules_on(page: ChildPage) -> Iterator[CitedRule]:
    for subject in page.subjects:
        yield from (rule for one in (*subject.flags, *subject.progress) for rule in one.rules)


@cache
def rows_of(path: Path) -> dict[str, list[list[object]]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {"": [list(row) for row in csv.reader(file)]}
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_cell_on_every_page_holds_the_text_that_is_told_and_is_in_the_childs_own_row(school):
    wrong, count = [], 0
    for page in pages(school):
        for cell in cells_on(page):
            row = rows_of(SAMPLES / school / cell.place.file)[cell.place.sheet][cell.place.row - 1]
            there, names = row[cell.place.column - 1], page.name.partition(" (")[0].split(", ")
            whole = " ".join(map(str, row))
            count += 1
            if str(there) != cell.text or not all(name in whole for name in names):
                wrong.append(cell.place.label)

    assert count > 3000
    assert wrong == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_rule_on_every_page_stands_on_the_line_that_is_told(school):
    cited = {rule for page in pages(school) for rule in rules_on(page)}

    assert len(cited) > 20
    assert sorted(str(rule.mark) for rule in cited if not holds(rule)) == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_pages_together_say_every_flag_that_the_analysis_says(school):
    said = {
        (page.pupil, subject, flag.code)
        for page in pages(school)
        for subject, flags in (
            *((journey.subject, journey.flags) for journey in page.subjects),
            *((journey.kind, journey.flags) for journey in page.ages),
        )
        for flag in flags
    }

    assert said == {(flag["pupil"], flag["subject"], flag["code"]) for flag in analysed(school)["flags"]}


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_verdicts_on_the_pages_are_those_of_the_progress_table(school):
    said = {
        (page.pupil, subject.subject, window.window, window.verdict, window.progress)
        for page in pages(school)
        for subject in page.subjects
        for window in subject.progress
    }

    table = analysed(school)["progress"]
    assert said == {tuple(row[key] for key in ("pupil", "subject", "window", "verdict", "progress")) for row in table}


def test_the_chain_in_the_manual_is_the_one_printed_today():
    manual = (SAMPLES.parent / "docs" / "child.md").read_text(encoding="utf-8")
    chain = next(block for block in manual.split("```") if "no-movement" in block)

    assert chain.strip("\n") in siptrack(*MAXWELL, "--why").out


def test_a_saved_ruler_gives_the_same_page_with_the_lines_of_its_own_files(tmp_path):
    saved = tmp_path / "ruler.yaml"
    siptrack("rules", "--save", saved)

    assert siptrack(*MAXWELL, "--ruler", saved).out == siptrack(*MAXWELL).out


def test_in_files_that_name_no_year_the_terms_can_be_named_as_the_report_names_them(tmp_path):
    path = tmp_path / "tracker.csv"
    path.write_text("Surname,Forename,Year,Autumn Reading,Spring Reading\nLinnet,Una,5,EXS,\nSwift,Ben,5,EXS,EXS\n")

    earlier = siptrack("child", path, "Ben", "--term", "Autumn, this year")
    before = siptrack("child", path, "Ben", "--term", "Summer, last year")

    assert earlier.code == 0
    assert "Autumn, this year" in earlier.out
    assert before.code == 2
    assert '--term "Autumn, this year"' in before.err
