"""The analysis taken apart by pupil and by term says what the whole says."""

from __future__ import annotations

from pathlib import Path

import pytest

from siptrack.analysis.analyse import analyse
from siptrack.analysis.at_are_by_term import AT_ARE_BY_TERM, at_are_by_term
from siptrack.documents.child.rows import child_rows
from siptrack.documents.child.view import page_of
from siptrack.reading.read import read
from siptrack.rules.load import load
from siptrack.school.in_pandas import to_pandas

SAMPLES = Path(__file__).parents[3] / "sample_data"


@pytest.fixture(scope="module", params=["levels", "today"])
def analysis(request):
    rules = load()
    return analyse(read([SAMPLES / request.param], rules), rules)


def test_the_newest_term_is_the_summary_s(analysis):
    table = to_pandas(at_are_by_term(analysis))
    newest = table[table["term"] == analysis.term.number].set_index(["year_group", "subject"])
    summary = analysis.summary[analysis.summary["subject"].isin(newest.index.get_level_values("subject"))]

    assert list(table.columns) == AT_ARE_BY_TERM.names
    assert len(newest) == len(summary) > 10
    for row in summary.itertuples():
        told = newest.loc[(row.year_group, row.subject)]
        assert (told["assessed"], told["at_are"]) == (row.assessed, row.at_are)


def test_no_term_after_the_one_judged_is_told(analysis):
    assert at_are_by_term(analysis)["term"].max() == analysis.term.number


def test_a_child_s_page_is_the_same_from_the_rows_of_that_child_alone(analysis):
    rules = load()
    pupils = list(analysis.pupils["pupil"])
    every = child_rows(analysis, rules, pupils)

    for pupil in pupils[::17]:
        assert page_of(pupil, every) == page_of(pupil, child_rows(analysis, rules, [pupil]))
