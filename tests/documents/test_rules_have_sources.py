"""Every rule says where it comes from, and every code that siptrack prints is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from siptrack.school.codes import CheckCode, FlagCode

REPOSITORY = Path(__file__).parents[2]
CONFIG = REPOSITORY / "config"
FLAGS_PAGE = REPOSITORY / "docs" / "flags.md"
FILES = {path.relative_to(CONFIG).as_posix(): path for path in sorted(CONFIG.rglob("*.yaml"))}

REPORTING = 4  # a problem is added with its code, place, what was found and what was expected
SOURCED_ENTRIES = {  # sections in which every entry has a source of its own
    "columns.yaml": ("roles", "combined", "assessment_points"),
    "flags.yaml": ("flags",),
    "groups.yaml": ("characteristics", "derived", "pairs"),
    "national.yaml": ("others", "standards"),
}


def _held(name: str) -> Mapping[str, object]:
    held = yaml.safe_load(FILES[name].read_text(encoding="utf-8"))
    assert isinstance(held, dict)
    return held


def _values(where: str, part: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every threshold, wherever it stands: a section with `value` in it."""
    if isinstance(part, dict):
        if "value" in part:
            yield where, part
        for name, inner in part.items():
            yield from _values(f"{where}, {name}", inner)


def _entries_that_need_a_source() -> Iterator[tuple[str, Mapping[str, object]]]:
    for name in FILES:
        held = _held(name)
        yield from _values(name, held)
        if name.startswith("scales/") or name in ("problems.yaml", "years.yaml"):
            yield name, held
        for section in SOURCED_ENTRIES.get(name, ()):
            entries = held[section]
            assert isinstance(entries, dict)
            for entry, inside in entries.items():
                yield f"{name}, {section}, {entry}", inside
        if name == "columns.yaml":
            yield from ((f"{name}, {section}", held[section]) for section in ("season_months", "whole_year"))


def test_every_rule_names_its_source():
    entries = list(_entries_that_need_a_source())
    nameless = [where for where, entry in entries if not str(entry.get("source") or "").strip()]

    assert len(entries) > 60
    assert nameless == []


def _national_figures() -> Iterator[tuple[str, Mapping[str, object]]]:
    standards = _held("national.yaml")["standards"]
    assert isinstance(standards, dict)
    for key, standard in standards.items():
        for year, of_year in standard["figures"].items():
            yield from _values(f"{key}, {year}", of_year)


def test_every_national_figure_has_a_year_a_source_and_says_how_sure_it_is():
    figures = list(_national_figures())
    degrees = _held("national.yaml")["sure"]

    assert len(figures) > 80
    assert [where for where, _ in figures if not re.search(r", \d{4}-\d\d, ", where)] == []
    assert [where for where, figure in figures if not str(figure.get("source") or "").strip()] == []
    assert [where for where, figure in figures if figure.get("sure") not in degrees] == []


@pytest.mark.parametrize("name", FILES)
def test_every_rule_file_says_when_it_was_last_checked(name):
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(_held(name).get("checked", ""))), f'{name} lacks: checked: "2026-01-31"'


@pytest.mark.parametrize(("name", "section"), [("flags.yaml", "flags"), ("problems.yaml", "problems")])
def test_every_meaning_and_remedy_is_a_sentence(name, section):
    entries = _held(name)[section]
    assert isinstance(entries, dict)
    texts = {
        f"{code}: {part}": str(entry.get(part, "")) for code, entry in entries.items() for part in ("meaning", "remedy")
    }

    assert [where for where, text in texts.items() if not re.fullmatch(r"[A-Z].*\.", text)] == []


def _problem_codes_in_use() -> dict[str, str]:
    """Each problem code that the program raises, and where: the first text handed to something called add."""
    known = set(_held("problems.yaml")["problems"])
    found: dict[str, str] = {}
    for path in sorted((REPOSITORY / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and len(node.args) >= REPORTING
                and getattr(node.func, "attr", getattr(node.func, "id", ""))
                in (
                    "add",
                    "_add",
                )
            ):
                texts = [
                    arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                ]
                found.update({text: f"{path.name}, line {node.lineno}" for text in texts[:1] if "-" in text})
            elif isinstance(node, ast.Constant) and node.value in known:
                found.setdefault(node.value, f"{path.name}, line {node.lineno}")
    return found


def test_every_problem_that_is_raised_is_explained_and_every_one_explained_is_raised():
    raised, explained = _problem_codes_in_use(), set(_held("problems.yaml")["problems"])

    unexplained = {code: where for code, where in raised.items() if code not in explained}
    assert unexplained == {}
    assert explained - set(raised) == set()


@pytest.mark.parametrize(
    ("codes", "modules"),
    [
        (FlagCode, ("analysis/flags.py", "documents/flags.py")),
        (CheckCode, ("analysis/consistency.py", "documents/check/questions.jinja")),
    ],
)
def test_every_code_has_its_finder_and_its_sentence(codes, modules):
    for module in modules:
        text = (REPOSITORY / "src" / "siptrack" / module).read_text(encoding="utf-8")
        said = "{{% macro {0.name}(" if module.endswith(".jinja") else f"{codes.__name__}.{{0.name}}:"

        assert [one for one in codes if said.format(one).casefold() not in text.casefold()] == [], module


def test_the_manual_explains_every_flag_by_its_code():
    explained = FLAGS_PAGE.read_text(encoding="utf-8")

    assert [code for code in _held("flags.yaml")["flags"] if f"\n## {code}\n" not in explained] == []
