"""Which part of an Excel archive holds which sheet, its shared texts and its styles."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping

from siptrack.reading.formats.archive import blocks, ending_with, small_member
from siptrack.reading.formats.limits import MOST_CELLS
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.well_formed import WellFormed, insist

_WORKSHEET = "worksheet"
TEXT_INSIDE = {  # what holds which parts of a text; what else stands there is no text to the readers
    "sst": {"si", "extLst"},
    "si": {"t", "r", "rPh", "phoneticPr", "extLst"},
    "is": {"t", "r", "rPh", "phoneticPr", "extLst"},
    "r": {"t", "rPr"},
    "rPh": {"t", "r"},
}


def related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What each identifier in a part refers to: what kind of part, as `worksheet`, and which. Damage is refused."""
    folder, name = posixpath.split(part)
    names = {name.lower().replace("\\", "/"): name for name in archive.namelist()}
    found: dict[str, tuple[str, str]] = {}
    for attributes in _elements(archive, names.get(f"{folder}/_rels/{name}.rels".lower(), ""), "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))[1:]
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        found[attributes.get("Id", "")] = kind, names.get(target.lower(), target)
    return found


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet that has cells, by the sheet's name. Raises UnusableFileError where one is not there."""
    book = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    parts, found = related(archive, book), dict[str, str]()
    for attributes in _elements(archive, book, "sheet"):
        identifier = next((v for k, v in attributes.items() if k.endswith("}id")), "")
        kind, part = parts.get(identifier, ("", ""))
        insist(part in archive.NameToInfo and part not in found.values() and attributes.get("name", "") not in found)
        if kind == _WORKSHEET:
            found[attributes["name"]] = part
    return found


def _elements(archive: zipfile.ZipFile, name: str, wanted: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of that name in a part."""
    found: list[dict[str, str]] = []
    check = WellFormed(lambda tag, given: found.append(dict(given)) if tag == wanted else None)
    if name:
        check.take([small_member(archive, name)])
    return iter(found)


class SharedTexts:
    """The table of texts that cells refer to by number: how long each is."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.lengths: list[int] = []
        self.claimed = ""
        self.open: list[str] = []
        name = ending_with(archive, "sharedstrings.xml")
        if name:
            check = WellFormed(self._start, self._end, self._text)
            for block in blocks(archive, name):
                check.feed(block)
                if len(self.lengths) > MOST_CELLS:
                    raise UnusableFileError(f"it holds more than {MOST_CELLS:,} different texts")
            check.close()
        insist(not self.claimed.isdecimal() or int(self.claimed) == len(self.lengths))

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        inside = self.open[-1] if self.open else ""
        insist(inside not in TEXT_INSIDE or tag in TEXT_INSIDE[inside])
        self.open.append(tag)
        if tag == "si":
            self.lengths.append(0)
        elif tag == "sst":
            self.claimed = given.get("uniqueCount", "")

    def _end(self, _: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class Styles:
    """How many formats there are for cells: one that is not there would leave a date a mere number."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.count = 0
        self.inside = False
        name = ending_with(archive, "/styles.xml")
        if name:
            WellFormed(self._start, self._end).take(blocks(archive, name))

    def _start(self, tag: str, _: Mapping[str, str]) -> None:
        self.inside = self.inside or tag == "cellXfs"
        self.count += self.inside and tag == "xf"

    def _end(self, tag: str) -> None:
        self.inside = self.inside and tag != "cellXfs"
