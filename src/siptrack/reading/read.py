"""The school's files to a register: the one path by which a spreadsheet gets in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from siptrack.reading.by_columns.doubt import schools_in_doubt
from siptrack.reading.by_columns.laid_out import lay_out_plain, of_school
from siptrack.reading.by_columns.pupils import PlainTables, tables_of_pupils
from siptrack.reading.calendar import THIS_YEAR, Dated, date_results
from siptrack.reading.column_ledger import ColumnLedger, report_unread
from siptrack.reading.column_scales import ColumnScales
from siptrack.reading.columns_used import columns_used, terms_named
from siptrack.reading.files import Files, read_files
from siptrack.reading.findings import Findings
from siptrack.reading.formats.limits import MOST_CELLS, MOST_HELD_CELLS, WAY_ROUND
from siptrack.reading.grid import TextGrid
from siptrack.reading.headings import HeadingReader
from siptrack.reading.identity.accounts import account_for_sources
from siptrack.reading.identity.gone import report_gone, together_in
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.identity.pupils import match_rows
from siptrack.reading.identity.years import mend_years
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.layout import Layouts, lay_out
from siptrack.reading.numbered_terms import count_terms
from siptrack.reading.pupil_tables import pupil_tables
from siptrack.reading.records.lines import Surroundings
from siptrack.reading.records.registry import Records
from siptrack.reading.records.reviews import OWN_REVIEWS
from siptrack.reading.refusals import REFUSED
from siptrack.reading.results import CONTRADICTED, ResultReader
from siptrack.reading.schools import ALL, OfASchool, Schools, choose_school, keep_school
from siptrack.reading.values import YearGroupReader
from siptrack.reading.word_files import is_a_plan
from siptrack.rules.model import Rules
from siptrack.school.begun import reached
from siptrack.school.column_use import ColumnUse
from siptrack.school.errors import InputError
from siptrack.school.place import Place
from siptrack.school.problem import Problem
from siptrack.school.register import PLACEMENTS, PUPILS, RESULTS, Ledger, Register
from siptrack.school.sources import SourceFound
from siptrack.school.term import Term
from siptrack.school.texts import Texts

_TOO_LONG = (
    f"it holds more than {MOST_CELLS:,} cells, and so many are read only from one file given alone that says plainly "
    "in each row whose it is: one UPN, with the same name, birthday and school wherever it stands, and a known term"
)
_TOO_LONG_AT_ONCE = (
    f"it holds more than {MOST_HELD_CELLS:,} cells, more than can be held at once; where each row says plainly whose "
    "it is and names its school, siptrack analyse FILE --school all --table summary sums it up; for all else, "
)
_OF_A_SHEET = ("sheet-unused", "sheet-empty", "hidden")
Given = Sequence[Path] | Files  # files to be read, or read before: standard input can be read only once


class Understood(NamedTuple):
    """The files laid out and dated, their columns' scales found, and the problems met on the way."""

    names: Sequence[str]
    reader: HeadingReader
    layouts: Layouts
    records: Records
    dated: Dated
    scales: ColumnScales
    findings: Findings
    schools: Schools
    school: str
    columns: tuple[ColumnUse, ...]


def understand(given: Given, rules: Rules, default_term: Term | None = None, school: str = ALL) -> Understood:
    """What the files hold of a school, or of all, before pupils are matched.

    Raises InputError when no file holds a pupil, ChoiceError where they hold several schools and none is chosen.
    """
    files, findings = _opened(given, rules)
    _refuse_above(files, MOST_CELLS, f"{_TOO_LONG}; ")
    reader = HeadingReader(rules)
    records = Records(files.sheets, reader, findings)
    layouts = lay_out(files.sheets, records.find, reader, rules.columns, findings)
    if not layouts.rows:
        raise InputError(_nothing_usable(files.names, findings.problems, records.held))
    of_pupils = layouts, *records.of_pupils
    schools = Schools(of_pupils, rules.columns, rules.matching)
    chosen = choose_school(schools, school)
    for part in of_pupils:
        keep_school(part, schools, chosen, findings)
    count_terms(layouts, rules.columns.numbered_terms, findings)
    dated = date_results(layouts, YearGroupReader(rules.years), default_term, findings)
    dated = mend_years(layouts, dated, rules.matching, findings)
    return _with_scales(files.names, reader, layouts, records, dated, findings, schools, chosen)


def _refuse_above(files: Files, most: int, why: str) -> None:
    """Raise InputError where a sheet that was read by its columns holds more cells than that, with the way round."""
    for sheet in files.sheets:
        if isinstance(sheet.rows, TextGrid) and len(sheet.rows) * (sheet.width + 1) > most:
            raise InputError(f"{sheet.file}: {why}{WAY_ROUND}.")


