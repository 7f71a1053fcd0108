"""What siptrack says stands in one place, and never says of a child, a class or a teacher what no figure can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "src" / "siptrack" / "documents"
WORDING = sorted(DOCUMENTS.rglob("*.py"))
TEMPLATES = sorted(path for ending in ("jinja", "html") for path in DOCUMENTS.rglob(f"*.{ending}"))
SAID_BY_RULES = {  # the entries of the rules that are printed as they stand
    "flags.yaml": ("meaning", "remedy"),
    "problems.yaml": ("meaning", "causes", "remedy"),
    "checks.yaml": ("meaning", "question"),
}
NEVER_SAID = {  # what it would be taken for
    "fail": r"\bfail(s|ed|ing|ure|ures)?\b",  # a verdict on a child; of a formula it is said in the rules below
    "weak": r"\bweak(er|est|ness)?\b",
    "poor": r"\bpoor(er|est|ly)?\b",
    "bad": r"\bbad(ly)?\b",
    "low ability": r"\b(low|high|less)[- ]abl(e|ility)\b|\bability\b",
    "underperforming": r"\bunder-?(perform|achiev)\w*",
    "proof": r"\b(prove[sdn]?|proof|proving)\b",
    "significant": r"\b(in)?significan(t|tly|ce)\b",  # to a statistician it means something else than to a head
    "obvious": r"\b(obvious|clearly|of course|simply|just)\b",
    "blame": r"\b(blame|fault|guilty|lazy|careless)\w*",
    "alarm": r"\b(urgent|urgently|immediately|warning|alert|danger)\b",
    "jargon": r"\b(cohort|outlier|regression|p-value|dataframe|parse[drs]?|boolean|exception|invalid)\b",
    "shouting": r"!",
}
ALLOWED = {  # where the word is about something else
    "fail": re.compile(r"A formula that failed"),
    "just": re.compile(r"[Jj]ust below"),
    "jargon": re.compile(r"^boolean$|\(regression to the mean\)"),  # the field's name, in brackets after what it means
    "proof": re.compile(r"this is not proof"),
}


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that may be printed: its docstrings are not."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def never_said(text: str) -> list[str]:
    bare = text
    for allowed in ALLOWED.values():
        bare = allowed.sub("", bare)
    return [name for name, pattern in NEVER_SAID.items() if re.search(pattern, bare, re.IGNORECASE)]


@pytest.mark.parametrize("path", WORDING, ids=lambda path: path.relative_to(DOCUMENTS).as_posix())
def test_no_sentence_says_what_must_not_be_said(path):
    assert [f"line {line}: {text!r}: {found}" for line, text in texts(path) if (found := never_said(text))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(DOCUMENTS).as_posix())
def test_no_template_says_what_must_not_be_said(path):
    tags = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>"
    marks = r"^[\s!]+"  # of a line that is a warning or an error
    said = re.sub(marks, "", re.sub(tags, " ", path.read_text(encoding="utf-8"), flags=re.DOTALL), flags=re.MULTILINE)

    assert never_said(said) == []


def test_no_question_for_the_meeting_says_what_must_not_be_said():
    prompts = yaml.safe_load((ROOT / "config" / "meeting.yaml").read_text(encoding="utf-8"))["prompts"]

    assert len(prompts) > 10
    assert [f"{key}: {found}" for key, one in prompts.items() if (found := never_said(one["asks"]))] == []


@pytest.mark.parametrize("name", SAID_BY_RULES)
def test_no_rule_says_what_must_not_be_said(name):
    held = yaml.safe_load((ROOT / "config" / name).read_text(encoding="utf-8"))
    said = [
        (code, str(entry[part]))
        for code, entry in held[name.removesuffix(".yaml")].items()
        for part in SAID_BY_RULES[name]
    ]

    assert len(said) > 10
    assert [f"{code}: {text!r}: {found}" for code, text in said if (found := never_said(text))] == []


@pytest.mark.parametrize(
    "sentence",
    ["Boys are failing in maths.", "A weak teacher.", "The gap is significant!", "This proves it.", "An invalid cell."],
)
def test_the_search_would_find(sentence):
    assert never_said(sentence)
