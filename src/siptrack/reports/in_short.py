"""The most important things first: what a head takes in before the page is turned."""

from __future__ import annotations

from collections import Counter

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import GapVerdict, Measure, Verdict
from siptrack.reports.cells import number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.group_gaps import list_comparisons
from siptrack.reports.wording import in_short as wording
from siptrack.reports.wording.gaps import Comparison
from siptrack.reports.wording.problems import problems_heading
from siptrack.rules.model import Rules

_CLASSES_NAMED = 3
_GAPS_NAMED = 3
_MORE_IS_BEHIND = frozenset({Measure.INSUFFICIENT})  # of the other measures, less is


def in_short(analysis: Analysis, rules: Rules) -> list[str]:
    """How many children are named and where most are, who is at expectations, which gaps are clear, what is odd."""
    lines = [progress_line(analysis, rules), expectations_line(analysis, rules), _gaps(analysis, rules)]
    if problems := analysis.register.problems:
        lines.append(wording.problems_line(problems_heading(problems)))
    return [line for line in lines if line]


def insufficient_by_class(analysis: Analysis, rules: Rules) -> list[tuple[str, int, int]]:
    """Each class with children whose progress is insufficient, how many, and of how many; the most first."""
    pupils = analysis.pupils
    sizes, found = (
        Counter(pupils["class"]),
        Counter(pupils["class"][pupils["pupil"].isin(_insufficient(analysis, rules))]),
    )
    counted = [(text(name), count, sizes[name]) for name, count in found.items() if name]
    return sorted(counted, key=lambda one: (-one[1], one[2], one[0]))


def untold(analysis: Analysis) -> int:
    """How many children there are of whose progress nothing can be told in any subject."""
    verdicts = analysis.progress.groupby("pupil")["verdict"].agg(set)
    nothing = [told for told in verdicts if told == {Verdict.CANNOT_TELL.value}]
    return len(nothing) + len(analysis.pupils) - len(verdicts)


def _insufficient(analysis: Analysis, rules: Rules) -> set[str]:
    """The children with a flag about insufficient progress."""
    counting = [code for code, rule in rules.flags.flags.items() if rule.counts]
    return set(analysis.flags["pupil"][analysis.flags["code"].isin(counting)])


def progress_line(analysis: Analysis, rules: Rules, classes: int = _CLASSES_NAMED) -> str:
    """How many children make insufficient progress, and in which so many classes the most are."""
    most = insufficient_by_class(analysis, rules)
    several = analysis.pupils["class"].nunique() > _CLASSES_NAMED
    return wording.insufficient_line(
        len(_insufficient(analysis, rules)),
        len(analysis.pupils),
        untold(analysis),
        most[:classes] if several else [],
        rules.groups.small.percentages_from,
    )


def expectations_line(analysis: Analysis, rules: Rules) -> str:
    """How many children are at expectations in each subject, over all year groups."""
    at, of = Counter[str](), Counter[str]()
    for row in records(analysis.summary, SUMMARY.names):
        at[text(row["subject"])] += int(number(row["at_are"]) or 0)
        of[text(row["subject"])] += int(number(row["assessed"]) or 0)
    counts = [(subject_label(subject, rules), at[subject], n) for subject, n in of.items() if n]
    return wording.at_expectations_line(counts, rules.groups.small.percentages_from)


def _gaps(analysis: Analysis, rules: Rules) -> str:
    """The clear gaps, alike subjects together; nothing where nothing was compared.

    Those within year groups and key stages are told only where none of the whole school is clear, and three subjects
    together only where none of the three is.
    """
    if not analysis.gaps["placebo"].notna().any():
        return ""
    clear = list_comparisons(analysis, rules, GapVerdict.CLEAR)
    clear = [gap for gap in clear if not gap.among] or clear
    combined = {subject_label(subject, rules) for subject in rules.columns.combined}
    clear.sort(key=lambda gap: (gap.characteristic in rules.groups.pairs, gap.subject in combined))
    subjects: dict[tuple[str, str, str, bool], list[Comparison]] = {}
    for gap in clear:
        behind = (gap.exact > 0) == (gap.measure in _MORE_IS_BEHIND)
        alike = subjects.setdefault((gap.group, gap.peers, gap.among, behind), [])
        if not alike or gap.subject not in combined:
            alike.append(gap)
    named = [(alike, behind) for (_, _, _, behind), alike in subjects.items()]
    return wording.gaps_line(named[:_GAPS_NAMED], len(named))
