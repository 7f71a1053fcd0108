import json

import pytest

from siptrack.rendering.safe_text import csv_cell, json_safe, markdown_cell
from siptrack.school.safe_text import safe_text

HOSTILE = {
    "Smith [/]": "Smith [/]",
    "[bold]x": "[bold]x",
    "Jo\x1b[2J": r"Jo\x1b[2J",
    "\x1b]52;c;cGF5\x07": r"\x1b]52;c;cGF5\x07",
    "two\nlines\tand a tab": r"two\x0alines\x09and a tab",
    "\x9b31m\x7f": r"\x9b31m\x7f",
    "Jo\u202egnp": r"Jo\u202egnp",
    "a\u2028b\u200bc": r"a\u2028b\u200bc",
    "\U000e0041": r"\U000e0041",
    "half \ud800": r"half \ud800",
    "not known yet \u0378": r"not known yet \u0378",
}


@pytest.mark.parametrize(("written", "shown"), HOSTILE.items(), ids=ascii)
def test_what_a_screen_would_obey_is_shown_in_letters(written, shown):
    assert safe_text(written) == shown


@pytest.mark.parametrize("name", ["Zoë", "محمد", "王小明", "O\u2019Brien-Ní Dhomhnaill", "N'Golo", "a\u00a0b"])
def test_names_of_any_script_stay_as_they_are(name):
    assert safe_text(name) == name


def test_letters_in_two_parts_become_one():
    assert safe_text("Zoe\u0308") == "Zo\u00eb"


def test_no_character_of_a_name_means_anything_in_a_markdown_table():
    assert markdown_cell("a|b`c<d*e_f[g]\n") == r"a\|b\`c\<d\*e\_f\[g\]\\x0a"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("- odd", "\\- odd"),
        ("+ odd", "\\+ odd"),
        ("1. One", "1\\. One"),
        ("12) x", "12\\) x"),
        ("-1", "-1"),
        ("1.5", "1.5"),
    ],
)
def test_no_text_begins_a_list_in_markdown(text, written):
    assert markdown_cell(text) == written


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "\u3000@"])
def test_text_that_begins_like_a_formula_is_guarded_in_csv(start):
    assert csv_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("start", ["\t", "\r"])
def test_text_that_begins_with_a_control_is_guarded_and_shown_in_csv(start):
    assert csv_cell(f"{start}x") == f"'\\x{ord(start):02x}x"


@pytest.mark.parametrize("text", ["Al-Zaytun", "2a", "a=b", ""])
def test_ordinary_text_is_not_guarded_in_csv(text):
    assert csv_cell(text) == text


@pytest.mark.parametrize("text", [*HOSTILE, "Zoë", "😀\U000e0041"], ids=ascii)
def test_json_keeps_every_value_and_holds_nothing_that_a_screen_obeys(text):
    document = json_safe(json.dumps({"name": text}, ensure_ascii=False))
    assert json.loads(document) == {"name": text}
    assert safe_text(document) == document
    document.encode()
