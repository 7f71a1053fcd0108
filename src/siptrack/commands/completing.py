"""What the Tab key offers: subjects, groups and codes of the rules, classes and terms of the files already typed.

Whatever goes wrong, nothing is offered and there is no message: the user is in the middle of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from siptrack.commands.listed import LISTED

if TYPE_CHECKING:
    from siptrack.reading.read import Understood
    from siptrack.rules.model import Rules

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_MOST_BYTES = 20_000_000  # what can be read while somebody waits with a finger on Tab
# What may stand on a command line. A name that holds anything else, such as $( or a line's end, is never offered.
_PLAIN = re.compile(r"[\w(][\w .,'&+/=()-]*")


def _completer(
    offered: Callable[[click.Context], Iterable[str]], further: Callable[[click.Context], Iterable[str]] = lambda _: ()
) -> Completer:
    """A completer that offers those that go on as the word begins, whatever their capitals; none when it cannot.

    The `further` ones are offered where none of the others goes on.
    """

    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            return _going_on(offered(context), begun) or _going_on(further(context), begun)
        except Exception:  # noqa: BLE001  # a message in the middle of a line helps nobody
            return []

    return complete


def _going_on(offered: Iterable[str], begun: str) -> list[CompletionItem]:
    known = (text for text in dict.fromkeys(offered) if _PLAIN.fullmatch(text))
    return [CompletionItem(text) for text in known if text.casefold().startswith(begun.casefold())]


def _typed(context: click.Context) -> list[Path]:
    """The files and folders already on the line; standard input is not read.

    An option that still lacks its value ends click's parsing, which leaves in `args` what it had not yet understood.
    """
    return [
        path
        for path in map(Path, context.params.get("paths") or context.params.get("words") or context.args)
        if path.exists()
    ]


def _rules(context: click.Context) -> Rules:
    from siptrack.rules.load import find_settings, load

    named = context.params.get("config")
    return load(Path(named) if named else find_settings(_typed(context) or [Path()]))


def _understood(context: click.Context) -> Understood:
    """The files already on the line, laid out. Raises ValueError when there are none, or too much to read now."""
    from siptrack.reading.read import understand

    paths = _typed(context)
    files = [file for path in paths for file in (path.iterdir() if path.is_dir() else [path]) if file.is_file()]
    if not files or sum(file.stat().st_size for file in files) > _MOST_BYTES:
        raise ValueError
    return understand(paths, _rules(context))


def _subjects(context: click.Context) -> Iterable[str]:
    """The subjects in the files; without files, all that the rules know."""
    known = list(_rules(context).columns.subjects)
    try:
        present = {slot.subject for slot in _understood(context).layouts.written.slots}
    except Exception:  # noqa: BLE001  # a file that cannot be read is no reason to offer nothing
        return known
    return [subject for subject in known if subject in present] or known


def _groups(context: click.Context) -> Iterable[str]:
    groups = _rules(context).groups
    return (group for key in groups.compared for group in groups.all()[key].groups)


def _group_names(context: click.Context) -> Iterable[str]:
    """What else a group is called: the words of the rules."""
    from siptrack.reading.group_names import GroupNames

    groups = _rules(context).groups
    return GroupNames(groups.all(), groups.compared).names()


def _peers(context: click.Context) -> Iterable[str]:
    from siptrack.analysis.tally import REST

    return (REST, *_groups(context))


def _years(context: click.Context) -> Iterable[str]:
    years = _rules(context).years
    return (years.labels.get(year, str(year)) for year in range(years.lowest, years.highest + 1))


def _classes(context: click.Context) -> Iterable[str]:
    return sorted({row.texts.get("class", "") for row in _understood(context).layouts.rows})


def _schools(context: click.Context) -> Iterable[str]:
    return sorted({row.school for row in _understood(context).layouts.rows})


def _terms(context: click.Context) -> Iterable[str]:
    """The terms of results, the newest first; a target's lies ahead."""
    from siptrack.reading.calendar import of_now
    from siptrack.school.term import Term

    known = _understood(context)
    numbers = set(known.dated.terms[of_now(known.layouts, known.dated.known)].tolist())
    terms = map(Term.numbered, sorted(numbers, reverse=True))
    return (term.label for term in terms if term.dated)


def _failures(context: click.Context) -> Iterable[str]:
    return ("errors", "clear-gaps", *_rules(context).flags.flags)


def _codes(context: click.Context) -> Iterable[str]:
    rules = _rules(context)
    return (*rules.flags.flags, *rules.checks, *rules.problems)


def _headings(context: click.Context) -> Iterable[str]:
    return (*(rule.about for rule in _rules(context).enquiry.questions.values()), "books")


OFFERED: Mapping[str, Completer] = {
    "subjects": _completer(_subjects),
    "groups": _completer(_groups, _group_names),
    "peers": _completer(_peers, _group_names),
    "years": _completer(_years),
    "classes": _completer(_classes),
    "schools": _completer(_schools),
    "terms": _completer(_terms),
    "failures": _completer(_failures),
    "codes": _completer(_codes),
    "headings": _completer(_headings),
    "scales": _completer(lambda context: _rules(context).scales),
    "commands": _completer(lambda _: LISTED),
    "modes": _completer(lambda context: _rules(context).sharing.modes),
}
