"""What a file is, by what is in it: its name may say anything."""

from __future__ import annotations

import re

from siptrack.reading.formats.compound import SIGNATURE
from siptrack.reading.formats.text import beginning
from siptrack.reading.formats.unusable import UnusableFileError

ZIP, COMPOUND, PAGE, CTF, PARQUET, TEXT = "zip", "compound", "page", "ctf", "parquet", "text"

_LOOKED_AT = 65_536
_BLANKS = b"\0 \t\r\n\f\v"
_PICTURE = "it is neither a workbook nor a text file but a picture; ask for the spreadsheet that it shows"
_ARCHIVE = "it is an archive; unpack it first"
_BINARY = (  # how files begin, and what they are
    (b"%PDF", "it is a PDF document; ask for the spreadsheet that it was printed from"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"SQLite format 3\0", "it is an SQLite database; export its table as CSV"),
    (b"\0\1\0\0Standard ", "it is an Access database; export its table as a workbook or CSV file"),
    (b"{\\rtf", "it is a rich-text document; copy its table into a workbook"),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"ID;P", "it is a SYLK file; open it in Excel and save it as .xlsx"),
    (b"\x09\x00\x04\x00", "it is a workbook of Excel 2; open it in Excel and save it as .xlsx"),
    (b"\x09\x02\x06\x00", "it is a workbook of Excel 3; open it in Excel and save it as .xlsx"),
    (b"\x09\x04\x06\x00", "it is a workbook of Excel 4; open it in Excel and save it as .xlsx"),
    (b"MIME-Version:", "it is a web archive (.mht); open it in Excel and save it as .xlsx"),
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|table)\b", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]*)[\s/>]")
_XML_WORKBOOK = "urn:schemas-microsoft-com:office:spreadsheet"
_JSON = re.compile(r"[\[{]\s*[\[{\"}\]]")


def kind_of(content: bytes) -> str:
    """The kind of a file that can be read. Raises UnusableFileError with what another file is, and what to do."""
    if not (content[:_LOOKED_AT].strip(_BLANKS) or content.strip(_BLANKS)):
        raise UnusableFileError("it is empty")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    if content.startswith(SIGNATURE[:4]):
        return COMPOUND
    if content.startswith(b"PAR1"):
        return PARQUET
    for start, what in _BINARY:
        if content.startswith(start):
            raise UnusableFileError(what)
    head = beginning(content, _LOOKED_AT)
    if head.startswith("<"):
        return _marked_up(head)
    if _JSON.match(head) and content.rstrip()[-1:] in b"]}":
        raise UnusableFileError("it is a JSON file; export the data as a workbook or CSV file")
    if "\0" in head:
        raise UnusableFileError("it is neither a workbook nor a text file")
    return TEXT


def _marked_up(head: str) -> str:
    root = next((found for found in _FIRST_ELEMENT.findall(_without_comments(head))), "")
    if root.casefold() == "ctfile":
        return CTF
    if _XML_WORKBOOK in head and root.endswith("Workbook"):
        raise UnusableFileError("it is an XML workbook of Excel 2003; open it in Excel and save it as .xlsx")
    if _PAGE.search(head):
        return PAGE
    if root.startswith("office:document"):
        raise UnusableFileError("it is a flat OpenDocument file; save it as .ods or .xlsx")
    if root:
        raise UnusableFileError("it is an XML file of another kind than a Common Transfer File")
    return TEXT


def _without_comments(head: str) -> str:
    return re.sub(r"<!--.*?(?:-->|$)", "", head, flags=re.DOTALL)
