"""What a school's data says to each kind of evidence that questions rest on, each once, with names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from siptrack.analysis.closers import JOINT
from siptrack.analysis.group_tables import CLOSERS
from siptrack.analysis.model import Analysis, Checked
from siptrack.analysis.tables import SUMMARY
from siptrack.cycle.enquiry import Enquiry
from siptrack.cycle.provision_tables import WHO, Who
from siptrack.cycle.since_tables import ListedChild
from siptrack.documents.check.view import (
    behind_each,
    behind_sentence,
    by_code,
    compare,
    compared_sentence,
    list_questions,
    no_tests,
    question_sentence,
)
from siptrack.documents.comparisons import count_made, list_causes
from siptrack.documents.evidence import named_in, strongest_numbers
from siptrack.documents.gaps import gaps_line
from siptrack.documents.groups import (
    cause_sentences,
    groups_of_closer,
    not_recorded,
    paradox_sentences,
    untold_sentences,
)
from siptrack.documents.in_short import at_expectations, insufficient_in_short, untold, warned_sentence
from siptrack.documents.labels import subject_label
from siptrack.documents.pupil_names import PupilNames, names_of
from siptrack.documents.questions.evidence import EvidenceText, few_of, silent, there, words
from siptrack.documents.questions.in_use import tell_barriers, tell_grading, tell_programmes
from siptrack.documents.questions.on_plan import tell_monitoring, tell_priorities, tell_served
from siptrack.documents.questions.on_record import (
    labels_once,
    tell_actions,
    tell_catalogue,
    tell_cpd,
    tell_provision,
    tell_teaching,
)
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering.numbers import share
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text
from siptrack.school.questions import EvidenceKind
from siptrack.school.tables import rows_of


def gather_evidence(enquiry: Enquiry, rules: Rules) -> dict[EvidenceKind, EvidenceText]:
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
        EvidenceKind.GRADING: tell_grading(enquiry, rules),
        EvidenceKind.BARRIERS: tell_barriers(analysis, names, rules),
        EvidenceKind.PROGRAMMES: tell_programmes(enquiry.provided, rules),
        EvidenceKind.PRIORITIES: tell_priorities(enquiry.plan),
        EvidenceKind.MONITORING: tell_monitoring(enquiry.plan),
        EvidenceKind.SERVED: tell_served(enquiry, rules),
    }


# --- the children -----------------------------------------------------------------------------------------------------


def named_child(name: str, subjects: Sequence[str], terms: int = 0, number: float | None = None) -> str:
    """`Toadflax, Idris (reading and writing; 72 in 100; 4 terms)`."""
    return words("named_child", name, subjects, terms, number)


def _children(enquiry: Enquiry, names: PupilNames, rules: Rules) -> EvidenceText:
    """Those making insufficient progress by class, in parts by what the school's records hold for them."""
    analysis = enquiry.analysis
    if untold(analysis) == len(analysis.children.pupils):
        return silent(words("no_progress"))
    subjects = _flagged(analysis, rules)
    if not subjects:
        return EvidenceText(words("children_counted", 0))
    numbers, terms = strongest_numbers(analysis, rules), _terms_in_a_row(enquiry, rules)

    def strongest_first(pupils: Sequence[str]) -> list[str]:
        ordered = sorted(pupils, key=lambda pupil: -(numbers.get(pupil) or 0))
        about = ((subjects[pupil], terms.get(pupil, 0), numbers.get(pupil)) for pupil in ordered)
        return [named_child(names[pupil], *of) for pupil, of in zip(ordered, about, strict=True)]

    lines = [words("on_list_note", rules.actions.long)] if terms else []
    counts = []
    for label, pupils in _parts(enquiry, list(subjects)).items():
        if label:
            counts.append(words("held_by", label, len(pupils)))
            lines.append(counts[-1])
        lines += [f"{where}: {'; '.join(strongest_first(here))}" for where, here in names.by_class(pupils, rules)]
    strongest = few_of(strongest_first(sorted(subjects, key=names.order)), rules)
    first = there(
        [" ".join(f"{count}." for count in counts), words("strongest" if numbers else "among_them", strongest)]
    )
    return EvidenceText(
        words("children_counted", len(subjects)),
        tuple(lines),
        first=first,
        worth=words("worth_children", len(subjects), counts),
    )


