"""Every file that `siptrack report` writes, in one place: where it goes, and what makes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.analysis.tables import PUPIL_TABLE
from siptrack.documents.analysis import table_records
from siptrack.documents.child.rows import ChildRows, child_rows
from siptrack.documents.evidence import spoken_of
from siptrack.reports.template.fill import Template
from siptrack.reports.wording.template import template_named_alike
from siptrack.rules.model import Rules
from siptrack.school.errors import ChoiceError

NAMED, SHAREABLE = PurePosixPath("named"), PurePosixPath("shareable")
CHILDREN = NAMED / "children"
Make = Callable[[], bytes]
_REPORT, _WORKBOOK, _MEETING = "report.html", "report.xlsx", "meeting.docx"
_SUMMARY, _SUMMARY_WORKBOOK = "summary.html", "summary.xlsx"


@dataclass(frozen=True)
class Material:
    """What the files are made of. `shared` is all that a shareable file may hold of `analysis`.

    `children` are those of whom a page is made: `named`, `all` or `none`. `word` is whether there are Word documents
    beside the pages, `template` the school's own workbook to be filled.
    """

    analysis: Analysis
    rules: Rules
    shared: Shared
    children: str = "named"
    word: bool = False
    template: Template | None = None


def is_child_page(name: str) -> bool:
    """Whether a file of this name is the page of a child."""
    return re.fullmatch(r"pupil-\d{3,}\.html", name) is not None


def certain_places(*, children: str, word: bool, template: str = "") -> list[PurePosixPath]:
    """Where files are written whatever the data hold: of the pages of all children the first, of others none.

    Raises ChoiceError where the school's own workbook, named `template`, is called like one of siptrack's files.
    """
    named = [_REPORT, _WORKBOOK, *([_MEETING] if word else [])]
    if template.casefold() in named:
        raise ChoiceError(template_named_alike(template))
    first = [CHILDREN / _page(1)] if children == "all" else []
    own = [template] if template else []
    return [
        *(NAMED / name for name in (*named, *own)),
        *first,
        *(SHAREABLE / name for name in (_SUMMARY, _SUMMARY_WORKBOOK)),
    ]


def outputs(material: Material) -> Mapping[PurePosixPath, Make]:
    """What makes each file, by its place in the folder of the report: with names, and without.

    The first is always the same, so that of two runs that write into one folder the later is told before it wrote any.
    """
    named = {**_named(material), **_documents(material), **_filled(material)}
    return {
        **{NAMED / name: make for name, make in named.items()},
        **{SHAREABLE / name: make for name, make in _shareable(material).items()},
    }


def _named(material: Material) -> Mapping[str, Make]:
    """The files with names, for the people who teach the children."""
    from siptrack.reports.html.named import named_report

    pages = child_pages(material)
    links = {pupil: f"{CHILDREN.name}/{name}" for pupil, name in pages.items()}
    report = {_REPORT: partial(named_report, material.analysis, material.rules, links)}
    if not links:
        return report
    rows = child_rows(material.analysis, material.rules, list(links))
    return {**report, **{link: partial(_child, pupil, rows) for pupil, link in links.items()}}


def child_pages(material: Material) -> dict[str, str]:
    """The file name of each page of a child: a number, the child's in the register, and never a name."""
    if material.children == "none":
        return {}
    pupils = [str(row["pupil"]) for row in table_records(PUPIL_TABLE.name, material.analysis, material.rules)]
    wanted = pupils if material.children == "all" else spoken_of(material.analysis, material.rules)
    return {pupil: _page(at) for at, pupil in enumerate(pupils, 1) if pupil in wanted}


def _page(number: int) -> str:
    return f"pupil-{number:03d}.html"


def _child(pupil: str, rows: ChildRows) -> bytes:
    """A child's page, from the rows of all."""
    from siptrack.documents.child.document import beside, child_document
    from siptrack.documents.child.view import page_of
    from siptrack.rendering.html.document import as_html

    page = page_of(pupil, rows)
    made = child_document(page, beside(page, rows), rows.rules.ruler, "html")
    return as_html(made, back=f"../{_REPORT}")


def _documents(material: Material) -> Mapping[str, Make]:
    """The workbook with names, and the pack for the meetings where Word documents are wanted."""
    from siptrack.reports.workbook.named import named_workbook

    made: dict[str, Make] = {_WORKBOOK: partial(named_workbook, material.analysis, material.rules)}
    if material.word:
        from siptrack.reports.word.meeting import meeting_document

        made[_MEETING] = partial(meeting_document, material.analysis, material.rules)
    return made


def _filled(material: Material) -> Mapping[str, Make]:
    """The school's own workbook, under its own name."""
    if material.template is None:
        return {}
    from siptrack.reports.template.fill import fill_template

    return {material.template.name: partial(fill_template, material.template, material.analysis, material.rules)}


def _shareable(material: Material) -> Mapping[str, Make]:
    """The files without names. Of the analysis they are given the term, and no table."""
    from siptrack.reports.html.summary import shareable_summary
    from siptrack.reports.workbook.shared import shared_workbook

    given = (material.shared, material.analysis.term, material.rules)
    return {_SUMMARY: partial(shareable_summary, *given), _SUMMARY_WORKBOOK: partial(shared_workbook, *given)}