def _with_scales(
    names: Sequence[str],
    reader: HeadingReader,
    layouts: Layouts,
    records: Records,
    dated: Dated,
    findings: Findings,
    schools: Schools,
    chosen: str,
) -> Understood:
    """The scales of all columns, and what each column was used as."""
    rules = reader.rules
    scales = ColumnScales(layouts, dated, reader.scales, rules, findings)
    used = columns_used(layouts, records, ColumnLedger(reader, rules.columns))
    columns = tuple(sorted(used, key=lambda column: (column.file, column.sheet, column.column)))
    report_unread(columns, findings)
    return Understood(
        *(names, reader, layouts, records, dated, scales, findings),
        schools=schools,
        school=chosen,
        columns=columns,
    )


def _opened(given: Given, rules: Rules) -> tuple[Files, Findings]:
    """The files, read unless they were before, and what was odd about them as problems by these rules."""
    files = given if isinstance(given, Files) else read_files(given)
    findings = Findings(rules.problems)
    for oddity in files.oddities:
        findings.add(*oddity)
    for name in (name for name, paragraphs in files.in_word.items() if is_a_plan(paragraphs, rules)):
        findings.add("plan-in-word", Place(name), "the school's single plan, which cannot be read", "an Excel workbook")
    return files, findings


def read(given: Given, rules: Rules, default_term: Term | None = None, school: str = "") -> Register:
    """Everything in the files and folders, understood by the rules.

    `default_term` is the term of results that name none; `school` is the one to speak of where the files hold several,
    or `all`.

    Raises InputError when no file holds a pupil, ChoiceError where they hold several schools and none is chosen.
    """
    files = given if isinstance(given, Files) else read_files(given)
    if (found := _read_by_columns(files, rules, default_term, school)) is not None:
        return found
    known = understand(files, rules, default_term, school)
    layouts, findings = known.layouts, known.findings
    layouts.let_go()
    rows, sources = _matched(known, rules)
    pupils = pupil_tables(rows, layouts, rules, findings)
    known_rows = pupils.known
    tables = PlainTables(
        pupils.pupils,
        pupils.placements,
        pupils.histories,
        pupils.percentages,
        pupils.ages,
        Texts.of(None if row.who is None else row.pupil for row in pupils.rows),
        lambda: together_in(known_rows, pupils.until, layouts),
        [row.row for row in known_rows],
    )
    where = OfASchool(known.schools, known.school)
    return _register(known, tables, lambda: KnownPupils(known_rows, rules, where), sources)


def _read_by_columns(files: Files, rules: Rules, default_term: Term | None, school: str) -> Register | None:
    """The same of a long file by its columns; None where it is not one table, or holds no school whose rows are plain.

    A school in which something is to be weighed is taken for a plain one at first, and then no longer.
    """
    if not any(isinstance(sheet.rows, TextGrid) for sheet in files.sheets):
        return None
    _refuse_above(files, MOST_HELD_CELLS, _TOO_LONG_AT_ONCE)
    doubted: set[str] = set()
    while True:
        _, findings = _opened(files, rules)
        reader = HeadingReader(rules)
        records = Records(files.sheets, reader, findings)
        plain = lay_out_plain(files.sheets, records, reader, rules, findings)
        file = plain and of_school(plain, rules, default_term, school, doubted, findings)
        if file is None:
            return None
        more = schools_in_doubt(file, rules)
        if not more:
            break
        doubted |= more
    tables = tables_of_pupils(file, rules, findings)
    of_file = file.layouts, records, file.dated, findings, file.schools, file.school
    known = _with_scales(files.names, reader, *of_file)
    known.layouts.let_go()
    where = OfASchool(known.schools, known.school)
    return _register(known, tables, lambda: KnownPupils((), rules, where), ())


