"""The school's files to a register: the one path by which a spreadsheet gets in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from siptrack.reading.action_sheets import own_reports
from siptrack.reading.actions import ActionReader
from siptrack.reading.calendar import Dated, date_results
from siptrack.reading.column_ledger import ColumnLedger, report_unread
from siptrack.reading.column_scales import ColumnScales
from siptrack.reading.columns_used import columns_used, terms_named
from siptrack.reading.files import Files, read_files
from siptrack.reading.findings import Findings
from siptrack.reading.headings import HeadingReader
from siptrack.reading.identity.accounts import account_for_sources
from siptrack.reading.identity.gone import report_gone
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.identity.pupils import match_rows
from siptrack.reading.identity.years import mend_years
from siptrack.reading.known_pupils import KnownPupils
from siptrack.reading.layout import Layouts, lay_out
from siptrack.reading.numbered_terms import count_terms
from siptrack.reading.provision import read_provision
from siptrack.reading.provision_sheets import ProvisionFinder, ProvisionRows
from siptrack.reading.record_words import RecordWords
from siptrack.reading.records import build_records
from siptrack.reading.refusals import REFUSED
from siptrack.reading.results import CONTRADICTED, ResultReader
from siptrack.reading.review import read_reviews
from siptrack.reading.review_sheets import ReviewFinder, ReviewSheets
from siptrack.reading.schools import ALL, OfASchool, Schools, choose_school, keep_school
from siptrack.reading.teaching import TeachingReader
from siptrack.reading.teaching_sheets import TeachingFinder, TeachingSheets
from siptrack.reading.values import YearGroupReader
from siptrack.rules.model import Rules
from siptrack.school.begun import reached
from siptrack.school.column_use import ColumnUse
from siptrack.school.errors import InputError
from siptrack.school.place import Place
from siptrack.school.problem import Problem
from siptrack.school.register import PLACEMENTS, PUPILS, RESULTS, Ledger, Register
from siptrack.school.sources import SourceFound
from siptrack.school.term import Term

_OF_A_SHEET = ("sheet-unused", "sheet-empty", "hidden")
Given = Sequence[Path] | Files  # files to be read, or read before: standard input can be read only once


class Understood(NamedTuple):
    """The files laid out and dated, their columns' scales found, and the problems met on the way."""

    names: Sequence[str]
    reader: HeadingReader
    layouts: Layouts
    provision: ProvisionRows
    reviews: ReviewSheets
    teaching: TeachingSheets
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
    reader = HeadingReader(rules)
    finder = ProvisionFinder(reader, rules.columns)
    own = own_reports(files.sheets, reader)
    theirs = [sheet for sheet in files.sheets if sheet.file not in own]
    theirs, reviews = ReviewFinder(reader, rules).apart(theirs, findings)
    theirs, of_provision = finder.apart(theirs)
    theirs, teaching = TeachingFinder(reader, rules).apart(theirs, findings)
    left = set(map(id, theirs))
    sheets = [sheet for sheet in files.sheets if sheet.file in own or id(sheet) in left]
    layouts = lay_out(sheets, reader, rules.columns, findings)
    if not layouts.rows:
        held = {one.context.file: "the school's own review" for one in reviews.reviews}
        held |= {sheet.file: "provision" for sheet in of_provision}
        held |= {sheet.context.file: "records of teaching" for sheet in teaching.every}
        held |= dict.fromkeys(own, "a report that siptrack wrote")
        raise InputError(_nothing_usable(files.names, findings.problems, held))
    provision = finder.rows(of_provision, findings)
    schools = Schools((layouts, provision.layouts), rules.columns, rules.matching)
    chosen = choose_school(schools, school)
    keep_school(layouts, schools, chosen, findings)
    kept = keep_school(provision.layouts, schools, chosen, findings)
    provision.cells[:] = [provision.cells[at] for at in kept]
    count_terms(layouts, rules.columns.numbered_terms, findings)
    dated = date_results(layouts, YearGroupReader(rules.years), default_term, findings)
    dated = mend_years(layouts, dated, rules.matching, findings)
    scales = ColumnScales(layouts, dated, reader.scales, rules, findings)
    used = columns_used(layouts, provision, reviews, teaching, ColumnLedger(reader, rules.columns))
    columns = tuple(sorted(used, key=lambda one: (one.file, one.sheet, one.column)))
    report_unread(columns, findings)
    return Understood(
        *(files.names, reader, layouts, provision, reviews, teaching, dated, scales, findings),
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
    return files, findings


def read(given: Given, rules: Rules, default_term: Term | None = None, school: str = "") -> Register:
    """Everything in the files and folders, understood by the rules.

    `default_term` is the term of results that name none; `school` is the one to speak of where the files hold several,
    or `all`.

    Raises InputError when no file holds a pupil, ChoiceError where they hold several schools and none is chosen.
    """
    known = understand(given, rules, default_term, school)
    layouts, findings = known.layouts, known.findings
    layouts.let_go()
    rows, sources = _matched(known, rules)
    records = build_records(rows, layouts, rules, findings)
    keys, known_rows = [None if one.who is None else one.pupil for one in records.rows], records.known
    results, targets, read_count = ResultReader(known.scales, rules, findings).read(keys)
    _report_contradictions(findings, read_count, rules)
    if now := reached(results, rules.special_codes, rules.years.share):
        report_gone(known_rows, records.until, now.term, layouts, rules, findings)
    where = OfASchool(known.schools, known.school)
    asked = known.layouts.actions or known.provision.columns  # whether any sheet speaks of known pupils
    pupils = KnownPupils(known_rows if asked else (), rules, where)
    actions = ActionReader(pupils, known.dated.newest, known.reader, rules, findings)
    agreed, action_rows = actions.read(layouts)
    held = known.provision
    provision = read_provision(held, pupils, known.reader, rules, findings) if held.columns else None
    reviews = read_reviews(known.reviews, known.reader, rules, findings)
    said = RecordWords(known.dated.newest, known.reader, rules)
    classes = sorted(records.placements["class"].distinct())
    teaching = TeachingReader(classes, said, rules, findings, where).read(known.teaching)
    present = {*results["subject"].distinct(), *targets["subject"].distinct()}
    return Register(
        pupils=records.pupils,
        placements=records.placements,
        results=results,
        targets=targets,
        subjects=tuple(subject for subject in rules.columns.subjects if subject in present),
        ledger=Ledger(
            files=tuple(sorted(known.names)),
            rows_read=layouts.rows_read + held.layouts.rows_read + known.reviews.rows_read + teaching.rows_read,
            rows_used=sum(
                (
                    sum(len(one.row.numbers) for one in known_rows),
                    action_rows,
                    0 if provision is None else len(provision),
                    len(reviews),
                    teaching.rows_used,
                )
            ),
            results_read=read_count,
            results_used=len(results),
            set_aside=findings.ledger_rows(),
            columns=known.columns,
            terms_named=terms_named(layouts),
        ),
        problems=findings.open(rules.dismissed),
        dismissed=findings.dismissed(rules.dismissed),
        unusable=findings.unusable,
        histories=records.histories,
        actions=agreed,
        provision=provision,
        reviews=reviews,
        observations=teaching.observations,
        cpd=teaching.cpd,
        schools=tuple(known.schools.names),
        school="" if known.school == ALL else known.school,
        sources=sources,
        exports=tuple(sorted({(table.context.file, table.export) for table in layouts.tables if table.export})),
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
    own = own_reports(files.sheets, reader)
    _, found = ReviewFinder(reader, rules).apart((one for one in files.sheets if one.file not in own), findings)
    reviews = read_reviews(found, reader, rules, findings)
    return Register(
        pupils=PUPILS.no_rows(),
        placements=PLACEMENTS.no_rows(),
        results=RESULTS.no_rows(),
        targets=RESULTS.no_rows(),
        subjects=(),
        ledger=Ledger(tuple(sorted(files.names)), 0, 0, 0, 0, ()),
        problems=tuple(sorted(findings.problems)),
        unusable=findings.unusable,
        reviews=reviews,
    )


def _nothing_usable(names: Sequence[str], problems: Sequence[Problem], held: Mapping[str, str]) -> list[str]:
    """A line for each file, why it could not be used and what to do."""
    if not names:
        return [
            "No spreadsheet was found. Give the name of a workbook (.xlsx), a CSV file, or a folder that holds some."
        ]
    said: dict[str, list[Problem]] = {name: [] for name in names}
    for problem in problems:
        said.setdefault(problem.place.file, []).append(problem)
    return [
        f"{name}: it holds {held[name]}, and no pupils' results. Give siptrack the results beside it."
        if name in held
        else _one_line(name, found)
        for name, found in said.items()
    ]


def _one_line(name: str, found: Sequence[Problem]) -> str:
    """One file's line: its first problem and how many are like it, or that none of its sheets holds pupils."""
    telling = [one for one in found if one.code in REFUSED] or [one for one in found if one.code not in _OF_A_SHEET]
    if telling or len(found) == 1:
        first = (telling or found)[0]
        like = sum(one.code == first.code for one in telling) - 1
        more = f" and {like} more" if like > 0 else ""
        return f"{first.place.label}{more}: {first.found}; expected {first.expected}. {first.action}"
    sheets = f"none of its {len(found)} sheets has" if found else "no sheet has"
    return f"{name}: {sheets} a row of headings that names pupils, such as UPN or Surname, with pupils below it."
