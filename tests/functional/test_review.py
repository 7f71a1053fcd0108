"""`siptrack review`: the workbook goes out blank, comes back filled, and the next one begins with what it said."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from running import SAMPLES, names_in
from running import siptrack_here as siptrack

HEADINGS = (
    "Monitoring, evaluation and review of impact on pupil progress",
    "Explicit focus on improving learning and teaching: Pedagogy for personalisation",
    "Review of attainment and progress: Tracking and intervention to prevent underperformance",
    "The single plan",
    "Whole-school systematic continuing professional development (CPD)",
)
MONITORING, TEACHING, TRACKING, PLAN, DEVELOPMENT = HEADINGS
RESULTS = "UPN,Year group,Reading Autumn 2025,Reading Spring 2026\n" + "".join(
    f"H8012000010{number:02},4,EXS,{'WTS' if number < 3 else 'EXS'}\n" for number in range(12)
)


class Form:
    """A review workbook as a person sees it: its rows by heading, its columns by what stands over them."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, load_workbook(path)
        self.sheet: Worksheet = self.book["Review"]
        self.top = next(row for row in range(1, 40) if self.sheet.cell(row, 1).value == "Heading")
        self.columns = [cell.value for cell in self.sheet[self.top]]

    def rows(self, heading: str) -> list[int]:
        return [row for row in range(self.top + 1, self.sheet.max_row + 1) if self.sheet.cell(row, 1).value == heading]

    def put(self, heading: str, row: int = 0, **cells: object) -> None:
        for column, value in cells.items():
            at = self.columns.index(column.replace("_", " ")) + 1
            self.sheet.cell(self.rows(heading)[row], at, value)

    def read(self, heading: str, column: str) -> list[object]:
        return [self.sheet.cell(row, self.columns.index(column) + 1).value for row in self.rows(heading)]

    def save(self, path: Path) -> None:
        self.book.save(path)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """A school's folder in which two reviews were filled in, and the workbooks as siptrack wrote them."""
    folder = tmp_path_factory.mktemp("school")
    (folder / "Results.csv").write_text(RESULTS, encoding="utf-8")
    forms = tmp_path_factory.mktemp("forms")

    assert siptrack("review", folder, "--term", "Autumn 2025", "-o", forms / "first.xlsx").code == 0
    first = Form(forms / "first.xlsx")
    first.put(MONITORING, Stage="Developing", Evidence="Minutes", Date_of_evidence=date(2025, 11, 12))
    first.put(MONITORING, Next_step="Begin with last time's actions", Who="Ms Ash", By_when=date(2026, 3, 20))
    first.put(PLAN, Stage="Focusing", Next_step="Shorten it", By_when="Spring 2026")
    first.save(folder / "Self-review, autumn.xlsx")

    assert siptrack("review", folder, "-o", forms / "second.xlsx").code == 0
    second = Form(forms / "second.xlsx")
    second.put(MONITORING, Stage="Establishing", What_came_of_it="Done in every class")
    second.put(MONITORING, 1, Evidence="What children say")
    second.put(TRACKING, Stage="Nearly there")
    second.save(folder / "Self-review, spring.xlsx")
    return folder, first, second


@pytest.fixture(scope="module")
def document(school):
    run = siptrack("review", school[0], "--format", "json")
    assert (run.code, run.err) == (0, "")
    return json.loads(run.out)


@pytest.fixture(scope="module")
def page(school):
    run = siptrack("review", school[0])
    assert (run.code, run.err) == (0, "")
    return " ".join(run.out.split())


def test_the_first_workbook_has_every_heading_room_for_more_and_the_stages_to_choose_from(school):
    _, first, _ = school

    assert first.sheet["A1"].value == "Self-review: Autumn 2025 (school year 2025-26)"
    assert first.columns == ["Heading", "Stage", "Evidence", "Date of evidence", "Next step", "Who", "By when"]
    assert [len(first.rows(heading)) for heading in HEADINGS] == [2] * 5
    offered = [one.formula1 for one in first.sheet.data_validations.dataValidation if one.type == "list"]
    assert offered == ['"Focusing,Developing,Establishing,Enhancing"']
    height = first.sheet.row_dimensions[first.rows(PLAN)[0]].height
    assert height > 70  # points: about five lines by hand


