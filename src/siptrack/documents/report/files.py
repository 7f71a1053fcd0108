"""Every file that `siptrack report` writes, in one place: where it goes, and what makes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.analysis.tables import PUPIL_TABLE
from siptrack.documents.analysis import table_records
from siptrack.documents.child.rows import ChildRows, child_rows
from siptrack.documents.evidence import spoken_of
from siptrack.documents.template.fill import Template
from siptrack.rendering.workbook.sheets import WorkbookSheet
from siptrack.rules.model import Rules
from siptrack.school.errors import ChoiceError

if TYPE_CHECKING:
    from siptrack.documents.summary.view import Summary
    from siptrack.school.sharing import SharedBefore

NAMED, SHAREABLE = PurePosixPath("named"), PurePosixPath("shareable")
CHILDREN = NAMED / "children"
Make = Callable[[], bytes]
_REPORT, _WORKBOOK, _MEETINGS, _MEETING = "report.html", "report.xlsx", "meeting.xlsx", "meeting.docx"
_SUMMARY, _SUMMARY_WORKBOOK = "summary.html", "summary.xlsx"


class Wanted(NamedTuple):
    """What is asked for beside the report.

    `children` are those of whom a page is made: `named`, `all` or `none`; `every`: every table stands in the workbook;
    `word`: there are Word documents beside the pages; `template` is the name of the school's own workbook to be filled.
    """

    children: str = "named"
    every: bool = False
    word: bool = False
    template: str = ""


@dataclass(frozen=True)
class ReportMaterial:
    """What the files are made of. `shared` is all that a shareable file may hold of `analysis`."""

    analysis: Analysis
    rules: Rules
    shared: Shared
    wanted: Wanted
    template: Template | None = None
    before: Sequence[SharedBefore] = ()

    @cached_property
    def summary(self) -> Summary:
        """What the shareable files say, beside what was shared before."""
        from siptrack.documents.summary.view import Summary

        return Summary(self.analysis, self.shared, self.rules, self.before)


def is_child_page(name: str) -> bool:
    """Whether a file of this name is the page of a child."""
    return re.fullmatch(r"pupil-\d{3,}\.html", name) is not None


def certain_places(wanted: Wanted) -> list[PurePosixPath]:
    """Where files are written whatever the data hold: of the pages of all children the first, of others none.

    Raises ChoiceError where the school's own workbook is called like one of siptrack's files.
    """
    named = [_REPORT, _WORKBOOK, _MEETINGS, *([_MEETING] if wanted.word else [])]
    if wanted.template.casefold() in named:
        raise ChoiceError(
            f"--template {wanted.template}: siptrack writes a file of this name itself; give the template another name."
        )
    first = [CHILDREN / _page(1)] if wanted.children == "all" else []
    own = [wanted.template] if wanted.template else []
    return [
        *(NAMED / name for name in (*named, *own)),
        *first,
        *(SHAREABLE / name for name in (_SUMMARY, _SUMMARY_WORKBOOK)),
    ]


def outputs(material: ReportMaterial) -> Mapping[PurePosixPath, Make]:
    """What makes each file, by its place in the folder of the report: with names, and without.

    The first is always the same, so that of two runs that write into one folder the later is told before it wrote any.
    """
    named = {**_named(material), **_documents(material), **_filled(material)}
    return {
        **{NAMED / name: make for name, make in named.items()},
        **{SHAREABLE / name: make for name, make in _shareable(material).items()},
    }


def _named(material: ReportMaterial) -> Mapping[str, Make]:
    """The files with names, for the people who teach the children."""
    from siptrack.documents.report.view import report_page

    pages = child_pages(material)
    links = {pupil: f"{CHILDREN.name}/{name}" for pupil, name in pages.items()}
    report = {_REPORT: partial(report_page, material.analysis, material.rules, links)}
    if not links:
        return report
    rows = child_rows(material.analysis, material.rules, list(links))
    return {**report, **{link: partial(_child, pupil, rows) for pupil, link in links.items()}}


def child_pages(material: ReportMaterial) -> dict[str, str]:
    """The file name of each page of a child: a number, the child's in the register, and never a name."""
    if material.wanted.children == "none":
        return {}
    pupils = [str(row["pupil"]) for row in table_records(PUPIL_TABLE.name, material.analysis, material.rules)]
    wanted = pupils if material.wanted.children == "all" else spoken_of(material.analysis, material.rules)
    return {pupil: _page(at) for at, pupil in enumerate(pupils, 1) if pupil in wanted}


def _page(number: int) -> str:
    return f"pupil-{number:03d}.html"


def _child(pupil: str, rows: ChildRows) -> bytes:
    """A child's page, from the rows of all."""
    from siptrack.documents.child.document import beside, child_document
    from siptrack.documents.child.view import page_of
    from siptrack.rendering.html.pages import as_html

    page = page_of(pupil, rows)
    made = child_document(page, beside(page, rows), rows.rules.ruler, "html")
    return as_html(made, back=f"../{_REPORT}")


def _documents(material: ReportMaterial) -> Mapping[str, Make]:
    """The workbook with names, that of the meetings, and their pack where Word documents are wanted."""
    from siptrack.documents.meeting.sheets import meeting_sheets
    from siptrack.documents.workbook.view import meeting_workbook, named_workbook

    given, every = (material.analysis, material.rules), material.wanted.every
    made: dict[str, Make] = {
        _WORKBOOK: partial(named_workbook, *given, every=every),
        _MEETINGS: lambda: meeting_workbook(meeting_sheets(*given), *given),
    }
    if material.wanted.word:
        made[_MEETING] = partial(_meeting, *given)
    return made


def _meeting(analysis: Analysis, rules: Rules) -> bytes:
    """The pack for the meetings, to write in."""
    from siptrack.documents.meeting.view import meeting_document
    from siptrack.rendering.word.document import as_word

    return as_word(meeting_document(analysis, rules))


def _filled(material: ReportMaterial) -> Mapping[str, Make]:
    """The school's own workbook, under its own name."""
    if material.template is None:
        return {}
    from siptrack.documents.template.fill import fill_template

    given = (material.analysis, material.rules)
    return {material.template.name: partial(fill_template, material.template, *given, partial(tables_of, *given))}


def tables_of(analysis: Analysis, rules: Rules) -> list[WorkbookSheet]:
    """Every table that a template can ask for."""
    from siptrack.documents.meeting.sheets import meeting_sheets
    from siptrack.documents.workbook.view import named_sheets

    return [*named_sheets(analysis, rules, every=True), *meeting_sheets(analysis, rules)]


def _shareable(material: ReportMaterial) -> Mapping[str, Make]:
    """The files without names, of what the summary says and of nothing else."""

    def page() -> bytes:
        from siptrack.documents.summary.view import summary_page

        return summary_page(material.summary)

    def workbook() -> bytes:
        from siptrack.documents.summary.sheets import summary_workbook

        return summary_workbook(material.summary)

    return {_SUMMARY: page, _SUMMARY_WORKBOOK: workbook}
