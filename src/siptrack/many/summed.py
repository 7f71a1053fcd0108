"""One long file of many schools summed up, so many schools at a time: the counts of all of them, and nothing besides.

Each part is read and judged as it is where all of the file is read at once. What is decided for the whole of it, such
as the scale of a column or the term judged, is taken from a few schools at first; where all parts together decide
otherwise, they are read again by that.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.parts import JudgedPart, SubjectsThere, Summed, judge_part
from siptrack.analysis.summary import add_counts
from siptrack.reading.by_columns.part_evidence import PartEvidence
from siptrack.reading.by_columns.parts import FileInParts, NotInPartsError, in_parts
from siptrack.school.begun import Reached, reached_by
from siptrack.school.register import Ledger, Register
from siptrack.school.term import Term
from siptrack.session import earlier_rules, term_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.reading.by_columns.parts import ReadPart
    from siptrack.reading.by_columns.whole_file import WholeFile
    from siptrack.reading.files import Files
    from siptrack.rules.load import RuleBook
    from siptrack.rules.model import Rules

_ROUNDS = 6  # as many as there are things that are decided one after another


class _Whole(NamedTuple):
    """What is decided by all parts together."""

    file: WholeFile
    term: Term
    there: SubjectsThere


class _Heard(NamedTuple):
    """What was read of some parts: what they say together, and each of them judged."""

    evidence: PartEvidence
    parts: Sequence[JudgedPart]


def sum_up(files: Files, book: RuleBook, term: str | None = None) -> tuple[Summed, Rules] | None:
    """The summary of all schools in one long file, and the rules of its term.

    None where the file is not read in parts, or nothing is left to judge. Only the newest term, or one named with its
    year, is judged so.
    """
    wanted = term_named(term, book.newest)
    if wanted is not None and not (isinstance(wanted, Term) and wanted.dated):
        return None
    try:
        found, rules = _summed(files, book.newest, wanted), book.newest
        if found and (then := earlier_rules(book, found.term)):
            found, rules = _summed(files, then, wanted), then
    except NotInPartsError:
        return None
    return None if found is None else (found, rules)


def _summed(files: Files, rules: Rules, wanted: Term | None) -> Summed | None:
    """The summary by these rules; each part is read until the whole says that by which it was read."""
    file = in_parts(files, rules, wanted)
    if file is None:
        return None
    heard = _first(file, wanted)
    whole = _decided(file, heard, wanted)
    for _ in range(_ROUNDS):
        heard = _every(file, whole)
        decided = _decided(file, heard, wanted)
        if decided == whole:
            return _added(heard, whole, rules, wanted)
        whole = decided
    return None


def _first(file: FileInParts, wanted: Term | None) -> _Heard:
    """A few schools, read and judged by what they say alone."""
    read = file.first()
    known = file.agree(read.evidence)
    term = _term(read.evidence, file.rules, wanted).term
    return _Heard(read.evidence, [judge_part(_register(read, known, file.rules), file.rules, term, None)])


def _every(file: FileInParts, whole: _Whole) -> _Heard:
    """Every part, read and judged by what the whole says; none is kept."""

    def judged(read: ReadPart) -> tuple[PartEvidence, JudgedPart]:
        register = _register(read, whole.file, file.rules)
        return read.evidence, judge_part(register, file.rules, whole.term, whole.there)

    evidence, parts = zip(*file.read(whole.file, judged), strict=True)
    return _Heard(reduce(PartEvidence.beside, evidence), parts)


def _decided(file: FileInParts, heard: _Heard, wanted: Term | None) -> _Whole:
    term = _term(heard.evidence, file.rules, wanted).term
    there = reduce(SubjectsThere.beside, (part.there for part in heard.parts))
    return _Whole(file.agree(heard.evidence), term, there)


def _term(evidence: PartEvidence, rules: Rules, wanted: Term | None) -> Reached:
    """The term to judge, and which newer ones have begun where none is named."""
    found = Reached(wanted, ()) if wanted else reached_by(evidence.children.by_term, rules.years.share)
    if found is None:
        raise NotInPartsError
    return found


def _added(heard: _Heard, whole: _Whole, rules: Rules, wanted: Term | None) -> Summed | None:
    """The counts of all parts; None where there are none, or a part leaves open what only the whole decides."""
    if any(part.mixed for part in heard.parts) or not any(part.results for part in heard.parts):
        return None
    counts = [part.counts for part in heard.parts if len(part.counts)]
    begun = _term(heard.evidence, rules, wanted).begun
    return Summed(whole.term, begun, add_counts(counts, list(rules.columns.subjects)))


def _register(read: ReadPart, known: WholeFile, rules: Rules) -> Register:
    """The register of a part, with the subjects of the whole file."""
    return Register(
        pupils=read.pupils,
        placements=read.placements,
        results=read.results,
        targets=read.targets,
        subjects=tuple(subject for subject in rules.columns.subjects if subject in known.subjects),
        ledger=Ledger((), 0, 0, 0, 0, ()),
        problems=(),
    )
