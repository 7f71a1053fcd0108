"""What a school's own records say to the questions: what was agreed, what was provided, what the catalogue offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.provision import Provided
from siptrack.cycle.provision_tables import CHILDREN, SUGGESTIONS, Who
from siptrack.cycle.since_tables import Agreed, OnList
from siptrack.documents.in_short import untold
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.provision.catalogue import none_on_offer
from siptrack.documents.provision.impact import list_compared
from siptrack.documents.provision.view import WhoRow, has_much
from siptrack.documents.pupil_names import PupilNames
from siptrack.documents.questions.evidence import EvidenceText, Line, silent
from siptrack.documents.since.looked_back import LookedBack, NamedChild
from siptrack.rendering.numbers import quantity
from siptrack.rendering.template import sentence
from siptrack.reports.wording import questions as questions_words
from siptrack.reports.wording import questions_records as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, records, text
from siptrack.school.tables import rows_of

Row = Mapping[str, Cell]
_said = partial(sentence, template="since/words.jinja")
_of_provision = partial(sentence, template="provision/words.jinja")
_MANY = {
    Who.MUCH: "Much provision, and progress still insufficient",
    Who.MANY_AT_ONCE: "In many interventions at once",
}


def tell_actions(enquiry: Enquiry, rules: Rules) -> EvidenceText:
    """What was agreed before the term and what came of it, by child; and who is long on the list without anything."""
    if enquiry.analysis.register.frame("actions").empty:
        return silent(wording.NO_RECORD)
    if enquiry.since is None:
        return silent(wording.NO_EARLIER)
    told = LookedBack(enquiry.since, rules)
    lines = [Line(_said("later", told.since))] if told.since.later_actions else []
    if long := told.long_without_action:
        waiting = [wording.long_on_list(child.name, child.class_name, child.terms) for child in long]
        lines.append(Line(wording.without_action(rules.actions.long, waiting)))
    if not told.actions:
        return EvidenceText(_said("nothing_earlier", told.since), tuple(lines))
    says = wording.agreed_line(len(told.actions), told.agreed_for, _said("came_counted", told))
    return EvidenceText(
        says, (Line(_said("with_progress", told.since)), Line(_said("effect", told)), *_agreed(told), *lines)
    )


def _agreed(told: LookedBack) -> list[Line]:
    """The actions by what came of them, each with its child and where that child is now."""
    lines = []
    for came, alike in told.came.items():
        said = [wording.agreed_child(one.name, one.class_name, one.first.action, _state(one)) for one in alike]
        lines.append(Line(wording.listed_under(_said("came_in_words", came), said)))
    return lines


def _state(action: NamedChild[Agreed]) -> str:
    """Where the child of an action is now, in the subjects it is about."""
    now = action.state("now")
    if now is not OnList.ELSEWHERE and not any(row.subject for row in action.rows):
        return wording.on_no_list()
    return wording.on_list_now(now)


def tell_provision(provided: Provided | None, names: PupilNames, rules: Rules) -> EvidenceText:
    """How many have what, who has much and is not moving, what is hardly attended, and the impact."""
    if provided is None:
        return silent(wording.NO_SHEET)
    children = records(provided.frame("children"), CHILDREN.names)
    flagged = [row for row in children if row["insufficient"]]
    spells = provided.frame("spells")
    this_year = spells[spells["this_year"]]
    says = wording.provided_line(
        sum(bool(row["interventions"]) for row in children),
        len(this_year["intervention"].distinct()),
        len(flagged),
        sum(not row["interventions"] for row in flagged),
    )
    return EvidenceText(says, (*_who(provided, names, rules), *_impact(provided, rules)))


def _who(provided: Provided, names: PupilNames, rules: Rules) -> list[Line]:
    """Who has much and is not moving, who is in many things at once, and what nobody attends; each child once."""
    rows = rows_of(WhoRow, provided.frame("who"))
    lines: list[Line] = []
    said: set[str] = set()
    for code, heading in _MANY.items():
        many = has_much([row for row in rows if row.code == code and row.pupil not in said], names, rules)
        if many:
            words = [f"{_of_provision('has_many', child)}." for child in many]
            lines.append(Line(wording.who_line(f"{heading}: {quantity(len(many), 'child', 'children')}", words)))
        said |= {row.pupil for row in rows if row.code == code}
    hardly = [row for row in rows if row.code == Who.NOBODY_ATTENDS]
    lines += [
        Line(f"{_of_provision('hardly_attended', row)}. What it does cannot be seen from this.") for row in hardly
    ]
    return lines


def _impact(provided: Provided, rules: Rules) -> list[Line]:
    """What can be said of each intervention, and of which nothing can."""
    found = list_compared(provided.frame("impact"), rules)
    if not found:
        return [Line(wording.nothing_compared())]
    told = [one for one in found if one.judged]
    small = rules.groups.small
    lines = [
        Line(
            wording.impact_line(
                _of_provision("answer", one), _of_provision("moved", one), _of_provision("difference", one, small)
            )
        )
        for one in told
    ]
    if told:
        lines.append(Line(wording.compared_how()))
    others = [(one.name, one.row.reason) for one in found if not one.judged]
    return [*lines, *([Line(wording.not_compared(others, rules.provision.fewest))] if others else [])]


def tell_catalogue(provided: Provided | None, rules: Rules) -> EvidenceText:
    """Whom the materials of the catalogue fit."""
    if provided is None:
        return silent(wording.NO_SHEET)
    if until := none_on_offer(provided, rules):
        return silent(_of_provision("nothing_on_offer", until, provided.analysis.term))
    rows = records(provided.frame("suggestions"), SUGGESTIONS.names)
    offered = [row for row in rows if row["material"]]
    fits = {row["pupil"] for row in offered if row["pupil"]}
    nothing_fits = {row["pupil"] for row in rows if row["pupil"]} - fits
    lines: list[Line] = []
    for key, material in rules.provision.catalogue.items():
        of = [row for row in offered if row["material"] == key]
        if of:
            gaps = _gaps(of, rules)
            children = len({row["pupil"] for row in of if row["pupil"]})
            lines.append(Line(wording.material_fits(material.cited, children, gaps)))
    if fits or nothing_fits:
        return EvidenceText(wording.catalogue_line(len(fits), len(nothing_fits)), tuple(lines))
    untold_all = untold(provided.analysis) == len(provided.analysis.children.pupils)
    if untold_all and not lines:
        return silent(questions_words.NO_PROGRESS)
    return EvidenceText(questions_words.NO_PROGRESS if untold_all else questions_words.children_line(0), tuple(lines))


def _gaps(rows: Sequence[Row], rules: Rules) -> list[str]:
    """The clear gaps among these, by group; those of several characteristics only where none of them is there."""
    of_gap = [row for row in rows if not row["pupil"]]
    said = {(row["subject"], row["characteristic"]) for row in of_gap}
    pairs = rules.groups.pairs
    subjects: dict[str, list[str]] = {}
    for row in of_gap:
        characteristic = text(row["characteristic"])
        pair = pairs.get(characteristic)
        if pair is None or not any((row["subject"], part) in said for part in pair.of):
            children = children_of(rules.groups.all()[characteristic], text(row["group"]))
            subjects.setdefault(children, []).append(text(row["subject"]))
    return [wording.gap_of(children, labels_once(of, rules)) for children, of in subjects.items()]


def labels_once(subjects: Sequence[str], rules: Rules) -> list[str]:
    """The subjects in print, each once; three together only where none of the three is among them."""
    parts = {one: rules.columns.combined.get(one, ()) for one in subjects}
    return [subject_label(one, rules) for one in dict.fromkeys(subjects) if not set(parts[one]).intersection(subjects)]
