"""The report with names: what is not said in a template yet, gathered for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.analysis.causes import own_findings
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import Measure
from siptrack.documents import overall
from siptrack.documents.children import list_children
from siptrack.documents.clauses import STANDING
from siptrack.documents.comparisons import HELD, comparisons_of, count_made, list_causes
from siptrack.documents.evidence import sureness
from siptrack.documents.findings import list_findings
from siptrack.documents.gaps import COUNTED, held_together_sentence
from siptrack.documents.group_sentences import not_recorded, paradox_sentences, untold_sentences
from siptrack.documents.in_short import in_short, untold, warnings_of
from siptrack.documents.report.figures import Share
from siptrack.documents.report.view import ListedChildren, report_page
from siptrack.rendering.model import Section
from siptrack.reports.at_a_glance import put_at_a_glance
from siptrack.reports.group_gaps import anything_of_groups, put_closers, put_gap_table
from siptrack.reports.html.child_lists import child_lists
from siptrack.reports.html.drawn_gaps import drawn_gaps, gap_picture
from siptrack.reports.national import print_national
from siptrack.reports.outline import Outline, outlined
from siptrack.rules.model import Rules


def named_report(analysis: Analysis, rules: Rules, links: Mapping[str, str]) -> bytes:
    """The page; `links` are the addresses of the children's own pages by key, none where there are no such pages."""
    findings = list_findings(analysis, rules)
    lists = list_children(analysis, rules, findings, frozenset(STANDING))
    sure = sureness(analysis, rules)
    picture = gap_picture(analysis, rules)
    return report_page(
        analysis,
        rules,
        links,
        ListedChildren(findings, lists, sure),
        lambda judged: _clear_gaps(judged, rules),
        title=overall.title(analysis.term),
        warnings=warnings_of(analysis, rules),
        in_short=in_short(analysis, rules, sure),
        untold=untold(analysis),
        picture=picture,
        gaps_there=anything_of_groups(analysis, rules),
        paradoxes=paradox_sentences(analysis, rules),
        not_clear=untold_sentences(analysis, rules, others=bool(picture.causes)),
        about_gaps=_about_gaps(analysis, rules),
        child_lists=child_lists(lists, rules, ""),
        groups=_groups(analysis, rules),
        drawn=drawn_gaps(analysis, rules),
        glance=outlined(lambda on: put_at_a_glance(on, analysis, rules, every=True)),
        national=outlined(lambda on: print_national(on, analysis.compared.national, rules)),
        about_scales=_about_scales(analysis, rules),
    )


def _clear_gaps(analysis: Analysis, rules: Rules) -> Share:
    """How many gaps between groups are clear, of so many that could be judged."""
    if analysis.compared.gaps.empty:
        return Share(0, 0)
    return Share(sum(len(cause.gaps) for cause in list_causes(analysis, rules)), count_made(analysis, rules).held)


def _about_scales(analysis: Analysis, rules: Rules) -> list[tuple[str, Sequence[str]]]:
    """Where results stand on two scales or tests beside judgements, and what scales leave to judgement."""
    children = analysis.children
    exports = [overall.exports_line(analysis.register.exports)] if analysis.register.exports else []
    crossed = [overall.crossing_sentence(crossing, rules) for crossing in children.crossings]
    beside = [overall.beside_sentence(tests, rules) for tests in children.beside]
    about: list[tuple[str, Sequence[str]]] = [("", [*exports, *crossed, *beside])]
    for name, scale in rules.scales.items():
        rows = children.progress[children.progress["scale"] == name]
        given = {*rows["grade"].distinct(), *rows["start_grade"].distinct()}
        notes = [note.says for note in scale.notes if not note.grades or note.grades & given]
        if len(rows):
            about.append((overall.notes_heading(scale.label), [*overall.choice_notes(scale.choices), *notes]))
    return [(heading, sentences) for heading, sentences in about if sentences]


def _about_gaps(analysis: Analysis, rules: Rules) -> list[str]:
    """How the gaps were judged together, and whose group is not known."""
    made = count_made(analysis, rules)
    alarms = sum(rules.groups.held.false_alarms[family] for family in HELD)
    held = [held_together_sentence(made.held, made.there, alarms)] if made.held else []
    return [*held, *filter(None, [not_recorded(analysis, rules)])]


def _groups(analysis: Analysis, rules: Rules) -> tuple[Section, ...]:
    """The clear gaps of means, and who would close the clear gaps."""

    def put(outline: Outline) -> None:
        gaps = analysis.compared.gaps
        clear = comparisons_of(gaps[own_findings(gaps)], analysis, rules)
        for measure in Measure:
            if measure not in COUNTED:
                put_gap_table(outline, measure, [gap for gap in clear if gap.measure == measure], rules, every=False)
        put_closers(outline, analysis, rules)

    return outlined(put)
