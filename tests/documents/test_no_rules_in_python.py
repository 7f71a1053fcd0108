"""No grade, code or group is typed into the program: they live in config/, where a teacher can check them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from siptrack.rules.load import load
from siptrack.rules.model import Rules

SOURCE = Path(__file__).parents[2] / "src" / "siptrack"
MODULES = sorted(SOURCE.rglob("*.py"))
CODE = re.compile(r"[A-Z]{3,4}")
SHORTEST = 2  # single letters are codes in every scale and words in every program


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a module, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def _rules_as_texts(rules: Rules) -> set[str]:
    """Grades, special codes, groups' keys, the codes of ethnicity and language, and the names of scales."""
    grades = [entry.code for scale in rules.scales.values() for entry in (*scale.grades, *scale.codes)]
    groups = [group for characteristic in rules.groups.all().values() for group in characteristic.groups.values()]
    codes = [text for group in groups for text in group.spellings if CODE.fullmatch(text)]
    return {
        text for text in (*grades, *codes, *(group.key for group in groups), *rules.scales) if len(text) >= SHORTEST
    }


@pytest.fixture(scope="module")
def typed_rules() -> set[str]:
    return _rules_as_texts(load())


ELSEWHERE = {  # texts that are a code of ours and, in this module, something else
    "reading/formats/ctf.py": {"FSM"},  # the heading under which the Common Transfer File's meals are laid out
    "analysis/national.py": {"other"},
    "analysis/national_table.py": {"other"},  # the column of the other pupils nationally
    "documents/national.py": {"other"},  # the same
    "reading/vocabulary.py": {"other"},  # a word that makes a column something other than a result
    "rules/columns.py": {"other"},  # the same
    "documents/workbook/sheets.py": {"other"},  # the same
    "documents/workbook/rows.py": {"other"},  # the same
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_rule_is_typed_into(path, typed_rules):
    other = ELSEWHERE.get(path.relative_to(SOURCE).as_posix(), set())

    typed = [f"line {line}: '{text}'" for line, text in _texts(path) if text in typed_rules - other]

    assert typed == []


def test_the_search_would_find_a_rule(tmp_path, typed_rules):
    module = tmp_path / "wrong.py"
    module.write_text('"""EXS in a docstring is no rule."""\nEXPECTED = "EXS"\nif group == "fsm":\n    pass\n')

    assert [(line, text) for line, text in _texts(module) if text in typed_rules] == [(2, "EXS"), (3, "fsm")]


JUDGE = sorted(path for folder in ("analysis", "cycle") for path in (SOURCE / folder).glob("*.py"))


def _numbers(node: ast.expr) -> list[ast.Constant]:
    """The numbers in an expression."""
    return [one for one in ast.walk(node) if isinstance(one, ast.Constant) and type(one.value) in (int, float)]


def _figures(text: str) -> Iterator[str]:
    """The figures that a module names: those not explained beside them, and those that depend on what is judged."""
    lines = text.split("\n")
    for node in ast.parse(text).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None or not _numbers(node.value):
            continue
        if any(isinstance(one, ast.Dict) and any(map(_numbers, one.values)) for one in ast.walk(node.value)):
            yield f"line {node.lineno}: figures by what is judged belong in config"
        elif isinstance(node.value, ast.Constant | ast.BinOp | ast.UnaryOp) and "  # " not in lines[node.lineno - 1]:
            yield f"line {node.lineno}: a figure without why it is no rule"


@pytest.mark.parametrize("path", JUDGE, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_figure_decides_about_a_child_but_those_in_config(path):
    assert list(_figures(path.read_text(encoding="utf-8"))) == []


def test_the_search_would_find_a_figure():
    assert [one.split(":")[0] for one in _figures("BACK = {Season.SPRING: 2}\nLEAST = 2\nOF = 100  # a whole\n")] == [
        "line 1",
        "line 2",
    ]
