"""What is said about Word documents."""

from __future__ import annotations


def missing_library() -> tuple[str, str]:
    """That Word documents need a library which is not there, and how to get it."""
    return (
        "Word documents need the library python-docx, which is not installed.",
        'Install it with siptrack: in the folder of this project, pip install ".[docx]"; or ask for no Word document.',
    )
