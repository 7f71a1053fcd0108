"""The workbooks of `siptrack report`: the figures are those of the tables, text stays text, and nothing leaks."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from canaries import leaked
from python_calamine import CalamineWorkbook
from running import SAMPLES, SCHOOLS
from running import siptrack as in_its_own_process
from siptrack.reports.workbook.named import named_sheets, named_workbook

import siptrack as library
from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.shareable import share
from siptrack.documents.analysis import of_an_analysis
from siptrack.rendering.template import sentence
from siptrack.reports.workbook.shared import shared_workbook

HOSTILE = ("=1+1", "@x", "+1", "-1", "=HYPERLINK(1)", "http://example.org", "\x1b[31mred", "a\ud800b", "007", "_x0041_")
HARMLESS = {"\x1b[31mred": "\\x1b[31mred", "a\ud800b": "a\\ud800b"}
IN_TABLES = ("flags", "summary", "groups", "gaps", "closers", "national", "left_out", "progress", "pace", "ledger")


@cache
def analysis_of(school):
    return library.analyse(SAMPLES / school)


@cache
def named(school):
    return named_workbook(analysis_of(school), usual_rules())


@cache
def shared(school, mode):
    analysis, rules = analysis_of(school), usual_rules()
    return shared_workbook(share(analysis, rules, rules.sharing.modes[mode]), analysis.term, rules)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@cache
def book_of(school):
    """The workbook with names, opened once; no test changes it."""
    return opened(named(school))


def table_on(sheet):
    """The headings and rows of the one table of a sheet."""
    (table,) = sheet.tables.values()
    headings, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return headings, rows


def actions_of(school):
    """The actions agreed last term by UPN, as the school's own record has them."""
    (path,) = (SAMPLES / school).glob("Pupil progress meeting *.xlsx")
    (sheet,) = openpyxl.load_workbook(path).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    headings = next(row for row in rows if "UPN" in row)
    upn, action = headings.index("UPN"), headings.index("Agreed action")
    return {row[upn]: row[action] for row in rows[rows.index(headings) + 1 :]}


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


@pytest.mark.parametrize("school", SCHOOLS)
def test_each_table_has_as_many_rows_on_its_sheet(school):
    sheets = {sheet.key: sheet for sheet in named_sheets(analysis_of(school), usual_rules())}
    whole = {table.name: table.rows for table in of_an_analysis(analysis_of(school), usual_rules()).tables()}

    assert {key: len(sheets[key].rows) for key in IN_TABLES} == {key: len(whole[key]) for key in IN_TABLES}
    assert sum(len(one.rows) for key, one in sheets.items() if key.startswith("meeting_")) == len(whole["pupils"])


@pytest.mark.parametrize(
    ("sheet", "heading", "table", "column"),
    [
        ("Findings", "In words", "flags", "sentence"),
        ("Findings", "Key", "flags", "pupil"),
        ("Progress", "Points now", "progress", "points"),
        ("Progress", "Progress", "progress", "progress"),
        ("Progress", "Verdict", "progress", "verdict"),
        ("At a glance", "At ARE", "summary", "at_are"),
        ("Groups", "Assessed", "groups", "assessed"),
        ("Gaps", "Gap", "gaps", "gap"),
        ("Gaps", "Chance", "gaps", "placebo"),
        ("Pace", "Needed a term", "pace", "needed"),
        ("What was read", "How many", "ledger", "count"),
    ],
)
@pytest.mark.parametrize("school", SCHOOLS)
def test_the_figures_are_those_of_the_tables(school, sheet, heading, table, column):
    headings, rows = table_on(book_of(school)[sheet])

    on_sheet = Counter(row[headings.index(heading)] for row in rows)

    (written,) = of_an_analysis(analysis_of(school), usual_rules()).tables(table)
    assert on_sheet == Counter(row[column] for row in written.records)


def shown(cell):
    """What a reader sees of a number of 100 children, by the form of its cell."""
    under, over, whole = cell.number_format.split(";")
    assert (under, over, whole) == ('[<1]"under 1"', '[>99]"over 99"', "0")
    return "under 1" if cell.value < 1 else "over 99" if cell.value > 99 else f"{cell.value:.0f}"


