"""The most important things first: what a head takes in before the page is turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import Verdict
from siptrack.documents import in_short_words as wording
from siptrack.documents.check.view import list_questions, question_sentence
from siptrack.documents.comparisons import count_made, list_causes, list_far_behind
from siptrack.documents.evidence import HowSure, named_in
from siptrack.documents.gaps import far_behind_sentence
from siptrack.documents.labels import subject_label
from siptrack.documents.overall import warned_sentence
from siptrack.documents.read import Read
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.cells import records, text, whole


class InShort(NamedTuple):
    """A sentence, and what it is about: whom a reader looks up who wants to know more."""

    about: str
    words: str


def in_short(analysis: Analysis, rules: Rules, sure: HowSure) -> list[InShort]:
    """How many children are named and where most are, who is at expectations, which gaps are clear, what is odd."""
    lines = [
        InShort("named", _progress(analysis, rules)),
        InShort("named", sentence("noise", sure, template="evidence.jinja")),
        InShort("everybody", at_expectations(analysis, rules)),
        *(InShort("gaps", line) for line in _gaps(analysis, rules)),
    ]
    if analysis.register.problems:
        counted = sentence("problems_counted", Read(analysis.register))
        lines.append(InShort("problems", wording.problems_line(counted)))
    return [line for line in lines if line.words]


def warnings_of(analysis: Analysis, rules: Rules) -> list[str]:
    """What to know before reading on: a rule that may be wrong, and marks that may be copied forward."""
    questions = list_questions(analysis.children.copied, rules)
    return [
        *(warned_sentence(warned, rules) for warned in analysis.children.warned),
        *(f"{question_sentence(asked, rules)} {asked.rule.question}" for asked in questions),
    ]


def insufficient_by_class(analysis: Analysis, rules: Rules) -> list[tuple[str, int, int]]:
    """Each class with children whose progress is insufficient, how many, and of how many; the most first."""
    pupils = analysis.children.pupils
    named = pupils["pupil"].isin(insufficient_children(analysis, rules))
    sizes, found = Counter(pupils["class"].tolist()), Counter(pupils["class"][named].tolist())
    counted = [(text(name), count, sizes[name]) for name, count in found.items() if name]
    return sorted(counted, key=lambda counted_class: (-counted_class[1], counted_class[2], counted_class[0]))


def untold(analysis: Analysis) -> int:
    """How many children there are of whose progress nothing can be told in any subject."""
    progress = analysis.children.progress
    with_progress = progress["pupil"][progress["verdict"] != Verdict.CANNOT_TELL.value]
    return len(analysis.children.pupils) - len(with_progress.distinct())


def insufficient_children(analysis: Analysis, rules: Rules) -> set[str]:
    """The children with a flag about insufficient progress."""
    return {pupil for pupil, _ in named_in(analysis, rules)}


def _progress(analysis: Analysis, rules: Rules) -> str:
    classes = insufficient_by_class(analysis, rules)
    most = rules.pages.classes
    several = len(analysis.children.pupils["class"].distinct()) > most
    return insufficient_in_short(analysis, rules, classes[:most] if several else [])


def insufficient_in_short(analysis: Analysis, rules: Rules, classes: Sequence[tuple[str, int, int]] = ()) -> str:
    """How many children make insufficient progress in some subject, of how many; and the most in these classes."""
    return wording.insufficient_line(
        len(insufficient_children(analysis, rules)),
        len(analysis.children.pupils),
        untold(analysis),
        classes,
        rules.groups.small.percentages_from,
    )


def at_expectations(analysis: Analysis, rules: Rules) -> str:
    """Each subject over all year groups."""
    at, of = Counter[str](), Counter[str]()
    for row in records(analysis.compared.summary, SUMMARY.names):
        at[text(row["subject"])] += whole(row["at_are"])
        of[text(row["subject"])] += whole(row["assessed"])
    counts = [(subject_label(subject, rules), at[subject], n) for subject, n in of.items() if n]
    return wording.at_expectations_line(counts, rules.groups.small.percentages_from)


def _gaps(analysis: Analysis, rules: Rules) -> list[str]:
    """The clear gaps, one a cause, and small groups far behind; nothing where nothing was compared."""
    if analysis.compared.found.empty:
        return []
    causes, made = [(cause.gaps, cause.behind) for cause in list_causes(analysis, rules)], count_made(analysis, rules)
    most = rules.pages.causes
    line = wording.gaps_line(causes[:most], len(causes), made.held, made.few)
    return [
        line,
        *(far_behind_sentence(cause.gaps, cause.same) for cause in list_far_behind(analysis, rules)[:most]),
    ]
