"""Filling a template: only the cells that ask for something change, and what Excel keeps of old sums."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from siptrack.analysis.model import Analysis
from siptrack.documents.template.addresses import AddressedFigures, UnknownAddressError, known_word
from siptrack.documents.template.markup import Edit, UnreadableXmlError, edited, parse, with_attribute
from siptrack.documents.template.sheet import LAST_COLUMN, LAST_ROW, At, SheetPart, address
from siptrack.rendering.workbook.sheets import WorkbookSheet
from siptrack.rules.model import Rules
from siptrack.school.errors import TemplateError
from siptrack.school.safe_text import safe_text

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_OPENING = b"{{"
_TABLE = "table:"
_TABLE_PARTS = "xl/tables/"  # where a workbook keeps the headings of its tables once more
_MOST_FAULTS = 20  # more lines than these are not read
_BEFORE_SUMS = ("sheets", "functionGroups", "externalReferences", "definedNames")  # of a workbook's own parts
_UNREADABLE = (
    "this workbook cannot be filled: a part of it is damaged, too large, or not as Excel writes it. "
    "Open it in Excel, save it as an Excel workbook (.xlsx) and try again."
)
_HEADING = (
    "a heading of an Excel table in it is a placeholder, and Excel would take the filled workbook for damaged. "
    "Turn that table into a range (Table Design, Convert to Range), or move the placeholder out of it."
)
_NO_PLACEHOLDER = "no cell of it holds a placeholder such as {{ writing.year5.at_are }}; see docs/workbook.md."
Values = dict[At, "float | str"]
ListTables = Callable[[], Iterable[WorkbookSheet]]


@dataclass(frozen=True)
class Template:
    """A workbook as it was read: its members in order, and which of them holds which sheet."""

    name: str
    members: Sequence[tuple[zipfile.ZipInfo, bytes]]
    sheets: Mapping[str, str]

    def member(self, ending: str) -> tuple[str, bytes]:
        """The name and content of the first member whose name ends so; nothing where there is none."""
        found = ((info.filename, content) for info, content in self.members)
        return next((member for member in found if member[0].casefold().endswith(ending)), ("", b""))


def fill_template(template: Template, analysis: Analysis, rules: Rules, list_tables: ListTables) -> bytes:
    """The workbook with its placeholders filled and every other byte of its parts as it was.

    Raises TemplateError with every placeholder that cannot be filled, and where it stands.
    """
    try:
        changed = _changed(template, _Filler(AddressedFigures(analysis, rules), list_tables))
    except UnreadableXmlError:
        raise TemplateError(f"{template.name}: {_UNREADABLE}") from None
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for info, content in template.members:
            kept = zipfile.ZipInfo(info.filename, info.date_time)
            kept.compress_type, kept.external_attr, kept.create_system = zipfile.ZIP_DEFLATED, info.external_attr, 0
            archive.writestr(kept, changed.get(info.filename, content))
    return target.getvalue()


def _changed(template: Template, filler: _Filler) -> dict[str, bytes]:
    """The parts that change, by name."""
    contents = {info.filename: content for info, content in template.members}
    if any(_OPENING in content for name, content in contents.items() if name.startswith(_TABLE_PARTS)):
        raise TemplateError(f"{template.name}: {_HEADING}")
    texts = template.member("sharedstrings.xml")[1]
    shared = tuple(text.texts() for text in parse(texts).every("si")) if _OPENING in texts else ()
    asking = [_OPENING, *(b">%d<" % at for at, text in enumerate(shared) if "{{" in text)]
    changed = {}
    for name, part in template.sheets.items():
        content = contents.get(part, b"")
        if any(sign in content for sign in asking):
            sheet = SheetPart(name, content, shared)
            if values := filler.values(sheet):
                changed[part] = sheet.with_cells(values)
    if filler.faults:
        nothing = f"{template.name}: this template cannot be filled, so nothing was written."
        raise TemplateError([nothing, *filler.faults[:_MOST_FAULTS]])
    if not changed:
        raise TemplateError(f"{template.name}: {_NO_PLACEHOLDER}")
    book, content = template.member("workbook.xml")
    return {**changed, book: _calculated_when_opened(content)}


@dataclass
class _Filler:
    """Finds out what stands in which cell; `faults` are the placeholders that cannot be filled, each in a line."""

    figures: AddressedFigures
    list_tables: ListTables
    faults: list[str] = field(default_factory=list)

    @cached_property
    def tables(self) -> Mapping[str, WorkbookSheet]:
        """The tables that can be asked for, by the keys of their sheets."""
        return {sheet.key: sheet for sheet in self.list_tables()}

    def values(self, sheet: SheetPart) -> Values:
        """What stands in the cells of a sheet that hold a placeholder, and in those below a table's."""
        found: Values = {}
        for at, text in sheet.texts():
            wanted = _PLACEHOLDER.findall(text)
            try:
                found |= self._in_cell(sheet, at, text, wanted[0], found) if wanted else {}
            except UnknownAddressError as error:
                where = f"Sheet '{sheet.name}', cell {address(at)}: {{{{ {wanted[0]} }}}}"
                self.faults.append(safe_text(f"{where}. {error}"))
        return found

    def _in_cell(self, sheet: SheetPart, at: At, text: str, wanted: str, taken: Mapping[At, object]) -> Values:
        alone = _PLACEHOLDER.fullmatch(text.strip())
        if wanted.casefold().startswith(_TABLE):
            if not alone:
                raise UnknownAddressError("A table needs a cell of its own, with no other text in it.")
            cells = self._table(sheet, at, wanted[len(_TABLE) :].strip().casefold())
            if not taken.keys().isdisjoint(cells):
                message = "Another table reaches into these cells; give each a sheet of its own, or more room."
                raise UnknownAddressError(message)
            return cells
        if alone:
            return {at: self.figures.find(wanted).cell}
        return {at: _PLACEHOLDER.sub(lambda match: self.figures.find(match[1]).words, text)}

    def _table(self, sheet: SheetPart, at: At, name: str) -> Values:
        """The cells of a table, its headings first, from the anchor down and to the right."""
        table = self.tables[known_word(name, self.tables, "table")]
        if not table.rows:
            return {at: f"Nothing to show in {table.name}."}
        lines = [[heading.title for heading in table.headings], *table.rows]
        bottom, right = at[0] + len(lines), at[1] + len(table.headings)
        if bottom > LAST_ROW + 1 or right > LAST_COLUMN + 1:
            message = "The table would run past the end of the sheet; put it further up or to the left."
            raise UnknownAddressError(message)
        blocked = sheet.in_the_way(product(range(at[0], bottom), range(at[1], right)), at)
        if blocked:
            size = f"{len(lines)} rows with its headings, and {len(table.headings)} columns"
            way = (
                f"cell {address(blocked)} is in their way. Give it a sheet of its own, or room to the right and below."
            )
            raise UnknownAddressError(f"The table has {size}, and {way}")
        return {
            (at[0] + down, at[1] + across): ("No", "Yes")[cell] if isinstance(cell, bool) else cell
            for down, line in enumerate(lines)
            for across, cell in enumerate(line)
            if cell is not None
        }


def _calculated_when_opened(content: bytes) -> bytes:
    """The workbook's own part, which asks for its formulas to be worked out again when it is opened."""
    root = parse(content)
    sums = root.find("calcPr")
    if sums is not None:
        return edited(content, [with_attribute(content, sums, "fullCalcOnLoad", "1")])
    before = list(root.every(*_BEFORE_SUMS))[-1].end
    return edited(content, [Edit(before, before, f'<{root.prefix}calcPr fullCalcOnLoad="1"/>'.encode())])
