"""The command line itself: forms, filters, exit codes, pipes, and the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys

import openpyxl
import pytest
from running import SAMPLES, SCHOOLS, analysed, names_in
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

TODAY, LEVELS = SAMPLES / "today", SAMPLES / "levels"
YEARS_AGO = (
    b"UPN,Surname,Forename,Class,Reading Autumn 2008,Reading Spring 2009,Reading Summer 2009\r\n"
    b"X999200120003,Thistledown,Tobermory,5K,3b,3a,4c\r\n"
)
TABLES = ("pupils", "progress", "flags", "summary", "groups", "gaps", "problems", "ledger", "set_aside")
HEAVY = ("pandas", "numpy", "openpyxl", "rich", "yaml")
SMALL = b"Surname,Forename,Class,Reading Autumn 2024,Reading Summer 2025\r\nThistledown,Tobermory,5K,EXS,WTS\r\n"


# --- forms and tables -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_the_same_in_csv_and_ndjson_and_has_its_headings_in_markdown(table):
    forms = {
        form: siptrack("analyse", TODAY, "--format", form, "--table", table) for form in ("csv", "ndjson", "markdown")
    }

    rows = list(csv.DictReader(io.StringIO(forms["csv"].out.removeprefix("\ufeff"))))
    lines = [json.loads(line) for line in forms["ndjson"].out.splitlines()]

    assert {(run.code, run.err) for run in forms.values()} == {(0, "")}
    assert len(rows) == len(lines)
    markdown = forms["markdown"].out.replace("\\", "")
    assert [name for name in (rows[0] if rows else ()) if name not in markdown and name != "ruler"] == []
    assert {row["ruler"] for row in rows} <= {markdown.rsplit("Rules: ")[1][:12]}
    assert rows or table in ("problems", "set_aside")


@pytest.mark.parametrize("table", ["pupils", "progress", "flags", "summary", "gaps", "problems"])
def test_a_table_as_csv_has_as_many_rows_as_the_json_has(table):
    run = siptrack("analyse", TODAY, "--format", "csv", "--table", table)

    assert len(list(csv.DictReader(io.StringIO(run.out)))) == len(analysed("today")[table])


def test_csv_without_a_table_is_a_mistake_that_lists_the_tables():
    run = siptrack("analyse", TODAY, "--format", "csv")

    assert (run.code, run.out) == (2, "")
    assert [table for table in TABLES if table not in run.err] == []


# --- filters ----------------------------------------------------------------------------------------------------------


def _chosen(*filters: str) -> dict[str, list[dict[str, object]]]:
    return json.loads(siptrack("analyse", TODAY, "--format", "json", *filters).out)


def test_year_keeps_that_year_group():
    document = _chosen("--year", "5")

    assert {pupil["year_group"] for pupil in document["pupils"]} == {5}
    assert {row["year_group"] for row in document["summary"]} == {5}


def test_years_may_be_given_again_and_written_as_teachers_do():
    assert {pupil["year_group"] for pupil in _chosen("--year", "Year 5", "--year", "Y6")["pupils"]} == {5, 6}


def test_class_keeps_that_class_whatever_its_capitals():
    name = str(analysed("today")["pupils"][0]["class"])

    assert {pupil["class"] for pupil in _chosen("--class", name.lower())["pupils"]} == {name}


def test_subject_keeps_that_subject():
    document = _chosen("--subject", "Writing")

    assert {row["subject"] for row in document["progress"]} == {"writing"}
    assert {row["subject"] for row in document["flags"]} == {"writing"}


def test_group_keeps_the_pupils_of_that_group():
    document = _chosen("--group", "fsm")

    wanted = {p["pupil"] for p in analysed("today")["pupils"] if p["characteristics"]["fsm"] == "fsm"}
    assert {pupil["pupil"] for pupil in document["pupils"]} == wanted


def test_filters_keep_verdicts_as_they_are():
    whole = {(row["pupil"], row["subject"], row["window"]): row["verdict"] for row in analysed("today")["progress"]}
    part = {(row["pupil"], row["subject"], row["window"]): row["verdict"] for row in _chosen("--year", "5")["progress"]}

    assert part == {key: whole[key] for key in part}
    assert part


def test_term_judges_an_earlier_term():
    document = _chosen("--term", "Autumn 2025")

    assert document["term"] == {"label": "Autumn 2025", "academic_year": "2025-26", "season": "autumn"}
    assert {row["term"] for row in document["progress"]} <= {"Autumn 2025", None}


def test_filters_that_leave_nothing_never_look_like_a_pass():
    run = siptrack("analyse", TODAY, "--term", "Autumn 2031")

    assert (run.code, run.out) == (6, "")
    assert run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "9"], "--year '9' is not a year group"),
        (["--class", "9Z"], "--class '9Z' is not in the data"),
        (["--subject", "latin"], "--subject 'latin' is not in the data"),
        (["--group", "tall"], "--group 'tall' is not a group"),
        (["--term", "winter"], "'winter' is not a term"),
        (["--fail-on", "everything"], "--fail-on 'everything' is not known"),
        (["--format", "xml"], "xml"),
        (["--table", "teachers"], "teachers"),
        (["--colour"], "--colour"),
    ],
)
def test_usage_errors_end_with_2_and_say_what_there_is(arguments, said):
    run = siptrack("analyse", TODAY, *arguments)

    assert (run.code, run.out) == (2, "")
    assert said in run.err


@pytest.mark.parametrize("arguments", [[], ["analyse"], ["analyze", "x.csv"]])
def test_no_job_or_an_unknown_one_ends_with_2(arguments):
    run = siptrack(*arguments)

    assert (run.code, run.out) == (2, "")
    assert "Usage" in run.err


# --- output and exit codes --------------------------------------------------------------------------------------------


def test_an_existing_file_is_not_written_over_without_force(tmp_path):
    output = tmp_path / "flags.csv"
    output.write_text("mine", encoding="utf-8")
    command = ("analyse", TODAY, "--format", "csv", "--table", "flags", "-o", output)

    refused = siptrack(*command)

    assert (refused.code, refused.out, output.read_text(encoding="utf-8")) == (5, "", "mine")
    assert "--force" in refused.err

    forced = siptrack(*command, "--force")

    assert (forced.code, forced.out) == (0, "")
    assert output.read_text(encoding="utf-8-sig").startswith("code,pupil,subject,")
    assert list(tmp_path.iterdir()) == [output]


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path):
    output = tmp_path / "report.json"

    run = siptrack("analyse", TODAY, "--format", "json", "-o", output)

    assert run.code == 0
    assert json.loads(output.read_bytes()) == analysed("today")
    assert os.name == "nt" or output.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path):
    run = siptrack("analyse", TODAY, "-o", tmp_path / "nowhere" / "report.txt")

    assert run.code == 5
    assert "report.txt" in run.err


def test_a_dash_reads_a_csv_from_standard_input():
    run = siptrack("analyse", "-", "--format", "json", stdin=SMALL)

    document = json.loads(run.out)
    assert (run.code, document["ledger"]["files"]) == (0, ["standard input"])
    assert [pupil["surname"] for pupil in document["pupils"]] == ["Thistledown"]


@pytest.mark.parametrize(
    "command",
    [
        *([name, "-"] for name in ("analyse", "check", "since", "audit", "plan", "questions", "review", "columns")),
        ["child", "-", "Thistledown"],
    ],
    ids=lambda command: command[0],
)
def test_results_of_years_ago_from_standard_input_are_read_once_and_judged_by_the_rules_of_then(command):
    run = siptrack(*command, stdin=YEARS_AGO)

    assert (run.code, run.err) == (0, "")
    assert "nc-levels" in run.out or "2009" in run.out


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [(["insufficient-year"], 1), (["fell-below", "errors"], 1), (["clear-gaps"], 0), (["errors"], 0), ([], 0)],
)
def test_fail_on_ends_with_1_only_for_what_it_names(fail_on, code):
    arguments = [part for what in fail_on for part in ("--fail-on", what)]

    assert siptrack("analyse", "-", *arguments, stdin=SMALL).code == code


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise on Windows")
@pytest.mark.parametrize("form", ["table", "json", "ndjson"])
def test_a_reader_who_has_seen_enough_is_no_error(form):
    command = [sys.executable, "-m", "siptrack", "analyse", str(TODAY), "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()  # as `| head -1` does, once it has its line
        said = running.stderr.read()

    assert (running.returncode, said) == (141, b"")


def test_explain_tells_the_meaning_of_every_flag_question_and_problem():
    listed = siptrack("explain")

    codes = [line.split()[0] for line in listed.out.splitlines() if line.startswith("  ")]
    assert (listed.code, listed.err) == (0, "")
    assert {"insufficient-year", "handover", "two-results"} <= set(codes)
    assert siptrack("explain", "fell-back").out.startswith("fell-back: A lower grade than last term.")
    assert "To ask: " in siptrack("explain", "handover").out
    assert siptrack("explain", "fell-bak").err.startswith(
        "'fell-bak' is not a flag, a question or a problem. Did you mean 'fell-back' or 'fell-below'?"
    )


# --- the same bytes, and no names where they do not belong ------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json"])
def test_the_seed_of_pythons_hashes_and_the_order_of_the_files_change_no_byte(form):
    files = sorted(LEVELS.glob("*.xlsx"))
    assert len(files) == 13

    runs = [
        in_its_own_process("analyse", *files, "--format", form, hash_seed="1"),
        in_its_own_process("analyse", *files[::-1], "--format", form, hash_seed="2"),
        siptrack("analyse", LEVELS, "--format", form),
    ]

    assert [run.out == runs[0].out for run in runs] == [True] * 3
    assert (runs[0].code, len(runs[0].out) > 1000) == (0, True)


@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize(
    "arguments", [[], ["--year", "9"], ["--class", "9Z"], ["--format", "csv"], ["--term", "Autumn 2031"]]
)
def test_no_childs_name_is_ever_on_standard_error(school, arguments):
    run = siptrack("analyse", SAMPLES / school, *arguments)

    assert {name for name in names_in(analysed(school)["pupils"]) if f" {name} " in f" {run.err} "} == set()


def _without_addresses(document):
    """The document with everything that says where something stood taken out, and the columns in one order."""
    if isinstance(document, dict):
        columns = sorted(document.get("columns", []), key=lambda one: (one["file"], one["sheet"] or "", one["heading"]))
        whole = {**document, "columns": columns} if columns else document
        addresses = {"column", *(name for name in whole if name.endswith("place"))}
        return {name: _without_addresses(part) for name, part in whole.items() if name not in addresses}
    return [_without_addresses(part) for part in document] if isinstance(document, list) else document


def test_shuffled_rows_and_columns_change_nothing_but_addresses(tmp_path):
    shuffled = tmp_path / "today"
    shutil.copytree(TODAY, shuffled)
    chance = random.Random(4)  # noqa: S311  # the same shuffle every time
    book = openpyxl.load_workbook(shuffled / "Tracker 2025-26.xlsx")
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        top = next(index for index, row in enumerate(rows) if "Surname" in row or "UPN" in row)
        columns = chance.sample(range(len(rows[top])), len(rows[top]))
        pupils = chance.sample(rows[top + 1 :], len(rows) - top - 1)
        sheet.delete_rows(top + 1, sheet.max_row)
        for row in (rows[top], *pupils):
            sheet.append([row[column] for column in columns])
    book.save(shuffled / "Tracker 2025-26.xlsx")

    before = siptrack("analyse", TODAY, "--format", "json")
    after = siptrack("analyse", shuffled, "--format", "json")

    assert (before.code, after.code) == (0, 0)
    assert _without_addresses(json.loads(after.out)) == _without_addresses(json.loads(before.out))
    assert after.out != before.out


# --- starting up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["analyse", "--help"], ["explain", "--help"]])
def test_asking_for_help_loads_no_heavy_library(arguments):
    script = (
        "import sys\n"
        "from siptrack.commands import run\n"
        f"code = run({arguments!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(code)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)

    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert "siptrack" in done.stdout
