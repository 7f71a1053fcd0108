"""`siptrack child`: one child's page, and why each thing on it is said."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.forms import PAPERS
from siptrack.commands.messages import say
from siptrack.commands.next_steps import command
from siptrack.commands.opening import open_paths
from siptrack.commands.options import examples, with_choice_of_form, with_output, with_rules, with_school, with_term
from siptrack.commands.output import deliver, refuse_output, screen
from siptrack.commands.waiting import JUDGING, Waiting
from siptrack.rules.named import is_there
from siptrack.school.errors import ChoiceError, ExitCode
from siptrack.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.term import Term
    from siptrack.session import Session

FORMS = ("table", "json", "markdown", *PAPERS)
_FEWEST_WORDS = 2  # a file, and a child


@click.command(
    no_args_is_help=True,
    epilog=examples('siptrack child data "Smith, Jo"', 'siptrack child data "Smith, Jo" --why'),
)
@click.argument("words", nargs=-1, required=True, metavar="PATH... WHO")
@with_term("--term", "The term to judge [default: the newest that most have a result in].")
@with_school
@click.option("--detail", is_flag=True, help="Show every result with its cell, and the rules.")
@click.option("--why", is_flag=True, help="Only the chain of evidence: each flag with its cells and rules.")
@with_choice_of_form(*FORMS)
@with_output
@with_rules
def child(  # noqa: PLR0913, PLR0917  # one for each option
    words: tuple[str, ...],
    term: str | None,
    school: str,
    detail: bool,
    why: bool,
    form: str,
    output: Path | None,
    force: bool,
    config: Path | None,
    ruler: Path | None,
) -> int:
    """Show one child's journey in every subject, and why each flag is said.

    WHO comes last: a name or a part of one in quotes, a UPN, or the school's own number.
    """
    from siptrack.analysis.term_judged import judged_term
    from siptrack.session import open_rules

    paths, who = _parted(words)
    _refuse_why(form, why=why)
    refuse_output(output, force=force)
    waiting = Waiting.watched(paths, form)
    book = open_rules(paths, config=config, ruler=ruler)
    session = open_paths(paths, book, Scope(term, school=school), waiting)
    found, fits = _found(session, who)
    if len(found) > 1 or not fits:
        return _let_choose(session, found, output, force=force, fits=fits)
    if not session.register.frame("results").empty:
        _refuse_absent(session, found[0], judged_term(session.register, session.rules, session.term))
    with waiting:
        waiting.tell(JUDGING)
        analysis = session.analysis
    content = _content(analysis, session.rules, found[0], form, output, why=why, detail=detail)
    deliver(content, output, force=force)
    return ExitCode.INPUT if session.register.unusable else ExitCode.DONE


def _parted(words: Sequence[str]) -> tuple[tuple[Path, ...], str]:
    """The files and, last, the child; refused where one of the two is missing."""
    last = words[-1]
    if not last.strip():
        raise ChoiceError("The child's name is empty: give a part of it, a UPN or the school's number.")
    if last == "-" or is_there(Path(last)):
        raise ChoiceError(
            f"'{last}' is a file or folder; the child comes last. Add a name in quotes, a UPN or the school's number: "
            f'{command("child", *words)} "Smith, Jo".'
        )
    if len(words) < _FEWEST_WORDS:
        raise ChoiceError(
            "The files to read are missing: name them, or their folder, before the child. "
            'For example: siptrack child data/ "Smith, Jo".'
        )
    return tuple(map(Path, words[:-1])), last


def _refuse_why(form: str, *, why: bool) -> None:
    if why and form != "table":
        raise ChoiceError(f"--why is for the screen; --format {form} holds every reason already. Leave one out.")


def _found(session: Session, who: str) -> tuple[list[str], bool]:
    """The keys of the children who fit, leavers too, else of those who come near, and whether they fit.

    Where there is nobody it is refused with what to do.
    """
    from siptrack.analysis.choosing import find_pupils, near_pupils

    pupils = session.register.frame("pupils")
    if found := find_pupils(pupils, who):
        return found, True
    found = near_pupils(pupils, who)
    if not found:
        raise ChoiceError(
            f"No child fits '{who}'. Give a part of the name as the files write it, a UPN or the school's own number; "
            "siptrack analyse PATH... --table pupils lists everybody."
        )
    return found, False


def _let_choose(session: Session, found: Sequence[str], output: Path | None, *, force: bool, fits: bool) -> int:
    """List the children who fit or come near, in the output since they are named, and end as for a wrong choice."""
    from siptrack.analysis.term_judged import judged_term
    from siptrack.documents.child.choices import choices
    from siptrack.rendering.terminal import as_text

    width, colour = screen(output, sys.stdout)
    register, wanted = session.register, session.term
    term = judged_term(register, session.rules, wanted) if len(register.frame("results")) else None
    listed = choices(session.register, session.rules, found, term, fits=fits)
    deliver(as_text(listed, width=width, colour=colour), output, force=force)
    fitting = f"{len(found)} children fit" if fits else "No child fits, and some come near"
    say(f"{fitting}. Choose one by the key in the first column of the list.")
    return ExitCode.USAGE


def _refuse_absent(session: Session, pupil: str, term: Term) -> None:
    """Say of a child who was not on roll in the term in which one the files show the child last, or first."""
    from siptrack.school.register import STILL_HERE
    from siptrack.school.term import Term

    pupils = session.register.frame("pupils")
    child = pupils[pupils["pupil"] == pupil]
    came, left = (int(child[name][0]) for name in ("on_roll_from", "on_roll_until"))
    if left < term.number:
        then, when = Term.numbered(left), "last"
    elif term.number < came != STILL_HERE:
        then, when = Term.numbered(came), "first"
    else:
        return
    raise ChoiceError(
        f"That child was not on roll in {term.label}: the files show the child {when} in {then.label}. "
        f'For the page as of then, add --term "{then.label}".'
    )


def _content(  # one for each that it rests on
    analysis: Analysis, rules: Rules, pupil: str, form: str, output: Path | None, *, why: bool, detail: bool
) -> str | bytes:
    from siptrack.documents.child.document import beside, child_document, why_document
    from siptrack.documents.child.rows import child_rows
    from siptrack.documents.child.view import of_a_child, page_of
    from siptrack.rendering.kept import write_document

    rows = child_rows(analysis, rules, [pupil])
    page = page_of(pupil, rows)
    if form == "json":
        return of_a_child(page, rules).json()
    width, colour = screen(output, sys.stdout)
    if why:
        document = why_document(page, rules.ruler)
    else:
        document = child_document(page, beside(page, rows), rules.ruler, form, detail=detail)
    return write_document(document, form, width=width, colour=colour)
