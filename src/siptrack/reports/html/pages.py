"""A page from its template: everything that stands in it from a school's files is text and never markup."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from siptrack.reports.wording import pages as words
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, **values: object) -> bytes:
    """The page as it is written to a file."""
    return _environment().get_template(template).render(values).encode("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("siptrack.reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["words"] = words
    return environment


def _harmless(value: object) -> object:
    """A text without characters that would act on a page; what a template made of texts is left as it is."""
    if type(value) is str and value.isascii() and value.isprintable():  # as nearly all are, of a great many
        return value
    return safe_text(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
