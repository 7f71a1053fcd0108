"""What is said on pages for a browser beside what the report says anywhere: titles, captions, how to read a picture."""

from __future__ import annotations

from siptrack.rendering.numbers import quantity

NAMED = (
    "This report names children. Keep it as you keep the school's other records of them, and share it with nobody else."
)
SHAREABLE = "Made to be shared: no child is named in it."


def child_pages_written(folder: str, pages: int, children: int) -> str:
    """That the children's pages were written, in one line; of some of the children, whose, and how to get all."""
    if pages == children:
        return f"Written: {quantity(pages, 'page')} in {folder}, one for each child"
    return (
        f"Written: {quantity(pages, 'page')} in {folder}, of the children who are named or slip slowly; "
        f"--children all makes all {children}"
    )


def earlier_pages(folder: str, pages: int) -> str:
    """That pages of an earlier report are still there."""
    return (
        f"{folder} also holds {quantity(pages, 'page')} of an earlier report, to which no line of this one leads. "
        f"Delete {'it' if pages == 1 else 'them'} if {'it is' if pages == 1 else 'they are'} not needed."
    )
