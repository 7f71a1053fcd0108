"""What may leave the school holds no name that its files alone give: of class, teacher, file, sheet or folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking import every_form
from canaries import texts_in
from openpyxl import Workbook
from running import siptrack_here

from registers import usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.selection import Filters
from siptrack.analysis.shareable import Shared, share
from siptrack.analysis.tally import USUAL, Peers
from siptrack.commands import cli
from siptrack.documents.pseudonyms import pseudonymised_text
from siptrack.documents.questions.shared import without_names
from siptrack.documents.report.files import SHAREABLE, ReportMaterial, Wanted, outputs
from siptrack.documents.shared_tables import shared_tables
from siptrack.documents.summary.view import Summary, summary_document
from siptrack.reading.read import read
from siptrack.rendering.terminal import as_text

CANARY = "canary"
CLASS, OTHER, LANGUAGE = "Mrs Classcanary", "Mr Otherclasscanary", "Languagecanary"
OF_LANGUAGE, OF_CLASS = ("language", LANGUAGE), ("class", CLASS)
CASES = {
    "all, compared with a class": ("governors", Filters(), Peers(group=OF_CLASS), ""),
    "all, compared with a language": ("public", Filters(), Peers(group=OF_LANGUAGE), ""),
    "a class": ("governors", Filters(classes=frozenset({CLASS})), USUAL, "Only class [name left out]."),
    "classes": ("public", Filters(classes=frozenset({CLASS, OTHER})), USUAL, "Only class [2 names left out]."),
    "groups": (
        "governors",
        Filters(groups=frozenset({OF_CLASS, OF_LANGUAGE, ("gender", "girls")}), years=frozenset({4})),
        USUAL,
        "Only year 4; group girls, [2 names left out].",
    ),
}


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory):
    """Two classes of a school, in a file, a sheet and a folder of telling names."""
    folder = tmp_path_factory.mktemp("Foldercanary")
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheetcanary"
    about = ["Surname", "Forename", "Year", "Class", "Teacher", "Gender", "FSM", "First language"]
    sheet.append([*about, "Reading Autumn 2025", "Reading Spring 2026"])
    for child in range(60):
        who = [f"Surcanary{child}", f"Forecanary{child}", 4, OTHER if child % 2 else CLASS, "Ms Teachercanary"]
        what = ["F" if child % 4 < 2 else "M", "Y" if child % 3 else "N", LANGUAGE if child % 5 else "English"]
        sheet.append([*who, *what, "EXS", "WTS" if child % 3 else "EXS"])
    book.save(folder / "Filecanary.xlsx")
    return folder


@pytest.fixture(scope="module", name="register")
def _register(folder):
    return read([folder], usual_rules())


def in_every_form(analysis, shared: Shared) -> Iterator[bytes]:
    """The bytes of everything that may leave the school."""
    rules = usual_rules()
    yield as_text(summary_document(Summary(analysis, shared, rules)), width=None, colour=False).encode()
    for form in ("table", "json", "ndjson", "markdown"):
        yield shared_tables(analysis, shared, rules, form, only=None, width=None).encode()
    for table in ("summary", "groups", "gaps"):
        yield shared_tables(analysis, shared, rules, "csv", only=table, width=None).encode()
    yield from every_form(without_names(analysis, shared, rules, ()))
    made = outputs(ReportMaterial(analysis, rules, shared, Wanted(children="none")))
    yield from (make() for place, make in made.items() if place.is_relative_to(SHAREABLE))


def test_every_command_that_shares_is_looked_at_here():
    sharing = {name for name, command in cli.commands.items() if any(one.name == "share" for one in command.params)}

    assert sharing == {"analyse", "questions", "report", "schools"}  # the last in test_many_schools


@pytest.mark.parametrize(("mode", "filters", "peers", "said"), CASES.values(), ids=CASES)
def test_nothing_to_share_holds_a_name_that_only_the_files_give(register, mode, filters, peers, said):
    rules = usual_rules()
    analysis = analyse(register, rules, None, filters, peers)
    texts = [
        text
        for content in in_every_form(analysis, share(analysis, rules, rules.sharing.modes[mode]))
        for text in texts_in(content)
    ]

    assert CANARY in f"{analysis.filters} {peers.group}"
    assert [text[:80] for text in texts if CANARY in text.casefold()] == []
    assert sum(said in text for text in texts) >= (4 if said else 0)  # screen, two pages, workbook


def test_a_school_that_shares_such_names_reads_which_class_it_is(folder, tmp_path):
    settings = tmp_path / "ours.yaml"
    settings.write_text("sharing: {modes: {governors: {names_from_data: true}}}\n", encoding="utf-8")
    given = ["analyse", folder, "--share", "governors", "--class", CLASS]

    assert f"Only class {CLASS}." in siptrack_here(*given, "--config", settings).out


def test_the_report_of_a_class_names_it_for_its_teachers_and_not_for_governors(folder, tmp_path):
    siptrack_here("report", folder, "-o", tmp_path, "--class", CLASS, "--children", "none")

    assert CLASS in (tmp_path / "named" / "report.html").read_text(encoding="utf-8")
    assert CANARY not in (tmp_path / "shareable" / "summary.html").read_text(encoding="utf-8").casefold()


def test_tables_by_pseudonym_name_no_child_no_teacher_and_no_place_in_files(register):
    analysis = analyse(register, usual_rules())
    made = pseudonymised_text(analysis, usual_rules(), bytes(32), "json", only=None, width=None).casefold()

    assert CLASS.casefold() in made  # by class they are told, and so are personal data
    assert [what for what in ("sur", "fore", "teacher", "file", "sheet", "folder") if what + CANARY in made] == []
