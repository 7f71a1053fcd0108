"""`siptrack report`: the files for the school and those for its governors, from one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.messages import say
from siptrack.commands.opening import open_paths
from siptrack.commands.options import (
    PATH,
    WordChoice,
    examples,
    with_filters,
    with_paths,
    with_peers,
    with_rules,
    with_since_shared,
)
from siptrack.commands.output import how_it_ended, say_begun
from siptrack.commands.waiting import JUDGING, MAKING, Waiting
from siptrack.rendering.numbers import quantity
from siptrack.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import PurePosixPath

    from siptrack.analysis.model import Analysis
    from siptrack.session import Session


@click.command(
    no_args_is_help=True,
    epilog=examples(
        'siptrack report data -o "Autumn report"', 'siptrack report data -o "Autumn report" --word --share public'
    ),
)
@with_paths
@click.option("-o", "--output", "folder", type=PATH, required=True, metavar="DIR", help="Write into this folder.")
@click.option("--force", is_flag=True, help="Write over files of an earlier report.")
@with_filters
@with_peers
@click.option("--share", metavar="MODE", help="For whom the files without names are [default: as sharing.yaml has it].")
@with_since_shared
@click.option(
    "--children",
    type=WordChoice(("named", "all", "none")),
    default="named",
    help="Whose own pages to make: named, of those who are named or slip slowly; all; none [default: named].",
)
@click.option("--all", "every", is_flag=True, help="Every table in the workbook.")
@click.option("--word", is_flag=True, help="Also the pack for pupil progress meetings as a Word document.")
@click.option("--template", type=PATH, metavar="XLSX", help="Fill the placeholders of your own workbook, too.")
@with_rules
def report(  # noqa: PLR0913, PLR0917  # one for each option
    paths: tuple[Path, ...],
    folder: Path,
    force: bool,
    term: str | None,
    years: tuple[str, ...],
    classes: tuple[str, ...],
    subjects: tuple[str, ...],
    groups: tuple[str, ...],
    school: str,
    peers: str | None,
    share: str | None,
    since_shared: tuple[Path, ...],
    children: str,
    every: bool,
    word: bool,
    template: Path | None,
    config: Path | None,
    ruler: Path | None,
) -> int:
    """Write the report for the school, with names, and one for governors, without.

    PATHS are workbooks (.xlsx), CSV files, or folders of these. In DIR, the folder named is for the people who teach
    the children; the folder shareable holds no name, and small numbers are hidden.
    """
    from siptrack.analysis.shareable import share as without_names
    from siptrack.commands.forms import refuse_without_word
    from siptrack.commands.sharing import choose_mode
    from siptrack.commands.template import open_template
    from siptrack.documents.report.files import ReportMaterial, Wanted, certain_places, outputs
    from siptrack.documents.sharing import filters_warning
    from siptrack.reading.shared_before import read_shared_before
    from siptrack.rendering.writing import refuse_folder
    from siptrack.session import open_rules

    if word:
        refuse_without_word()
    wanted = Wanted(children, every, word, template.name if template else "")
    refuse_folder(folder, certain_places(wanted), force=force)
    before = read_shared_before(since_shared)
    book = open_rules(paths, config=config, ruler=ruler)
    choose_mode(share, book.newest)
    own = open_template(template) if template else None
    waiting = Waiting.watched(paths)
    session = open_paths(paths, book, Scope(term, years, classes, subjects, groups, school, peers), waiting)
    mode = choose_mode(share, session.rules)
    analysis = _judged(session, waiting)
    if analysis.filters:
        say(filters_warning(mode))
    shared = without_names(analysis, session.rules, mode, before)
    made = outputs(ReportMaterial(analysis, session.rules, shared, wanted, own, before))
    _write(folder, made, waiting, force=force)
    _say_written(folder, made, len(analysis.children.pupils))
    return how_it_ended(analysis)


def _judged(session: Session, waiting: Waiting) -> Analysis:
    """The analysis, and that a newer term has begun."""
    with waiting:
        waiting.tell(JUDGING)
        analysis = session.analysis
    say_begun(analysis)
    return analysis


def _write(folder: Path, made: Mapping[PurePosixPath, Callable[[], bytes]], waiting: Waiting, *, force: bool) -> None:
    from siptrack.rendering.writing import refuse_folder, write_folder

    refuse_folder(folder, made, force=force)
    write_folder(folder, _contents(made, waiting), force=force)


def _contents(made: Mapping[PurePosixPath, Callable[[], bytes]], waiting: Waiting) -> dict[PurePosixPath, bytes]:
    """What each file holds, made one after another before any is written."""
    contents = {}
    with waiting:
        for at, (place, make) in enumerate(made.items()):
            waiting.tell(MAKING, at, len(made))
            contents[place] = make()
    return contents


def _say_written(folder: Path, places: Iterable[PurePosixPath], children: int) -> None:
    """Each file in a line; the pages of the children in one together, and those of an earlier report too."""
    from siptrack.documents.report.files import CHILDREN, is_child_page

    written = set(places)
    pages = {place for place in written if place.parent == CHILDREN}
    for place in sorted(written - pages):
        say(f"Written: {folder / place}")
    if pages:
        counted = f"Written: {quantity(len(pages), 'page')} in {folder / CHILDREN}, "
        some = f"of the children who are named or slip slowly; --children all makes all {children}"
        say(counted + ("one for each child" if len(pages) == children else some))
    there = (folder / CHILDREN).iterdir() if (folder / CHILDREN).is_dir() else ()
    if earlier := [path for path in there if is_child_page(path.name) and CHILDREN / path.name not in pages]:
        them, they_are = ("it", "it is") if len(earlier) == 1 else ("them", "they are")
        say(
            f"{folder / CHILDREN} also holds {quantity(len(earlier), 'page')} of an earlier report, to which no line "
            f"of this one leads. Delete {them} if {they_are} not needed."
        )
