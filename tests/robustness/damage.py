"""Mutants: a small school's file, damaged in one place, of which every result must be read right or something named.

Only damage that shows is done to it. Where a text or a number is changed for another that a school may write, no reader
can know; what is done here breaks the file's own rules, or its checksums.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import openpyxl
import xlsxwriter

from siptrack.reading.files import Files, sheets_of
from siptrack.reading.findings import UNUSABLE
from siptrack.reading.formats.apart import ApartReader
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.read import read
from siptrack.rules.load import load
from siptrack.school.errors import InputError
from siptrack.school.place import Place

sys.path.append(str(Path(__file__).parents[1] / "unit" / "formats"))
import old_excel

HEADINGS = (
    "Name", "Year group", "Class", "DOB", "FSM", "Reading Autumn 2025", "Reading Spring 2026",
    "Maths Standardised Score Autumn 2025", "Maths Standardised Score Spring 2026",
)  # fmt: skip
NAMES = (
    "Ash Oak", "Beech Elm", "Cedar Fir", "Dahlia Yew", "Erica Larch", "Fern Hazel", "Gale Rowan", "Holly Alder",
    "Iris Maple", "Jade Birch", "Kay Lime", "Lily Plum",
)  # fmt: skip
GRADES = ("WTS", "EXS", "GDS", "PKS")
Rows = list[list[object]]
Change = Callable[[Random, bytes], bytes]


def school() -> Rows:
    """The table of twelve children: grades in reading, scores in mathematics, dates of birth."""
    children = [
        [name, 4, "4K", dt.date(2017, 1 + at % 8, 3 + at), "Y" if at % 3 else "N", GRADES[at % 3], GRADES[(at + 1) % 3],
         90 + at, 95 + 2 * at]
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    return [list(HEADINGS), *children]


def texts(rows: Rows) -> list[list[str]]:
    """Every cell as it is written in a text file."""
    return [[cell.strftime("%d/%m/%Y") if isinstance(cell, dt.date) else str(cell) for cell in row] for row in rows]


def by_openpyxl(rows: Rows) -> bytes:
    """A workbook as openpyxl writes it, its formatted blank cells among it."""
    book, held = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "4K"
    for row in rows:
        book.active.append(row)
    for row in range(len(rows) + 1, len(rows) + 20):
        book.active.cell(row, 4).number_format = "dd/mm/yyyy"
    book.save(held)
    return held.getvalue()


def by_xlsxwriter(rows: Rows) -> bytes:
    """A workbook as xlsxwriter writes it, with a second sheet and a formula."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet, date = book.add_worksheet("4K"), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell, date if isinstance(cell, dt.date) else None)
    book.add_worksheet("Notes").write_column(0, 0, ["Set by the office", "Do not print"])
    sheet.write_formula(1, 7, "=45+45", None, 90)
    book.close()
    return held.getvalue()


def as_ods(rows: Rows) -> bytes:
    """An OpenDocument spreadsheet."""

    def cell(value: object) -> str:
        if isinstance(value, dt.date):
            shown = f'office:value-type="date" office:date-value="{value}"><text:p>{value}'
        elif isinstance(value, int):
            shown = f'office:value-type="float" office:value="{value}"><text:p>{value}'
        else:
            shown = f'office:value-type="string"><text:p>{value}'
        return f"<table:table-cell {shown}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="4K">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="x"/>',
        "content.xml": content.encode(),
    })  # fmt: skip


def as_xls(rows: Rows) -> bytes:
    """An old Excel workbook."""
    cells = b"".join(
        old_excel.number(at, column, cell) if isinstance(cell, int) else old_excel.label(at, column, str(cell))
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
    )
    return old_excel.xls([("4K", 0, cells)])


def as_xlsb(rows: Rows) -> bytes:
    """A binary workbook."""
    cells = b"".join(
        old_excel.binary_row(at) + b"".join(
            old_excel.binary_cell(6, column, old_excel.wide(str(cell))) for column, cell in enumerate(row)
        )
        for at, row in enumerate(rows)
    )  # fmt: skip
    return old_excel.xlsb(cells)


def as_csv(rows: Rows) -> bytes:
    """A CSV file in which every cell stands in quotes."""
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in texts(rows)).encode()