def _flagged(analysis: Analysis, rules: Rules) -> dict[str, list[str]]:
    """The subjects in which each child is flagged for insufficient progress."""
    order = list(analysis.subjects)
    found: dict[str, list[str]] = {}
    for pupil, subject in sorted(named_in(analysis, rules), key=lambda pair: (pair[0], order.index(pair[1]))):
        found.setdefault(pupil, []).append(subject_label(subject, rules))
    return found


def _terms_in_a_row(enquiry: Enquiry, rules: Rules) -> dict[str, int]:
    """For how many terms in a row each child has been on the list, where these are many."""
    longest: dict[str, int] = {}
    if enquiry.since is not None:
        for row in rows_of(ListedChild, enquiry.since.long_on_list(rules.actions.long)):
            longest[row.pupil] = max(longest.get(row.pupil, 0), row.terms)
    return longest


def _parts(enquiry: Enquiry, pupils: Sequence[str]) -> dict[str, list[str]]:
    """The children by what the school's records hold for them; all in one part where there are no records."""
    actions = set(enquiry.analysis.register.frame("actions")["pupil"].tolist())
    if enquiry.provided is None and not actions:
        return {"": list(pupils)}
    held = dict.fromkeys(pupils, "nothing")
    if enquiry.provided is not None:
        held = dict.fromkeys(pupils, "something")
        who = records(enquiry.provided.frame("who"), WHO.names)
        for code, what in ((Who.ANOTHER_SUBJECT, "elsewhere"), (Who.NOTHING, "nothing")):
            held.update({text(row["pupil"]): what for row in who if row["code"] == code.value})
    held.update(dict.fromkeys(actions.intersection(pupils), "something"))
    kept = "actions" if enquiry.provided is None else "both" if actions else "provision"
    parts = {what: [pupil for pupil in pupils if held[pupil] == what] for what in ("nothing", "elsewhere", "something")}
    return {words("held", what, kept): of for what, of in parts.items() if of}


# --- counts -----------------------------------------------------------------------------------------------------------


def _progress(analysis: Analysis, rules: Rules) -> EvidenceText:
    """How many make insufficient progress, by subject and year group; and how many are at expectations."""
    if untold(analysis) == len(analysis.children.pupils):
        return silent(words("no_progress"))
    each = there(_by_year(analysis, subject, "insufficient", rules) for subject in analysis.subjects)
    warned = [warned_sentence(warned, rules) for warned in analysis.children.warned]
    further = there([at_expectations(analysis, rules), *warned])
    lines = (words("progress_lead"), *each, *further)
    whole = " ".join(
        there(_by_year(analysis, subject, "insufficient", rules, years=False) for subject in analysis.subjects)
    )
    return EvidenceText(insufficient_in_short(analysis, rules), lines, first=(whole, *further))


def _by_year(
    analysis: Analysis, subject: str, what: str, rules: Rules, *, whole: bool = True, years: bool = True
) -> str:
    """The counts of a subject in each of the `years`, after the `whole`; empty where they do not apply to it."""
    few = rules.groups.small.percentages_from
    counts = _counts(analysis, subject, what)
    of = sum(n for _, n in counts.values())
    if not of:
        return ""
    every = share(sum(count for count, _ in counts.values()), of, few)
    each = {rules.years.label(year): share(count, n, few) for year, (count, n) in counts.items()}
    label = subject_label(subject, rules) if whole else ""
    return words("by_year", label, every, each if years and len(each) > 1 else {})


