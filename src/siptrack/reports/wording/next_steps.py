"""What leads the command that is suggested at the end of a report."""

from __future__ import annotations


def to_explain() -> str:
    """What `siptrack explain` tells."""
    return "What a finding means and what to do about it:"


def to_columns() -> str:
    """What `siptrack columns` tells where nothing can be told of any child."""
    return "How each column was understood, and what was ignored:"


def to_check() -> str:
    """What `siptrack check` tells where there are errors in the data."""
    return "Every place in the data that must be corrected:"


def to_look_closer(class_name: str) -> str:
    """What the report on one class tells."""
    return f"The children of class {class_name}, each sentence with the cells behind it:"
