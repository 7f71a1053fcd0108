"""The XML of one part of a workbook: where each element stands, so that a few bytes change and all others stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ENCODING = re.compile(rb"[\xef\xbb\xbf \t\r\n]*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_READ_HERE = (b"utf-8", b"us-ascii", b"ascii")
_DEEPEST = 100  # elements inside each other: a sheet has ten
LARGEST = 10_000_000  # bytes of a part: what a template holds is little


class UnreadableXmlError(Exception):
    """A part that is no XML, or XML of a kind that is not read here."""


@dataclass(slots=True)
class Element:
    """An element: its name without and with prefix, its attributes, and where its bytes stand.

    `inside` is where its start tag ends; `end` where the element does, which is the same for `<row r="1"/>`.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inside: int
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """The prefix of its name with the colon, `x:`; empty for most."""
        return self.tag.removesuffix(self.name)

    def find(self, name: str) -> Element | None:
        """The first child of that name."""
        return next(self.every(name), None)

    def every(self, *names: str) -> Iterator[Element]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def texts(self) -> str:
        """All text in it, without the readings beside East Asian text."""
        return self.text + "".join(child.texts() for child in self.children if child.name != "rPh")


class Edit(NamedTuple):
    """Bytes to stand in the place of those from `start` to `end`; an insertion where the two are the same."""

    start: int
    end: int
    content: bytes


def parse(content: bytes) -> Element:
    """The root element of a part.

    Raises UnreadableXmlError for what is no XML in UTF-8, and for a document type, which no workbook needs.
    """
    declared = _ENCODING.match(content)
    if len(content) > LARGEST or (declared and declared[1].lower() not in _READ_HERE):
        raise UnreadableXmlError
    root = Element("", "", {}, 0, 0)
    open_elements = [root]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(tag: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        matched = _TAG.match(content, start)
        if matched is None or len(open_elements) > _DEEPEST:
            raise UnreadableXmlError
        element = Element(tag.rpartition(":")[2], tag, attributes, start, matched.end())
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def finish(_tag: str) -> None:
        element = open_elements.pop()
        empty = content[element.inside - 2 : element.inside] == b"/>"
        element.end = element.inside if empty else content.index(b">", parser.CurrentByteIndex) + 1

    def characters(text: str) -> None:
        open_elements[-1].text += text

    def refuse(*_: object) -> None:
        raise UnreadableXmlError

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  # expat takes no keywords
    except (expat.ExpatError, ValueError):
        raise UnreadableXmlError from None
    return root.children[0]


def edited(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The content with these edits, which do not overlap; insertions at one place stand in their order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        parts += [content[at : edit.start], edit.content]
        at = edit.end
    return b"".join([*parts, content[at:]])


def without_attribute(tag: bytes, name: str) -> bytes:
    """A start tag without an attribute."""
    return re.sub(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", b"", tag)


def with_attribute(content: bytes, element: Element, name: str, value: str) -> Edit:
    """The start tag of an element with an attribute set."""
    bare = without_attribute(content[element.start : element.inside], name)
    at = len(element.tag.encode()) + 1
    return Edit(element.start, element.inside, bare[:at] + f' {name}="{value}"'.encode() + bare[at:])
