"""All schools of a run: each judged by whoever is free, those in another term or with pupils in two schools again."""

from __future__ import annotations

import secrets
import signal
import threading
from collections import Counter
from concurrent.futures import as_completed
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.across.counting import RESULTS_KEPT
from siptrack.analysis.across.moved import NOBODY, MovedPupils, find_movers
from siptrack.many.judging import JudgedSchool, SchoolTask, judge_school
from siptrack.many.kept import FOLDER, SUFFIX, table_of
from siptrack.rendering.writing import write_whole
from siptrack.rules.named import read_named
from siptrack.school.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager
    from pathlib import Path

    from siptrack.analysis.across.counting import SchoolCounts
    from siptrack.many.found import SchoolFiles
    from siptrack.school.frame import Frame
    from siptrack.school.term import Term

    OnSchool = Callable[[str, int, int], None]  # gets a school's name, how many are done, and of how many
    NewExecutor = Callable[[], AbstractContextManager[Executor]]

_SECRET, _SECRET_BYTES = "secret", 32
_LOST = "{name}: whoever judged it ended before it was done, twice; it may need more memory than there is."

_NOBODY_LEFT = (
    "{name}: all of its pupils have results in another school's files too, by the same UPNs, so none is counted."
)


class JudgedSchools(NamedTuple):
    """The schools in order, those that could be judged in the term, and who moved between them.

    `moved` are the results of those who moved, by the school that has them.
    """

    schools: Sequence[JudgedSchool]
    term: Term | None
    movers: MovedPupils
    moved: Mapping[str, Frame]

    @property
    def counts(self) -> Mapping[str, SchoolCounts]:
        """The counts of those that could be judged, by name."""
        return {school.name: school.counts for school in self.schools if school.counts is not None}

    @property
    def exit_code(self) -> int:
        """3 if a school failed, else the worst of the others'."""
        failed = any(school.counts is None for school in self.schools)
        return int(ExitCode.INPUT) if failed else max((school.exit_code for school in self.schools), default=0)


