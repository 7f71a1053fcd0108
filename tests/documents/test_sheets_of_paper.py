"""What is printed: the report of a school on at most four sheets of A4, the folds left out; a class's meeting on three.

Chromium and LibreOffice print them; where these are not on the machine, what hides the folds is held all the same.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import siptrack
from registers import usual_rules
from siptrack.commands import run
from siptrack.documents.meeting.sheets import meeting_sheets
from siptrack.documents.meeting.view import meeting_document
from siptrack.rendering.word.document import as_word
from siptrack.rendering.workbook.write import write_workbook

REPOSITORY = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
SHEETS = 4


@pytest.fixture(scope="module", params=["levels", "today"])
def report(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp(request.param) / "report"
    assert (
        run(["report", str(REPOSITORY / "sample_data" / request.param), "-o", str(folder), "--children", "none"]) == 0
    )
    return folder / "named" / "report.html"


def sheets_of(page, tmp_path):
    """How many sheets of A4 a page is printed on."""
    printed = tmp_path / "page.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={tmp_path / 'browser'}"]
    command = [str(CHROMIUM), *flags, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed.read_bytes()))


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not on this machine")
def test_the_report_of_a_school_of_210_is_printed_on_four_sheets_at_most(report, tmp_path):
    assert 2 <= sheets_of(report, tmp_path) <= SHEETS


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not on this machine")
def test_a_child_s_page_with_reading_ages_and_provision_is_printed_on_one_sheet(tmp_path):
    page = tmp_path / "child.html"
    assert run(["child", str(REPOSITORY / "sample_data" / "today"), "Damson, Jessica", "-o", str(page)]) == 0

    assert "Months behind" in page.read_text(encoding="utf-8")
    assert sheets_of(page, tmp_path) == 1


def test_every_fold_is_closed_and_no_closed_fold_is_printed(report):
    page = report.read_text(encoding="utf-8")

    assert page.count("<details>") > 10
    assert "<details open" not in page
    assert re.search(r"@media print \{[^@]*details:not\(\[open\]\)[^{}]*\{ display: none; \}", page)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not on this machine")
def test_the_meetings_of_seven_classes_are_printed_on_three_sheets_each_in_word_and_from_the_workbook(tmp_path):
    analysis, rules = siptrack.analyse(REPOSITORY / "sample_data" / "today"), usual_rules()
    files = {"word.docx": as_word(meeting_document(analysis, rules))}
    files["book.xlsx"] = write_workbook(meeting_sheets(analysis, rules))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=300)

    for name in ("word.pdf", "book.pdf"):
        assert 7 < len(re.findall(rb"/Type\s*/Page\b(?!s)", (tmp_path / name).read_bytes())) <= 7 * 3, name
