"""A page from its template: everything that stands in it from a school's files is text and never markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.rendering.html.tables import grid
from siptrack.rendering.html.texts import escaped
from siptrack.rendering.model import Document
from siptrack.rendering.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, *folders: Path, **values: object) -> bytes:
    """The page as it is written to a file; further templates lie in `folders`."""
    return _environment(folders).get_template(template).render(values).encode("utf-8")


def as_html(document: Document, back: str = "") -> bytes:
    """The page; `back` is the address of the page that it belongs to."""
    return page(
        "document.jinja",
        kind="",
        title=document.title,
        notice=document.notice,
        sections=document.sections,
        ending="",
        back=back,
        ruler=document.ruler,
    )


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    made = environment((_TEMPLATES, *folders), _harmless)
    made.globals["grid"] = grid
    made.tests["of_kind"] = lambda part, name: type(part).__name__ == name
    return made


def _harmless(value: object) -> object:
    """A text without characters that would act on a page; what a template made of texts is left as it is."""
    return value if type(value) is not str and hasattr(value, "__html__") else escaped(str(value))
