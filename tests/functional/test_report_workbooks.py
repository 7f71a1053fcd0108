"""The workbooks of `siptrack report`: the figures are those of the tables, text stays text, and nothing leaks."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd
import pytest
from canaries import leaked
from python_calamine import CalamineWorkbook
from running import SAMPLES, SCHOOLS
from running import siptrack as in_its_own_process
from small_school import CHILDREN, small_school

import siptrack as library
from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.shareable import share
from siptrack.documents.analysis import of_an_analysis
from siptrack.documents.report.files import tables_of
from siptrack.documents.summary.sheets import summary_workbook
from siptrack.documents.summary.view import Summary
from siptrack.documents.workbook.view import meeting_workbook, named_sheets, named_workbook
from siptrack.rendering.template import sentence

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
def every_sheet(school):
    """The headings and rows of every sheet, by its key, as they are written."""
    sheets = named_sheets(analysis_of(school), usual_rules(), every=True)
    return {sheet.key: ([heading.title for heading in sheet.headings], sheet.rows) for sheet in sheets}


@cache
def of_meetings(school):
    """The workbook of the meetings, opened once; no test changes it."""
    return opened(meetings_of(analysis_of(school)))


def meetings_of(analysis):
    given = analysis, usual_rules()
    meant = [sheet for sheet in tables_of(*given) if sheet.key.startswith(("working_groups", "meeting_"))]
    return meeting_workbook(meant, *given)


@cache
def shared(school, mode):
    analysis, rules = analysis_of(school), usual_rules()
    return summary_workbook(Summary(analysis, share(analysis, rules, rules.sharing.modes[mode]), rules))


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
    whole = {table.name: table.rows for table in of_an_analysis(analysis_of(school), usual_rules()).tables()}

    assert {key: len(every_sheet(school)[key][1]) for key in IN_TABLES} == {key: len(whole[key]) for key in IN_TABLES}


@pytest.mark.parametrize(
    ("sheet", "heading", "column"),
    [
        ("flags", "In words", "sentence"),
        ("flags", "Key", "pupil"),
        ("progress", "Points now", "points"),
        ("progress", "Progress", "progress"),
        ("progress", "Verdict", "verdict"),
        ("summary", "At ARE", "at_are"),
        ("groups", "Assessed", "assessed"),
        ("gaps", "Gap", "gap"),
        ("gaps", "Chance", "placebo"),
        ("pace", "Needed a term", "needed"),
        ("ledger", "How many", "count"),
    ],
)
@pytest.mark.parametrize("school", SCHOOLS)
def test_the_figures_are_those_of_the_tables(school, sheet, heading, column):
    headings, rows = every_sheet(school)[sheet]

    on_sheet = Counter(row[headings.index(heading)] for row in rows)

    (written,) = of_an_analysis(analysis_of(school), usual_rules()).tables(sheet)
    assert on_sheet == Counter(row[column] for row in written.records)


def shown(cell):
    """What a reader sees of a number of 100 children, by the form of its cell."""
    under, over, whole = cell.number_format.split(";")
    assert (under, over, whole) == ('[<1]"under 1"', '[>99]"over 99"', "0")
    return "under 1" if cell.value < 1 else "over 99" if cell.value > 99 else f"{cell.value:.0f}"


def whole_children(number):
    """So many whole children of 100; of nearly none and nearly all the number is the cell's own to word."""
    return math.floor(number) if number is not None and 1 <= number <= 99 else number


@pytest.mark.parametrize("school", SCHOOLS)
def test_how_sure_it_is_shows_as_in_every_text_and_is_the_number_of_the_table(school):
    page = book_of(school)["Named"]
    (table,) = page.tables.values()
    head, *rows = page[table.ref]
    at = {cell.value: place for place, cell in enumerate(head)}
    (evidence,) = of_an_analysis(analysis_of(school), usual_rules()).tables("evidence")
    numbers = {(row["pupil"], whole_children(row["behind_in_100"])) for row in evidence.records}
    cells = [(row[at["Key"]].value, row[at["Fallen, of 100"]]) for row in rows]

    told = [(pupil, cell) for pupil, cell in cells if cell.value is not None]
    assert len(told) > 10
    for pupil, cell in told:
        assert (pupil, cell.value) in numbers
        assert shown(cell) == sentence("in_100", cell.value, template="evidence.jinja")


@pytest.mark.parametrize("school", SCHOOLS)
def test_the_named_are_those_of_the_flags_and_those_to_talk_about_first_are_among_the_listed(school):
    headings, rows = table_on(book_of(school)["Named"])
    at = {name: place for place, name in enumerate(headings)}
    tables = {table.name: table.records for table in of_an_analysis(analysis_of(school), usual_rules()).tables()}
    counting = usual_rules().flags.counting
    flagged = {(row["pupil"], row["subject"]) for row in tables["flags"] if row["code"] in counting}
    listed = Counter((row[at["Key"]], row[at["Subject"]].casefold()) for row in rows if row[at["Then"]])

    assert listed == Counter(flagged)
    least = usual_rules().evidence.listed.slipping
    weighed = {(row["pupil"], row["subject"]) for row in tables["evidence"] if (row["behind_in_100"] or 0) >= least}
    slipping = Counter((row[at["Key"]], row[at["Subject"]].casefold()) for row in rows if not row[at["Then"]])
    assert slipping == Counter(weighed - flagged)
    ranked = {row[at["Talk first"]]: row[at["Key"]] for row in rows if row[at["Talk first"]]}
    assert ranked == {row["rank"]: row["pupil"] for row in tables["first"]}


