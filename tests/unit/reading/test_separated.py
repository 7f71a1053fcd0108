"""CSV files: the text that was written, whatever the delimiter, the quotes and the encoding."""

from __future__ import annotations

import pytest
from school_files import sheets_of

ROWS = (("Name", "Reading"), ("Zoë", "EXS"))
TEXT = "Name,Reading\r\nZoë,EXS\r\n"


def rows(content: bytes | str) -> tuple[tuple[str, ...], ...]:
    return sheets_of(content if isinstance(content, bytes) else content.encode(), "school.csv")[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_as_it_is(encoding):
    (sheet,) = sheets_of(TEXT.encode(encoding), "school.csv")

    assert (sheet.rows, sheet.name, sheet.file) == (ROWS, "", "school.csv")


def test_utf_16_of_either_byte_order_is_read_by_its_mark():
    assert rows(b"\xff\xfe" + TEXT.encode("utf-16-le")) == ROWS
    assert rows(b"\xfe\xff" + TEXT.encode("utf-16-be")) == ROWS


def test_what_is_not_utf_8_is_read_as_windows_1252():
    assert rows(TEXT.encode("cp1252")) == ROWS
    assert rows("Name,Reading\nŁódź,EXS".encode("cp1250"))[1] == ("£ódŸ", "EXS")


def test_damaged_unicode_is_refused():
    with pytest.raises(ValueError, match="begins as Unicode text but is damaged"):
        rows(b"\xff\xfea")


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(ValueError, match="neither a workbook nor a text file"):
        rows(b"Name,Reading\0\0\0")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_by_which_the_rows_agree(delimiter):
    assert rows(TEXT.replace(",", delimiter)) == ROWS


def test_commas_in_names_do_not_make_a_file_of_semicolons_one_of_commas():
    text = "Name;Class;Reading\nAsh, Ann;5K;EXS\nBeech, Bob;5K;WTS\n"

    assert rows(text) == (("Name", "Class", "Reading"), ("Ash, Ann", "5K", "EXS"), ("Beech, Bob", "5K", "WTS"))


def test_excels_own_line_that_names_the_delimiter_is_followed_and_keeps_row_numbers_right():
    assert rows("sep=;\r\nName;Reading\r\nAsh, Ann;EXS\r\n") == ((), ("Name", "Reading"), ("Ash, Ann", "EXS"))


def test_quoted_cells_may_hold_delimiters_quotes_and_new_lines():
    text = 'Name,Reading\n"Ash, ""Annie"" Ann","EXS\nchecked"\nBeech,WTS\n'

    assert rows(text) == (("Name", "Reading"), ('Ash, "Annie" Ann', "EXS\nchecked"), ("Beech", "WTS"))


@pytest.mark.parametrize(
    "text",
    ["0012", "N/A", "NA", "NO", "None", "null", "1-2", "2b", "1e5", "3.0", "007", "TRUE", "03/09/2015", "=1+1", "#N/A"],
)
def test_no_text_is_altered(text):
    assert rows(f"Name,Reading\nAsh,{text}\n")[1] == ("Ash", text)


def test_spaces_around_a_cell_are_not_part_of_it_and_blank_rows_are_kept_as_rows():
    assert rows(" Name , Reading \n,\n\n Ash ,\tEXS \n") == (("Name", "Reading"), (), (), ("Ash", "EXS"))


def test_a_quote_that_is_never_closed_is_refused_in_plain_words():
    with pytest.raises(ValueError, match="is a quote mark not closed"):
        rows('Name,Reading\n"' + "a" * 200_000)


def test_rows_after_a_stray_quote_are_not_swallowed():
    with pytest.raises(ValueError, match="is a quote mark not closed"):
        rows('Name,Reading\n"Ash,EXS\nBeech,WTS\nElm,GDS\n')


def test_a_file_of_one_column_is_one_column():
    assert rows("Name\nAsh\n") == (("Name",), ("Ash",))
