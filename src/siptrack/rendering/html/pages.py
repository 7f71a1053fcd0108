"""A page from its template: everything that stands in it from a school's files is text and never markup."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.rendering.compiled import compiled_beside
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, *folders: Path, known: Mapping[str, object] | None = None, **values: object) -> bytes:
    """The page as it is written to a file; further templates lie in `folders`, and all of them know what is `known`."""
    return _environment(folders).get_template(template, globals=dict(known or {})).render(values).encode("utf-8")


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader((_TEMPLATES, *folders)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled_beside(_TEMPLATES),
    )
    environment.tests["of_kind"] = lambda part, name: type(part).__name__ == name
    return environment


def _harmless(value: object) -> object:
    """A text without characters that would act on a page; what a template made of texts is left as it is."""
    if type(value) is str and value.isascii() and value.isprintable():  # as nearly all are, of a great many
        return value
    return safe_text(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