def test_beside_it_stand_the_questions_of_the_guidance_and_what_the_data_say(school):
    sheet = school[1].book["Questions and data"]
    cells = {row[0]: row[1:3] for row in sheet.iter_rows(values_only=True) if row[0] in HEADINGS}

    assert list(cells) == list(HEADINGS)
    assert "Are all teachers engaging with the APP processes" in cells[TRACKING][0]
    assert cells[MONITORING][1] == "Nothing in this data bears on it."


def test_the_next_workbook_is_of_the_next_term_and_begins_with_last_time(school):
    _, _, second = school

    assert second.sheet["A1"].value == "Self-review: Spring 2026 (school year 2025-26)"
    assert second.read(MONITORING, "Last time: stage and evidence")[0] == "Developing\nMinutes (12 November 2025)"
    assert "Begin with last time's actions (Ms Ash; by 20 March 2026)" in second.read(
        MONITORING, "Last time: next step"
    )
    assert second.read(PLAN, "Last time: next step")[0] == "Shorten it (by Spring 2026)"
    assert second.read(DEVELOPMENT, "Last time: stage and evidence") == [None, None]


def test_what_came_back_is_held_as_it_was_written(document):
    held = {(row["term"], row["heading"]): row["stage_written"] for row in document["reviews"] if row["stage_written"]}

    assert document["review_terms"] == ["Autumn 2025", "Spring 2026"]
    assert held == {
        ("Autumn 2025", MONITORING): "Developing",
        ("Autumn 2025", PLAN): "Focusing",
        ("Spring 2026", MONITORING): "Establishing",
        ("Spring 2026", TRACKING): "Nearly there",
    }
    assert [row["dated"] for row in document["reviews"] if row["evidence"] == "Minutes"] == ["2025-11-12"]


def test_the_change_is_told_heading_by_heading_and_there_is_no_figure_of_it(document):
    changes = {row["heading"]: (row["before"], row["now"]) for row in document["changes"]}

    assert changes == {
        MONITORING: ("Developing", "Establishing"),
        TEACHING: (None, None),
        TRACKING: (None, "Nearly there"),
        PLAN: ("Focusing", None),
        DEVELOPMENT: (None, None),
    }


def test_the_page_says_whose_it_is_what_changed_what_came_and_what_is_left(page):
    for sentence in (
        "2 reviews recorded by the school: Autumn 2025 and Spring 2026.",
        "Recorded by the school: developing in Autumn 2025, establishing in Spring 2026.",
        "Recorded by the school: no stage in Autumn 2025, 'Nearly there' in Spring 2026.",
        "Begin with last time's actions (Ms Ash; by 20 March 2026): Done in every class",
        "Shorten it (by Spring 2026): past its date, and nothing is recorded of it",
        "What children say (no date)",
        f"Not filled in (Spring 2026): {TEACHING}; {PLAN}; {DEVELOPMENT}.",
        "'Nearly there' (Spring 2026) is none of the stages, and is held as words.",
        "Expected Focusing, Developing, Establishing, Enhancing",
    ):
        assert sentence in page


def test_the_json_keeps_its_schema(document):
    run = siptrack("schema", "review")
    jsonschema.validate(document, json.loads(run.out))


@pytest.mark.parametrize(
    ("ending", "what", "code"), [("html", "overdue", 1), ("docx", "errors", 1), ("sqlite", None, 0)]
)
def test_it_is_written_in_every_form_and_a_script_may_stop_at_what_it_asks_for(school, tmp_path, ending, what, code):
    target = tmp_path / f"review.{ending}"

    run = siptrack("review", school[0], "-o", target, *(["--fail-on", what] if what else []))

    assert run.code == code
    if ending == "html":
        assert "Recorded by the school: developing in Autumn 2025" in target.read_text(encoding="utf-8")
    elif ending == "docx":
        assert "Recorded by the school: developing in Autumn 2025" in words_of(target)
        (grid,) = Document(str(target)).tables
        assert [row.cells[0].text for row in grid.rows] == ["Heading", *HEADINGS]
    else:
        with closing(sqlite3.connect(target)) as database:
            assert database.execute("SELECT count(*) FROM changes").fetchone() == (len(HEADINGS),)


