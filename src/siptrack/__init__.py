"""siptrack reads a primary school's assessment spreadsheets and names the children making insufficient progress.

The library's front door: `read` turns files into a register, `analyse` judges one, `check` asks about its data,
`since` looks back to an earlier term, and `provision` at what children are given.

    import siptrack
    analysis = siptrack.analyse("Autumn 2025.xlsx", "Pupil list.xlsx", year=5)
    analysis.flags      # a pandas table, one row a flag, with its sentence
    analysis.gaps       # one row a comparison of a group with its peers

docs/library.md has examples, docs/tables.md every column. What a user can put right is raised as a subclass of
siptrack.school.errors.SiptrackError, whose message says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from siptrack.version import VERSION

if TYPE_CHECKING:
    from os import PathLike

    from siptrack.documents.as_pandas import AnalysisTables, CheckedTables, ProvidedTables, SinceTables
    from siptrack.school.register import Register
    from siptrack.session import Session

    Named: TypeAlias = str | int | Iterable[str | int]

__version__ = VERSION
__all__ = ["__version__", "analyse", "check", "provision", "read", "since"]


def read(
    *paths: str | PathLike[str],
    term: str | None = None,
    school: str = "",
    config: str | PathLike[str] | None = None,
    ruler: str | PathLike[str] | None = None,
) -> Register:
    """The register of the files and folders: pupils, results, problems and the ledger.

    `term` is that of results which name none; `school`, `config` and `ruler` are as in `analyse`.

    Raises InputError when nothing in them can be used, ChoiceError where they hold several schools and none is named.
    """
    return _session(paths, config, ruler, term, school=school).register


def analyse(  # noqa: PLR0913  # one for each thing that may be asked
    *paths: str | PathLike[str],
    term: str | None = None,
    year: Named = (),
    class_: Named = (),
    subject: Named = (),
    group: Named = (),
    school: str = "",
    peers: str | None = None,
    config: str | PathLike[str] | None = None,
    ruler: str | PathLike[str] | None = None,
) -> AnalysisTables:
    """The analysis of the files and folders in a term such as `Spring 2026`; unless one is named, where the school is.

    `year`, `class_`, `subject` and `group` keep only these, each one or several, named as on the command line:
    `year=5`, `group=["fsm", "boys"]`. `peers` chooses whom groups are compared with: `rest`, a group, or a rate such
    as `65%`. `school` is the one to judge where the files hold several, or `all`.
    `config` is the school's settings, else siptrack.yaml beside the files; `ruler` a ruler saved before.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.documents.as_pandas import AnalysisTables

    session = _session(paths, config, ruler, term, (year, class_, subject, group), school, peers)
    return AnalysisTables(session.analysis, session.rules)


def check(
    *paths: str | PathLike[str],
    term: str | None = None,
    year: Named = (),
    class_: Named = (),
    subject: Named = (),
    group: Named = (),
    school: str = "",
    config: str | PathLike[str] | None = None,
    ruler: str | PathLike[str] | None = None,
) -> CheckedTables:
    """What is odd in the data, and what to ask about the judgements in it; the arguments are those of `analyse`.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.documents.as_pandas import CheckedTables

    session = _session(paths, config, ruler, term, (year, class_, subject, group), school)
    return CheckedTables(session.checked, session.rules)


def since(  # noqa: PLR0913  # one for each thing that may be asked
    *paths: str | PathLike[str],
    from_term: str | None = None,
    to_term: str | None = None,
    year: Named = (),
    class_: Named = (),
    subject: Named = (),
    group: Named = (),
    school: str = "",
    config: str | PathLike[str] | None = None,
    ruler: str | PathLike[str] | None = None,
) -> SinceTables:
    """Who joined, left and stayed on the list from one term to another, and what came of what was agreed.

    `to_term` is the term judged, unless named; `from_term` the last before it with results; the other arguments are
    those of `analyse`.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.documents.as_pandas import SinceTables

    session = _session(paths, config, ruler, to_term, (year, class_, subject, group), school)
    return SinceTables(session.since(from_term), session.rules)


def provision(
    *paths: str | PathLike[str],
    term: str | None = None,
    year: Named = (),
    class_: Named = (),
    subject: Named = (),
    group: Named = (),
    school: str = "",
    config: str | PathLike[str] | None = None,
    ruler: str | PathLike[str] | None = None,
) -> ProvidedTables:
    """Who has what provision, and what became of the children in it; the arguments are those of `analyse`.

    Raises an error of siptrack.school.errors with a message that says what to do.
    """
    from siptrack.documents.as_pandas import ProvidedTables

    session = _session(paths, config, ruler, term, (year, class_, subject, group), school)
    return ProvidedTables(session.provided(), session.rules)


def _session(
    paths: Iterable[str | PathLike[str]],
    config: str | PathLike[str] | None,
    ruler: str | PathLike[str] | None,
    term: str | None,
    narrowed: Sequence[Named] = (),
    school: str = "",
    peers: str | None = None,
) -> Session:
    from pathlib import Path

    from siptrack.reading.files import read_files
    from siptrack.scope import Scope
    from siptrack.session import open_rules, open_session

    found = [Path(path) for path in paths]
    book = open_rules(found, config=Path(config) if config else None, ruler=Path(ruler) if ruler else None)
    years, classes, subjects, groups = map(_several, narrowed or [()] * 4)
    scope = Scope(term, years, classes, subjects, groups, school, peers)
    return open_session(read_files(found), book, scope)


def _several(named: Named) -> tuple[str, ...]:
    return (str(named),) if isinstance(named, str | int) else tuple(map(str, named))