@pytest.mark.parametrize("sheet", ["Talk first", "Findings"])
@pytest.mark.parametrize("school", SCHOOLS)
def test_how_sure_it_is_shows_as_in_every_text_and_is_the_number_of_the_table(school, sheet):
    page = book_of(school)[sheet]
    (table,) = page.tables.values()
    head, *rows = page[table.ref]
    at = {cell.value: place for place, cell in enumerate(head)}
    (evidence,) = of_an_analysis(analysis_of(school), usual_rules()).tables("evidence")
    numbers = {(row["pupil"], row["behind_in_100"]) for row in evidence.records}
    cells = [(row[at["Key"]].value, row[at["Fallen, of 100"]]) for row in rows]

    told = [(pupil, cell) for pupil, cell in cells if cell.value is not None]
    assert len(told) > 10
    for pupil, cell in told:
        assert (pupil, cell.value) in numbers
        assert shown(cell) == sentence("in_100", cell.value, template="evidence.jinja")


def test_percentages_are_numbers_and_stand_only_where_enough_children_are():
    headings, rows = table_on(book_of("today")["At a glance"])
    at = {name: headings.index(name) for name in ("At ARE, %", "At ARE", "Assessed")}

    assert rows
    for row in rows:
        assert row[at["At ARE, %"]] == pytest.approx(row[at["At ARE"]] / row[at["Assessed"]])


@pytest.mark.parametrize("school", SCHOOLS)
def test_two_readers_of_workbooks_see_the_same(school):
    book = book_of(school)
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(named(school)))

    for name in book.sheetnames:
        first = [["" if cell is None else cell for cell in row] for row in book[name].iter_rows(values_only=True)]
        second = calamine.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert [row[: len(other)] for row, other in zip(first, second, strict=False)] == second, name


@pytest.mark.parametrize("school", SCHOOLS)
def test_each_sheet_has_a_title_one_table_and_nothing_below_and_prints_on_a4(school):
    book = book_of(school)

    for sheet in book:
        (table,) = sheet.tables.values()
        first, last = (int(re.sub(r"\D", "", corner)) for corner in table.ref.split(":"))
        assert isinstance(sheet["A1"].value, str), sheet.title
        assert (sheet.max_row, sheet.sheet_state) == (last, "visible"), sheet.title
        assert all(sheet.cell(row, 1).value for row in range(1, first)), sheet.title
        assert sheet.freeze_panes.endswith(str(first + 1)), sheet.title
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        assert sheet.print_title_rows == f"${first}:${first}", sheet.title
        assert not sheet.merged_cells.ranges, sheet.title


def test_nothing_is_named_or_hidden_but_what_is_printed():
    book = book_of("today")

    assert not book.defined_names
    kinds = set(re.findall(r'<definedName name="([^"]+)"', parts_of(named("today"))["xl/workbook.xml"]))
    assert kinds == {"_xlnm.Print_Titles", "_xlnm.Print_Area"}
    assert "hidden" not in "".join(parts_of(named("today")).values())


def test_in_a_class_there_is_room_to_write_with_a_list_and_a_date_and_the_key_at_the_end():
    sheet = book_of("today")["Meeting 5 6P"]
    headings, rows = table_on(sheet)

    assert headings[:2] == ["Child", "Agreed last time"]
    assert headings[-7:] == [
        *("What stands in the way", "What will be done", "Who", "By when", "How it went"),
        *("Status", "Key"),
    ]
    assert all(row[-7:-1] == [None] * 6 and row[-1] for row in rows)
    agreed = actions_of("today")
    assert any(row[-1] in agreed for row in rows)
    assert all(agreed[row[-1]] in row[1] if row[-1] in agreed else row[1] is None for row in rows)
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == '"Not started,Under way,Done,Stopped"'
    assert set(rules) == {"list", "date"}


def test_the_working_groups_stand_class_by_class_with_each_child_once_a_subject():
    headings, rows = table_on(book_of("levels")["Working groups"])
    pupils = analysis_of("levels").pupils

    assert headings == ["Class", "Group", "Reading", "Writing", "Maths"]
    assert {row[1] for row in rows} == {"Underperforming", "Target", "On track", "More able", "Not known"}
    for at in (2, 3, 4):
        names = [name for row in rows for name in (row[at] or "").split("; ") if name]
        assert len(names) == len(pupils)