def as_page(rows: Rows) -> bytes:
    """A table of HTML that calls itself a workbook."""
    lines = "".join(f"<tr>{''.join(f'<td class=x>{cell}</td>' for cell in row)}</tr>\r\n" for row in texts(rows))
    return f"<html><body><table border=1>\r\n{lines}</table></body></html>".encode()


def packed(members: dict[str, bytes]) -> bytes:
    """A zip archive, its checksums right."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The members of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# What is done to bytes of any kind -----------------------------------------------------------------------------------


def flipped(random: Random, content: bytes) -> bytes:
    """One bit is another."""
    at = random.randrange(len(content))
    return content[:at] + bytes((content[at] ^ 1 << random.randrange(8),)) + content[at + 1 :]


def cut_off(random: Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: random.randrange(1, len(content))]


def hole(random: Random, content: bytes) -> bytes:
    """A block of zeros."""
    at = random.randrange(len(content))
    return content[:at] + bytes(min(random.randrange(1, 512), len(content) - at)) + content[at + 512 :]


def taken_out(random: Random, content: bytes) -> bytes:
    """Some bytes are missing."""
    at = random.randrange(len(content))
    return content[:at] + content[at + random.randrange(1, 64) :]


# What is done to markup, so that it is none ---------------------------------------------------------------------------


def put_in(*marks: bytes) -> Change:
    """One of these stands somewhere it does not belong."""

    def change(random: Random, content: bytes) -> bytes:
        at = random.randrange(len(content))
        return content[:at] + random.choice(marks) + content[at:]

    return change


def one_of(pattern: bytes, change: Callable[[Random, re.Match[bytes]], bytes]) -> Change:
    """One place that the pattern finds is changed."""

    def changed(random: Random, content: bytes) -> bytes:
        places = list(re.finditer(pattern, content))
        if not places:
            return cut_off(random, content)
        found = random.choice(places)
        return content[: found.start()] + change(random, found) + content[found.end() :]

    return changed


def renamed(random: Random, content: bytes) -> bytes:
    """One element has another name, at its beginning as at its end."""
    found = random.choice(list(re.finditer(rb"<([\w:]+)([^>]*)>([^<]*)</\1>", content)) or [None])
    if found is None:
        return cut_off(random, content)
    name, given, text = found.groups()
    return content[: found.start()] + b"<%bx%b>%b</%bx>" % (name, given, text, name) + content[found.end() :]


MARKUP: dict[str, Change] = {
    "stray bracket": put_in(b"<"),
    "stray ampersand": put_in(b"&", b"&x;"),
    "stray end": put_in(b"</v>", b"</row>", b"</c>", b"</si>", b"</text:p>"),
    "stray begin": put_in(b"<v>", b"<row>", b"<c>", b"<si>", b"<t>", b"<![CDATA["),
    "byte that is none": put_in(b"\xff", b"\0", b"\xc3\x28"),
    "cut off": cut_off,
    "mark lost": one_of(rb'[<>/"=]', lambda _random, _found: b""),
    "tag lost": one_of(rb"</[\w:]+>", lambda _random, _found: b""),
    "tag twice": one_of(rb"</[\w:]+>", lambda _random, found: found[0] * 2),
    "tag misspelt": one_of(rb"(</?)([\w:]+)", lambda _random, found: found[1] + b"x" + found[2]),
    "attribute twice": one_of(rb' [\w:]+="[^"]*"', lambda _random, found: found[0] * 2),
    "element misspelt at both ends": renamed,
}
SHEETS: dict[str, Change] = {
    "attribute of a cell misspelt": one_of(
        rb'(<c[^>]*? )([rst])(=")', lambda _random, found: found[1] + b"q" + found[3]
    ),
    "cell in another row": one_of(
        rb'(<c r="[A-Z]+)(\d+)"', lambda _random, found: found[1] + b"%d" % (int(found[2]) + 7) + b'"'
    ),
    "cell in another's place": one_of(rb'<c r="([A-Z]+)(\d+)"', lambda _random, found: b'<c r="A%s"' % found[2]),
    "row twice": one_of(rb"<row .*?</row>", lambda _random, found: found[0] * 2),
    "cell twice": one_of(rb"<c .*?</c>", lambda _random, found: found[0] * 2),
    "row numbered wrongly": one_of(rb'<row r="\d+"', lambda _random, _found: b'<row r="2"'),
    "text beyond the table": one_of(rb't="s"><v>\d+', lambda _random, _found: b't="s"><v>9999'),
    "number of a text that is none": one_of(rb't="s"><v>(\d+)', lambda _random, found: b't="s"><v>x' + found[1]),
    "format beyond all": one_of(rb' s="\d+"(?=[^>]*><v>)', lambda _random, _found: b' s="99"'),
    "value in a reference": one_of(rb"<v>(\d)", lambda _random, found: b"<v>&#%d;" % found[1][0]),
    "value in a comment": one_of(rb"<v>", lambda _random, _found: b"<v><!-- -->"),
    "all cells of another name": lambda _random, content: content.replace(b"sheetData", b"sheetDate"),
}
TEXTS: dict[str, Change] = {
    "text lost": one_of(rb"<si>.*?</si>", lambda _random, _found: b""),
    "text twice": one_of(rb"<si>.*?</si>", lambda _random, found: found[0] * 2),
    "claims more": one_of(rb'uniqueCount="\d+"', lambda _random, _found: b'uniqueCount="400"'),
    "claims fewer": one_of(rb'uniqueCount="\d+"', lambda _random, _found: b'uniqueCount="1"'),
}
CONTENT: dict[str, Change] = {
    "type misspelt": one_of(rb"office:value-type", lambda _random, _found: b"office:value-typo"),
    "value misspelt": one_of(rb" office:(date-)?value=", lambda _random, _found: b" office:valve="),
    "repeated without end": one_of(
        rb"<table:table-cell ", lambda _random, _found: b'<table:table-cell table:number-columns-repeated="99999999" '
    ),
}
RECORDS: dict[str, Change] = {"a bit": flipped, "a hole": hole, "taken out": taken_out}
LINES: dict[str, Change] = {
    "quote lost": one_of(rb'"', lambda _random, _found: b""),
    "quote put in": put_in(b'"'),
    "nothing": put_in(b"\0"),
    "another encoding": put_in(b"\xff\xfe"),
    "line break lost": one_of(rb"\r\n(?=.)", lambda _random, _found: b""),
    "line break put in": one_of(rb'","(?!\d+"\r)', lambda _random, _found: b'",\r\n"'),
    "comma put in": one_of(rb'","', lambda _random, _found: b'","","'),
    "comma lost": one_of(rb'","', lambda _random, _found: b'""'),
}
PAGE: dict[str, Change] = {
    "cut off": cut_off,
    "mark lost": one_of(rb"[<>]", lambda _random, _found: b""),
    "tag lost": one_of(rb"<t[dr][^>]*>", lambda _random, _found: b""),
    "tag misspelt": one_of(rb"<(t[dr])", lambda _random, found: b"<x" + found[1]),
    "end misspelt": one_of(rb"</(t[dr])", lambda _random, found: b"</x" + found[1]),
    "stray bracket": put_in(b"<", b"<!--", b"<td", b"</td"),
    "nothing": put_in(b"\0"),
}


@dataclass(frozen=True)
class Mutant:
    """A damaged file: how it was made, and whether what is in it can still be told (of some nothing can be held)."""

    kind: str
    how: str
    content: bytes
    certain: bool = True


def mutants(count: int, seed: int = 0) -> Iterator[Mutant]:
    """So many mutants, the same each time."""
    random = Random(seed)  # noqa: S311  # the same each time, on purpose
    sources = [(kind, make(school())) for kind, make in MAKERS.items()]
    for number in range(count):
        kind, content = sources[number % len(sources)]
        yield _mutant(random, kind, content)


MAKERS: dict[str, Callable[[Rows], bytes]] = {
    "openpyxl.xlsx": by_openpyxl,
    "xlsxwriter.xlsx": by_xlsxwriter,
    "openpyxl-again.xlsx": by_openpyxl,
    "school.ods": as_ods,
    "school.csv": as_csv,
    "page.xls": as_page,
    "old.xls": as_xls,
    "binary.xlsb": as_xlsb,
}
OF_A_FILE = {"school.csv": LINES, "page.xls": PAGE}


def _mutant(random: Random, kind: str, content: bytes) -> Mutant:
    if kind in OF_A_FILE:
        how = random.choice(list(OF_A_FILE[kind]))
        return Mutant(kind, how, OF_A_FILE[kind][how](random, content))
    if kind == "old.xls":  # has no checksums: a byte of a name may become another
        how = random.choice(list(RECORDS))
        return Mutant(kind, how, RECORDS[how](random, content), certain=False)
    if random.random() < 0.25:
        how = random.choice([*RECORDS, "cut off"])
        return Mutant(kind, f"{how}, as it lies", (RECORDS | {"cut off": cut_off})[how](random, content))
    return _mutant_inside(random, kind, content)


def _mutant_inside(random: Random, kind: str, content: bytes) -> Mutant:
    """One member of the archive is damaged, and its checksum made right again."""
    members = unpacked(content)
    name = random.choice([name for name in members if _matters(name)])
    if random.random() < 0.05:
        del members[name]
        return Mutant(kind, f"{name} is missing", packed(members))
    if kind == "binary.xlsb":
        members[name] = random.choice([cut_off, taken_out])(random, members[name])
        return Mutant(kind, f"{name} cut", packed(members), certain=False)
    ways = MARKUP | (
        SHEETS if "/sheet" in name else TEXTS if "sharedStrings" in name else CONTENT if name == "content.xml" else {}
    )
    how = random.choice(list(ways))
    members[name] = ways[how](random, members[name])
    return Mutant(kind, f"{name}: {how}", packed(members))


def _matters(name: str) -> bool:
    """Whether a member holds results, or says where they are."""
    return name.endswith(
        (".rels", "workbook.xml", "sharedStrings.xml", "styles.xml", "sheet1.xml", ".bin", "content.xml")
    )


# What was read of a mutant -------------------------------------------------------------------------------------------

Results = dict[tuple[str, str, int], str]


@dataclass
class Judge:
    """Reads mutants, one after another in a child process, and says what is wrong about how one was read."""

    reader: ApartReader = field(default_factory=ApartReader)
    rules: object = field(default_factory=load)
    whole: dict[str, tuple[object, Results, set[tuple[str, str]]]] = field(default_factory=dict)

    def verdict(self, mutant: Mutant) -> str:
        """What is wrong, or nothing."""
        if mutant.kind not in self.whole:
            sheets = self._sheets(mutant.kind, MAKERS[mutant.kind](school()))
            self.whole[mutant.kind] = (sheets.sheets, *self._understood(sheets))
            assert len(self.whole[mutant.kind][1]) == len(NAMES) * 4
        as_read, right, usual = self.whole[mutant.kind]
        try:
            files = self._sheets(mutant.kind, mutant.content)
            if files.sheets == as_read and not files.oddities:
                return ""
            results, problems = self._understood(files)
        except InputError as refused:
            return "" if mutant.kind in str(refused) else "refused without its name"
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
            return f"{type(error).__name__} {error}"
        if results == right or not mutant.certain or problems - usual:
            return ""
        lost = sorted(str(key) for key in right if results.get(key) != right[key])
        more = sorted(str(key) for key in results if key not in right)
        return f"nothing named; lost {lost[:3]} of {len(lost)}, found {more[:3]} of {len(more)}"

    def _sheets(self, name: str, content: bytes) -> Files:
        files = Files([name])
        try:
            files.sheets = sheets_of(content, name, self.reader, files.oddities)
        except UnusableFileError as reason:
            files.oddities.append((UNUSABLE, Place(name), f"{reason}", "a workbook"))
        return files

    def _understood(self, files: Files) -> tuple[Results, set[tuple[str, str]]]:
        register = read(files, self.rules)
        who = {
            row["pupil"]: f"{row['forename']} {row['surname']} {row['date_of_birth']}"
            for row in register.pupils.to_dict("records")
        }
        rows = register.results.to_dict("records")
        results = {(who[row["pupil"]], row["subject"], row["term"]): row["text"] for row in rows}
        return results, {(one.code, one.place.label) for one in (*register.problems, *register.unusable)}
