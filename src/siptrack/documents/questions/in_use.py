"""What is in use in the school: grades by class, barriers by the record of actions, programmes that are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from siptrack.analysis.model import Analysis, Checked
from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.grading import Graded
from siptrack.cycle.provision import Provided
from siptrack.cycle.provision_tables import SPELLS
from siptrack.documents.labels import subject_label
from siptrack.documents.pupil_names import PupilNames
from siptrack.documents.questions.evidence import EvidenceText, few_of, silent, there, words
from siptrack.rules.model import Rules
from siptrack.school.actions import ACTIONS
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.codes import CheckCode
from siptrack.school.term import SEASONS_IN_A_YEAR

Row = Mapping[str, Cell]
_ALIKE = (CheckCode.CEILING.value, CheckCode.NO_SPREAD.value)


def tell_grading(enquiry: Enquiry, rules: Rules) -> EvidenceText:
    """Which classes have no result this term, which broad grades alone, and which one grade for nearly all."""
    graded = enquiry.graded
    if not graded:
        return silent(words("no_classes"))
    fine = {of.subject for of in graded if of.fine}
    without = [of for of in graded if not of.graded]
    broad = [of for of in graded if of.broad and not of.fine and of.subject in fine]
    lacking = [of for of in graded if of.lacking]
    classes = {of.class_name for of in graded}
    subjects = [subject_label(subject, rules) for subject in dict.fromkeys(of.subject for of in graded)]
    says = words("graded", len(classes - {of.class_name for of in without}), len(classes), subjects)
    lacks = {subject: [words("lacking_in", *_of(of)) for of in some] for subject, some in _by_subject(lacking, rules)}
    lines = there(
        [
            _in_classes("without_results", _names(without, rules), rules),
            _in_classes("broad_grades", _names(broad, rules), rules),
            _in_classes("nearly_alike", _nearly_alike(enquiry.checked, rules), rules),
            _in_classes("lacking", lacks, rules),
        ]
    )
    return EvidenceText(says, lines)


def _of(graded: Graded) -> tuple[str, int, int]:
    return graded.class_name, graded.lacking, graded.children


def _by_subject(graded: Iterable[Graded], rules: Rules) -> list[tuple[str, list[Graded]]]:
    order = list(rules.columns.subjects)
    alike = groupby(sorted(graded, key=lambda of: order.index(of.subject)), key=lambda of: of.subject)
    return [(subject_label(subject, rules), list(some)) for subject, some in alike]


def _names(graded: Iterable[Graded], rules: Rules) -> dict[str, list[str]]:
    return {subject: [of.class_name for of in some] for subject, some in _by_subject(graded, rules)}


def _nearly_alike(checked: Checked, rules: Rules) -> dict[str, list[str]]:
    """The classes of which `siptrack check` asks whether they are so alike."""
    checks = checked.frame("checks")
    found: dict[str, list[str]] = {}
    for subject, name in checks[checks["asked"] & checks["code"].isin(_ALIKE)].in_rows("subject", "group"):
        found.setdefault(subject_label(subject, rules), []).append(name)
    return found


def _in_classes(what: str, classes: Mapping[str, Sequence[str]], rules: Rules) -> str:
    return words(what, {label: few_of(names, rules) for label, names in classes.items()}) if classes else ""


# --- barriers ---------------------------------------------------------------------------------------------------------


def tell_barriers(analysis: Analysis, names: PupilNames, rules: Rules) -> EvidenceText:
    """What stands in children's way by this year's record of actions: as written, what is spelt alike together."""
    since = analysis.term.academic_year * SEASONS_IN_A_YEAR
    rows = [row for row in _actions(analysis) if not (number(row["term"]) or since) < since]
    if not rows:
        return silent(words("no_record"))
    children: dict[str, dict[str, None]] = {}
    spelt: dict[str, str] = {}
    for row in rows:
        if barrier := text(row["barrier"]).strip():
            key = _key(barrier)
            spelt.setdefault(key, barrier)
            children.setdefault(key, {})[text(row["pupil"])] = None
    if not children:
        return silent(words("no_barriers"))
    every = {text(row["pupil"]) for row in rows}
    known = {pupil for of in children.values() for pupil in of}
    called = {key: [names[pupil] for pupil in sorted(of, key=names.order)] for key, of in children.items()}
    several = sorted((key for key in called if len(called[key]) > 1), key=lambda key: (-len(called[key]), key))
    alone = sorted(
        (key for key in called if len(called[key]) == 1), key=lambda key: names.order(next(iter(children[key])))
    )
    lines = [words("barrier", spelt[key], len(called[key]), few_of(called[key], rules)) for key in several]
    single = [words("barrier_of", spelt[key], called[key][0]) for key in alone]
    last, first = (
        [words("barriers_singly", barriers)] if barriers else [] for barriers in (single, few_of(single, rules))
    )
    says = words("barriers", len(known), len(every), len(children))
    return EvidenceText(says, (*lines, *last), first=(*lines, *first))


def _actions(analysis: Analysis) -> list[Row]:
    """The actions of those spoken of, up to the term judged."""
    pupils = set(analysis.children.pupils["pupil"].tolist())
    rows = records(analysis.register.frame("actions"), ACTIONS.names)
    return [row for row in rows if row["pupil"] in pupils and (number(row["term"]) or 0) <= analysis.term.number]


def _key(barrier: str) -> str:
    """A barrier without its capitals, its full stop and its blanks."""
    return " ".join(barrier.casefold().strip(" .;,").split())


# --- programmes -------------------------------------------------------------------------------------------------------


def tell_programmes(provided: Provided | None, rules: Rules) -> EvidenceText:
    """Which programmes that the catalogue knows run this school year, for whom; and which are the school's own."""
    if provided is None:
        return silent(words("no_sheet"))
    rows = [row for row in records(provided.frame("spells"), SPELLS.names) if row["this_year"]]
    if not rows:
        return EvidenceText(words("provided", 0, 0, 0, 0))
    known: dict[str, list[Row]] = {}
    own: dict[str, None] = {}
    for row in rows:
        if row["material"]:
            known.setdefault(text(row["material"]), []).append(row)
        else:
            own[text(row["intervention"])] = None
    children = {row["pupil"] for of in known.values() for row in of}
    titles = [_programme(key, known[key], rules) for key in rules.provision.catalogue if key in known]
    lines = [words("known_programmes", titles)] if titles else []
    if own:
        lines.append(words("own_programmes", few_of(sorted(own, key=str.casefold), rules)))
    return EvidenceText(words("programmes", len(known), len(children), len(own)), tuple(lines))


def _programme(key: str, rows: Sequence[Row], rules: Rules) -> str:
    subjects = dict.fromkeys(subject_label(text(row["subject"]), rules) for row in rows if row["subject"])
    years = sorted({int(year) for row in rows if (year := number(row["year_group"])) is not None})
    title = rules.provision.catalogue[key].title
    return words(
        "programme", title, len({row["pupil"] for row in rows}), list(subjects), list(map(rules.years.label, years))
    )