def test_what_is_written_into_the_meeting_sheets_comes_back_as_actions(tmp_path):
    book = opened(named("today"))
    sheet = book["Meeting 4D"]
    (heading,) = [row[0].row for row in sheet.iter_rows() if row[0].value == "Child"]
    columns = {cell.value: cell.column for cell in sheet[heading]}
    sheet.cell(heading + 1, columns["What will be done"], "Paired reading daily")
    sheet.cell(heading + 1, columns["Who"], "Mr Alder")
    book.save(tmp_path / "Returned.xlsx")
    for name in ("Tracker 2025-26.xlsx", "Pupil list.csv"):
        (tmp_path / name).write_bytes((SAMPLES / "today" / name).read_bytes())

    (action,) = library.read(tmp_path).actions.to_dict("records")

    assert (action["action"], action["who"]) == ("Paired reading daily", "Mr Alder")
    assert action["pupil"] == sheet.cell(heading + 1, columns["Key"]).value


def test_contents_lead_to_every_sheet():
    book = book_of("today")
    links = {link.location for row in book["Contents"] for cell in row if (link := cell.hyperlink)}

    assert links == {f"'{name}'!A1" for name in book.sheetnames if name != "Contents"}


@cache
def of_hostile_names():
    rows = "\n".join(f"child {at} | 4 | 4{at} | 2b | 2b" for at in range(len(HOSTILE)))
    whole = register(f"pupil | year group | class | Summer 2008 | Summer 2009\n{rows}")
    names = dict(zip((f"child {at}" for at in range(len(HOSTILE))), HOSTILE, strict=True))
    pupils = whole.pupils.assign(surname=whole.pupils["pupil"].map(names))
    classes = whole.placements.assign(**{"class": whole.placements["pupil"].map(names)})
    changed = replace(whole, pupils=pupils, placements=classes)
    return named_workbook(analyse(changed, usual_rules(), term("Summer 2009")), usual_rules())


def test_text_from_a_file_is_never_a_formula_a_link_or_a_number():
    book = opened(of_hostile_names())
    headings, rows = table_on(book["Children"])

    expected = {HARMLESS.get(name, name) for name in HOSTILE}
    assert {row[headings.index("Child")] for row in rows} == expected
    assert {row[headings.index("Class")] for row in rows} == expected
    sheets = [part for name, part in parts_of(of_hostile_names()).items() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(re.search(r"<f[ >]", part) for part in sheets)
    assert all(link.target is None for sheet in book for link in sheet._hyperlinks)


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_same_analysis_gives_the_same_bytes(school):
    assert named_workbook(analysis_of(school), usual_rules()) == named(school)


def test_the_workbook_tells_nothing_of_the_machine_or_its_user():
    about = parts_of(named("today"))
    properties = about["docProps/core.xml"] + about["docProps/app.xml"]

    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", properties) == ["siptrack"]
    assert re.findall(r"<dcterms:created[^>]*>(.*?)<", properties) == ["2000-01-01T00:00:00Z"]


@pytest.mark.parametrize("mode", ["governors", "public"])
@pytest.mark.parametrize("school", SCHOOLS)
def test_the_workbook_to_share_holds_nothing_of_any_child(school, mode):
    assert leaked(school, *parts_of(shared(school, mode)).values()) == []


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_search_would_find_a_child_in_a_workbook(school):
    assert len(leaked(school, *parts_of(named(school)).values())) > 100


def test_the_workbook_to_share_has_neither_filters_nor_frozen_panes():
    for sheet in opened(shared("today", "governors")):
        (table,) = sheet.tables.values()
        assert (table.autoFilter, sheet.freeze_panes) == (None, None), sheet.title


def test_figures_that_are_hidden_have_their_symbol_in_the_workbook_to_share():
    headings, rows = table_on(opened(shared("levels", "governors"))["Groups"])
    at = [headings.index(name) for name in ("Children", "Of these", "%")]
    cells = [[row[place] for place in at] for row in rows]

    assert ["[c]"] * 3 in cells
    assert all(cell is not None for row in cells for cell in row)


def test_report_writes_both_workbooks_the_same_to_the_byte_whatever_the_hash_seed(tmp_path):
    for seed in ("1", "2"):
        options = ("--class", "3C", "--children", "none", "--word")
        run = in_its_own_process("report", SAMPLES / "today", "-o", tmp_path / seed, *options, hash_seed=seed)
        assert run.code == 0

    files = [path.relative_to(tmp_path / "1") for path in sorted((tmp_path / "1").rglob("*")) if path.is_file()]
    assert {"report.xlsx", "summary.xlsx", "meeting.docx"} <= {path.name for path in files}
    assert all((tmp_path / "1" / path).read_bytes() == (tmp_path / "2" / path).read_bytes() for path in files)
