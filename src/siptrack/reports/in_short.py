"""The most important things first: what a head takes in before the page is turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import GapVerdict, Measure, Verdict
from siptrack.documents.evidence import HowSure
from siptrack.documents.labels import subject_label
from siptrack.documents.read import Read
from siptrack.rendering.template import sentence
from siptrack.reports.comparisons import list_comparisons
from siptrack.reports.wording import in_short as wording
from siptrack.reports.wording.gaps import Comparison
from siptrack.rules.model import Rules
from siptrack.school.cells import number, records, text

_CLASSES_NAMED = 3
_GAPS_NAMED = 3
_MORE_IS_BEHIND = frozenset({Measure.INSUFFICIENT})  # of the other measures, less is


def in_short(analysis: Analysis, rules: Rules, sure: HowSure) -> list[str]:
    """How many children are named and where most are, who is at expectations, which gaps are clear, what is odd."""
    noise = sentence("noise", sure, template="evidence.jinja")
    lines = [_progress(analysis, rules), noise, at_expectations(analysis, rules), _gaps(analysis, rules)]
    if analysis.register.problems:
        lines.append(wording.problems_line(sentence("problems_counted", Read(analysis.register))))
    return [line for line in lines if line]


def insufficient_by_class(analysis: Analysis, rules: Rules) -> list[tuple[str, int, int]]:
    """Each class with children whose progress is insufficient, how many, and of how many; the most first."""
    pupils = analysis.children.pupils
    named = pupils["pupil"].isin(_insufficient(analysis, rules))
    sizes, found = Counter(pupils["class"].tolist()), Counter(pupils["class"][named].tolist())
    counted = [(text(name), count, sizes[name]) for name, count in found.items() if name]
    return sorted(counted, key=lambda one: (-one[1], one[2], one[0]))


def untold(analysis: Analysis) -> int:
    """How many children there are of whose progress nothing can be told in any subject."""
    progress = analysis.children.progress
    told = progress["pupil"][progress["verdict"] != Verdict.CANNOT_TELL.value]
    return len(analysis.children.pupils) - len(told.distinct())


def _insufficient(analysis: Analysis, rules: Rules) -> set[str]:
    """The children with a flag about insufficient progress."""
    flags = analysis.children.flags
    return set(flags["pupil"][flags["code"].isin(rules.flags.counting)].distinct())


def _progress(analysis: Analysis, rules: Rules) -> str:
    classes = insufficient_by_class(analysis, rules)
    several = len(analysis.children.pupils["class"].distinct()) > _CLASSES_NAMED
    return insufficient_in_short(analysis, rules, classes[:_CLASSES_NAMED] if several else [])


def insufficient_in_short(analysis: Analysis, rules: Rules, classes: Sequence[tuple[str, int, int]] = ()) -> str:
    """How many children make insufficient progress in some subject, of how many; and the most in these classes."""
    return wording.insufficient_line(
        len(_insufficient(analysis, rules)),
        len(analysis.children.pupils),
        untold(analysis),
        classes,
        rules.groups.small.percentages_from,
    )


def at_expectations(analysis: Analysis, rules: Rules) -> str:
    """Each subject over all year groups."""
    at, of = Counter[str](), Counter[str]()
    for row in records(analysis.compared.summary, SUMMARY.names):
        at[text(row["subject"])] += int(number(row["at_are"]) or 0)
        of[text(row["subject"])] += int(number(row["assessed"]) or 0)
    counts = [(subject_label(subject, rules), at[subject], n) for subject, n in of.items() if n]
    return wording.at_expectations_line(counts, rules.groups.small.percentages_from)


def _gaps(analysis: Analysis, rules: Rules) -> str:
    """The clear gaps, alike subjects together; nothing where nothing was compared.

    Those within year groups and key stages are told only where none of the whole school is clear.
    """
    if np.isnan(analysis.compared.gaps["placebo"]).all():
        return ""
    clear = list_comparisons(analysis, rules, GapVerdict.CLEAR)
    clear = [gap for gap in clear if not gap.among] or clear
    named = alike_gaps(clear, rules)
    return wording.gaps_line(named[:_GAPS_NAMED], len(named))


def alike_gaps(clear: Sequence[Comparison], rules: Rules) -> list[tuple[list[Comparison], bool]]:
    """Gaps of the same groups in several subjects together, and whether the group is behind in them.

    Those of several characteristics come last. Three subjects together are told only where none of the three is.
    """
    combined = {subject_label(subject, rules) for subject in rules.columns.combined}
    ordered = sorted(clear, key=lambda gap: (gap.characteristic in rules.groups.pairs, gap.subject in combined))
    subjects: dict[tuple[str, str, str, bool], list[Comparison]] = {}
    for gap in ordered:
        behind = (gap.exact > 0) == (gap.measure in _MORE_IS_BEHIND)
        alike = subjects.setdefault((gap.group, gap.peers, gap.among, behind), [])
        if not alike or gap.subject not in combined:
            alike.append(gap)
    return [(alike, behind) for (_, _, _, behind), alike in subjects.items()]
