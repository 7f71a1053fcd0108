"""The figures in docs/accuracy.md and the README stand where the measurement of accuracy writes them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[1] / "benchmarks" / "accuracy"


def module(name):
    spec = importlib.util.spec_from_file_location(f"accuracy_{name}", BENCH / f"{name}.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


PAGE, FIGURES = module("page"), module("figures")


@pytest.mark.parametrize("path", PAGE.PAGES, ids=lambda path: path.name)
def test_every_place_of_a_page_has_a_table_that_is_made(path):
    text = path.read_text(encoding="utf-8")
    made = {
        name
        for source in BENCH.glob("*.py")
        for name in re.findall(r'Section\(\s*"([a-z-]+)"', source.read_text("utf-8"))
    }

    assert len(PAGE.places(text)) == text.count(":begin") == text.count(":end")
    assert [name for name in PAGE.places(text) if name not in made and name != "report"] == []
    assert not re.search(r":begin -->\s*<!-- ", text), "a place is empty: python tests/benchmarks/accuracy --write"


def test_a_table_is_written_in_its_lines_and_a_sentence_within_its_own():
    class Section:
        def __init__(self, name, table):
            self.name, self.table = name, table

    def page(table, sentence):
        in_lines = f"a\n\n<!-- t:begin -->\n{table}\n<!-- t:end -->\n"
        return f"{in_lines}\nb <!-- s:begin -->{sentence}<!-- s:end -->. <!-- u:begin -->u<!-- u:end -->"

    sections = [Section("t", "| x |"), Section("s", "new"), Section("", "no place")]

    assert PAGE.with_tables(page("old", "old"), sections) == page("| x |", "new")
    assert PAGE.with_tables(page("| x |", "new"), sections) == page("| x |", "new")


def test_the_standard_error_of_a_mean_is_the_usual_one_where_each_child_is_a_part():
    values = np.array([1.0, 2.0, 4.0, 9.0])
    figure = FIGURES.mean(values, np.arange(4))

    assert figure.value == 4
    assert figure.error == pytest.approx(values.std(ddof=1) / 2)


def test_children_of_a_school_who_are_alike_count_as_fewer():
    together = FIGURES.share(np.array([True] * 10 + [False] * 10), np.repeat([3, 5], 10))

    assert together.value == 50
    assert together.error == pytest.approx(50)  # of two schools, each all one way
