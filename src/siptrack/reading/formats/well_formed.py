"""The XML of workbooks, checked as it goes by: the fast reader passes over much that is damaged, and loses results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from siptrack.reading.formats.unusable import DAMAGED_INSIDE, UnusableFileError

OnStart = Callable[[str, Mapping[str, str]], object]


class WellFormed:
    """Takes a part of a workbook block by block. Raises UnusableFileError where it is no XML, or defines entities."""

    def __init__(
        self,
        on_start: OnStart | None = None,
        on_end: Callable[[str], object] | None = None,
        on_text: Callable[[str], object] | None = None,
        *,
        prefixed: bool = False,
    ) -> None:
        """`on_start` gets each element, `on_end` its end, `on_text` the text between.

        Names come without their namespace, or `prefixed` as they are written.
        """
        self.parser = expat.ParserCreate(namespace_separator="}" if on_start and not prefixed else None)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse
        if on_start:
            self.parser.StartElementHandler = lambda tag, given: on_start(plain(tag), given)
        if on_end:
            self.parser.EndElementHandler = lambda tag: on_end(plain(tag))
        if on_text:
            self.parser.CharacterDataHandler = on_text

    def take(self, content: Iterable[bytes]) -> None:
        """Take a part whole, block by block."""
        for block in content:
            self.feed(block)
        self.close()

    def feed(self, block: bytes) -> None:
        """Take the next block."""
        self._parse(block, last=False)

    def close(self) -> None:
        """There is no more."""
        self._parse(b"", last=True)

    def _parse(self, block: bytes, *, last: bool) -> None:
        try:
            self.parser.Parse(block, last)
        except (expat.ExpatError, ValueError):  # a ValueError is text in an encoding that there is not
            raise UnusableFileError(DAMAGED_INSIDE) from None


def insist(sound: bool) -> None:  # what must be so
    """Raise UnusableFileError where a workbook contradicts itself."""
    if not sound:
        raise UnusableFileError(DAMAGED_INSIDE)


def plain(name: str) -> str:
    """The name without its namespace."""
    return name.rsplit("}", 1)[-1]


def _refuse(*_: object) -> None:
    insist(sound=False)
