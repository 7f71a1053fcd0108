"""What the bytes of an Excel sheet say that the fast reader does not: failed and stale formulas, hidden rows, its size.

Written for how spreadsheet programs write, and quick because it looks closely only where there is something to see.
XML written in another way is not guessed at: the facts are then marked as not understood, and the slow reader reads.
Damaged XML is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import cache

from siptrack.reading.formats.limits import LARGE_MEMBER
from siptrack.reading.formats.table import Box, Facts
from siptrack.reading.formats.well_formed import WellFormed

_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,10})"')
_SHARED = re.compile(rb't="s"[^>]*>\s*<(?:[\w.-]+:)?v[^>]*>\s*(\d{1,9})\s*</')
_HEAD = 8_192
_DIGITS = bytes(ord("0") if chr(byte).isdecimal() else byte for byte in range(128)) + bytes(range(128, 256))


class _Patterns:
    """The patterns for one namespace prefix, which is nearly always none."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.any_row, self.row, self.cell = (b"<%brow" % prefix, b"<%brow " % prefix, b"<%bc " % prefix)
        self.data, self.data_end, self.cell_end = b"<%bsheetData" % prefix, b"</%bsheetData" % prefix, b"</%bc" % prefix
        self.filled = (
            b"&",
            b"<!",
            *(mark % prefix for mark in (b"</%bc", b"<%bv", b"<%bis", b"<%bf", b"</%bsheetData")),
        )
        self.number = re.compile(rb'(?:[\w:]+="[^"<]*" )*?r="([1-9]\d{0,6})"')
        self.address = re.compile(rb'<%bc r="([A-Z]{1,3}[1-9]\d{0,6})"' % p)
        self.style = re.compile(rb' s="(\d+)"(?: t="n")?>(?:<%bf[^>]*/>|<%bf[^<]*</%bf>)?<%bv>' % (p, p, p, p))
        self.formula = re.compile(rb"<%bf[ />]" % p)
        self.cells = re.compile(rb"<%bc( [^>]*)>(.*?)</%bc>" % (p, p), re.DOTALL)
        self.bare = re.compile(rb"<%bc( [^>]*)?/>" % p)
        self.value = re.compile(rb"<%bv[^>/]*>([^<]*)</%bv>" % (p, p))
        self.hidden_row = re.compile(rb'<%brow (?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,7})"' % p)
        self.merged = re.compile(rb'<%bmergeCell [^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"' % p)
        self.text = re.compile(rb">([^<]+)<")
        # What the fast reader may take for something else than it is.
        begun = rb' r="[A-Z]++[0-9]++"(?: s="[0-9]*+")?+(?: t="(?:s|n|b|e|d|str|inlineStr)")?+(?: [cv]m="[0-9]++")*+ ?+'
        self.otherwise_begun = re.compile(rb"<%bc(?!%b/?>)[ >/]" % (p, begun))
        self.without_number = re.compile(rb't="s"[^>/]*>(?!<%bv>\d{1,9}</%bv></%bc>)' % (p, p, p))
        self.without_text = re.compile(rb"<%bis>(?!<%b[tr][ >/])" % (p, p))
        self.reference_in_number = re.compile(
            rb'<%bc (?![^>]*t="str")[^>]*>(?:<%bf[^>]*>[^<]*</%bf>|<%bf[^>]*/>)?<%bv>[^<&]*&' % (p, p, p, p, p)
        )

    def odd(self, block: bytes) -> bool:
        """Whether a block is written as no program that we know writes it."""
        return bool(
            (b"!" in block and b"<!" in block)
            or (b"?" in block and b"<?" in block[1:])
            or self.otherwise_begun.search(block)
            or self.without_number.search(block)
            or self.without_text.search(block)
            or (b"&" in block and self.reference_in_number.search(block))
        )


_patterns = cache(_Patterns)


