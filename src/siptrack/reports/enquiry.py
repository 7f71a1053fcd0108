"""What a school's data says to each kind of evidence that questions rest on, each once, with names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS
from siptrack.analysis.model import Analysis, Checked
from siptrack.analysis.tables import SUMMARY
from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.provision_tables import WHO, Who
from siptrack.cycle.since_tables import ListedChild
from siptrack.documents.check.view import (
    by_code,
    compare,
    compared_sentence,
    list_questions,
    no_tests,
    question_sentence,
)
from siptrack.documents.comparisons import count_made, list_causes
from siptrack.documents.evidence import strongest_numbers
from siptrack.documents.groups import (
    cause_sentences,
    groups_of_closer,
    not_recorded,
    paradox_sentences,
    untold_sentences,
)
from siptrack.documents.in_short import at_expectations, insufficient_in_short, untold
from siptrack.documents.in_short_words import gaps_line
from siptrack.documents.labels import subject_label
from siptrack.documents.overall import warned_sentence
from siptrack.documents.pupil_names import PupilNames, names_of
from siptrack.documents.questions.evidence import EvidenceText, Held, Line, silent
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.numbers import share
from siptrack.rendering.template import sentence
from siptrack.reports.enquiry_records import labels_once, tell_actions, tell_catalogue, tell_provision
from siptrack.reports.enquiry_teaching import tell_cpd, tell_teaching
from siptrack.reports.wording import questions as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text
from siptrack.school.questions import EvidenceKind
from siptrack.school.tables import rows_of


def tell(enquiry: Enquiry, rules: Rules) -> dict[EvidenceKind, EvidenceText]:
    """Every kind of evidence."""
    analysis, names = enquiry.analysis, names_of(enquiry.analysis)
    return {
        EvidenceKind.CHILDREN: _children(enquiry, names, rules),
        EvidenceKind.PROGRESS: _progress(analysis, rules),
        EvidenceKind.GROUPS: _groups(analysis, rules),
        EvidenceKind.CLOSERS: _closers(analysis, names, rules),
        EvidenceKind.TRENDS: _trends(analysis, rules),
        EvidenceKind.COMBINED: _combined(analysis, rules),
        EvidenceKind.JUDGEMENTS: _judgements(enquiry.checked, rules),
        EvidenceKind.ACTIONS: tell_actions(enquiry, rules),
        EvidenceKind.PROVISION: tell_provision(enquiry.provided, names, rules),
        EvidenceKind.CATALOGUE: tell_catalogue(enquiry.provided, rules),
        EvidenceKind.TEACHING: tell_teaching(enquiry.taught, rules),
        EvidenceKind.CPD: tell_cpd(enquiry.taught, rules),
    }


def _lines(sentences: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(sentence) for sentence in sentences if sentence)


# --- the children -----------------------------------------------------------------------------------------------------


def _children(enquiry: Enquiry, names: PupilNames, rules: Rules) -> EvidenceText:
    """Those making insufficient progress by class, in parts by what the school's records hold for them."""
    analysis = enquiry.analysis
    if untold(analysis) == len(analysis.children.pupils):
        return silent(wording.NO_PROGRESS)
    subjects = _flagged(analysis, rules)
    if not subjects:
        return EvidenceText(wording.children_line(0))
    numbers = strongest_numbers(analysis, rules)
    terms, parts = _terms_in_a_row(enquiry, rules), _parts(enquiry, list(subjects))
    lines = [Line(wording.on_list_note(rules.actions.long), leads=True)] if terms else []
    for label, pupils in parts.items():
        if label:
            lines.append(Line(wording.held_line(label, len(pupils)), leads=True))
        for of_class, listed in names.by_class(pupils, rules):
            strongest_first = sorted(listed, key=lambda pupil: -(numbers.get(pupil) or 0))
            said = [
                wording.named_child(names[pupil], subjects[pupil], terms.get(pupil, 0), numbers.get(pupil))
                for pupil in strongest_first
            ]
            lines.append(Line(wording.class_line(of_class, said)))
    return EvidenceText(wording.children_line(len(subjects)), tuple(lines))


