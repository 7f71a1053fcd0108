"""The manual says what is true: its scales are those of the rules, its settings load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import workbook_page
from manual_pages import SCALES, listing, pages
from national_page import PAGE, with_figures
from tables_page import TABLES_PAGE
from tables_page import page as tables_page_today

from siptrack import __version__
from siptrack.analysis.vocabulary import GapVerdict, Reason, Verdict
from siptrack.rules.load import load
from siptrack.school.codes import CheckCode
from siptrack.school.problem import Severity
from siptrack.school.scale import Attainment

DOCS = SCALES.parent
PAGES = sorted(DOCS.rglob("*.md"))
ABOUT_WHAT_LIES_AHEAD = {"OTHER_SCALE", "NO_RATE", "EITHER_WAY", "TOO_FEW_ALIKE"}
ABOUT_PROGRESS = [reason for reason in Reason if reason.name not in ABOUT_WHAT_LIES_AHEAD]


def test_every_scale_has_its_page_as_its_rules_are_today():
    written = {path.name: path.read_text(encoding="utf-8") for path in SCALES.glob("*.md") if path.name != "README.md"}

    assert written == pages()


def test_the_national_figures_in_the_manual_are_those_of_the_rules_today():
    written = PAGE.read_text(encoding="utf-8")

    assert written == with_figures(written)


def test_the_sheets_and_measures_in_the_manual_are_those_of_today():
    written = workbook_page.PAGE.read_text(encoding="utf-8")

    assert written == workbook_page.with_tables(written)
    assert [f"measure {whose}" in written for whose in ("of a year group or the school", "of a group")] == [True, True]


def test_every_table_is_told_in_the_manual_as_it_is_declared_today():
    assert TABLES_PAGE.read_text(encoding="utf-8") == tables_page_today()


def test_every_scale_of_ours_says_in_plain_words_what_it_is():
    assert [name for name, scale in load().scales.items() if len(scale.about) < 80] == []


def test_every_scale_is_in_the_list():
    listed = re.findall(r"\(([a-z0-9-]+)\.md\)", (SCALES / "README.md").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted(load().scales)


def test_a_new_scale_gets_its_line_at_the_end_of_the_list():
    page = "| [a](a.md) | one |\n| [b](b.md), [c](c.md) | others |\n\nMore.\n"

    assert listing(page, dict.fromkeys("abc", "")) == page
    assert listing(page, {"a": "one", "d": "another"}) == page.replace("\n\n", "\n| [d](d.md) | another |\n\n")


def _settings() -> list[object]:
    blocks = [
        (page, block)
        for page in PAGES
        for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]
    return [pytest.param(block, id=f"{page.stem}-{at}") for at, (page, block) in enumerate(blocks)]


@pytest.mark.parametrize("block", _settings())
def test_settings_in_the_manual_are_accepted(tmp_path: Path, block: str):
    path = tmp_path / "siptrack.yaml"
    path.write_text(block, encoding="utf-8")

    assert load(path).ruler != load().ruler


@pytest.mark.parametrize("word", [*Verdict, *ABOUT_PROGRESS])
def test_every_verdict_and_every_reason_is_explained(word):
    assert f"| {word} |" in (DOCS / "progress.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CheckCode)
def test_every_question_is_explained_and_has_its_rule(code):
    assert f"| `{code}` |" in (DOCS / "check.md").read_text(encoding="utf-8")
    assert code in load().checks


def test_the_glossary_has_each_word_once_and_all_that_is_said_of_attainment_progress_gaps_and_problems():
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| (.*?) \|", text, re.MULTILINE)
    words = [word for entry in words if entry not in {"word", "---"} for word in entry.split(", ")]

    assert sorted(words) == sorted(set(words))
    assert [word for word in (*Verdict, *Attainment, *GapVerdict, *Severity) if word not in text] == []


def test_the_wheel_that_the_manual_installs_is_of_this_version():
    wheels = re.findall(r"siptrack-(.*?)-py3-none-any\.whl", (DOCS / "install.md").read_text(encoding="utf-8"))

    assert wheels == [__version__]
