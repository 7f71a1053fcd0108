"""What is provided to whom: a heading for the intervention and two more that tell, and a child in every row.

A sheet of results is never taken for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from siptrack.reading.cells import Cells
from siptrack.reading.findings import Findings
from siptrack.reading.records.kind import LikeResults, OfAChild, RecordKind
from siptrack.reading.records.lines import RecordLine, Row
from siptrack.reading.records.sheets import Columns, RowRefusal
from siptrack.reading.records.spelt_alike import settle
from siptrack.reading.spelling import words
from siptrack.reading.terms import term_on
from siptrack.reading.values import read_age, read_number
from siptrack.rules.model import Rules
from siptrack.school.place import Place
from siptrack.school.provision import PROVISION, Material
from siptrack.school.term import Season, Term

_NAMED = "intervention"
_SPELT_AT = "spelt at"  # beside the columns of the table
_MATERIALS = ("material", "material of another time")  # what a name may be one of
_TELLING = 2
_NUMBERS = ("planned", "attended", "minutes", "group_size", "cost", "wave")
_OF_NOBODY, _NO_PUPIL = "provision of no known pupil", "provision-no-pupil"
_OF_TWO, _UNNAMED = "fits more than one pupil", "provision without its name"


def _columns(columns: Columns, _: Cells, rules: Rules) -> Columns:
    """Those of an intervention and two more that tell; no list of pupils has them."""
    return columns if len(columns.keys() & rules.columns.provision.tells) >= _TELLING else {}


def _cells(line: RecordLine) -> Row:
    """Of what the sheet does not say, the catalogue tells the wave and the subject."""
    named, subject_of, dates = line[_NAMED], line.reader.subject_of, _dates(line)
    material = _material(line, named, dates["start_term"])
    only = material.subjects[0] if material and len(material.subjects) == 1 else ""
    numbers = {name: _number(line, name) for name in _NUMBERS}
    if numbers["wave"] is None and material:
        numbers["wave"] = material.wave
    return {
        **numbers,
        **dates,
        "attended": _attended(line, numbers["planned"], numbers["attended"]),
        "intervention": named,
        _SPELT_AT: line.record.place(line.number, _NAMED),
        "material": material.key if material else "",
        "subject": subject_of(line["need"]) or subject_of(named) or only,
        "entry_months": read_age(line["entry"]),
        "exit_months": read_age(line["exit"]),
    }


def _material(line: RecordLine, named: str, start: object) -> Material | None:
    """The material of that name which was to be had when it starts; where none was, or no start is known, any."""
    catalogue = line.reader.rules.provision.catalogue
    known = [catalogue[key] for spelt in _MATERIALS if (key := line.key(spelt, named))]
    year = start.calendar_year if isinstance(start, Term) else line.around.newest + 1
    of_its_time = (material for material in known if material.to_be_had_in(range(year, year + 1)))
    return next(of_its_time, next(iter(known), None))


def _names_of_materials(rules: Rules, *, over: bool) -> dict[str, tuple[str, ...]]:
    """How a sheet may call those that are no longer to be had, or those that are: of both, one name may be."""
    every = rules.provision.catalogue.items()
    return {key: material.names for key, material in every if (material.until is not None) is over}


def _dates(line: RecordLine) -> Row:
    """When a row's intervention starts and ends; neither where it would end before it starts."""
    columns = line.reader.rules.columns
    start, starts = _date(line, "start", columns.provision.starts_in)
    end, ends = _date(line, "end", columns.season_months)
    backwards = bool(start and end and end < start)
    earlier = starts is not None and ends is not None and ends < starts
    if backwards or (earlier and not (start and end)):
        line.report("provision-dates", "end", "an end before the start", "a later day")
        return {"start": None, "end": None, "start_term": None, "end_term": None}
    return {"start": start, "end": end, "start_term": starts, "end_term": starts if earlier else ends}


def _date(line: RecordLine, column: str, seasons: Mapping[int, Season]) -> tuple[date | None, Term | None]:
    """The day and the term that a cell says; either may be missing."""
    if day := line.day(column):
        return day, term_on(day, seasons)
    parts, rest = line.reader.finder.find(line[column])
    if parts.season is not None and parts.academic_year is not None and rest in ("", "term"):
        return None, Term(parts.academic_year, parts.season)
    _report_unread(line, column, "a date such as 15/01/2026")
    return None, None


def _number(line: RecordLine, column: str) -> float | None:
    number = read_number(line[column], of_ratio=column == "group_size")  # an adult to so many children
    if number is None:
        _report_unread(line, column, "a number")
    return number


def _report_unread(line: RecordLine, column: str, expected: str) -> None:
    """Report a cell that is not understood, unless it stands for nothing."""
    if line[column] and words(line[column]) not in map(words, line.reader.rules.columns.blank):
        line.report("provision-unread", column, f"'{line[column]}'", expected)


def _attended(line: RecordLine, planned: float | None, attended: float | None) -> float | None:
    """The sessions attended; of a percentage, of those planned; none where more than were planned."""
    if attended is not None and "%" in line["attended"]:
        attended = planned * attended / 100 if planned is not None else None
    if planned is None or attended is None or attended <= planned:
        return attended
    found = f"{attended:g} sessions attended of {planned:g} planned"
    line.report("provision-sessions", "attended", found, "no more than were planned")
    return None


def _settled(rows: list[Row], findings: Findings, rules: Rules) -> list[Row]:
    """The rows with one name for each intervention; what was spelt in several ways is told, or asked about."""
    spelt = settle((str(row[_NAMED]) for row in rows), rules.provision.spelt)
    places: dict[str, Place] = {}
    for row in rows:
        place = row[_SPELT_AT]
        assert isinstance(place, Place)  # noqa: S101  # of every row
        places.setdefault(str(row[_NAMED]), place)
    for name, ways in spelt.ways.items():
        others = [text for text in ways if text != name]
        if others:
            found = " and ".join(f"'{text}' ({ways[text]} of its rows)" for text in others)
            findings.add("provision-spellings", places[others[0]], found, f"'{name}', as in {ways[name]} of them")
    for name, other in spelt.asked:
        findings.add("provision-alike", places[other], f"'{other}' beside '{name}'", "one name for one intervention")
    return [{**row, _NAMED: spelt.name[str(row[_NAMED])]} for row in rows]


PROVIDED = RecordKind(
    name="provision",
    called="provision",
    table=PROVISION,
    headings=lambda rules: rules.columns.provision.headings,
    needs=(_NAMED,),
    columns_of=_columns,
    beside_pupils=True,
    never_beside=lambda heading: heading.holds_results,
    holds="provision",
    repeats=True,
    as_written=True,
    child=OfAChild(
        nobody=RowRefusal(_OF_NOBODY, _NO_PUPIL, "a pupil who is in no other sheet", "a pupil with results"),
        several=RowRefusal(_OF_TWO, "provision-two-pupils", "a row that fits more than one pupil", "one pupil's row"),
        since="start_term",
    ),
    like_results=LikeResults(
        named=_NAMED,
        nameless=RowRefusal(_OF_NOBODY, _NO_PUPIL, "an intervention without a name", "a UPN, number or name"),
        unnamed=RowRefusal(_UNNAMED, "provision-unnamed", "no intervention", "the intervention's name"),
    ),
    spellings={
        _MATERIALS[0]: lambda rules: _names_of_materials(rules, over=False),
        _MATERIALS[1]: lambda rules: _names_of_materials(rules, over=True),
    },
    cells=_cells,
    settled=_settled,
)
