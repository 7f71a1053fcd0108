"""A Word document that a school can edit: real headings and styles, A4, and the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from siptrack.rendering.model import Item
from siptrack.school.errors import MissingLibraryError
from siptrack.school.safe_text import safe_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell, _Row

WITHOUT_LIBRARY = (
    "Word documents need the library python-docx, which is not installed.",
    'Install it with siptrack: in the folder of this project, pip install ".[docx]"; or ask for no Word document.',
)
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  # the same in every document: no clock is read
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SHORT, _LONG, _MARGIN = 210, 297, 15  # millimetres of A4
_FONT = "Arial"
_SIZES = {
    "Normal": 10,
    "Title": 20,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 12,
    "Heading 4": 11,
    "List Bullet": 10,
    "List Bullet 2": 9,
}
_IN_TABLES = 9
_WRITTEN = 11  # points: what people write
_BELOW_TABLES = 8  # points of room above what follows one
_ON_A_PAGE = 6  # rows of a table that is not parted between pages
_INK = 0x12, 0x43, 0x6D
_THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_OF_THE_TEMPLATE = ("thumbnail", "customXml", "extended-properties", "stylesWithEffects")  # what relations end with


@dataclass(frozen=True)
class PaperColumn:
    """A column of a table: its heading and its width in millimetres."""

    heading: str
    width: int


class Paper:
    """A document that takes headings, sentences and tables; every text is made harmless on the way."""

    def __init__(self, title: str, *, landscape: bool = False, to_write_in: bool = False) -> None:
        self._document = _blank(title, landscape=landscape)
        if to_write_in:
            _enlarge(self._document)
        self._after_table = False
        self.width = (_LONG if landscape else _SHORT) - 2 * _MARGIN  # millimetres between the margins

    def title(self, words: str) -> None:
        """What leads the document."""
        self._document.add_paragraph(safe_text(words), style="Title")

    def heading(self, words: str, level: int, *, new_page: bool = False) -> None:
        """A heading; with `new_page` it begins one."""
        paragraph = self._document.add_heading(safe_text(words), level)
        paragraph.paragraph_format.page_break_before = new_page
        self._after_table = False

    def say(self, words: str) -> None:
        """A paragraph."""
        from docx.shared import Pt

        paragraph = self._document.add_paragraph(safe_text(words))
        if self._after_table:
            paragraph.paragraph_format.space_before = Pt(_BELOW_TABLES)
        self._after_table = False

    def bullets(self, items: Iterable[Item]) -> None:
        """Sentences in a list, those that belong to another set in under it."""
        self._after_table = False
        for item in items:
            style = "List Bullet 2" if item.depth else "List Bullet"
            self._document.add_paragraph(safe_text(item.words), style=style)

    def table(
        self, columns: Sequence[PaperColumn], rows: Sequence[Sequence[Sequence[str]]], *, height: float = 0
    ) -> None:
        """A table whose headings come again on each page; a cell has a line for each text in it.

        Its rows are `height` millimetres high at least.
        """
        from docx.shared import Mm

        if self._after_table:
            self._document.add_paragraph()
        table = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        _fill(table.rows[0], [[column.heading] for column in columns], bold=True)
        _mark(table.rows[0], "tblHeader", "cantSplit")
        for cells in rows:
            row = table.add_row()
            row.height = Mm(height) if height else None
            _fill(row, cells)
            _mark(row, "cantSplit")
        _set_widths(table, columns)
        if len(rows) <= _ON_A_PAGE and not height:
            _keep_together(table)
        self._after_table = True

    def bytes(self) -> bytes:
        """The document as a file."""
        written = io.BytesIO()
        self._document.save(written)
        return _dated_alike(written)


def _blank(title: str, *, landscape: bool) -> Document:
    """An empty document in siptrack's styles."""
    try:
        import docx
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm
    except ImportError:
        raise MissingLibraryError(WITHOUT_LIBRARY) from None
    document = docx.Document()
    _take_away_what_is_nobodys(document)
    section = document.sections[0]
    across, down = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = safe_text(title), "siptrack", ""
    about.comments, about.language, about.revision = "", "en-GB", 1
    about.created = about.modified = _MADE
    return document


def _take_away_what_is_nobodys(document: Document) -> None:
    """Take out of the library's template its picture, its lists and its figures, which say nothing of this document.

    Nor does Word keep a picture of the first page, which would show names wherever files are listed.
    """
    from docx.oxml.ns import qn

    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_OF_THE_TEMPLATE)]:
            del relations[key]
    settings = document.settings.element
    for name in ("w:savePreviewPicture", "w:rsids"):
        for found in settings.findall(qn(name)):
            settings.remove(found)


def _set_style(style: ParagraphStyle, size: int) -> None:
    """One font in every style, not the one of Word's theme."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = _FONT, Pt(size)
    if style.name not in ("Normal", "List Bullet"):
        style.font.color.rgb = RGBColor(*_INK)
    style.paragraph_format.space_after = Pt(4)
    if style.name.startswith("Heading"):
        style.paragraph_format.space_before = Pt(8)
    fonts = style.element.rPr.rFonts
    for themed in _THEMED:
        fonts.attrib.pop(qn(f"w:{themed}"), None)


def _enlarge(document: Document) -> None:
    """Larger letters, which are those of what people write into empty cells too."""
    from docx.shared import Pt

    for name in ("Normal", "List Bullet"):
        document.styles[name].font.size = Pt(_WRITTEN)


def _fill(row: _Row, cells: Sequence[Sequence[str]], *, bold: bool = False) -> None:
    """The lines of each cell of a row; the first line of a row's first cell is in bold letters, as headings are."""
    for at, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
        for number, line in enumerate(lines):
            _add_line(cell, line, number, bold=bold or (at == 0 and number == 0))


def _add_line(cell: _Cell, line: str, number: int, *, bold: bool) -> None:
    from docx.shared import Pt

    paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(safe_text(line))
    run.bold, run.font.size = bold or None, Pt(_IN_TABLES)


def _mark(row: _Row, *marks: str) -> None:
    """What Word is to do with a row: repeat it on each page, or not break it."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no other way to these
    for mark in marks:
        properties.append(OxmlElement(f"w:{mark}"))


def _keep_together(table: Table) -> None:
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _set_widths(table: Table, columns: Sequence[PaperColumn]) -> None:
    from docx.shared import Mm

    for column, wanted in zip(table.columns, columns, strict=True):
        column.width = Mm(wanted.width)
        for cell in column.cells:
            cell.width = Mm(wanted.width)


def _dated_alike(written: io.BytesIO) -> bytes:
    """The archive with one date on all its members, so that no clock is in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, source.read(name))
    return target.getvalue()
