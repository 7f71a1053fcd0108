"""What a school's own records say to the questions: actions, provision and its catalogue, lessons and books, CPD."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.provision import Provided
from siptrack.cycle.provision_tables import CHILDREN, IMPACT, SUGGESTIONS, WHO, Impact, Who
from siptrack.cycle.since_tables import Agreed, ListedChild, OnList
from siptrack.cycle.teaching import Taught
from siptrack.cycle.teaching_tables import BESIDE, RECORDED, SEEN, TRAINED
from siptrack.documents.evidence import strongest_numbers
from siptrack.documents.in_short import untold
from siptrack.documents.labels import children_of, subject_label
from siptrack.documents.provision.catalogue import none_on_offer
from siptrack.documents.provision.view import HasMuch
from siptrack.documents.pupil_names import PupilNames
from siptrack.documents.questions.evidence import EvidenceText, few_of, silent, words
from siptrack.documents.since.looked_back import LookedBack, NamedChild
from siptrack.rendering.numbers import inside, share
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.teaching import HEADINGS_CPD, HEADINGS_SEEN
from siptrack.school.term import SEASONS_IN_A_YEAR

Row = Mapping[str, Cell]
_since = partial(sentence, template="since/words.jinja")
_provision = partial(sentence, template="provision/words.jinja")


# --- what was agreed --------------------------------------------------------------------------------------------------


def tell_actions(enquiry: Enquiry, rules: Rules) -> EvidenceText:
    """What was agreed before the term and what came of it, by child; and who is long on the list without anything."""
    if enquiry.analysis.register.frame("actions").empty:
        return silent(words("no_record"))
    if enquiry.since is None:
        return silent(words("no_earlier"))
    look = LookedBack(enquiry.since, rules)
    later = [_since("later", look.since)] if look.since.later_actions else []
    numbers = strongest_numbers(enquiry.analysis, rules)
    long = sorted(look.long_without_action, key=lambda child: -numbers.get(child.first.pupil, 0))
    waiting = {words("without_action", rules.actions.long): [_waiting(child) for child in long]} if long else {}
    worth, first = words("worth_actions", len(long), rules.actions.long), _under(waiting, rules)
    if not look.actions:
        nothing = _since("nothing_earlier", look.since)
        return EvidenceText(nothing, (*later, *_under(waiting)), first=(*later, *first), worth=worth)
    came = {_since("came_in_words", state): list(map(_agreed, alike)) for state, alike in look.came.items()}
    effect = _since("effect", look)
    return EvidenceText(
        words("agreed", len(look.actions), look.agreed_for, _since("came_counted", look)),
        (_since("with_progress", look.since), effect, *_under(came), *later, *_under(waiting)),
        first=(effect, *first, *_under(came, rules)[:1]),
        worth=worth,
    )


def _under(children: Mapping[str, Sequence[str]], rules: Rules | None = None) -> list[str]:
    """The children under each heading in a line; by the `rules` of a page only the first of them."""
    return [f"{lead}: {'; '.join(few_of(of, rules) if rules else of)}" for lead, of in children.items()]


def _waiting(child: NamedChild[ListedChild]) -> str:
    return _child(child.name, child.class_name, words("terms", child.terms))


def _agreed(action: NamedChild[Agreed]) -> str:
    """`Billhook, Jamal (4T; guided writing three times a week; on the list now)`."""
    now = action.state("now")
    nowhere = now is not OnList.ELSEWHERE and not any(row.subject for row in action.rows)
    return _child(
        action.name, action.class_name, action.first.action, words("now", "on no list" if nowhere else now.value)
    )


def _child(name: str, *about: str) -> str:
    return f"{name} ({'; '.join(filter(None, about))})"


# --- provision --------------------------------------------------------------------------------------------------------


def tell_provision(provided: Provided | None, names: PupilNames, rules: Rules) -> EvidenceText:
    """How many have what, who has much and is not moving, what is hardly attended, and the impact."""
    if provided is None:
        return silent(words("no_sheet"))
    children = records(provided.frame("children"), CHILDREN.names)
    slow = [row for row in children if row["insufficient"]]
    spells = provided.frame("spells")
    nothing = sum(not row["interventions"] for row in slow)
    says = words(
        "provided",
        sum(bool(row["interventions"]) for row in children),
        len(spells[spells["this_year"]]["intervention"].distinct()),
        len(slow),
        nothing,
    )
    who, (answers, others) = _who(provided, names, rules), _impact(provided, rules)
    return EvidenceText(
        says, (*who, *answers, *others), first=(*who, *answers), worth=words("worth_provision", nothing, len(slow))
    )


def _who(provided: Provided, names: PupilNames, rules: Rules) -> list[str]:
    """Who has much and is not moving, who is in many things at once, and what nobody attends; each child once."""
    rows = records(provided.frame("who"), WHO.names)
    lines: list[str] = []
    done: set[str] = set()
    for code in (Who.MUCH, Who.MANY_AT_ONCE):
        of = [row for row in rows if row["code"] == code.value and text(row["pupil"]) not in done]
        subjects: dict[str, list[str]] = {}
        for row in of:
            found = subjects.setdefault(text(row["pupil"]), [])
            if row["subject"]:
                found.append(subject_label(text(row["subject"]), rules))
        has = {text(row["pupil"]): text(row["intervention"]).split("; ") for row in of}
        if of:
            many = [
                _provision("has_many", HasMuch(names[pupil], has[pupil], [inside(label) for label in subjects[pupil]]))
                for pupil in subjects
            ]
            lines.append(words("has_much", code.value, many))
        done |= set(subjects)
    for row in rows:
        if row["code"] == Who.NOBODY_ATTENDS.value:
            sessions = _provision("sessions", number(row["count"]) or 0, number(row["of"]) or 0)
            lines.append(words("hardly_attended", text(row["intervention"]), sessions))
    return lines


def _impact(provided: Provided, rules: Rules) -> tuple[list[str], list[str]]:
    """The answer about each intervention that was compared, and the names of the others."""
    rows = records(provided.frame("impact"), IMPACT.names)
    answers, others = [], []
    for row in rows:
        name = ", ".join(filter(None, (text(row["intervention"]), inside(_label(text(row["subject"]), rules)))))
        if row["verdict"] == Impact.NO_COMPARISON.value:
            others.append(f"{name} ({text(row['reason'])})")
        else:
            answers.append(words("impact", name, text(row["verdict"])))
    if not rows:
        return [words("nothing_compared")], []
    return answers, [words("not_compared", others)] if others else []


def tell_catalogue(provided: Provided | None, rules: Rules) -> EvidenceText:
    """Whom the materials of the catalogue fit."""
    if provided is None:
        return silent(words("no_sheet"))
    if never := none_on_offer(provided, rules):
        return silent(_provision("nothing_on_offer", never, provided.analysis.term))
    rows = records(provided.frame("suggestions"), SUGGESTIONS.names)
    offered = [row for row in rows if row["material"]]
    fits = {row["pupil"] for row in offered if row["pupil"]}
    nothing_fits = {row["pupil"] for row in rows if row["pupil"]} - fits
    lines = []
    for key, material in rules.provision.catalogue.items():
        of = [row for row in offered if row["material"] == key]
        if of:
            pupils = {row["pupil"] for row in of if row["pupil"]}
            lines.append(words("material_fits", material.cited, len(pupils), _gaps(of, rules)))
    if fits or nothing_fits:
        return EvidenceText(words("catalogue", len(fits), len(nothing_fits)), tuple(lines))
    nobody_known = untold(provided.analysis) == len(provided.analysis.children.pupils)
    if nobody_known and not lines:
        return silent(words("no_progress"))
    return EvidenceText(words("no_progress") if nobody_known else words("children_counted", 0), tuple(lines))


def _gaps(rows: Sequence[Row], rules: Rules) -> dict[str, list[str]]:
    """The clear gaps among these, by group; those of several characteristics only where none of them is there."""
    of_gap = [row for row in rows if not row["pupil"]]
    alone = {(row["subject"], row["characteristic"]) for row in of_gap}
    pairs = rules.groups.pairs
    subjects: dict[str, list[str]] = {}
    for row in of_gap:
        characteristic = text(row["characteristic"])
        pair = pairs.get(characteristic)
        if pair is None or not any((row["subject"], part) in alone for part in pair.of):
            children = children_of(rules.groups.all()[characteristic], text(row["group"]))
            subjects.setdefault(children, []).append(text(row["subject"]))
    return {children: labels_once(of, rules) for children, of in subjects.items()}


def labels_once(subjects: Sequence[str], rules: Rules) -> list[str]:
    """The subjects in print, each once; three together only where none of the three is among them."""
    parts = {subject: rules.columns.combined.get(subject, ()) for subject in subjects}
    once = [subject for subject in dict.fromkeys(subjects) if not set(parts[subject]).intersection(subjects)]
    return [subject_label(subject, rules) for subject in once]


# --- teaching and CPD -------------------------------------------------------------------------------------------------


def tell_teaching(taught: Taught | None, rules: Rules) -> EvidenceText:
    """How many lessons and books were recorded this school year, and where they and progress point apart."""
    if taught is None or taught.analysis.register.optional_frame("observations") is None:
        return silent(words("no_sheet_of", "lessons or books seen", HEADINGS_SEEN))
    year, small = taught.analysis.term.academic_year, rules.groups.small.percentages_from
    seen = [row for row in records(taught.observations, SEEN.names) if row["academic_year"] == year]
    recorded = [row for row in records(taught.recorded, RECORDED.names) if row["academic_year"] == year]
    if not recorded:
        return EvidenceText(words("nothing_seen"), (words("need_not"),))
    good = {
        _label(text(row["subject"]), rules): share(whole(row["good"]), whole(row["graded"]), small)
        for row in recorded
        if row["graded"]
    }
    apart = [row for row in records(taught.beside, BESIDE.names) if row["asks"] and row["academic_year"] == year]
    lines = [_apart(row, rules) for row in apart]
    says = words("seen", len(seen), sum(bool(row["grade"]) for row in seen), good)
    return EvidenceText(says, (*lines, words("need_not")), worth=words("worth_teaching", len(lines)))


def _apart(row: Row, rules: Rules) -> str:
    first, last = (number(row[name]) for name in ("year_group", "to_year_group"))
    years = dict.fromkeys(rules.years.label(year) for year in (first, last))
    where = words("class_in", text(row["class"]), list(years), _label(text(row["subject"]), rules))
    slow = share(whole(row["insufficient"]), whole(row["told"]), rules.groups.small.percentages_from)
    return words("apart", where, whole(row["good"]), whole(row["graded"]), slow)


def tell_cpd(taught: Taught | None, rules: Rules) -> EvidenceText:
    """How much CPD the results of this school year may follow, and what it was about."""
    if taught is None or taught.analysis.register.optional_frame("cpd") is None:
        return silent(words("no_sheet_of", "CPD", HEADINGS_CPD))
    rows = cpd_of_the_year(taught, rules)
    if not rows:
        return EvidenceText(words("no_cpd"), (words("need_not"),))
    rows.sort(key=lambda row: (row["term"] is None, number(row["term"]) or 0, not any(about(row)), *about(row)))
    counts: dict[tuple[str, ...], int] = {}
    for row in rows:
        labels = tuple(_label(subject, rules) for subject in about(row))
        counts[labels] = counts.get(labels, 0) + 1
    last = {of: counts[of] for of in sorted(counts, key=lambda of: not any(of))}
    intended, evaluated = (sum(bool(row[name]) for row in rows) for name in ("intended", "evaluation"))
    focus = [text(row["focus"]) for row in rows if row["focus"]]
    lines = [words("focus", few_of(focus, rules))] if focus else []
    return EvidenceText(words("trained", last, intended, evaluated), (*lines, words("need_not")), first=())


def cpd_of_the_year(taught: Taught | None, rules: Rules) -> list[Row]:
    """The records of CPD that the results of this school year could follow."""
    if taught is None:
        return []
    first = taught.analysis.term.academic_year * SEASONS_IN_A_YEAR
    return [
        row
        for row in records(taught.cpd, TRAINED.names)
        if row["term"] is None or (number(row["term"]) or 0) + rules.teaching.after >= first
    ]


def about(row: Row) -> tuple[str, ...]:
    """The subjects beside whose results a row is set; else its own, as written."""
    return tuple((text(row["beside"]) or text(row["subject"])).split(BETWEEN_SUBJECTS))


def _label(subject: str, rules: Rules) -> str:
    """A subject in print; one that is none of siptrack's as it was written."""
    return subject_label(subject, rules) if subject in rules.columns.subjects else subject