@pytest.mark.parametrize("school", SCHOOLS)
def test_at_most_ten_sheets_hold_the_clear_findings_and_the_rest_is_counted(school):
    book = book_of(school)
    notes = [row[0].value for row in book["Contents"] if isinstance(row[0].value, str)]
    headings, gaps = every_sheet(school)["clear_gaps"]
    verdicts = [row[headings.index("Verdict")] for row in gaps]

    assert len(book.sheetnames) <= 10
    assert set(verdicts) <= {"clear", "too few but far behind"}
    left_out = len(every_sheet(school)) - len(named_sheets(analysis_of(school), usual_rules(), every=False))
    assert any(f"{left_out} more tables" in note for note in notes)


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
    sheet = of_meetings("today")["Meeting 5 6P"]
    headings, rows = table_on(sheet)

    assert headings[:2] == ["Child", "What siptrack says"]
    assert headings[-7:] == [
        *("What stands in the way", "What will be done", "Who", "By when", "How it went"),
        *("Status", "Key"),
    ]
    assert all(row[-7:-1] == [None] * 6 and row[-1] for row in rows)
    agreed = actions_of("today")
    assert any(row[-1] in agreed for row in rows)
    assert all(agreed[row[-1]] in row[1] if row[-1] in agreed else "Agreed last time" not in row[1] for row in rows)
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == '"Not started,Under way,Done,Stopped"'
    assert set(rules) == {"list", "date"}


def test_the_working_groups_stand_class_by_class_with_each_child_once_a_subject():
    headings, rows = table_on(of_meetings("levels")["Working groups"])
    pupils = analysis_of("levels").pupils

    assert headings == ["Class", "Group", "Reading", "Writing", "Maths"]
    assert {row[1] for row in rows} == {"Underperforming", "Target", "On track", "More able", "Not known"}
    for at in (2, 3, 4):
        names = [name for row in rows for name in (row[at] or "").split("; ") if name]
        assert len(names) == len(pupils)


def test_what_is_written_into_the_meeting_sheets_comes_back_as_actions(tmp_path):
    small_school(tmp_path)
    book = opened(meetings_of(library.analyse(tmp_path)))
    sheet = book["Meeting 4D"]
    (heading,) = [row[0].row for row in sheet.iter_rows() if row[0].value == "Child"]
    columns = {cell.value: cell.column for cell in sheet[heading]}
    sheet.cell(heading + 1, columns["What will be done"], "Paired reading daily")
    sheet.cell(heading + 1, columns["Who"], "Mr Alder")
    book.save(tmp_path / "Returned.xlsx")

    register = library.read(tmp_path)

    (action,) = register.actions.to_dict("records")
    assert (action["action"], action["who"]) == ("Paired reading daily", "Mr Alder")
    assert action["pupil"] == sheet.cell(heading + 1, columns["Key"]).value
    assert len(register.pupils) == CHILDREN


def test_contents_lead_to_every_sheet():
    book = book_of("today")
    links = {link.location for row in book["Contents"] for cell in row if (link := cell.hyperlink)}

    assert links == {f"'{name}'!A1" for name in book.sheetnames if name != "Contents"}


@cache
def of_hostile_names():
    rows = "\n".join(f"child {at} | 4 | 4{at} | 2b | 2b" for at in range(len(HOSTILE)))
    whole = register(f"pupil | year group | class | Summer 2008 | Summer 2009\n{rows}")
    names = dict(zip((f"child {at}" for at in range(len(HOSTILE))), HOSTILE, strict=True))

    def named(pupils):
        return pd.Series([names[pupil] for pupil in pupils], index=pupils.index, dtype=object)

    pupils = whole.pupils.assign(surname=named(whole.pupils["pupil"]))
    classes = whole.placements.assign(**{"class": named(whole.placements["pupil"])})
    changed = replace(whole, pupils=pupils, placements=classes)
    return named_workbook(analyse(changed, usual_rules(), term("Summer 2009")), usual_rules())


def test_text_from_a_file_is_never_a_formula_a_link_or_a_number():
    book = opened(of_hostile_names())
    headings, rows = table_on(book["Every child"])

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


def test_report_writes_every_workbook_the_same_to_the_byte_whatever_the_hash_seed(tmp_path):
    small_school(tmp_path / "school")
    for seed in ("1", "2"):
        options = ("--children", "none", "--word", "--all")
        run = in_its_own_process("report", tmp_path / "school", "-o", tmp_path / seed, *options, hash_seed=seed)
        assert run.code == 0

    files = [path.relative_to(tmp_path / "1") for path in sorted((tmp_path / "1").rglob("*")) if path.is_file()]
    assert {"report.xlsx", "meeting.xlsx", "summary.xlsx", "meeting.docx"} <= {path.name for path in files}
    assert all((tmp_path / "1" / path).read_bytes() == (tmp_path / "2" / path).read_bytes() for path in files)
    assert "Gaps" in openpyxl.load_workbook(tmp_path / "1" / "named" / "report.xlsx").sheetnames
