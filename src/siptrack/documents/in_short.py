"""The most important things first: what a head takes in before the page is turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from siptrack.analysis.model import Analysis, Warned
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import Verdict
from siptrack.documents.check.view import list_questions, question_sentence
from siptrack.documents.comparisons import count_made, list_causes, list_far_behind
from siptrack.documents.evidence import HowSure, named_in
from siptrack.documents.gaps import far_behind_sentence, gaps_line
from siptrack.documents.labels import subject_label
from siptrack.documents.read import Read
from siptrack.rendering.numbers import inside, listed, plural, quantity, share, thousands
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
        lines.append(InShort("problems", f"In the data: {counted}, listed at the end."))
    return [line for line in lines if line.words]


def warnings_of(analysis: Analysis, rules: Rules) -> list[str]:
    """What to know before reading on: a rule that may be wrong, and marks that may be copied forward."""
    questions = list_questions(analysis.children.copied, rules)
    return [
        *(warned_sentence(warned, rules) for warned in analysis.children.warned),
        *(f"{question_sentence(asked, rules)} {asked.rule.question}" for asked in questions),
    ]


def warned_sentence(warned: Warned, rules: Rules) -> str:
    """That so many children are flagged that the rule is the first thing to doubt."""
    who = f"{rules.years.label(warned.year_group)}, {inside(subject_label(warned.subject, rules))}"
    flagged = share(warned.flagged, warned.n, rules.groups.small.percentages_from)
    are = plural(warned.n, "child is", "children are")
    return (
        f"{who}: {flagged} {are} flagged, more than {rules.flags.too_many:g} %. "
        "The rule, not the children, may be wrong: check the scale and its reference line before acting on the list."
    )


def insufficient_by_class(analysis: Analysis, rules: Rules) -> list[tuple[str, int, int]]:
    """Each class with children whose progress is insufficient, how many, and of how many; the most first."""
    pupils = analysis.children.pupils
    named = pupils["pupil"].isin(insufficient_children(analysis, rules))
    sizes, found = Counter(pupils["class"].tolist()), Counter(pupils["class"][named].tolist())
    counted = [(text(name), count, sizes[name]) for name, count in found.items() if name]
    return sorted(counted, key=lambda counted_class: (-counted_class[1], counted_class[2], counted_class[0]))


def untold(analysis: Analysis) -> int:
    """How many children there are of whose progress cannot be judged in any subject."""
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
    count, n = len(insufficient_children(analysis, rules)), len(analysis.children.pupils)
    unknown = untold(analysis)
    if n == unknown:
        return "Cannot tell yet whose progress is insufficient: these files do not say enough of any child."
    counted, _, percent = share(count, n, rules.groups.small.percentages_from).partition(" (")
    after = f" ({percent}" if percent else ""
    if not count:
        named = "No child whose progress can be judged makes insufficient progress"
    else:
        make = plural(count, "makes", "make")
        children = plural(n, "child", "children")
        named = f"{counted} {children}{after} {make} insufficient progress in at least one subject"
    where = [f"{name} ({thousands(some)} of {thousands(of)})" for name, some, of in classes]
    most = f"; the most are in {plural(len(where), 'class', 'classes')} {listed(where)}" if where else ""
    rest = f" Cannot tell yet for {quantity(unknown, 'child', 'children')}." if unknown else ""
    return f"{named}{most}.{rest}"


def at_expectations(analysis: Analysis, rules: Rules) -> str:
    """Each subject over all year groups."""
    at, of = Counter[str](), Counter[str]()
    for row in records(analysis.compared.summary, SUMMARY.names):
        at[text(row["subject"])] += whole(row["at_are"])
        of[text(row["subject"])] += whole(row["assessed"])
    few = rules.groups.small.percentages_from
    shares = [f"{inside(subject_label(subject, rules))} {share(at[subject], n, few)}" for subject, n in of.items() if n]
    return f"At age-related expectations: {'; '.join(shares)}." if shares else ""


def _gaps(analysis: Analysis, rules: Rules) -> list[str]:
    """The clear gaps, one a cause, and small groups far behind; nothing where nothing was compared."""
    if analysis.compared.found.empty:
        return []
    causes, made = [(cause.gaps, cause.behind) for cause in list_causes(analysis, rules)], count_made(analysis, rules)
    most = rules.pages.causes
    line = gaps_line(causes[:most], len(causes), made.held, made.few)
    return [
        line,
        *(far_behind_sentence(cause.gaps, cause.same) for cause in list_far_behind(analysis, rules)[:most]),
    ]
