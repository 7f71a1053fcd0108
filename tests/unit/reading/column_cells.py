"""Columns of cells typed as text, and the scales that they are recognised to be on."""

from __future__ import annotations

from collections import Counter

from school_files import usual_rules

from siptrack.reading.grades import ScaleReader
from siptrack.reading.recognition import Around, Recognised, Recogniser
from siptrack.rules.model import Rules


def together(*columns: dict[str, object], rules: Rules | None = None) -> list[Recognised]:
    """The scales of columns of one school; each has `cells`, and what is known of it besides."""
    rules = rules or usual_rules()
    readers = {name: ScaleReader(scale, rules.years, rules.columns) for name, scale in rules.scales.items()}
    texts, around = {}, {}
    for number, column in enumerate(columns):
        usual = {"file": "school.csv", "words": "Reading", "subject": "reading"}
        known = {**usual, **{name: value for name, value in column.items() if name != "cells"}}
        at = (0, number, known["subject"])
        cells = str(column["cells"])
        texts[at] = Counter(cells.split("|") if "|" in cells else cells.split())
        around[at] = Around(**known)
    return list(Recogniser(rules, readers).all(texts, around).values())


def alone(cells: str, words: str = "Reading", *, rules: Rules | None = None, **known: object) -> Recognised:
    return together({"cells": cells, "words": words, **known}, rules=rules)[0]


def years(*academic_years: int) -> frozenset[int]:
    return frozenset(academic_years)
