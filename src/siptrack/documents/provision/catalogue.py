"""What the catalogue offers, put on a page: by material, whom it fits and why; and whom nothing fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siptrack.cycle.catalogue import on_offer
from siptrack.cycle.provision import Provided
from siptrack.cycle.provision_tables import SUGGESTIONS
from siptrack.documents import provision_words as wording
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.pupil_names import PupilNames
from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, records, text

Row = dict[str, Cell]


def put_suggestions(page: Page, provided: Provided, names: PupilNames, rules: Rules) -> None:
    """Each material with the children and the groups that it fits, then those whom nothing fits."""
    rows = records(provided.frame("suggestions"), SUGGESTIONS.names)
    page.heading(wording.SUGGESTIONS)
    offered = [row for row in rows if row["material"]]
    if offered and any(rules.provision.catalogue[text(row["material"])].until is not None for row in offered):
        page.say(wording.historical())
    if nothing := none_on_offer(provided, rules):
        page.say(nothing)
        return
    for key, material in rules.provision.catalogue.items():
        fitting = [row for row in offered if row["material"] == key]
        if fitting:
            page.gap()
            entry = material.entry.says if material.entry else ""
            line = wording.material_line(material.cited, material.wave, text(fitting[0]["years"]), entry)
            page.say(line, style=styles.STRONG, hang=2)
            _put_fitting(page, fitting, names, rules)
    _put_nothing(page, [row for row in rows if not row["material"]], names, rules)


def none_on_offer(provided: Provided, rules: Rules) -> str:
    """That none of the catalogue's materials was to be had in the term; empty where one was."""
    every, term = rules.provision.catalogue.values(), provided.analysis.term
    ends = [one.until for one in every if one.until is not None]
    return wording.nothing_on_offer(max(ends), term) if ends and not any(on_offer(one, term) for one in every) else ""


def _put_fitting(page: Page, rows: Sequence[Row], names: PupilNames, rules: Rules) -> None:
    of_pupil: dict[str, list[Row]] = {}
    for row in rows:
        if row["pupil"]:
            of_pupil.setdefault(text(row["pupil"]), []).append(row)
    for label, pupils in names.by_class(of_pupil, rules):
        said = "; ".join(_fits_child(row, names, rules) for pupil in pupils for row in of_pupil[pupil])
        page.say(f"{label}: {said}", indent=2, hang=2)
    for row in rows:
        if not row["pupil"]:
            page.say(_gap(row, rules), indent=2, hang=2)


def _fits_child(row: Row, names: PupilNames, rules: Rules) -> str:
    group = ""
    if row["group"]:
        group = children_of(rules.groups.all()[text(row["characteristic"])], text(row["group"]))
    subject = subject_label(text(row["subject"]), rules)
    return wording.fits_child(
        names[text(row["pupil"])], subject, text(row["entry_grade"]), text(row["entry_term"]), group
    )


def _gap(row: Row, rules: Rules) -> str:
    children = children_of(rules.groups.all()[text(row["characteristic"])], text(row["group"]))
    return wording.fits_gap(children, subject_label(text(row["subject"]), rules))


def _put_nothing(page: Page, rows: Iterable[Row], names: PupilNames, rules: Rules) -> None:
    subjects: dict[str, list[str]] = {}
    gaps = []
    for row in rows:
        if row["pupil"]:
            subjects.setdefault(text(row["pupil"]), []).append(subject_label(text(row["subject"]), rules))
        else:
            gaps.append(_gap(row, rules))
    if subjects:
        page.gap()
        page.say(wording.none_fits(len(subjects)), style=styles.STRONG, hang=2)
        for label, pupils in names.by_class(subjects, rules):
            said = "; ".join(wording.with_subjects(names[pupil], subjects[pupil]) for pupil in pupils)
            page.say(f"{label}: {said}", indent=2, hang=2)
    for gap in gaps:
        page.say(wording.nothing_for_gap(gap), hang=2)
