from pathlib import Path

import pytest

from siptrack.commands.forms import ENDINGS, FORMATS, choose_form
from siptrack.school.errors import ChoiceError


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_the_file_tells_the_form_in_any_case(ending):
    assert choose_form(None, Path(f"a.b{ending.upper()}")) == ENDINGS[ending]
    assert choose_form(ENDINGS[ending], Path(f"a{ending}")) == ENDINGS[ending]


def test_every_form_has_an_ending():
    assert set(ENDINGS.values()) == set(FORMATS)


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
