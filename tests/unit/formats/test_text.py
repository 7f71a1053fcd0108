"""Text files from every program that a school has."""

from __future__ import annotations

import pytest

from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.separated import decode, read_separated

TEXT = "Name,Reading\r\nZoë,EXS\r\n"
ROWS = (("Name", "Reading"), ("Zoë", "EXS"))


def rows(content: bytes | str) -> tuple[tuple[str, ...], ...]:
    return read_separated(content if isinstance(content, bytes) else content.encode(), "school.csv")[0].rows


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252"])
def test_an_encoding_is_known_by_its_mark_or_its_look(encoding):
    assert decode(TEXT.encode(encoding)) == (TEXT, encoding == "cp1252")
    assert rows(TEXT.encode(encoding)) == ROWS


@pytest.mark.parametrize("delimiter", list(",\t;|^~"))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_any_end_of_line(delimiter, end):
    assert rows(TEXT.replace(",", delimiter).replace("\r\n", end)) == ROWS


@pytest.mark.parametrize("delimiter", list(",;\t"))
def test_the_delimiter_may_be_named_in_a_first_line_that_keeps_its_number(delimiter):
    assert rows(f"sep={delimiter}\r\n" + TEXT.replace(",", delimiter)) == ((), *ROWS)


def test_single_quotes_are_quotes_when_most_cells_stand_in_them():
    assert rows("'Name','Note'\n'Ash','good, really'\n") == (("Name", "Note"), ("Ash", "good, really"))


def test_an_apostrophe_is_no_quote():
    assert rows("Name,Reading\nO'Brien,EXS\n'Aalia,GDS\n") == (
        ("Name", "Reading"),
        ("O'Brien", "EXS"),
        ("'Aalia", "GDS"),
    )


def test_numbers_that_excel_is_to_take_for_text_are_read_as_text():
    assert rows('Adno,Name\n="0012",Ash\n=1+1,Beech\n') == (("Adno", "Name"), ("0012", "Ash"), ("=1+1", "Beech"))


def test_a_quote_that_is_never_closed_swallows_no_rows():
    with pytest.raises(UnusableFileError, match="is a quote mark not closed"):
        rows('Name,Reading\n"Ash,EXS\nBeech,WTS\n')


def test_a_line_break_between_quotes_is_part_of_a_cell():
    assert rows('Name,Note\nAsh,"one\ntwo"\n') == (("Name", "Note"), ("Ash", "one\ntwo"))


def test_more_columns_than_a_spreadsheet_has_are_refused():
    with pytest.raises(UnusableFileError, match="16,384 in a row"):
        rows("," * 20_000)


def test_half_a_character_after_a_mark_is_damage():
    with pytest.raises(UnusableFileError, match="it begins as Unicode text but is damaged"):
        decode(b"\xff\xfeN\0a")
