"""A document for people in the form in which it is kept."""

from __future__ import annotations

from siptrack.reports.printed import Printed, printed_markdown, printed_text


def write_printed(printed: Printed, form: str, *, width: int | None, colour: bool) -> str | bytes:
    """The document as `html`, `docx`, `markdown` or `table`, which is text.

    Text is folded to `width` columns, or with None in plain lines.
    """
    if form == "html":
        from siptrack.reports.html.printed import printed_html

        return printed_html(printed)
    if form == "docx":
        from siptrack.reports.word.printed import printed_word

        return printed_word(printed)
    return printed_markdown(printed) if form == "markdown" else printed_text(printed, width=width, colour=colour)