def _register(
    known: Understood,
    tables: PlainTables,
    pupils: Callable[[], KnownPupils],
    sources: Sequence[SourceFound],
) -> Register:
    """The register of what was understood and of whose it is."""
    layouts, findings, rules = known.layouts, known.findings, known.reader.rules
    results, targets, read_count = ResultReader(known.scales, rules, findings).read(tables.keys)
    _report_contradictions(findings, read_count, rules)
    if now := reached(results, rules.special_codes, rules.years.share):
        report_gone(tables.together(), now.term, rules, findings)
    where = OfASchool(known.schools, known.school)
    classes = sorted(filter(None, tables.placements["class"].distinct()))
    own, own_rows = known.records.read(Surroundings(where, cache(pupils), classes, known.dated.newest))
    present = {*results["subject"].distinct(), *targets["subject"].distinct()}
    return Register(
        pupils=tables.pupils,
        placements=tables.placements,
        results=results,
        targets=targets,
        subjects=tuple(subject for subject in rules.columns.subjects if subject in present),
        ledger=Ledger(
            files=tuple(sorted(known.names)),
            rows_read=layouts.rows_read + known.records.rows_read,
            rows_used=sum(len(row.numbers) for row in tables.used) + own_rows,
            results_read=read_count,
            results_used=len(results),
            set_aside=findings.ledger_rows(),
            columns=known.columns,
            terms_named=terms_named(layouts),
        ),
        problems=findings.open(rules.dismissed),
        dismissed=findings.dismissed(rules.dismissed),
        unusable=findings.unusable,
        histories=tables.histories,
        percentages=tables.percentages,
        ages=tables.ages,
        schools=tuple(known.schools.names),
        school="" if known.school == ALL else known.school,
        sources=tuple(sources),
        exports=tuple(sorted({(table.context.file, table.export) for table in layouts.tables if table.export})),
        **own,
    )


def _matched(known: Understood, rules: Rules) -> tuple[Sequence[PupilRow], tuple[SourceFound, ...]]:
    """The rows about pupils with whose they are, and how the sources find each other's children."""
    rows, identified = match_rows(known.layouts, known.dated, rules, known.findings)
    return rows, account_for_sources(identified, rules.matching, known.findings)


def _report_contradictions(findings: Findings, read_count: int, rules: Rules) -> None:
    """Say first that many results contradict each other: then rows of several children were taken for one child's."""
    places = findings.aside.get(("results", CONTRADICTED), [])
    if len(places) > (1 - rules.matching.found) * read_count and len(places) > rules.matching.least:
        found = f"{len(places)} of {read_count} results, contradicted by others of the same child, subject and term"
        findings.add("rows-of-several", Place(min(places).file), found, "one child under one number or name")


def read_reviews_alone(given: Given, rules: Rules) -> Register:
    """The school's own reviews in files without pupils: a register that holds nothing else, and counts no row."""
    files, findings = _opened(given, rules)
    reader = HeadingReader(rules)
    records = Records(files.sheets, reader, findings, (OWN_REVIEWS,))
    for sheet in files.sheets:
        if sheet.file not in records.own:
            records.find(sheet)
    where = OfASchool(Schools((), rules.columns, rules.matching), ALL)
    reviews, _ = records.read(Surroundings(where, lambda: KnownPupils((), rules, where), (), THIS_YEAR))
    return Register(
        pupils=PUPILS.no_rows(),
        placements=PLACEMENTS.no_rows(),
        results=RESULTS.no_rows(),
        targets=RESULTS.no_rows(),
        subjects=(),
        ledger=Ledger(tuple(sorted(files.names)), 0, 0, 0, 0, ()),
        problems=tuple(sorted(findings.problems)),
        unusable=findings.unusable,
        **reviews,
    )


def _nothing_usable(names: Sequence[str], problems: Sequence[Problem], held: Mapping[str, str]) -> list[str]:
    """A line for each file, why it could not be used and what to do."""
    if not names:
        return [
            "No spreadsheet was found. Give the name of a workbook (.xlsx), a CSV file, or a folder that holds some."
        ]
    by_file: dict[str, list[Problem]] = {name: [] for name in names}
    for problem in problems:
        by_file.setdefault(problem.place.file, []).append(problem)
    return [
        f"{name}: it holds {held[name]}, and no pupils' results. Give siptrack the results beside it."
        if name in held
        else _line_of_file(name, found)
        for name, found in by_file.items()
    ]


def _line_of_file(name: str, found: Sequence[Problem]) -> str:
    """One file's line: its first problem and how many are like it, or that none of its sheets holds pupils."""
    telling = [problem for problem in found if problem.code in REFUSED] or [
        problem for problem in found if problem.code not in _OF_A_SHEET
    ]
    if telling or len(found) == 1:
        first = (telling or found)[0]
        like = sum(problem.code == first.code for problem in telling) - 1
        more = f" and {like} more" if like > 0 else ""
        return f"{first.place.label}{more}: {first.found}; expected {first.expected}. {first.action}"
    sheets = f"none of its {len(found)} sheets has" if found else "no sheet has"
    return f"{name}: {sheets} a row of headings that names pupils, such as UPN or Surname, with pupils below it."
