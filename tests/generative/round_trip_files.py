"""Pages written as files: workbooks, text in any delimiter and encoding, and web pages that call themselves .xls."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from random import Random

import xlsxwriter
from round_trip_layouts import Page
from round_trip_spelling import Cell

DELIMITERS = ",;\t"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


def write_workbooks(pages: Sequence[Page], folder: Path, random: Random) -> None:
    """The pages of each file as the sheets of one workbook, some rows of them hidden."""
    for file in dict.fromkeys(page.file for page in pages):
        book = xlsxwriter.Workbook(folder / f"{file}.xlsx")
        day_format = book.add_format({"num_format": "dd/mm/yyyy"})
        for page in (page for page in pages if page.file == file):
            sheet = book.add_worksheet(page.name)
            for at, row in enumerate(page.rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day_format)
                    elif isinstance(cell, int):
                        sheet.write_number(at, column, cell)
                    elif cell:
                        sheet.write_string(at, column, cell)
            for top, left, bottom, right in page.merged:
                text = page.rows[top][left]
                sheet.merge_range(top, left, bottom, right, text)
            if random.random() < 0.1:
                sheet.set_row(len(page.rows) // 2, None, None, {"hidden": True})
        book.close()


def write_texts(pages: Sequence[Page], folder: Path, random: Random) -> None:
    """A file of text for each page."""
    for page in pages:
        held = io.StringIO(newline="")
        quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        writer = csv.writer(held, delimiter=random.choice(DELIMITERS), quoting=quoting)
        writer.writerows([*map(_as_text, row)] for row in page.rows)
        encoding = random.choice(ENCODINGS)
        try:
            content = held.getvalue().encode(encoding)
        except UnicodeEncodeError:  # a name that Windows-1252 cannot write
            content = held.getvalue().encode("utf-8")
        (folder / f"{_name(page)}.csv").write_bytes(content)


def write_web_pages(pages: Sequence[Page], folder: Path, _random: Random) -> None:
    """A web page for each page, under the ending of a workbook."""
    for page in pages:
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merged}
        covered = {
            (row, column)
            for top, left, bottom, right in page.merged
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        } - spans.keys()
        lines = []
        for at, row in enumerate(page.rows):
            cells = [
                f"<td rowspan={down} colspan={across}>{escape(_as_text(cell)).replace(chr(10), '<br>')}</td>"
                for column, cell in enumerate(row)
                if (at, column) not in covered
                for down, across in (spans.get((at, column), (1, 1)),)
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>\n")
        text = f"<html><meta charset=utf-8><body><table>{''.join(lines)}</table></body></html>"
        (folder / f"{_name(page)}.xls").write_text(text, encoding="utf-8")


def _name(page: Page) -> str:
    """A file that holds one sheet is named after both."""
    return f"{page.file} {page.name}".strip()


def _as_text(cell: Cell) -> str:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


FORMATS = (write_workbooks, write_texts, write_web_pages)