def judge_schools(
    schools: Sequence[SchoolFiles],
    folder: Path,
    *,
    config: Path | None,
    term: str | None,
    reports: Path | None = None,
    executor: NewExecutor | None = None,
    on_school: OnSchool = lambda *_: None,
) -> JudgedSchools:
    """Every school judged in one term, that which most have come to unless one is named; none is counted twice.

    What is counted is kept in `folder`, so that a run after this one counts what is new alone. `executor` makes one to
    hand the work to; without it the work is done here, one school after another. In `reports`, where that is a folder,
    each school's own report is written.
    """
    (folder / FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = _secret(folder / FOLDER / _SECRET)
    tasks = {school.name: SchoolTask(school, folder / FOLDER, secret, config, term) for school in schools}
    judged = _all(list(tasks.values()), executor, on_school)
    used = {school.kept for school in judged.values()}
    most = _most(judged.values())
    if most is not None and term is None:
        again = [name for name, school in judged.items() if school.counts is not None and school.counts.term != most]
        tasks |= {name: tasks[name]._replace(term=most.label) for name in again}
        judged |= _all([tasks[name] for name in again], executor, on_school)
        used |= {school.kept for school in judged.values()}
    counts = {name: school.counts for name, school in judged.items() if school.counts is not None}
    movers = find_movers(counts) if counts else NOBODY
    moved = {name: found for name in counts if not (found := _results_of(judged[name], movers)).empty}
    gone = {name: movers.same.get(name, frozenset()) | movers.elsewhere.get(name, frozenset()) for name in judged}
    again = [name for name, codes in gone.items() if codes]
    without = [tasks[name]._replace(without=gone[name]) for name in again]
    judged |= {name: _left(school) for name, school in _all(without, executor, on_school).items()}
    if reports:
        judged = _with_reports(judged, tasks, reports, executor, on_school)
    _forget(folder / FOLDER, used | {school.kept for school in judged.values()})
    return JudgedSchools([judged[school.name] for school in schools], most, movers, moved)


def _with_reports(
    judged: Mapping[str, JudgedSchool],
    tasks: Mapping[str, SchoolTask],
    reports: Path,
    executor: NewExecutor | None,
    on_school: OnSchool,
) -> dict[str, JudgedSchool]:
    """Each school that was judged, its own report written, in the term of all; or why that could not be."""
    asked = [tasks[name]._replace(reports=reports) for name, school in judged.items() if school.counts is not None]
    written = _all(asked, executor, on_school)
    failed = {name: school for name, school in written.items() if school.counts is None}
    return {
        name: school._replace(
            exit_code=max(school.exit_code, failed[name].exit_code),
            messages=(*school.messages, *failed[name].messages),
        )
        if name in failed
        else school
        for name, school in judged.items()
    }


def _results_of(school: JudgedSchool, movers: MovedPupils) -> Frame:
    """The results in a school of those who came to it or left it for another, as they were before it lost them."""
    if school.kept is None or not (movers.came[school.name] or movers.left[school.name]):
        return RESULTS_KEPT.no_rows()
    results = table_of(school.kept, "results")
    return results[np.isin(results["who"], list(movers.newcomers))]


def _left(school: JudgedSchool) -> JudgedSchool:
    """A school judged without the children of others; where nobody is left, that this is why."""
    return school if school.counts else school._replace(messages=(_NOBODY_LEFT.format(name=school.name),))


def _forget(folder: Path, used: Collection[Path | None]) -> None:
    """Delete what was kept of files that have changed since, or of schools that are no more."""
    for path in folder.glob(f"*{SUFFIX}"):
        if path not in used:
            path.unlink(missing_ok=True)


def _most(judged: Iterable[JudgedSchool]) -> Term | None:
    """The term that most schools have come to, the newest of several."""
    terms = Counter(school.counts.term for school in judged if school.counts is not None)
    return max(terms, key=lambda term: (terms[term], term), default=None)


def _all(tasks: Sequence[SchoolTask], executor: NewExecutor | None, on_school: OnSchool) -> dict[str, JudgedSchool]:
    """Each school judged. One that is lost with its worker is tried once more, alone."""
    found: dict[str, JudgedSchool] = {}
    if executor is None or not tasks:
        for done, task in enumerate(tasks):
            on_school(task.files.name, done, len(tasks))
            found[task.files.name] = judge_school(task)
        return found
    lost = _handed(tasks, executor, found, on_school)
    for task in lost:
        if _handed([task], executor, found, on_school):
            name = task.files.name
            found[name] = JudgedSchool(name, int(ExitCode.INPUT), (_LOST.format(name=name),))
    return found


def _handed(
    tasks: Sequence[SchoolTask], executor: NewExecutor, found: dict[str, JudgedSchool], on_school: OnSchool
) -> list[SchoolTask]:
    """Hand the work to an executor; the tasks that were lost come back."""
    lost = []
    with executor() as workers:
        with _interrupts_here_alone():
            futures: dict[Future[JudgedSchool], SchoolTask] = {
                workers.submit(judge_school, task): task for task in tasks
            }
        try:
            for done, future in enumerate(as_completed(futures)):
                name = futures[future].files.name
                on_school(name, done, len(tasks))
                try:
                    found[name] = future.result()
                except Exception:  # noqa: BLE001  # of the worker or what carries it: the school itself never raises
                    lost.append(futures[future])
        except KeyboardInterrupt:  # what has not begun is not begun
            for future in futures:
                future.cancel()
            raise
    return lost


@contextmanager
def _interrupts_here_alone() -> Iterator[None]:
    """Whichever process is started in it leaves Ctrl-C to this one, which ends it."""
    if threading.current_thread() is not threading.main_thread():  # signals are set there alone
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _secret(path: Path) -> bytes:
    """What the codes of this folder's children are made with: its own, from the first run on."""
    try:
        held = read_named(path, _SECRET_BYTES + 1)
    except FileNotFoundError:
        held = b""
    if len(held) == _SECRET_BYTES:
        return held
    made = secrets.token_bytes(_SECRET_BYTES)
    write_whole(path, made, force=True)
    return made