class _Scan:
    """Takes a sheet in blocks, each of whole rows."""

    def __init__(self, patterns: _Patterns, *, large: bool) -> None:
        self.patterns, self.large = patterns, large
        self.facts = Facts()
        self.check = WellFormed()
        self.row = self.data = 0
        self.last_of: dict[bytes, int] = {}
        """The last column of each row's addresses, without the row's number: most rows are alike."""

    def take(self, block: bytes) -> None:
        """Look at the next block."""
        patterns, facts = self.patterns, self.facts
        if b"hidden=" in block:
            facts.hidden_rows.update(int(row) for row in patterns.hidden_row.findall(block))
        if b"mergeCell " in block:
            facts.merged += [_box(*found) for found in patterns.merged.findall(block)]
        if patterns.cell_end not in block and block.startswith(patterns.row):
            shapes = _shapes(block, patterns.row)
            if not any(mark in shapes for mark in patterns.filled):
                self.check.feed(shapes)
                return
        self.check.feed(block)
        self.data += block.count(patterns.data)
        facts.understood = facts.understood and not patterns.odd(block)
        facts.shared += block.count(b't="s"')
        facts.style = max(facts.style, *map(int, {b"0", *patterns.style.findall(block)}))
        if self.large:
            facts.characters += sum(map(len, patterns.text.findall(block)))
        self._take_rows(block.partition(patterns.data_end)[0])
        if b't="e"' in block or patterns.formula.search(block):
            _look_at_cells(block, patterns, facts)

    def _take_rows(self, block: bytes) -> None:
        patterns, facts = self.patterns, self.facts
        before, *rows = block.split(patterns.row)
        if patterns.cell in before or block.count(patterns.any_row) > len(rows):
            facts.understood = False
        for row in rows:
            if cells := row.count(patterns.cell_end):
                facts.cells += cells
                self._measure(row)

    def _measure(self, row: bytes) -> None:
        """The last row and column that hold something. Cells out of their order are not understood."""
        patterns, facts = self.patterns, self.facts
        number = patterns.number.match(row)
        addresses = b" ".join(patterns.address.findall(row)) + b" "
        if number is None or int(number[1]) <= self.row:
            facts.understood = False
            return
        self.row = facts.last_row = int(number[1])
        shape = addresses.replace(number[1] + b" ", b" ")
        if shape not in self.last_of:
            self.last_of[shape] = _last_column(shape)
        last = self.last_of[shape]
        if not last:
            facts.understood = False
        elif last > facts.last_column:
            found = _REFERENCE.search(row, row.rfind(patterns.cell, 0, row.rfind(patterns.cell_end)))
            facts.last_column = max(facts.last_column, column_number(found[1]) if found else last)


def scan(content: Iterable[bytes], *, large: bool = False) -> Facts:
    """The facts of one sheet, which comes in blocks; the characters are counted of a large one alone.

    Raises UnusableFileError where it is damaged.
    """
    further = iter(content)
    head = next(further, b"").removeprefix(codecs.BOM_UTF8)
    root = _ROOT.search(head, 0, _HEAD)
    scanning = _Scan(_patterns(root[1] + b":" if root and root[1] else b""), large=large)
    facts = scanning.facts
    if root is None:
        facts.understood = False
        return facts
    for block in _of_whole_rows(head, further, scanning.patterns.row):
        scanning.take(block)
        facts.understood = facts.understood and len(block) <= LARGE_MEMBER
        if not facts.understood:
            return facts
    scanning.check.close()
    facts.understood = scanning.data == 1
    return facts


def column_number(letters: bytes) -> int:
    """The column that the letters name, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _last_column(shape: bytes) -> int:
    """The last of a row's columns, 0 where they are none, are not in order or stand in another row."""
    columns = [column_number(letters) for letters in shape.split()]
    return columns[-1] if shape.replace(b" ", b"").isalpha() and columns == sorted(set(columns)) else 0


def _of_whole_rows(head: bytes, further: Iterable[bytes], row: bytes) -> Iterator[bytes]:
    """The content in blocks that end where a row begins."""
    rest = head
    for more in further:
        block = rest + more
        cut = block.rfind(row)
        if cut > 0:
            yield block[:cut]
            rest = block[cut:]
        elif len(block) > LARGE_MEMBER:  # no row is so long, and the longer it grows the longer each look at it takes
            break
        else:
            rest = block
    else:
        block = rest
    yield block


def _shapes(block: bytes, row: bytes) -> bytes:
    """Rows that hold nothing, one of each shape: they differ in their numbers, and to look at one is enough."""
    return row.join(dict.fromkeys(block.translate(_DIGITS).split(row)))


def _look_at_cells(block: bytes, patterns: _Patterns, facts: Facts) -> None:
    """Note each failed formula, and each whose result was never stored."""
    for attributes, inside in patterns.cells.findall(patterns.bare.sub(b"", block)):
        failed = b't="e"' in attributes
        if not failed and not patterns.formula.search(inside):
            continue
        value = patterns.value.search(inside)
        text = value[1].decode("utf-8", "replace").strip() if value else ""
        stale = not text and b't="str"' not in attributes
        if not failed and not stale:
            continue
        place = _REFERENCE.search(attributes)
        if place is None:
            facts.understood = False
        elif text:
            facts.add_error(int(place[2]), column_number(place[1]), text)
        else:
            facts.stale.add((int(place[2]), column_number(place[1])))


def _box(first_column: bytes, first_row: bytes, last_column: bytes, last_row: bytes) -> Box:
    return int(first_row), column_number(first_column), int(last_row), column_number(last_column)


def shared_numbers(content: Iterable[bytes]) -> Iterator[int]:
    """The number of the text of each cell that has one in place of a text."""
    before = b""
    for block in content:
        whole = before + block
        cut = whole.rfind(b"/") + 1  # of the end of a value or of a cell, and so after no number's beginning
        yield from map(int, _SHARED.findall(whole[:cut]))
        before = whole[cut:]
    yield from map(int, _SHARED.findall(before))
