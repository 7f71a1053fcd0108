"""Filling a template: only the cells that ask for something change, and what Excel keeps of old sums."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from siptrack.analysis.model import Analysis
from siptrack.documents.template import faults
from siptrack.documents.template.addresses import Figures, UnknownAddressError
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


@dataclass(frozen=True)
class Template:
    """A workbook as it was read: its members in order, and which of them holds which sheet."""

    name: str
    members: Sequence[tuple[zipfile.ZipInfo, bytes]]
    sheets: Mapping[str, str]

    def member(self, ending: str) -> tuple[str, bytes]:
        """The name and content of the first member whose name ends so; nothing where there is none."""
        found = ((info.filename, content) for info, content in self.members)
        return next((one for one in found if one[0].casefold().endswith(ending)), ("", b""))


def fill_template(
    template: Template, analysis: Analysis, rules: Rules, tables: Callable[[], Iterable[WorkbookSheet]]
) -> bytes:
    """The workbook with its placeholders filled and every other byte of its parts as it was.

    Raises TemplateError with every placeholder that cannot be filled, and where it stands.
    """
    try:
        changed = _changed(template, _Filler(Figures(analysis, rules), tables))
    except UnreadableXmlError:
        raise TemplateError(faults.unreadable(template.name)) from None
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
        raise TemplateError(faults.heading_of_a_table(template.name))
    shared = _shared_texts(template.member("sharedstrings.xml")[1])
    asking = [b">%d<" % at for at, one in enumerate(shared) if "{{" in one]
    changed = {}
    for name, part in template.sheets.items():
        content = contents.get(part, b"")
        if _OPENING in content or any(at in content for at in asking):
            sheet = SheetPart(name, content, shared)
            if values := filler.values(sheet):
                changed[part] = sheet.with_cells(values)
    if filler.faults:
        raise TemplateError([faults.nothing_written(template.name), *filler.faults[:_MOST_FAULTS]])
    if not changed:
        raise TemplateError(faults.no_placeholder(template.name))
    book, content = template.member("workbook.xml")
    return {**changed, book: _calculated_when_opened(content)}


def _shared_texts(content: bytes) -> tuple[str, ...]:
    """The texts that cells refer to by number; none is looked at where no text asks for anything."""
    return tuple(one.texts() for one in parse(content).every("si")) if _OPENING in content else ()


@dataclass
class _Filler:
    """Finds out what stands in which cell; `faults` are the placeholders that cannot be filled, each in a line."""

    figures: Figures
    list_tables: Callable[[], Iterable[WorkbookSheet]]
    faults: list[str] = field(default_factory=list)

    @cached_property
    def tables(self) -> Mapping[str, WorkbookSheet]:
        """The tables that can be asked for, by the keys of their sheets."""
        return {sheet.key: sheet for sheet in self.list_tables()}

    def values(self, sheet: SheetPart) -> dict[At, float | str]:
        """What stands in the cells of a sheet that hold a placeholder, and in those below a table's."""
        found: dict[At, float | str] = {}
        for at, text in sheet.texts():
            wanted = _PLACEHOLDER.findall(text)
            if not wanted:
                continue
            try:
                found.update(self._in_cell(sheet, at, text, wanted[0], taken=found))
            except UnknownAddressError as error:
                asked = faults.placeholder(wanted[0])
                self.faults.append(safe_text(faults.in_cell(sheet.name, address(at), asked, str(error))))
        return found

    def _in_cell(
        self, sheet: SheetPart, at: At, text: str, first: str, *, taken: Mapping[At, object]
    ) -> dict[At, float | str]:
        alone = _PLACEHOLDER.fullmatch(text.strip())
        if first.casefold().startswith(_TABLE):
            if not alone:
                raise UnknownAddressError(faults.table_not_alone())
            cells = self._table(sheet, at, first[len(_TABLE) :].strip().casefold())
            if any(place in taken for place in cells):
                raise UnknownAddressError(faults.two_tables())
            return cells
        if alone:
            return {at: self.figures.find(first).cell}
        return {at: _PLACEHOLDER.sub(lambda match: self.figures.find(match[1]).words, text)}

    def _table(self, sheet: SheetPart, at: At, name: str) -> dict[At, float | str]:
        """The cells of a table, its headings first, from the anchor down and to the right."""
        if name not in self.tables:
            raise UnknownAddressError(faults.unknown_part(faults.TABLE, name, list(self.tables)))
        table = self.tables[name]
        if not table.rows:
            return {at: faults.empty_table(table.name)}
        lines = [[heading.title for heading in table.headings], *table.rows]
        bottom, right = at[0] + len(lines) - 1, at[1] + len(table.headings) - 1
        if bottom > LAST_ROW or right > LAST_COLUMN:
            raise UnknownAddressError(faults.past_the_end())
        blocked = sheet.in_the_way(_places(at, (bottom, right)), at)
        if blocked:
            raise UnknownAddressError(faults.in_the_way(address(blocked), len(lines), len(table.headings)))
        return {
            (at[0] + down, at[1] + across): ("Yes" if cell else "No") if isinstance(cell, bool) else cell
            for down, line in enumerate(lines)
            for across, cell in enumerate(line)
            if cell is not None
        }


def _places(first: At, last: At) -> Iterator[At]:
    return ((row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1))


def _calculated_when_opened(content: bytes) -> bytes:
    """The workbook's own part, which asks for its formulas to be worked out again when it is opened."""
    root = parse(content)
    sums = root.find("calcPr")
    if sums is not None:
        return edited(content, [with_attribute(content, sums, "fullCalcOnLoad", "1")])
    before = list(root.every(*_BEFORE_SUMS))[-1].end
    return edited(content, [Edit(before, before, f'<{root.prefix}calcPr fullCalcOnLoad="1"/>'.encode())])
