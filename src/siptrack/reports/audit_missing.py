"""What the data of the year's children does not hold, put on the audit's page: results first, then the children."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.cycle.audit_tables import MISSING, Lacks
from siptrack.cycle.missing import without_birthday
from siptrack.rendering.page import Page
from siptrack.reports.audited import Row, Told, whole
from siptrack.reports.wording import audit as wording
from siptrack.school.cells import records, text
from siptrack.school.register import NOT_RECORDED

_NAMED = 6  # children of a year group; of more only the number is said


def put_missing(page: Page, told: Told) -> None:
    """Every kind of thing that is missing, in a sentence or two."""
    page.heading(wording.MISSING_HEADING)
    rows = records(told.audit.frame("missing"), MISSING.names)
    lines = [*_results([row for row in rows if row["what"] == Lacks.RESULTS.value], told)]
    for what in (Lacks.PRIOR, Lacks.UPN, Lacks.BIRTH):
        lines += _of_children(what, [row for row in rows if row["what"] == what.value], told)
    lines += _characteristics([row for row in rows if row["what"] == Lacks.CHARACTERISTIC.value], told)
    for line in lines or [wording.NOTHING_MISSING]:
        page.say(line, hang=2)


def _results(rows: Sequence[Row], told: Told) -> list[str]:
    """The terms in which whole year groups have none, then those in which some children have none."""
    lines = []
    for term in dict.fromkeys(text(row["term"]) for row in rows):
        of_term = [row for row in rows if row["term"] == term]
        whole_years: dict[str, list[str]] = {}
        for row in of_term:
            if row["children"] == row["of"]:
                whole_years.setdefault(told.year(row), []).append(told.subject(row))
        if whole_years:
            lines.append(wording.no_results_at_all(term, whole_years))
        some = [
            (told.year(row), told.subject(row), whole(row["children"]))
            for row in of_term
            if row["children"] != row["of"]
        ]
        if some:
            lines.append(wording.some_results(term, some))
    return lines


def _of_children(what: Lacks, rows: Sequence[Row], told: Told) -> list[str]:
    """Who lacks something, by year group: by name where they are few."""
    if not rows:
        return []
    lacking = _lacking(what, told)
    said = []
    for row in rows:
        names = [told.names[pupil] for pupil in lacking if told.year(told.children[pupil]) == told.year(row)]
        few = names if len(names) <= _NAMED else []
        said.append(wording.how_many_of(told.year(row), whole(row["children"]), whole(row["of"]), few))
    return [wording.without(what, said)]


def _lacking(what: Lacks, told: Told) -> list[str]:
    if what is Lacks.PRIOR:
        return [pupil for pupil, row in told.children.items() if row["prior"] == NOT_RECORDED]
    if what is Lacks.UPN:
        return [pupil for pupil, row in told.children.items() if not row["upn"]]
    lacks = without_birthday(told.audit.year, told.audit.frame("on_roll")).tolist()
    return [pupil for pupil, without in zip(told.children, lacks, strict=True) if without]


def _characteristics(rows: Sequence[Row], told: Told) -> list[str]:
    """Those not recorded of some children, and those that the files do not have."""
    every = told.rules.groups.characteristics
    labels = {text(row["characteristic"]): every[text(row["characteristic"])].label for row in rows}
    some = [
        (labels[text(row["characteristic"])], whole(row["children"])) for row in rows if row["children"] != row["of"]
    ]
    none = [labels[text(row["characteristic"])] for row in rows if row["children"] == row["of"]]
    lines = [wording.characteristics(some, len(told.children))] if some else []
    return [*lines, *([wording.not_in_files(none)] if none else [])]
