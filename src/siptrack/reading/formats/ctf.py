"""Common Transfer Files: the XML in which English schools pass on a child's record.

They become two tables under the headings of any other file: a list of pupils, and the statutory results, one a row.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element, ParseError  # the types alone; defusedxml parses

import defusedxml  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from siptrack.reading.formats.cells import limited
from siptrack.reading.formats.ctf_results import RESULT_HEADINGS, result_rows
from siptrack.reading.formats.table import Facts, PageTable
from siptrack.reading.formats.unusable import UnusableFileError

_DETAILS = {  # heading: where it stands in a pupil's record, the first that is there
    "UPN": ("UPN",),
    "Former UPN": ("BasicDetails/FormerUPN",),
    "Surname": ("Surname",),
    "Forename": ("Forename",),
    "DOB": ("DOB",),
    "Sex": ("Sex", "Gender"),
    "NC Year": ("BasicDetails/NCyearActual", "NCyearActual"),
    "Ethnicity": ("BasicDetails/Ethnicity", "Ethnicity"),
    "Enrolment Status": ("BasicDetails/EnrolStatus", "EnrolStatus"),
}
_AUTUMN_BEGINS = 9  # September
_FILE = "it is a Common Transfer File"
_TRUTHS = {"true": "Y", "1": "Y", "y": "Y", "false": "N", "0": "N", "n": "N"}


def tables(content: bytes) -> Iterator[PageTable]:
    """The pupils, and their statutory results if there are any."""
    pupils: list[list[str]] = []
    results: list[list[str]] = []
    year = ""
    for record in _records(content):
        if record.tag != "Pupil":
            year = _school_year(_first(record, ("DateTime",)))
            continue
        details = [_first(record, paths) for paths in _DETAILS.values()]
        pupils.append([*details, *(read(record) for read in _FURTHER.values())])
        who = [_first(record, _DETAILS[heading]) for heading in ("UPN", "Surname", "Forename", "DOB")]
        results += [[*who, *row] for row in result_rows(record)]
        record.clear()
    headings = [*_DETAILS, *_FURTHER]
    yield PageTable("Pupils", limited(chain([[year]] if year else [], [headings], map(_trimmed, pupils))), Facts())
    if results:
        headings = ["UPN", "Surname", "Forename", "DOB", *RESULT_HEADINGS]
        yield PageTable("Statutory results", limited(chain([headings], map(_trimmed, results))), Facts())


def _records(content: bytes) -> Iterator[Element]:
    """The file's header, then each pupil's record, one at a time. No document type, no entities: a CTF has none."""
    try:
        for _, element in iterparse(io.BytesIO(content), forbid_dtd=True):
            element.tag = element.tag.rsplit("}", 1)[-1]
            if element.tag in ("Pupil", "Header"):
                yield element
    except defusedxml.DefusedXmlException:
        raise UnusableFileError(f"{_FILE} that defines entities, as none does; export it again") from None
    except ParseError:
        raise UnusableFileError(f"{_FILE} that is damaged or cut short; export it again") from None


def _school_year(written: str) -> str:
    """The school year in which the file was written, of which its year groups are: `2025-26` for 2025-11-03."""
    year, month = written[:4], written[5:7]
    if not (year.isdecimal() and month.isdecimal()):
        return ""
    began = int(year) - (int(month) < _AUTUMN_BEGINS)
    return f"{began}-{(began + 1) % 100:02d}"


def _first(record: Element, paths: tuple[str, ...]) -> str:
    """The first of these places that holds a text."""
    return next(filter(None, ((record.findtext(path) or "").strip() for path in paths)), "")


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _preferred(record: Element) -> str:
    """The whole name by which the child is known, when it is another than the legal one."""
    preferred = [_first(record, (f"BasicDetails/Preferred{name}",)) for name in ("Forename", "Surname")]
    legal = [_first(record, (name,)) for name in ("Forename", "Surname")]
    return " ".join(known or name for known, name in zip(preferred, legal, strict=True)) if any(preferred) else ""


def _language(record: Element) -> str:
    """The first language: the one that is marked F, else the first of the list."""
    languages = record.findall(".//Languages/Type") or record.findall(".//Languages/Language")
    marked = [found for found in languages if (found.findtext("LanguageType") or "").strip() == "F"]
    for found in marked or languages:
        if text := (found.findtext("Language") or found.text or "").strip():
            return text
    return ""


def _fsm(record: Element) -> str:
    """Y while a spell of free school meals has no end; blank, not N, where nothing is recorded."""
    history = record.find("FSMhistory")
    if history is None:
        return _TRUTHS.get(_first(record, ("FSMeligible", "BasicDetails/FSMeligible")).casefold(), "")
    spells = history.findall("FSMinstance")
    return "Y" if any(not (spell.findtext("FSMendDate") or "").strip() for spell in spells) else "N"


def _sen(record: Element) -> str:
    """The provision that began last and has not ended."""
    spells = [
        ((spell.findtext("StartDate") or "").strip(), (spell.findtext("SENprovision") or "").strip())
        for spell in record.findall("SENhistory/SEN")
        if not (spell.findtext("EndDate") or "").strip()
    ]
    return max(spells, default=("", ""))[1] or _first(record, ("SENprovision",))


def _looked_after(record: Element) -> str:
    text = _first(record, ("LookedAfter/InCare",))
    return _TRUTHS.get(text.casefold(), text)


_FURTHER = {
    "Preferred Name": _preferred,
    "First language": _language,
    "FSM": _fsm,
    "SEN provision": _sen,
    "Looked after": _looked_after,
}
