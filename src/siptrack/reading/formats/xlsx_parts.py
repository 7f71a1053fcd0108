"""Which part of an Excel archive holds which sheet."""

from __future__ import annotations

import posixpath
import zipfile
from contextlib import suppress
from xml.parsers import expat

from siptrack.reading.formats.archive import member


def related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part refers to, by the identifier that it uses for each."""
    folder, name = posixpath.split(part)
    found = {
        attributes.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))[1:]
        for tag, attributes in elements(member(archive, f"{folder}/_rels/{name}.rels"))
        if tag == "Relationship"
    }
    names = {name.lower(): name for name in archive.namelist()}
    return {key: names.get(target.lower(), target) for key, target in found.items()}


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by the sheet's name, in the workbook's order."""
    book = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    parts = related(archive, book)
    return {
        attributes["name"]: parts.get(next((v for k, v in attributes.items() if k.endswith("}id")), ""), "")
        for tag, attributes in elements(member(archive, book))
        if tag == "sheet" and "name" in attributes
    }


def elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element's name, without its namespace, and attributes; up to the first fault, and no entities."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda tag, attributes: found.append((tag.rsplit("}", 1)[-1], attributes))
    parser.StartDoctypeDeclHandler = _refuse
    with suppress(expat.ExpatError, ValueError):
        parser.Parse(content, True)  # noqa: FBT003  # expat takes no keywords
    return found


def _refuse(*_: object) -> None:
    raise ValueError
