"""The whole report as text for a screen or a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from siptrack.analysis.model import Analysis
from siptrack.documents import overall as wording
from siptrack.documents.analyse.view import FirstPage, class_lines, recovered_lines, year_lines
from siptrack.documents.analyse.view import first_page as made
from siptrack.documents.children import list_children
from siptrack.documents.clauses import STANDING
from siptrack.documents.evidence import HowSure, sureness
from siptrack.documents.findings import list_findings
from siptrack.documents.group_sentences import cause_sentences, paradox_sentences, untold_sentences
from siptrack.documents.in_short import in_short, warnings_of
from siptrack.documents.in_short_words import HEADING as IN_SHORT
from siptrack.documents.read import Read
from siptrack.documents.trends import gaps_over_time
from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import sentence
from siptrack.rendering.terminal import print_sections
from siptrack.reports.at_a_glance import put_at_a_glance
from siptrack.reports.data_problems import ledger_lines, put_alarms, put_begun, put_problems, put_sources
from siptrack.reports.group_gaps import put_groups
from siptrack.reports.named_children import evidence_sections, put_children
from siptrack.reports.national import print_national
from siptrack.reports.trends import put_trends
from siptrack.rules.model import Rules

_MOST_IN_SHORT, _MOST_GAPS, _MOST_CHANGED = 6, 5, 2  # sentences


def first_page(
    analysis: Analysis, rules: Rules, *, width: int | None, colour: bool, paths: str, steps: Sequence[tuple[str, str]]
) -> str:
    """The first page: the finding, whom to talk about, who is named, the gaps, and what to go on with."""
    sure = sureness(analysis, rules)
    listed = list_children(analysis, rules, list_findings(analysis, rules), frozenset(STANDING))
    subjects, others, years = year_lines(analysis, rules)
    facts = FirstPage(
        warnings=warnings_of(analysis, rules),
        in_short=in_short(analysis, rules, sure)[:_MOST_IN_SHORT],
        subjects=subjects,
        others=others,
        years=years,
        classes=class_lines(listed.insufficient, rules),
        below=sum(len(of_class.children) for of_class in listed.below),
        recovered=recovered_lines((*listed.below, *listed.others)),
        gaps=_gaps(analysis, rules),
        settings=_settings(analysis, rules),
    )
    document = made(facts, analysis, rules, sure, paths)
    page = Page(width, colour=colour)
    page.say(document.title, hang=2, style=styles.STRONG)
    print_sections(page, document.sections)
    _put_end(page, rules, steps)
    return page.text()


def _put_end(page: Page, rules: Rules, steps: Sequence[tuple[str, str]]) -> None:
    """The ruler, and the commands to go on with."""
    page.gap()
    page.say(ruler_line(rules.ruler), style=styles.QUIET)
    for says, command in steps:
        page.say(says, style=styles.QUIET)
        page.line(command, indent=2)


def _gaps(analysis: Analysis, rules: Rules) -> list[str]:
    """A sentence a cause, what has changed since a year ago, and how many comparisons there were."""
    over = analysis.over_time
    changed = gaps_over_time(over.trends, over.pooled, analysis.characteristics, rules).changed
    words = partial(sentence, template="trends.jinja")
    return [
        *cause_sentences(analysis, rules)[:_MOST_GAPS],
        *(words("changed", gap, rules.groups.small) for gap in changed[:_MOST_CHANGED]),
        *paradox_sentences(analysis, rules)[:_MOST_CHANGED],
        *untold_sentences(analysis, rules, others=True),
    ]


def _settings(analysis: Analysis, rules: Rules) -> list[str]:
    """The settings on which schools disagree, of the scales in use."""
    used = analysis.children.progress["scale"]
    choices = [scale.choices for name, scale in rules.scales.items() if (used == name).any()]
    return list(dict.fromkeys(note for made in choices for note in wording.choice_notes(made)))


def render(
    analysis: Analysis,
    rules: Rules,
    *,
    width: int | None,
    colour: bool,
    detail: bool = False,
    steps: Sequence[tuple[str, str]] = (),
) -> str:
    """The report, folded to `width` columns, or with None as plain lines for a pipe or file.

    With `detail`, each sentence is followed by the cells that it rests on, and no list of problems is shortened.
    `steps` are the commands to go on with, each after what it tells.
    """
    page = Page(width, colour=colour)
    page.say(wording.title(analysis.term), style=styles.STRONG)
    sure = sureness(analysis, rules)
    put_head(page, analysis, rules, sure)
    put_at_a_glance(page, analysis, rules, every=detail)
    put_children(page, analysis, rules, sure, places=detail)
    put_groups(page, analysis, rules, every=detail)
    put_trends(page, analysis.over_time.trends, analysis.over_time.pooled, analysis.characteristics, rules)
    print_national(page, analysis.compared.national, rules)
    print_sections(page, evidence_sections("bases", sure))
    put_problems(page, analysis.register, every=detail)
    if detail:
        put_sources(page, analysis.register)
    _put_end(page, rules, steps)
    return page.text()


def put_head(page: Page, analysis: Analysis, rules: Rules, sure: HowSure) -> None:
    """What was read, which files could not be, what to know before reading on, and the whole in short."""
    put_alarms(page, analysis.register)
    put_begun(page, analysis.begun)
    on_roll = len(analysis.children.pupils)
    for line in ledger_lines(Read(analysis.register, (), on_roll, analysis.leavers, analysis.filters)):
        page.say(line, hang=2)
    if analysis.register.exports:
        page.say(wording.exports_line(analysis.register.exports), hang=2)
    if analysis.filters:
        page.say(wording.filters_line(analysis.filters), hang=2)
    for warning in warnings_of(analysis, rules):
        page.say(warning, hang=2, style=styles.WARNING)
    page.heading(IN_SHORT)
    for line in in_short(analysis, rules, sure):
        page.say(line, hang=2)
    print_sections(page, evidence_sections("first", sure))
    _put_history(page, analysis, rules)
    _put_notes(page, analysis, rules)


def _put_history(page: Page, analysis: Analysis, rules: Rules) -> None:
    """Where results stand on two scales, or tests beside judgements."""
    if analysis.children.crossings or analysis.children.beside:
        page.gap()
    for crossing in analysis.children.crossings:
        page.say(wording.crossing_sentence(crossing, rules), hang=2)
    for beside in analysis.children.beside:
        page.say(wording.beside_sentence(beside, rules), hang=2)


def _put_notes(page: Page, analysis: Analysis, rules: Rules) -> None:
    """What the scales in use leave to judgement, on which schools disagree."""
    progress = analysis.children.progress
    for name, scale in rules.scales.items():
        rows = progress[progress["scale"] == name]
        given = {*rows["grade"].distinct(), *rows["start_grade"].distinct()}
        notes = [note.says for note in scale.notes if not note.grades or note.grades & given]
        said = [*wording.choice_notes(scale.choices), *notes]
        if len(rows) and said:
            page.gap()
            page.say(wording.notes_heading(scale.label), hang=2)
            for note in said:
                page.say(note, indent=2, style=styles.QUIET)
