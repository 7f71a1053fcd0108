from pathlib import Path

import pytest

from siptrack.commands.forms import ENDINGS, FORMATS, PAPERS, WORKBOOK, choose_form
from siptrack.school.errors import ChoiceError

EVERY = (*FORMATS, *PAPERS, WORKBOOK)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_the_file_tells_the_form_in_any_case(ending):
    assert choose_form(None, Path(f"a.b{ending.upper()}"), EVERY) == ENDINGS[ending]
    assert choose_form(ENDINGS[ending], Path(f"a{ending}"), EVERY) == ENDINGS[ending]


def test_every_form_has_an_ending():
    assert set(ENDINGS.values()) == set(EVERY)


@pytest.mark.parametrize("ending", [".html", ".docx", ".xlsx"])
def test_a_form_that_the_command_does_not_have_is_refused(ending):
    with pytest.raises(ChoiceError, match=r"tells no form"):
        choose_form(None, Path(f"flags{ending}"))


@pytest.mark.parametrize("output", [None, Path("-"), Path("report"), Path(".report")])
def test_without_an_ending_it_is_the_report_or_what_is_named(output):
    assert choose_form(None, output) == "table"
    assert choose_form("csv", output) == "csv"


def test_an_ending_that_is_no_form_goes_with_one_that_is_named():
    assert choose_form("csv", Path("flags.2026")) == "csv"
    with pytest.raises(ChoiceError, match=r"the ending \.2026 tells no form"):
        choose_form(None, Path("flags.2026"))


@pytest.mark.parametrize("ending", [".xlsx", ".DOCX", ".html", ".json"])
def test_an_ending_of_another_form_is_refused_with_the_endings_that_go(ending):
    with pytest.raises(ChoiceError, match=r"or write \.md or \.markdown"):
        choose_form("markdown", Path(f"report{ending}"))