def _counts(analysis: Analysis, subject: str, what: str) -> dict[int | None, tuple[int, int]]:
    """By year group how many, and of how many: of those assessed, or of those whose progress is known."""
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
    says, lines = [], []
    for subject in rules.columns.combined:
        counts = _counts(analysis, subject, "at_are").values()
        if of := sum(n for _, n in counts):
            whole = share(sum(count for count, _ in counts), of, rules.groups.small.percentages_from)
            says.append(words("together", subject_label(subject, rules), whole))
            lines.append(_by_year(analysis, subject, "at_are", rules, whole=False))
    if not says:
        return silent(words("not_together", subject_label(next(iter(rules.columns.combined)), rules)))
    return EvidenceText(" ".join(says), there(lines))


# --- groups -----------------------------------------------------------------------------------------------------------


def _groups(analysis: Analysis, rules: Rules) -> EvidenceText:
    """The gaps that are clear, one sentence a cause, and how many are not or have too few children."""
    found, made = cause_sentences(analysis, rules), count_made(analysis, rules)
    unclear = untold_sentences(analysis, rules, others=bool(found))
    if not (made.held or found):
        return silent(" ".join(unclear) or words("no_groups"))
    causes = [(cause.gaps, cause.behind) for cause in list_causes(analysis, rules)]
    lines = there([*found, *paradox_sentences(analysis, rules), *unclear, not_recorded(analysis, rules)])
    says = gaps_line(causes, len(causes), made.held, made.few)
    return EvidenceText(says, lines, first=tuple(found) or None, worth=says if found else "")


def _closers(analysis: Analysis, names: PupilNames, rules: Rules) -> EvidenceText:
    """The children nearest to closing the clear gaps, by class."""
    if not count_made(analysis, rules).held:
        return silent(words("no_groups"))
    rows = records(analysis.compared.closers, CLOSERS.names)
    if not rows:
        return EvidenceText(words("no_closers", bool(list_causes(analysis, rules))))
    of: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for row in rows:
        groups = tuple(groups_of_closer(text(row["groups"]).split(JOINT), analysis, rules))
        of.setdefault(text(row["pupil"]), {}).setdefault(groups, []).append(text(row["subject"]))

    def closer(pupil: str) -> str:
        return words("closer", names[pupil], {groups: labels_once(own, rules) for groups, own in of[pupil].items()})

    lines = [f"{where}: {'; '.join(map(closer, pupils))}" for where, pupils in names.by_class(of, rules)]
    return EvidenceText(words("closers_counted", len(of)), tuple(lines), first=())


def _trends(analysis: Analysis, rules: Rules) -> EvidenceText:
    """What became of the gaps among the same children."""
    trends, small = analysis.over_time.trends, rules.groups.small
    gaps = gaps_over_time(trends, analysis.over_time.pooled, analysis.characteristics, rules)
    followed = " ".join(sentence("followed", each, small, template="trends.jinja") for each in gaps.followed)
    if not (~np.isnan(trends["chance"]) & (trends["terms"] >= rules.years.shortest_window)).any():
        return silent(followed or words("no_trends"))
    return EvidenceText(
        followed, there(sentence("changed", gap, small, template="trends.jinja") for gap in gaps.changed)
    )


# --- judgements -------------------------------------------------------------------------------------------------------


def _judgements(checked: Checked, rules: Rules) -> EvidenceText:
    """What `siptrack check` asks about the judgements."""
    checks = checked.frame("checks")
    if checks.empty:
        return silent(words("nothing_to_compare"))
    asked = list_questions(checks, rules, behind_each(checked))
    compared = compare(checks, asked, rules)
    lines, first = [] if compared.tested else [no_tests()], []
    for alike in by_code(asked).values():
        counted = [question_sentence(question, rules) for question in alike]
        named = [f"{says} {behind_sentence(asks, None)}" for says, asks in zip(counted, alike, strict=True)]
        lines += [alike[0].rule.meaning, *named, alike[0].rule.question]
        first.append(counted[0])
    return EvidenceText(
        compared_sentence(compared), tuple(lines), first=tuple(first), worth=words("worth_judgements", len(asked))
    )
