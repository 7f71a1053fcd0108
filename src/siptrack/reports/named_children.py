"""The named children: who makes insufficient progress, who stands below expectations, and who else to look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from siptrack.analysis.model import Analysis
from siptrack.documents.children import Child, SchoolClass, hardly, list_children
from siptrack.documents.clauses import STANDING, child_clauses
from siptrack.documents.evidence import HowSure
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.flags import both_windows_sentence, evidence, flag_sentence
from siptrack.documents.in_short import untold
from siptrack.documents.overall import (
    BELOW,
    INSUFFICIENT,
    OTHERS,
    below_note,
    cannot_tell_sentence,
    class_heading,
    list_heading,
    nobody_insufficient,
)
from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rendering.template import sections as sections_of
from siptrack.rendering.template import sentence
from siptrack.rendering.terminal import print_sections
from siptrack.rules.model import Rules
from siptrack.school.rounding import half_up

_BOTH = 2  # the year and the key stage
said_of_evidence = partial(sentence, template="evidence.jinja")
evidence_sections = partial(sections_of, template="evidence.jinja")


class _Writer(NamedTuple):
    """Puts children on a page; with `places`, each sentence is followed by the cells it rests on."""

    page: Page
    rules: Rules
    places: bool

    def put(self, title: str, classes: Sequence[SchoolClass], note: str = "") -> None:
        """A section of children by class, if there are any."""
        if classes:
            self.page.heading(list_heading(title, sum(len(one.children) for one in classes)))
            if note:
                self.page.say(note)
            for school_class in classes:
                self.put_class(school_class)

    def put_class(self, school_class: SchoolClass) -> None:
        """One class with its children listed."""
        year = self.rules.years.label(school_class.year_group)
        heading = class_heading(school_class.name, year, len(school_class.children), school_class.size)
        self.page.gap()
        self.page.say(heading, style=styles.CLASS, hang=2)
        sure = [child for child in school_class.children if not hardly(child, self.rules)]
        for child in sure:
            self.put_child(child)
        if rest := school_class.children[len(sure) :]:
            self.page.say(said_of_evidence("hardly"), indent=2, hang=2, style=styles.QUIET)
        for child in rest:
            self.put_child(child)

    def put_child(self, child: Child) -> None:
        """One child: in one line, or where progress is insufficient, a sentence for each subject and window first."""
        counting, others = split_findings(child, self.rules)
        if not counting:
            clauses = child_clauses(others, self.rules, standing="")
            self.say(f"{child.name}: {'; '.join(clauses)}", others, indent=2)
            return
        self.page.say(child.name, indent=2, hang=2, style=styles.STRONG)
        for words, findings in counting_sentences(counting, self.rules):
            self.say(words, findings, indent=4)
        for clause in clause_sentences(others, self.rules):
            self.page.say(clause, indent=4, hang=2)
        self.say("", others, indent=4)

    def say(self, words: str, findings: Sequence[Finding], indent: int) -> None:
        """A sentence, and where asked for, the addresses of the cells behind it."""
        if words:
            self.page.say(words, indent=indent, hang=2)
        if self.places and (cells := evidence(findings)):
            self.page.say(cells, indent=indent + 2, hang=2, style=styles.QUIET)


def split_findings(child: Child, rules: Rules) -> tuple[list[Finding], list[Finding]]:
    """The findings about insufficient progress, and the others."""
    counts = rules.flags.counting
    counting = [finding for finding in child.findings if finding.code in counts]
    return counting, [finding for finding in child.findings if finding.code not in counts]


def clause_sentences(findings: Sequence[Finding], rules: Rules) -> list[str]:
    """The clauses about a child, each as a sentence of its own."""
    return [f"{clause[:1].upper()}{clause[1:]}" for clause in child_clauses(findings, rules)]


def counting_sentences(findings: Sequence[Finding], rules: Rules) -> list[tuple[str, list[Finding]]]:
    """A sentence for each finding; one for two that rest on the same results."""
    same: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        same.setdefault((finding.subject, finding.from_term, finding.from_grade), []).append(finding)
    numbered = {alike[0].subject: alike for alike in reversed(same.values())}  # once a subject, at its first sentence
    return [(_sentence(alike, rules, number=numbered[alike[0].subject] is alike), alike) for alike in same.values()]


def _sentence(alike: Sequence[Finding], rules: Rules, *, number: bool) -> str:
    """The sentence of one finding, or of two that rest on the same results; behind it how sure these are."""
    words = both_windows_sentence(*alike) if len(alike) == _BOTH else flag_sentence(alike[0], rules)
    sure = _beside(alike[0].behind, early=alike[0].early) if number else ""
    return f"{words} {sure}".rstrip()


def _beside(number: float | None, *, early: bool) -> str:
    """How sure the marks are, behind a sentence; made once for each number in print."""
    return _made_beside(number if number is None else min(max(half_up(number), 0.5), 99.5), early=early)


@cache
def _made_beside(number: float | None, *, early: bool) -> str:
    return said_of_evidence("beside", number, early=early)


def put_children(page: Page, analysis: Analysis, rules: Rules, sure: HowSure, *, places: bool) -> None:
    """Every child with a flag, once: by class, the most serious section first."""
    findings = list_findings(analysis, rules)
    sections = list_children(analysis, rules, findings, frozenset(STANDING))
    writer = _Writer(page, rules, places)
    if not sections.insufficient:
        page.heading(INSUFFICIENT)
        page.say(nobody_insufficient())
    writer.put(INSUFFICIENT, sections.insufficient, about_numbers(sure) if sections.insufficient else "")
    put_untold(page, analysis)
    print_sections(page, evidence_sections("slipping", sure))
    writer.put(BELOW, sections.below, below_note())
    writer.put(OTHERS, sections.others)


def about_numbers(sure: HowSure) -> str:
    """What the numbers behind the sentences are, and of how many children there is none."""
    return said_of_evidence("about_numbers", sure)


def put_untold(page: Page, analysis: Analysis) -> None:
    """How many children cannot be in the first list, whatever their progress."""
    if count := untold(analysis):
        page.gap()
        page.say(cannot_tell_sentence(count, len(analysis.children.pupils)))
