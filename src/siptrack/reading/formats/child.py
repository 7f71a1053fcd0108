"""The child process: it reads files that may end it, and tells its parent what is in them, frame by frame."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice

from siptrack.reading.formats.limits import MOST_MEMORY, MOST_PROCESSOR_SECONDS
from siptrack.reading.formats.table import PageTable, refuse_counts
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.formats.wire import BrokenWireError, receive, send

ROWS_A_FRAME = 2_000
DAMAGED = "it is damaged"
HOLLOW = "it is damaged: it opens as a zip archive but not as a workbook"
_TOO_LARGE = "it asks for far more memory than a school's workbook could; open it in Excel and save only what is needed"


def serve() -> None:
    """Answer requests until the parent closes its end."""
    _restrain()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            kind, length = receive(requests)
        except BrokenWireError:
            return
        content = requests.read(int(str(length)))
        _allow_time()
        try:
            _answer(str(kind), content)
        except UnusableFileError as reason:
            send(answers, "unusable", str(reason))
        except MemoryError:
            send(answers, "unusable", _TOO_LARGE)
        except BaseException:  # noqa: BLE001  # readers raise dozens of kinds, and one that is no Exception: a panic
            send(answers, "unusable", HOLLOW if kind == "zip" else DAMAGED)
        answers.flush()


def tables_of(kind: str, content: bytes) -> Iterator[PageTable]:
    """The tables of a file of this kind; each kind's reader is imported when it is wanted, to start quickly."""
    if kind == "page":
        from siptrack.reading.formats.web_page import tables

        return tables(content)
    if kind == "ctf":
        from siptrack.reading.formats.ctf import tables

        return tables(content)
    if kind == "compound":
        from siptrack.reading.formats.xls import tables

        return tables(content)
    from siptrack.reading.formats.archive import open_archive, workbook_kind

    archive = open_archive(content)
    kind = workbook_kind(archive)
    if kind == "xlsx":
        from siptrack.reading.formats import xlsx

        return xlsx.tables(content, archive)
    if kind == "xlsb":
        from siptrack.reading.formats import xlsb

        return xlsb.tables(content, archive)
    from siptrack.reading.formats import ods

    return ods.tables(content, archive)


def _answer(kind: str, content: bytes) -> None:
    """Send every table: what is known about it, then its rows."""
    answers = sys.stdout.buffer
    cells = characters = 0
    for table in tables_of(kind, content):
        rows = iter(table.rows)
        some = list(islice(rows, ROWS_A_FRAME))
        facts = table.facts
        known = sorted(facts.hidden_rows), sorted(facts.merged), sorted(facts.stale)
        send(answers, "table", table.name, table.hidden, *known)
        while some:
            cells += len(some) + sum(map(len, some))
            characters += sum(map(len, chain.from_iterable(some)))
            refuse_counts(cells, characters)
            send(answers, "rows", some)
            some = list(islice(rows, ROWS_A_FRAME))
    send(answers, "end")


def _restrain() -> None:
    """Take no more memory than the limit, where the system can be told so, and import nothing that is not needed."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl does without, in half the time
    gc.disable()  # nothing here makes cycles that matter
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would leave children's names on the disk


def _allow_time() -> None:
    """Let the next file have its processor time, where the system counts it: each its own."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = int(time.process_time()) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (used + MOST_PROCESSOR_SECONDS, resource.RLIM_INFINITY))
