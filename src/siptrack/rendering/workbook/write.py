"""Sheets as a workbook: text stays text, one table a sheet, the same bytes for the same sheets."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from siptrack.rendering.numbers import whole_percent
from siptrack.rendering.workbook.names import each_once, sheet_names
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, Value, WorkbookSheet
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # the same in every workbook: no clock is read
_DATE_TITLE = "Not a date"
_DATE_MESSAGE = "Write a date such as 12/3/2026, so that the list can be sorted by it."
_A4 = 9
_PER_LETTER = 1.1  # of a column's width: the letters are larger than those that Excel counts in
_NARROWEST = 90  # letters: no line of a note is cut shorter
_PADDING = 2.5  # beside the text, for the button of the filter
_LINE = 15.5  # points: the height of a line
_AROUND = 3  # points above and below the lines
_HIGHEST = 409  # points: Excel's highest row
_BOLD = 1.15
_LONGEST_CELL = 32_767  # characters
_HALF = 0.5  # of everybody
_FORMATS: Mapping[CellKind, str] = {
    CellKind.TEXT: "@",
    CellKind.WHOLE: "#,##0",
    CellKind.NUMBER: "#,##0.#",
    CellKind.SIGNED: "+0.0;-0.0;0",
    CellKind.PERCENT: "0%",
    CellKind.UNDER_1: '"under 1%"',
    CellKind.OVER_99: '"over 99%"',
    CellKind.CHANCE: '[<0.001]"under 0.001";0.000',
    CellKind.IN_100: '[<1]"under 1";[>99]"over 99";0',
    CellKind.DATE: "d mmm yyyy",
}
_BY_HAND = 14  # points: 11 where a sheet is printed at four fifths of its size
_FONT: Mapping[str, object] = {"font_name": "Arial", "font_size": 12, "valign": "top"}
_EARLIEST = date(2000, 1, 1)


def write_workbook(sheets: Sequence[WorkbookSheet], *, published: bool = False) -> bytes:
    """The workbook with these sheets in order; the title of the first is its own.

    One that is `published` has neither filters nor frozen panes, which are in the way of those who cannot see.
    """
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": safe_text(sheets[0].title), "author": "siptrack", "comments": "", "created": MADE})
    names = dict(zip([sheet.key for sheet in sheets], sheet_names(sheet.name for sheet in sheets), strict=True))
    writer = _Writer(book, names, published=published)
    for number, sheet in enumerate(sheets, 1):
        writer.write_sheet(sheet, number)
    book.close()
    return target.getvalue()


class _Writer:
    """Puts sheets into a workbook; `names` are those on the tabs, by key."""

    def __init__(self, book: Workbook, names: Mapping[str, str], *, published: bool) -> None:
        self.published = published
        self.book = book
        self.names = names
        self.formats: dict[tuple[str, ...], Format] = {}

    def format(self, *words: str) -> Format:
        """A way of showing cells, made once."""
        if words not in self.formats:
            self.formats[words] = self.book.add_format({**_FONT, **_looks(words)})
        return self.formats[words]

    def write_sheet(self, sheet: WorkbookSheet, number: int) -> None:
        """A sheet: its title, its notes, then its table and nothing below."""
        page = self.book.add_worksheet(self.names[sheet.key])
        columns = _columns(sheet)
        widths = [_width(heading, column) for heading, column in zip(sheet.headings, columns, strict=True)]
        for at, width in enumerate(widths):
            page.set_column(at, at, width)
        page.write_string(0, 0, _text(sheet.title), self.format("title"))
        page.set_row(0, 2 * _LINE)
        for at, (figure, of) in enumerate(sheet.figures, 1):
            page.write_string(at, 0, _text(figure), self.format("figure"))
            page.write_string(at, 1, _text(of), self.format("beside"))
            page.set_row(at, 2 * _LINE)
        letters = max(_NARROWEST, int(sum(widths) / _PER_LETTER))
        notes = [line for note in sheet.notes for line in wrap(_text(note), letters)]
        top = 1 + len(sheet.figures)
        for at, line in enumerate(notes, top):
            page.write_string(at, 0, line, self.format("note"))
        top += len(notes)
        if notes:
            page.set_row(top - 1, 2 * _LINE)
        self._write_table(page, sheet, widths, top, number)
        self._set_up(page, sheet, top)

    def _write_table(
        self, page: Worksheet, sheet: WorkbookSheet, widths: Sequence[float], top: int, number: int
    ) -> None:
        bottom = top + max(len(sheet.rows), 1)  # a table has a row at least
        page.set_row(top, *_heights([(heading.title,) for heading in sheet.headings], widths, [1], bold=True))
        self._write_rows(page, sheet, top + 1, _heights(_columns(sheet), widths, _least_lines(sheet)))
        columns: list[dict[str, Any]] = [
            {"header": title, "header_format": self.format("heading", _side(heading.kind))}
            for title, heading in zip(
                each_once(_text(heading.title) for heading in sheet.headings), sheet.headings, strict=True
            )
        ]
        page.add_table(
            *(top, 0, bottom, len(sheet.headings) - 1),
            {
                "columns": columns,
                "name": f"table_{number}_{sheet.key}",
                "style": None,
                "autofilter": not self.published,
            },
        )
        for across, heading in enumerate(sheet.headings):
            self._help_writing(page, heading, (top + 1, across, bottom, across))

    def _write_rows(self, page: Worksheet, sheet: WorkbookSheet, first: int, heights: Iterable[float]) -> None:
        """The rows with their links: most of the time that a workbook takes goes here."""
        kinds = [heading.kind for heading in sheet.headings]
        sizes = [("by hand",) if heading.by_hand else () for heading in sheet.headings]
        looks = [
            (self.format(kind, *size), self.format(CellKind.WHOLE if kind is CellKind.NUMBER else kind))
            for kind, size in zip(kinds, sizes, strict=True)
        ]
        percents = {across for across, kind in enumerate(kinds) if kind is CellKind.PERCENT}
        for down, (row, height) in enumerate(zip(sheet.rows, heights, strict=True), first):
            page.set_row(down, height)
            for across, (cell, (shown, shown_whole)) in enumerate(zip(row, looks, strict=True)):
                if isinstance(cell, str):
                    page.write_string(down, across, _text(cell), shown)
                elif cell is None:
                    page.write_blank(down, across, None, shown)
                elif isinstance(cell, bool):
                    page.write_string(down, across, "Yes" if cell else "No", shown)
                elif across in percents:
                    page.write_number(down, across, cell, self.format(_kind_of_percent(cell)))
                else:
                    page.write_number(down, across, cell, shown_whole if float(cell).is_integer() else shown)
            if sheet.links and isinstance(row[0], str) and row[0] in sheet.links:
                place = f"internal:'{_quoted(self.names[sheet.links[row[0]]])}'!A1"
                page.write_url(down, 0, place, self.format("link"), _text(row[0]))

    def _help_writing(self, page: Worksheet, heading: SheetColumn, cells: tuple[int, int, int, int]) -> None:
        """A list to choose from, a check of dates, and symbols beside words that matter."""
        if heading.choices:
            page.data_validation(*cells, {"validate": "list", "source": list(heading.choices), "error_type": "warning"})
        if heading.kind is CellKind.DATE:
            page.data_validation(
                *cells,
                {
                    "validate": "date",
                    "criteria": ">=",
                    "value": _EARLIEST,
                    "error_type": "warning",
                    "error_title": _DATE_TITLE,
                    "error_message": _DATE_MESSAGE,
                },
            )
        for word, symbol in heading.marks.items():
            shown = self.book.add_format({"bold": True, "num_format": f'"{symbol} "@'})
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": shown}
            page.conditional_format(*cells, rule)

    def _set_up(self, page: Worksheet, sheet: WorkbookSheet, top: int) -> None:
        """How the sheet is seen and printed."""
        if not self.published:
            page.freeze_panes(top + 1, sheet.frozen)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
        page.set_footer("&L&A&RPage &P of &N")
        if not all(heading.printed for heading in sheet.headings):
            last = max(at for at, heading in enumerate(sheet.headings) if heading.printed)
            page.print_area(0, 0, top + len(sheet.rows), last)


def _side(kind: CellKind) -> str:
    """Texts stand at the left; figures, and the symbols in their place, at the right."""
    return "left" if kind in (CellKind.TEXT, CellKind.DATE) else "right"


def _aligned(kind: CellKind) -> Mapping[str, object]:
    """On its side, away from the column beside it; texts are folded."""
    side = _side(kind)
    return {"align": side, "indent": 1, "text_wrap": side == "left"}


def _kind_of_percent(hundredths: float) -> CellKind:
    """How a percentage is shown, so that none is rounded to 0 or to 100; the number in the cell stays what it is."""
    in_words = whole_percent(100 * hundredths)
    return CellKind.PERCENT if in_words.isdigit() else CellKind.UNDER_1 if hundredths < _HALF else CellKind.OVER_99


def _looks(words: tuple[str, ...]) -> Mapping[str, object]:
    """What a kind of cell looks like."""
    ruled = {"border": 1, "border_color": "#D0D0D0"}
    looks: Mapping[str, Mapping[str, object]] = {
        "title": {"bold": True, "font_size": 16},
        "note": {},
        "figure": {"bold": True, "font_size": 20, "valign": "vcenter"},
        "beside": {"valign": "vcenter"},
        "heading": {
            "bold": True,
            "text_wrap": True,
            "bottom": 2,
            "bg_color": "#F2F2F2",
            "valign": "bottom",
            "align": words[-1],
            "indent": 1,
        },
        "link": {**ruled, "text_wrap": True, "indent": 1, "font_color": "#0000EE", "underline": 1},
        **{kind.value: {**ruled, **_aligned(kind), "num_format": code} for kind, code in _FORMATS.items()},
    }
    return {**looks[words[0]], **({"font_size": _BY_HAND} if len(words) > 1 else {})}


def _text(text: str) -> str:
    """A text from a file as a cell: it shows itself and does nothing; the lines of our own texts stay."""
    if text.isascii() and text.isprintable():
        return text[:_LONGEST_CELL]
    return "\n".join(map(safe_text, text.split("\n")))[:_LONGEST_CELL]


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _columns(sheet: WorkbookSheet) -> list[tuple[Value, ...]]:
    """The cells of each column, also where there is no row."""
    return list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.headings)


def _width(heading: SheetColumn, cells: Sequence[Value]) -> float:
    """As wide as the longest line in the column, or word of its heading, and as the column may be."""
    lines = {line for cell in set(cells) if cell is not None for line in _shown(cell).split("\n")}
    longest = max(map(_letters, lines), default=0)
    word = max(map(_letters, heading.title.split()))
    return max(min(longest, heading.widest), word * _BOLD, heading.narrowest) * _PER_LETTER + _PADDING


def _least_lines(sheet: WorkbookSheet) -> list[int]:
    """How many lines high each row is at least."""
    least = (sheet.lines,) * len(sheet.rows) if isinstance(sheet.lines, int) else sheet.lines
    return [*least, *(1,) * (len(sheet.rows) - len(least))]


def _heights(
    columns: Iterable[Sequence[Value]], widths: Sequence[float], least: list[int], *, bold: bool = False
) -> list[float]:
    """Each row as high as its cell with most lines, once wrapped, and as it is at least; bold letters are wider."""
    letters = [max(1, int((width - 1) / (_BOLD if bold else 1))) for width in widths]
    lines = least
    for column, room in zip(columns, letters, strict=True):
        needed: dict[Value, int] = {text: _lines(text, room) for text in set(column) if isinstance(text, str)}
        if max(needed.values(), default=1) > 1:
            lines = [max(most, needed.get(cell, 1)) for most, cell in zip(lines, column, strict=True)]
    return [min(most * _LINE + _AROUND, _HIGHEST) for most in lines]


def _lines(text: str, letters: int) -> int:
    """How many lines a text becomes."""
    return sum(_folded(line, letters) for line in text.split("\n"))


def _folded(line: str, letters: int) -> int:
    """How many lines a line becomes."""
    return 1 if len(line) <= letters else len(wrap(line, letters))


def _shown(cell: Value) -> str:
    return cell if isinstance(cell, str) else f"{cell:.3g}"


def _letters(line: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in line)