def _flagged(analysis: Analysis, rules: Rules) -> dict[str, list[str]]:
    """The subjects in which each child is flagged for insufficient progress."""
    flags = analysis.children.flags
    rows = flags[flags["code"].isin(rules.flags.counting)]
    found: dict[str, dict[str, None]] = {}
    for row in records(rows, ["pupil", "subject"]):
        found.setdefault(text(row["pupil"]), {})[text(row["subject"])] = None
    order = list(analysis.subjects)
    return {
        pupil: [subject_label(one, rules) for one in sorted(subjects, key=order.index)]
        for pupil, subjects in found.items()
    }


def _terms_in_a_row(enquiry: Enquiry, rules: Rules) -> dict[str, int]:
    """For how many terms in a row each child has been on the list, where these are many."""
    if enquiry.since is None:
        return {}
    longest: dict[str, int] = {}
    for row in rows_of(ListedChild, enquiry.since.long_on_list(rules.actions.long)):
        longest[row.pupil] = max(longest.get(row.pupil, 0), row.terms)
    return longest


def _parts(enquiry: Enquiry, pupils: Sequence[str]) -> dict[str, list[str]]:
    """The children by what the school's records hold for them; all in one part where there are no records."""
    actions = set(enquiry.analysis.register.frame("actions")["pupil"].tolist())
    if enquiry.provided is not None:
        labels = wording.HELD if actions else wording.HELD_PROVISION
        held = _held(records(enquiry.provided.frame("who"), WHO.names), pupils)
    elif actions:
        labels, held = wording.HELD_ACTIONS, dict.fromkeys(pupils, Held.NOTHING)
    else:
        return {"": list(pupils)}
    held.update(dict.fromkeys(actions.intersection(pupils), Held.SOMETHING))
    parts = {label: [one for one in pupils if held[one] is which] for which, label in labels.items()}
    return {label: of for label, of in parts.items() if of}


def _held(who: Sequence[Mapping[str, object]], pupils: Sequence[str]) -> dict[str, Held]:
    """What the sheet of provision holds for each."""
    held = dict.fromkeys(pupils, Held.SOMETHING)
    for code, which in ((Who.ANOTHER_SUBJECT, Held.ELSEWHERE), (Who.NOTHING, Held.NOTHING)):
        held.update({str(row["pupil"]): which for row in who if row["code"] == code.value})
    return held


# --- counts -----------------------------------------------------------------------------------------------------------


def _progress(analysis: Analysis, rules: Rules) -> EvidenceText:
    """How many make insufficient progress, by subject and year group; and how many are at expectations."""
    if untold(analysis) == len(analysis.children.pupils):
        return silent(wording.NO_PROGRESS)
    each = _lines(_by_year(analysis, subject, "insufficient", rules) for subject in analysis.subjects)
    further = [
        at_expectations(analysis, rules),
        *(warned_sentence(warned, rules) for warned in analysis.children.warned),
    ]
    lead = Line(wording.progress_lead(), leads=True)
    return EvidenceText(
        insufficient_in_short(analysis, rules), (lead, *each, *(Line(words, leads=True) for words in further if words))
    )


def _by_year(analysis: Analysis, subject: str, what: str, rules: Rules, *, whole: bool = True) -> str:
    """The counts of a subject in each year group, after the `whole`; empty where they do not apply to it."""
    few = rules.groups.small.percentages_from
    counts = _counts(analysis, subject, what)
    of = sum(n for _, n in counts.values())
    if not of:
        return ""
    every = share(sum(count for count, _ in counts.values()), of, few)
    years = {rules.years.label(year): share(count, n, few) for year, (count, n) in counts.items()}
    return wording.by_year(subject_label(subject, rules) if whole else "", every, years if len(years) > 1 else {})


def _counts(analysis: Analysis, subject: str, what: str) -> dict[int | None, tuple[int, int]]:
    """By year group how many, and of how many: of those assessed, or of those whose progress can be told."""
    found: dict[int | None, tuple[int, int]] = {}
    summary = analysis.compared.summary
    for row in records(summary[summary["subject"] == subject], SUMMARY.names):
        count, year = number(row[what]), number(row["year_group"])
        n = (number(row["n"]) or 0) - (number(row["cannot_tell"]) or 0) if what == "insufficient" else row["assessed"]
        if count is not None and n:
            found[None if year is None else int(year)] = int(count), int(n)
    return found


