"""Names in the code say what a thing is; four words that could be anything name nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

SOURCE = Path(__file__).parents[2] / "src"
EMPTY_WORDS = {"told", "put", "said", "one"}
IN_DATA_FILES = {  # columns of tables, and names in the schema of a child's page, which other programs read
    "siptrack.analysis.tables": {"told"},
    "siptrack.cycle.review_tables": {"said"},
    "siptrack.documents.child.facts": {"told", "TargetSaid", "WindowSaid"},
}
NOT_YET = (  # take a line out when its module is done
    "siptrack.reading.records",
)


def _modules() -> dict[str, Path]:
    paths = sorted((SOURCE / "siptrack").rglob("*.py"))
    named = {".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}
    return {name: path for name, path in named.items() if not name.startswith(NOT_YET)}


def _names_given(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each name that a module gives to something, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name:
            yield node.lineno, node.name
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname


def _is_empty(name: str) -> bool:
    parts = re.sub(r"([A-Z][a-z]+)", r"_\1", name).lower().split("_")
    return not EMPTY_WORDS.isdisjoint(parts)


def test_the_measure_sees_an_empty_word_in_every_kind_of_name():
    code = "def put_rows(told): x.said = [one for one in told]\nclass WindowSaid: ONE = 1\nimport a as said\nphone = 1"
    found = sorted(name for _, name in _names_given(ast.parse(code)) if _is_empty(name))

    assert found == ["ONE", "WindowSaid", "one", "put_rows", "said", "said", "told"]


def test_no_name_in_the_code_is_an_empty_word():
    offences = [
        f"{module}, line {line}: {name}"
        for module, path in _modules().items()
        for line, name in _names_given(ast.parse(path.read_text(encoding="utf-8")))
        if _is_empty(name) and name not in IN_DATA_FILES.get(module, ())
    ]

    assert not offences, "name it by what it is:\n" + "\n".join(offences)


def test_no_module_is_called_by_an_empty_word():
    assert [module for module in _modules() if any(map(_is_empty, module.split(".")))] == []


def test_no_name_in_a_template_is_an_empty_word():
    offences = []
    for path in sorted((SOURCE / "siptrack").rglob("*.jinja")):
        page = Environment(extensions=["jinja2.ext.do"]).parse(path.read_text(encoding="utf-8"))  # noqa: S701  # parsed alone
        given = [node for node in page.find_all(nodes.Name) if node.ctx in ("store", "param")]
        offences += [f"{path.name}, line {node.lineno}: {node.name}" for node in given if _is_empty(node.name)]
        macros = page.find_all(nodes.Macro)
        offences += [f"{path.name}, line {macro.lineno}: {macro.name}" for macro in macros if _is_empty(macro.name)]

    assert not offences, "name it by what it is:\n" + "\n".join(offences)


def test_the_names_that_data_files_have_are_still_there():
    for module, names in IN_DATA_FILES.items():
        given = {name for _, name in _names_given(ast.parse(_modules()[module].read_text(encoding="utf-8")))}
        assert names <= given, f"take {sorted(names - given)} of {module} out of IN_DATA_FILES"
