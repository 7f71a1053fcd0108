"""What the bytes of an Excel sheet say that the fast reader does not: failed and stale formulas, hidden rows, its size.

Written for how spreadsheet programs write, and quick because it looks closely only where there is something to see.
XML written in another way is not guessed at: the facts are then marked as not understood, and the slow reader reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import IO

from siptrack.reading.formats.table import Box, Facts

_BLOCK = 1 << 20
_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,10})"')
_HEAD = 8_192
_QUOTED_OTHERWISE = (b" r='", b" t='", b" hidden='")


class _Patterns:
    """The patterns for one namespace prefix, which is nearly always none."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.row_end = b"</" + prefix + b"row>"
        self.cell = b"<" + prefix + b"c "
        self.formula = re.compile(rb"<%bf[ />]" % p)
        self.cells = re.compile(rb"<%bc( [^>]*)>(.*?)</%bc>" % (p, p), re.DOTALL)
        self.bare = re.compile(rb"<%bc( [^>]*)?/>" % p)
        self.value = re.compile(rb"<%bv[^>/]*>([^<]*)</%bv>" % (p, p))
        self.hidden_row = re.compile(rb'<%brow (?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,7})"' % p)
        self.merged = re.compile(rb'<%bmergeCell [^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"' % p)


_patterns = cache(_Patterns)


def scan(stream: IO[bytes]) -> Facts:
    """The facts of one sheet."""
    facts = Facts()
    head = stream.read(_BLOCK)
    root = _ROOT.search(head, 0, _HEAD)
    if root is None:
        facts.understood = False
        return facts
    patterns = _patterns(root[1] + b":" if root[1] else b"")
    for block in _blocks(head, stream, patterns.row_end):
        _scan_block(block, patterns, facts)
    return facts


def column_number(letters: bytes) -> int:
    """The column that the letters name, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _blocks(head: bytes, stream: IO[bytes], row_end: bytes) -> Iterator[bytes]:
    """The stream in blocks that end where a row ends."""
    rest = head
    while more := stream.read(_BLOCK):
        block = rest + more
        cut = block.rfind(row_end) + len(row_end)
        if cut >= len(row_end):
            yield block[:cut]
            rest = block[cut:]
        else:
            rest = block
    yield rest


def _scan_block(block: bytes, patterns: _Patterns, facts: Facts) -> None:
    if any(mark in block for mark in _QUOTED_OTHERWISE):
        facts.understood = False
    facts.cells += block.count(patterns.cell)
    _measure(block, patterns, facts)
    if b't="e"' in block or patterns.formula.search(block):
        _look_at_cells(block, patterns, facts)
    if b"hidden=" in block:
        facts.hidden_rows.update(int(row) for row in patterns.hidden_row.findall(block))
    if b"mergeCell " in block:
        facts.merged += [_box(*found) for found in patterns.merged.findall(block)]


def _measure(block: bytes, patterns: _Patterns, facts: Facts) -> None:
    """The last row and column of the block's cells, formatted blanks included."""
    for row in block.split(patterns.row_end):
        found = _REFERENCE.search(row, max(row.rfind(patterns.cell), 0)) if patterns.cell in row else None
        if found:
            facts.last_row = max(facts.last_row, int(found[2]))
            facts.last_column = max(facts.last_column, column_number(found[1]))


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
