"""`siptrack questions` on the invented schools and on what falls short, in every form."""

from __future__ import annotations

import io
import json
import re
from functools import cache

import docx
import jsonschema
import pytest
import yaml
from asking import with_everything
from running import SAMPLES, SCHOOLS, Run, analysed, truth
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

from siptrack.documents.questions.asked import of_questions
from siptrack.documents.questions.view import questions_document
from siptrack.rendering.kept import write_document
from siptrack.rendering.terminal import as_text
from siptrack.rules.load import load

LEVELS, TODAY = SAMPLES / "levels", SAMPLES / "today"
every_school = pytest.mark.parametrize("school", SCHOOLS)


@cache
def written(school: str) -> str:
    run = siptrack("questions", SAMPLES / school, "--format", "json")
    assert (run.code, run.err) == (0, "")
    return run.out


def asked(school: str) -> dict[str, object]:
    return json.loads(written(school))


@cache
def page(school: str) -> str:
    return as_text(questions_document(with_everything(school), every=False), width=80, colour=False)


def evidence(school: str, kind: str) -> list[str]:
    return [row["says"] for row in asked(school)["evidence"] if row["evidence"] == kind]


@every_school
def test_every_question_of_the_guidance_is_there_under_its_heading_and_most_say_whom_to_ask(school):
    rows = asked(school)["questions"]

    assert [(row["question"], row["heading"]) for row in rows] == [
        (rule.key, rule.heading) for rule in load().enquiry.questions.values()
    ]
    assert [row["number"] for row in rows] == list(range(1, 30))
    assert all(row["ask"] and row["look_at"] for row in rows)
    assert all(row["says"] for row in rows if row["answer"] == "told")
    assert {row["answer"] for row in rows} == {"told", "cannot be answered from this data"}


@every_school
def test_each_child_making_insufficient_progress_is_named_once_and_nobody_else(school):
    pupils = {one["pupil"]: f"{one['surname']}, {one['forename']}" for one in analysed(school)["pupils"]}
    wanted = sorted(
        pupils[pupil]
        for pupil in {
            row["pupil"]
            for row in analysed(school)["flags"]
            if row["code"] in ("insufficient-year", "insufficient-key-stage")
        }
    )
    by_class = [line.partition("): ")[2] for line in evidence(school, "children") if "(Year " in line]

    named = sorted(one.partition(" (")[0] for line in by_class for one in line.replace("; ", ";;").split(";;") if one)
    named = [one for one in named if "," in one]  # the terms behind a name stand in the same brackets
    assert named == wanted


@every_school
def test_the_planted_truths_of_actions_and_provision_are_told(school):
    said = " ".join([*evidence(school, "actions"), *evidence(school, "provision")])
    never_done = [one for one in truth(school)["since"]["actions"] if one["came"] == "past its date"]

    assert never_done
    assert all(one["action"] in said for one in never_done)
    assert "its children moved more than comparable children, by more than chance shows" in said
    assert "No fair comparison" in said or "no fair comparison" in said
    assert "What it does cannot be seen from this." in said


@every_school
def test_those_long_on_the_list_without_an_action_are_named_the_strongest_marks_first(school):
    lead = "On the list for 3 terms or more, with no action in the record: "
    (line,) = [line for line in evidence(school, "actions") if line.startswith(lead)]
    names = [name.partition(" (")[0] for name in line.removeprefix(lead).split("); ")]
    called = [(f"{one['surname']}, {one['forename']}", one["pupil"]) for one in analysed(school)["pupils"]]
    pupils = {name: pupil for name, pupil in called if [other for other, _ in called].count(name) == 1}
    named = {(row["pupil"], row["subject"]) for row in analysed(school)["flags"] if row["code"].startswith("insuffic")}
    strongest: dict[object, float] = {}
    for row in analysed(school)["evidence"]:
        if row["behind_in_100"] is not None and (row["pupil"], row["subject"]) in named:
            strongest[row["pupil"]] = max(strongest.get(row["pupil"], 0), row["behind_in_100"])

    numbers = [strongest.get(pupils[name], 0) for name in names if name in pupils]
    assert len(numbers) > 3
    assert numbers == sorted(numbers, reverse=True)


@every_school
def test_the_records_of_teaching_and_cpd_are_counted_and_the_classes_asked_about_are_those_that_were_planted(school):
    planted = yaml.safe_load((SAMPLES / school / "teaching-truth.yaml").read_text(encoding="utf-8"))
    asked_of = [planted_class for planted_class in planted["classes"] if planted_class["asks"]]

    assert len(asked_of) == 2
    for planted_class in asked_of:
        starts = f"{planted_class['class']} ("
        assert any(
            line.startswith(starts) and planted_class["subject"] in line for line in evidence(school, "teaching")
        )
    assert evidence(school, "cpd")[0].endswith(".")
    assert "siptrack teaching" in evidence(school, "cpd")[-1]


def test_figures_are_those_of_the_other_commands():
    at_once = " ".join(evidence("levels", "combined"))
    rows = [row for row in analysed("levels")["summary"] if row["subject"] == "rwm"]

    assert rows
    assert f"{sum(row['at_are'] for row in rows)} of {sum(row['assessed'] for row in rows)} children" in at_once
    held = ("primary", "secondary", "progress", "pairs")
    gaps = [row for row in analysed("levels")["gaps"] if row["measure"] in ("at_are", "insufficient")]
    not_clear = sum(row["verdict"] == "not clear" and row["family"] in held for row in gaps)
    assert not_clear > 100
    assert f"{not_clear:,} other comparisons of the whole school are not clear" in " ".join(
        evidence("levels", "groups")
    )


