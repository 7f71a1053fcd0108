"""One school, from its files to its counts: the function that is carried to whoever does the work."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from siptrack.analysis.across.counting import RESULTS_KEPT, SchoolCounts, count_school, without
from siptrack.analysis.cells import CELLS
from siptrack.many import kept
from siptrack.many.found import SchoolFiles
from siptrack.reading.files import Files, read_files
from siptrack.reading.identity.numbers import upn_key
from siptrack.reading.schools import ALL
from siptrack.reading.schools_apart import SchoolsApart, take_apart
from siptrack.reading.spelling import tight, words
from siptrack.rendering.writing import write_folder, write_whole
from siptrack.school.errors import ExitCode, InputError, SiptrackError
from siptrack.school.problem import Severity
from siptrack.scope import Scope
from siptrack.session import open_rules, open_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from siptrack.rules.load import RuleBook
    from siptrack.school.register import Register
    from siptrack.session import Session

_CODE_BYTES = 7  # of a child's code, so that it is a positive whole number and never 0


class SchoolTask(NamedTuple):
    """A school to judge: its files, by which rules, in which term, and whom to leave out; where its counts are kept.

    In `reports`, where that is a folder, its own report is written, with names. `secret` makes the codes that stand for
    UPNs, alike in all schools of a run and known to nobody else.
    """

    files: SchoolFiles
    folder: Path
    secret: bytes
    config: Path | None = None
    term: str | None = None
    without: frozenset[int] = frozenset()
    reports: Path | None = None


class JudgedSchool(NamedTuple):
    """A school judged: its counts, but for what is read later from the file `kept`; or why it could not be.

    `ruler` is the hash of the rules that it was judged by, `messages` what its user should know.
    """

    name: str
    exit_code: int
    messages: tuple[str, ...] = ()
    counts: SchoolCounts | None = None
    kept: Path | None = None
    ruler: str = ""
    errors: int = 0
    files: int = 0
    results: int = 0


def judge_school(task: SchoolTask) -> JudgedSchool:
    """The school judged, or kept from an earlier run on the same files and rules; it never raises.

    No message names a child.
    """
    name = task.files.name
    try:
        return _judged(task)
    except SiptrackError as error:
        return JudgedSchool(name, int(error.exit_code), error.lines)
    except MemoryError:
        return JudgedSchool(name, int(ExitCode.INPUT), (f"{name}: there is too little memory for its files.",))
    except Exception as error:  # noqa: BLE001  # whatever it is, the other schools go on
        message = (
            f"{name}: siptrack met a fault of its own ({type(error).__name__}). siptrack analyse on it tells more."
        )
        return JudgedSchool(name, int(ExitCode.BUG), (message,))


def _judged(task: SchoolTask) -> JudgedSchool:
    files = task.files
    if files.twin:
        raise InputError(
            f"{files.name}: the folder {files.twin} is of a school of the same name, so that neither is counted. "
            "Rename one of them, or lay the files of both into one folder."
        )
    if words(files.name) == ALL:
        raise InputError(
            f"{files.name}: a school of this name cannot be told from all schools together, so it is not counted. "
            "Rename its folder, or write its whole name in the school column."
        )
    book = open_rules(files.paths, config=task.config)
    ruler = book.files.ruler.sha256
    content = kept.content_digest(files.paths)
    digest = kept.digest_of(content, ruler, files.school, task.term, sorted(task.without), _public(task.secret))
    path = task.folder / f"{digest}{kept.SUFFIX}"
    found = kept.from_file(path)
    if found is None or task.reports:
        session = open_session(
            _files(task, f"{content} {ruler}"), book, Scope(term=task.term, school=_asked(files, book))
        )
        if task.reports:
            _write_report(session, task.reports / report_folder(files.name))
    if found is None:
        counts, about = _counted(session, task)
        write_whole(path, kept.to_bytes(counts, about), force=True)
        found = counts, about
    counts, about = found
    ended = ExitCode.INPUT if about["unusable"] else ExitCode.DONE
    small = counts._replace(cells=CELLS.no_rows(), results=RESULTS_KEPT.no_rows())
    return JudgedSchool(
        files.name,
        int(ended),
        tuple(about["unusable"]),
        small,
        path,
        about["ruler"],
        *(about[name] for name in ("errors", "files", "results")),
    )


def _asked(files: SchoolFiles, book: RuleBook) -> str:
    """The school to speak of; a number that alone in its column would be a tick is not asked for by name.

    The rows of the others are gone by then.
    """
    return "" if tight(files.school) in map(tight, book.newest.columns.ticked) else files.school


def _files(task: SchoolTask, digest: str) -> Files:
    """The school's files, of which this is the digest; of some that hold several schools, its rows in them."""
    files = task.files
    return _apart(files.paths, task.config, digest).files_of(files.school) if files.school else read_files(files.paths)


@lru_cache(maxsize=1)
def _apart(paths: tuple[Path, ...], config: Path | None, digest: str) -> SchoolsApart:  # noqa: ARG001  # a key alone
    """The files of several schools, read once for all of them that are judged here, until they or the rules change.

    A worker of a cluster outlives a run, and so does what it remembers.
    """
    return take_apart(read_files(paths), open_rules(paths, config=config).newest)


def _counted(session: Session, task: SchoolTask) -> tuple[SchoolCounts, dict[str, Any]]:
    register, rules = session.register, session.rules
    codes = _codes(register, task.secret)
    gone = {pupil for pupil, code in codes.items() if code in task.without}
    term = session.term
    counts = count_school(without(register, gone), rules, term, codes)
    about = {
        "ruler": rules.ruler.sha256,
        "errors": sum(problem.severity is Severity.ERROR for problem in register.problems),
        "files": len(register.ledger.files),
        "results": register.ledger.results_used,
        "unusable": [
            f"{problem.place.label}: {problem.found}. It was left out. {problem.action}"
            for problem in register.unusable
        ],
    }
    return counts, about


def _write_report(session: Session, folder: Path) -> None:
    """The school's own report, as siptrack report writes it."""
    from siptrack.analysis.shareable import share
    from siptrack.documents.report.files import ReportMaterial, Wanted, outputs

    analysis, rules = session.analysis, session.rules
    mode = rules.sharing.modes[rules.sharing.default]
    made = outputs(ReportMaterial(analysis, rules, share(analysis, rules, mode), Wanted()))
    write_folder(folder, {place: make() for place, make in made.items()}, force=True)


def report_folder(school: str) -> str:
    """A school's name as that of a folder on any system."""
    return "".join(letter if letter.isalnum() or letter in " -'&" else "_" for letter in school).strip()


def _codes(register: Register, secret: bytes) -> Mapping[str, int]:
    """A code for each pupil with a UPN, by the pupil's key: nobody without the secret can make it."""
    pupils = register.frame("pupils")
    found = {}
    for pupil, upn in pupils.in_rows("pupil", "upn"):
        if key := upn_key(upn or ""):
            made = hashlib.blake2b(key.encode(), key=secret, digest_size=_CODE_BYTES).digest()
            found[pupil] = int.from_bytes(made, "big") + 1
    return found


def _public(secret: bytes) -> str:
    """What tells one secret from another without giving it away."""
    return hashlib.sha256(b"siptrack" + secret).hexdigest()