def words_of(path: Path) -> str:
    """The paragraphs of a Word document."""
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_a_table_is_csv_and_the_workbook_takes_no_table(school, tmp_path):
    rows = list(csv.DictReader(io.StringIO(siptrack("review", school[0], "--table", "changes", "--format", "csv").out)))
    refused = siptrack("review", school[0], "--table", "changes", "-o", tmp_path / "review.xlsx")

    assert [row["heading"] for row in rows] == list(HEADINGS)
    assert refused.code == 2
    assert "holds the whole document" in refused.err


def test_every_other_command_passes_a_review_by_and_counts_its_rows(school):
    run = siptrack("analyse", school[0], "--format", "json")
    document = json.loads(run.out)
    ledger = document["ledger"]

    assert run.code == 0
    assert len(document["pupils"]) == 12
    assert ledger["rows_read"] == ledger["rows_used"] + sum(
        one["count"] for one in ledger["set_aside"] if one["of"] == "rows"
    )


def test_columns_says_what_each_column_of_a_review_is_and_shows_nothing_that_is_written_there(school):
    out = siptrack("columns", school[0]).out

    assert "Next step: of the school's own review: step" in out
    assert "sheet Questions and data: not used: a report that siptrack wrote" in out
    assert [words for words in ("Minutes", "Shorten it", "Nearly there", "Ms Ash") if words in out] == []


def test_a_review_without_results_is_shown_and_makes_the_next_workbook(school, tmp_path):
    alone = school[0] / "Self-review, autumn.xlsx"
    run = siptrack("review", alone)
    target = tmp_path / "next.xlsx"

    assert (run.code, run.err) == (0, "")
    assert "Recorded by the school: developing in Autumn 2025." in run.out
    assert "No results were read" in run.out
    assert siptrack("review", alone, "-o", target).code == 0
    assert Form(target).sheet["A1"].value == "Self-review: Spring 2026 (school year 2025-26)"


def test_neither_a_review_nor_results_ends_as_it_does_everywhere(tmp_path):
    book = Workbook()
    book.active.append(["Minutes of the meeting"])
    book.save(tmp_path / "minutes.xlsx")

    run = siptrack("review", tmp_path)

    assert (run.code, run.out) == (3, "")
    assert "headings that name pupils" in run.err


@cache
def of_levels() -> str:
    run = siptrack("review", SAMPLES / "levels")
    assert (run.code, run.err) == (0, "")
    return run.out


def test_the_evidence_of_a_whole_school_is_counts_under_each_heading_and_names_nobody():
    pupils = json.loads(siptrack("analyse", SAMPLES / "levels", "--format", "json").out)["pupils"]
    words = set(of_levels().replace(",", " ").replace(".", " ").split())

    assert "These files hold no review." in of_levels()
    assert "Actions: 7 actions for 7 children." in of_levels()
    assert "Progress: 60 of 210 children (29 %) make insufficient progress in at least one subject." in of_levels()
    assert "Provision: 35 children have provision this school year, in 9 interventions." in of_levels()
    assert "Teaching: 22 records of lessons and books this school year, 19 with a grade: good" in of_levels()
    assert "CPD: 5 records of CPD that these results could follow" in of_levels()
    assert not any(name in of_levels() for name in ("Alder", "Larch", "Rowan"))  # staff of its records
    assert names_in(pupils) & words == set()


def test_what_came_of_a_step_of_several_lines_is_found_again(tmp_path):
    folder = tmp_path / "school"
    folder.mkdir()
    (folder / "Results.csv").write_text(RESULTS, encoding="utf-8")
    siptrack("review", folder, "--term", "Autumn 2025", "-o", tmp_path / "first.xlsx")
    first = Form(tmp_path / "first.xlsx")
    first.put(PLAN, Next_step="Train all\n- phonics", By_when="By Autumn 2025")
    first.save(folder / "Self-review, autumn.xlsx")
    siptrack("review", folder, "-o", tmp_path / "second.xlsx")
    second = Form(tmp_path / "second.xlsx")
    second.put(PLAN, What_came_of_it="Done in May")
    second.save(folder / "Self-review, spring.xlsx")

    run = siptrack("review", folder, "--fail-on", "overdue")

    assert run.code == 0
    assert "  Train all - phonics (by Autumn 2025): Done in May\n" in run.out