def _combined(analysis: Analysis, rules: Rules) -> EvidenceText:
    """How many children are at expectations in reading, writing and maths together."""
    few = rules.groups.small.percentages_from
    says: list[str] = []
    lines: list[str] = []
    for subject in rules.columns.combined:
        counts = _counts(analysis, subject, "at_are").values()
        if of := sum(n for _, n in counts):
            label = subject_label(subject, rules)
            says.append(wording.together_line(label, share(sum(count for count, _ in counts), of, few)))
            lines.append(_by_year(analysis, subject, "at_are", rules, whole=False))
    if not says:
        return silent(wording.not_together(subject_label(next(iter(rules.columns.combined)), rules)))
    return EvidenceText(" ".join(says), _lines(lines))


# --- groups -----------------------------------------------------------------------------------------------------------


def _groups(analysis: Analysis, rules: Rules) -> EvidenceText:
    """The gaps that are clear, one sentence a cause, and how many are not or have too few children."""
    found, made = cause_sentences(analysis, rules), count_made(analysis, rules)
    untold_gaps = untold_sentences(analysis, rules, others=bool(found))
    if not (made.held or found):
        return silent(" ".join(untold_gaps) or wording.NO_GROUPS)
    causes = [(cause.gaps, cause.behind) for cause in list_causes(analysis, rules)]
    further = [*paradox_sentences(analysis, rules), *untold_gaps, not_recorded(analysis, rules)]
    return EvidenceText(gaps_line(causes, len(causes), made.held, made.few), _lines([*found, *further]))


def _closers(analysis: Analysis, names: PupilNames, rules: Rules) -> EvidenceText:
    """The children nearest to closing the clear gaps, by class."""
    if not count_made(analysis, rules).held:
        return silent(wording.NO_GROUPS)
    rows = records(analysis.compared.closers, CLOSERS.names)
    if not rows:
        return EvidenceText(wording.no_closers(clear=bool(list_causes(analysis, rules))))
    of: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for row in rows:
        groups = tuple(groups_of_closer(text(row["groups"]).split(JOINT), analysis, rules))
        of.setdefault(text(row["pupil"]), {}).setdefault(groups, []).append(text(row["subject"]))
    lines = [
        wording.class_line(label, [_closer(names[pupil], of[pupil], rules) for pupil in pupils])
        for label, pupils in names.by_class(of, rules)
    ]
    return EvidenceText(wording.closers_line(len(of)), _lines(lines))


def _closer(name: str, of: Mapping[tuple[str, ...], Sequence[str]], rules: Rules) -> str:
    """A child by name, with the subjects of each group."""
    return wording.closer(name, {groups: labels_once(subjects, rules) for groups, subjects in of.items()})


def _trends(analysis: Analysis, rules: Rules) -> EvidenceText:
    """What became of the gaps among the same children."""
    trends, small = analysis.over_time.trends, rules.groups.small
    gaps = gaps_over_time(trends, analysis.over_time.pooled, analysis.characteristics, rules)
    followed = " ".join(sentence("followed", one, small, template="trends.jinja") for one in gaps.followed)
    if not (~np.isnan(trends["chance"]) & (trends["terms"] >= rules.years.shortest_window)).any():
        return silent(followed or wording.NO_TRENDS)
    return EvidenceText(
        followed, _lines([sentence("changed", gap, small, template="trends.jinja") for gap in gaps.changed])
    )


# --- judgements -------------------------------------------------------------------------------------------------------


def _judgements(checked: Checked, rules: Rules) -> EvidenceText:
    """What `siptrack check` asks about the judgements."""
    checks = checked.frame("checks")
    if checks.empty:
        return silent(wording.NOTHING_TO_COMPARE)
    asked = list_questions(checks, rules)
    compared = compare(checks, asked, rules)
    lines = [] if compared.tested else [Line(no_tests(), leads=True)]
    for these in by_code(asked).values():
        lines.append(Line(these[0].rule.meaning, leads=True))
        lines += [Line(question_sentence(one, rules)) for one in these]
        lines.append(Line(these[0].rule.question))
    return EvidenceText(compared_sentence(compared), tuple(lines))
