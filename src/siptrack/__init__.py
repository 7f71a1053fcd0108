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

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from os import PathLike

    from siptrack.analysis.analyse import Filters
    from siptrack.commands.opening import Opened
    from siptrack.reports.as_pandas import AnalysisTables, CheckedTables, ProvidedTables, SinceTables
    from siptrack.school.register import Register

    Named: TypeAlias = str | int | Iterable[str | int]

__version__ = "0.1.0"
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
    return _opened(paths, term, config, ruler, school).register


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
    from siptrack.analysis.analyse import analyse as judge
    from siptrack.commands.choices import choose_peers
    from siptrack.reports.as_pandas import AnalysisTables

    opened = _opened(paths, term, config, ruler, school)
    filters = _filters(opened, year, class_, subject, group)
    with_whom = choose_peers(opened.rules, opened.register, peers)
    return AnalysisTables(judge(opened.register, opened.rules, opened.term, filters, with_whom), opened.rules)


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
    from siptrack.analysis.analyse import check as look
    from siptrack.reports.as_pandas import CheckedTables

    opened = _opened(paths, term, config, ruler, school)
    filters = _filters(opened, year, class_, subject, group)
    return CheckedTables(look(opened.register, opened.rules, opened.term, filters), opened.rules)


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
    from siptrack.cycle.since import look_back
    from siptrack.reading.terms import TermFinder, parse_term
    from siptrack.reports.as_pandas import SinceTables

    opened = _opened(paths, to_term, config, ruler, school)
    earlier = parse_term(from_term, TermFinder(opened.rules)) if from_term else None
    filters = _filters(opened, year, class_, subject, group)
    return SinceTables(look_back(opened.register, opened.rules, earlier, opened.term, filters), opened.rules)


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
    from siptrack.analysis.analyse import analyse as judge
    from siptrack.cycle.provision import provide
    from siptrack.reports.as_pandas import ProvidedTables

    opened = _opened(paths, term, config, ruler, school)
    filters = _filters(opened, year, class_, subject, group)
    analysis = judge(opened.register, opened.rules, opened.term, filters)
    return ProvidedTables(provide(analysis, opened.rules, filters), opened.rules)


def _opened(
    paths: Iterable[str | PathLike[str]],
    term: str | None,
    config: str | PathLike[str] | None,
    ruler: str | PathLike[str] | None,
    school: str,
) -> Opened:
    from pathlib import Path

    from siptrack.commands.opening import open_files, open_rules

    found = [Path(path) for path in paths]
    book = open_rules(found, config=Path(config) if config else None, ruler=Path(ruler) if ruler else None)
    return open_files(found, book, term, school=school)


def _filters(opened: Opened, year: Named, class_: Named, subject: Named, group: Named) -> Filters:
    from siptrack.commands.choices import choose_filters

    return choose_filters(opened.rules, opened.register, *map(_several, (year, class_, subject, group)))


def _several(named: Named) -> tuple[str, ...]:
    return (str(named),) if isinstance(named, str | int) else tuple(map(str, named))
