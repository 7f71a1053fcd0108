"""The core's columns do what pandas does with the same values, by another way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from siptrack.school.frame import Frame, counted, numbered, positions
from siptrack.school.in_pandas import from_pandas, to_pandas
from siptrack.school.tables import Column, Table
from siptrack.school.texts import NONE, Texts

words = st.one_of(st.none(), st.sampled_from(["", "b", "a", "Zz", "é"]))
rows = st.lists(st.tuples(words, st.sampled_from([1.0, 2.0, np.nan, -3.5]), st.booleans()), max_size=12)


def both(values: list[tuple[object, float, bool]]) -> tuple[Frame, pd.DataFrame]:
    table = pd.DataFrame(values, columns=["text", "number", "flag"])
    table = table.astype({"text": "object", "number": "float64", "flag": "bool"})
    return from_pandas(table), table


@given(rows)
def test_a_table_comes_back_as_it_went(values):
    frame, table = both(values)
    back = to_pandas(frame)
    assert back.columns.tolist() == ["text", "number", "flag"]
    assert back["text"].isna().tolist() == table["text"].isna().tolist()
    assert back["text"].fillna("none").tolist() == [text or "" if text is not None else "none" for text, _, _ in values]
    np.testing.assert_array_equal(
        back[["number", "flag"]].to_numpy("float64"), table[["number", "flag"]].to_numpy("float64")
    )


@given(rows)
def test_rows_are_sorted_with_what_is_missing_last(values):
    frame, table = both(values)
    expected = table.sort_values(["text", "number"], kind="stable", ignore_index=True)
    found = frame.sorted_by("text", "number")
    assert found["text"].tolist() == [one if isinstance(one, str) else None for one in expected["text"]]
    np.testing.assert_array_equal(found["number"], expected["number"])


@given(rows)
def test_the_first_rows_of_their_kind_are_those_that_pandas_keeps(values):
    frame, table = both(values)
    assert frame.first_of("text", "number").tolist() == (~table.duplicated(["text", "number"])).tolist()


@given(rows)
def test_numbers_are_those_of_groups_in_order(values):
    frame, table = both(values)
    number, first = numbered([frame["text"], frame["flag"]])
    expected = table.groupby(["text", "flag"], dropna=False, sort=True).ngroup()
    assert number.tolist() == expected.tolist()
    assert [number.tolist().index(at) for at in range(len(first))] == first.tolist()


@given(rows)
def test_what_rows_have_is_counted_each_kind_once_and_in_order(values):
    frame, table = both(values)
    expected = table.groupby(["text", "flag"], dropna=False, sort=True).size()
    found = counted([frame["text"], frame["flag"]])
    assert list(found.values()) == expected.tolist()
    assert [(text, flag) for text, flag in found] == [
        (text if isinstance(text, str) else None, flag) for text, flag in expected.index
    ]


@given(st.lists(st.integers(-(10**12), 10**12), max_size=9))
def test_whole_numbers_far_apart_are_numbered_in_order_as_near_ones_are(values):
    number, first = numbered([np.array(values, dtype=np.int64)])
    distinct = sorted(set(values))
    assert number.tolist() == [distinct.index(value) for value in values]
    assert first.tolist() == [values.index(value) for value in distinct]


def test_rows_that_are_all_rows_are_the_table_itself():
    frame = Frame({"number": np.array([3, 1, 2])})
    assert frame[np.ones(3, dtype=np.bool_)] is frame
    assert frame.take(np.arange(3)) is frame
    assert frame.take(np.array([0, 2, 1])) is not frame


@given(rows, rows)
def test_a_row_is_found_among_others_where_it_first_stands(mine, theirs):
    wanted, among = both(mine)[0], both(theirs)[0]
    keys = [(text, flag) for text, _, flag in theirs]
    expected = [keys.index(key) if (key := (text, flag)) in keys else NONE for text, _, flag in mine]
    assert positions([wanted["text"], wanted["flag"]], [among["text"], among["flag"]]).tolist() == expected


@given(rows, rows)
def test_tables_stand_one_beneath_the_other(mine, theirs):
    stacked = Frame.stacked([both(mine)[0], both(theirs)[0]])
    assert stacked["text"].tolist() == [text for text, _, _ in (*mine, *theirs)]
    assert stacked["flag"].tolist() == [flag for _, _, flag in (*mine, *theirs)]


@given(rows, st.integers(0, 12))
def test_a_table_cut_in_two_is_put_together_again(values, at):
    frame, _ = both(values)
    whole = Frame.stacked([frame[at:], frame[:at]])
    assert whole["text"].tolist() == [text for text, _, _ in (*values[at:], *values[:at])]


@given(rows)
def test_a_row_that_is_not_there_is_missing(values):
    frame, _ = both(values)
    taken = frame.take(np.array([NONE, *range(len(values))], dtype=np.int64))
    assert taken["text"].tolist() == [None, *(text for text, _, _ in values)]
    assert np.isnan(taken["number"][0])
    assert taken["flag"].tolist() == [False, *(flag for _, _, flag in values)]


def test_a_missing_text_is_like_nothing_and_unlike_everything():
    texts = Texts.of(["a", None, "", "b"])
    assert (texts == "a").tolist() == [True, False, False, False]
    assert (texts != "a").tolist() == [False, True, True, True]
    assert (texts == Texts.of(["a", None, "b", "b"])).tolist() == [True, False, False, True]
    assert texts.isin({"", "b"}).tolist() == [False, False, True, True]


def test_texts_are_looked_up_renamed_and_filled():
    texts = Texts.of(["a", None, "b", "a"])
    np.testing.assert_array_equal(texts.looked_up({"a": 1.5}), [1.5, np.nan, np.nan, 1.5])
    assert texts.renamed({"a": "x"}).tolist() == ["x", None, None, "x"]
    assert texts.filled("").tolist() == ["a", "", "b", "a"]
    assert texts.where(np.array([True, True, False, False]), "z").tolist() == ["a", None, "z", "z"]
    assert texts.distinct() == ["a", "b"]


def test_one_value_stands_in_every_row():
    frame = Frame({"number": np.array([1, 2])}).having(text="a", flag=True)
    assert list(frame.in_rows("text", "number", "flag")) == [("a", 1, True), ("a", 2, True)]
    assert frame[["flag", "text"]].columns == ["flag", "text"]
    assert len(frame[frame["number"] > 1]) == 1


TABLE = Table("seen", "", (Column("who", "text", ""), Column("term", "integer", ""), Column("good", "flag", "")))


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [([("a", 3, True), (None, 4, False)], "ib"), ([("a", 3, None), ("b", None, True)], "ff"), ([], "ib")],
    ids=["all said", "some missing", "none"],
)
def test_a_table_is_made_of_rows_and_one_with_gaps_of_numbers(rows, kinds):
    frame = TABLE.of(rows)
    assert frame["who"].tolist() == [who for who, _, _ in rows]
    assert frame["term"].dtype.kind + frame["good"].dtype.kind == kinds
    for name, values in zip(("term", "good"), [*zip(*rows, strict=True)][1:], strict=False):
        assert [None if np.isnan(one) else one for one in frame[name].tolist()] == [*values]
