"""Which branches of the templates were rendered: each `if`, `elif`, `else`, `for` and macro notes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import Environment
from jinja2.ext import Extension

from siptrack.rendering import template

TAG = re.compile(r"\{%-?\s*(if|elif|else|for|macro)\b.*?-?%\}", re.DOTALL)


class _Marked(Extension):
    """Puts a mark behind every tag that begins a branch, on the tag's own line, so that nothing else changes."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del filename

        def mark(tag: re.Match[str]) -> str:
            end = "-%}" if tag[0].endswith("-%}") else "%}"
            return f"{tag[0]}{{% set _ = reached({_branch(source, tag, name)!r}) {end}"

        return TAG.sub(mark, source)


def _branch(source: str, tag: re.Match[str], name: str | None) -> str:
    line = source.count("\n", 0, tag.start()) + 1
    return f"{name}, line {line}: {tag[0]}"


@contextmanager
def marked() -> Iterator[tuple[set[str], Environment]]:
    """While this lasts, the branches reached are noted."""
    reached: set[str] = set()
    environment = template._environment.__wrapped__()
    environment.bytecode_cache = None  # what is kept has no marks
    environment.add_extension(_Marked)
    environment.globals["reached"] = reached.add
    before = template._environment
    template._environment = lambda: environment
    try:
        yield reached, environment
    finally:
        template._environment = before


def branches(environment: Environment) -> set[str]:
    """Every branch of every template."""
    found = set()
    for name in environment.list_templates(filter_func=lambda one: one.endswith(".jinja")):
        source, *_ = environment.loader.get_source(environment, name)
        found |= {_branch(source, tag, name) for tag in TAG.finditer(source)}
    return found