@every_school
def test_nothing_on_a_screen_is_wider_than_the_screen(school):
    assert max(map(len, page(school).splitlines())) <= 80


@every_school
def test_the_first_screen_says_the_three_most_worth_the_hour_and_nothing_stands_twice(school):
    lines = page(school).splitlines()
    at = lines.index("Most worth the hour")
    said = " ".join(line.strip() for line in lines[at + 2 : lines.index("", at)])

    assert lines.index("", at) < 24
    assert len(re.findall(r"Question \d+\.", said)) == 3
    whole = [line.strip() for line in page(school).splitlines() if len(line.strip()) > 70]
    repeated = {line for line in whole if whole.count(line) > 1}
    assert repeated == set()


@every_school
def test_the_json_is_what_the_shipped_schema_says(school):
    schema = json.loads(siptrack("schema", "questions").out)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(asked(school), schema)
    assert asked(school)["share"] is None


@pytest.mark.parametrize("table", ["questions", "evidence"])
def test_the_flat_tables_say_what_the_json_says(table):
    (written,) = of_questions(with_everything("today")).tables(table)

    assert written.records == asked("today")[table]


def test_the_word_document_has_the_headings_of_the_guidance_and_each_question_under_one():
    document = docx.Document(
        io.BytesIO(
            write_document(questions_document(with_everything("levels"), every=False), "docx", width=None, colour=False)
        )
    )
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]

    first = [text for level, text in headings if level == "Heading 1"]
    guidance = list(dict.fromkeys(rule.heading for rule in load().enquiry.questions.values()))
    assert first == ["Most worth the hour", *guidance, "To ask in school"]
    every = [one.text for one in document.paragraphs]
    for row in asked("levels")["questions"]:
        assert sum(text.startswith(f"{row['number']}. {row['asks']}") for text in every) == 1


def test_one_heading_and_a_filter_narrow_it():
    run = siptrack("questions", LEVELS, "--about", "tracking", "--class", "6W", "--subject", "writing")

    assert run.code == 0
    assert "Only class 6W; subject writing.\nWhat is provided for other subjects is not counted here." in run.out
    assert "The single plan" not in run.out
    assert "Auger, Mary-Ellen (writing; " in run.out
    assert "(reading" not in run.out
    assert "4T" not in run.out


def small(tmp_path, *lines: str, options: tuple[str, ...] = ()) -> Run:
    """The questions about a file with these lines."""
    path = tmp_path / "results.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return siptrack("questions", path, *options)


def test_a_table_is_written_as_csv_by_the_ending_of_the_file(tmp_path):
    lines = "UPN,Surname,Forename,Year,Reading Summer 2026", "A1,Moss,Ann,4,EXS"
    run = small(tmp_path, *lines, options=("--table", "questions", "-o", str(tmp_path / "questions.csv")))

    assert run.code == 0
    assert (tmp_path / "questions.csv").read_text(encoding="utf-8").startswith("number,question,heading,asks,evidence,")


def test_one_subject_in_one_term_without_records_says_what_is_missing(tmp_path):
    run = small(tmp_path, "UPN,Surname,Forename,Year,Reading Summer 2026", "A1,Moss,Ann,4,EXS", "A2,Fern,Bob,4,WTS")

    assert (run.code, run.err) == (0, "")
    assert "This data bears on none of the 29 questions below" in run.out
    for missing in (
        "No child's progress can be judged from these files.",
        "No record of actions is among the files.",
        "No sheet of provision is among the files.",
        "No record of lessons or books seen is among the files; siptrack could read a sheet",
        "No record of CPD is among the files; siptrack could read a sheet",
        "No child was assessed in reading, writing and maths this term",
    ):
        assert missing in run.out
    assert "Moss" not in run.out


def test_nothing_to_judge_ends_with_6_and_says_why(tmp_path):
    run = small(tmp_path, "UPN,Surname,Forename,Year", "A1,Moss,Ann,4")

    assert (run.code, run.out) == (6, "")
    assert "nothing to judge" in run.err


def test_a_file_that_cannot_be_used_is_said_and_the_rest_is_told(tmp_path):
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    run = siptrack("questions", LEVELS / "Spring 2009.xlsx", LEVELS / "Summer 2009.xlsx", tmp_path / "broken.xlsx")

    assert run.code == 3
    assert "broken.xlsx" in run.err
    assert "29. How are the outcomes of CPD evaluated?" in run.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--about", "weather"], "Known: monitoring, teaching, tracking, plan, development, books."),
        (["--share", "nobody"], "Known: governors, public."),
        (["--share", "public", "--table", "problems"], "questions, evidence"),
        (["--share", "public", "-o", "x.sqlite"], "--share"),
        (["--format", "csv"], "questions, evidence, books, problems, ledger, set_aside"),
        (["--table", "questions", "-o", "x.docx"], "take --table away"),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_does(arguments, said):
    run = siptrack("questions", TODAY, *arguments)

    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_the_same_files_give_the_same_bytes():
    again = in_its_own_process("questions", TODAY, "--format", "json", hash_seed="7")

    assert again.out == written("today")
