"""A document in the form in which it is kept."""

from __future__ import annotations

from siptrack.rendering.markdown import as_markdown
from siptrack.rendering.model import Document
from siptrack.rendering.terminal import as_text


def write_document(document: Document, form: str, *, width: int | None, colour: bool) -> str | bytes:
    """The document as `html`, `docx`, `markdown` or `table`, which is text.

    Text is folded to `width` columns, or with None in plain lines.
    """
    if form == "html":
        from siptrack.rendering.html.pages import as_html

        return as_html(document)
    if form == "docx":
        from siptrack.rendering.word.document import as_word

        return as_word(document)
    return as_markdown(document) if form == "markdown" else as_text(document, width=width, colour=colour)
