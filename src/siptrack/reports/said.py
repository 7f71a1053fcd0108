"""All that is said of one child, in sentences: insufficient progress first, then everything else in passing."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.reports.findings import Finding
from siptrack.reports.wording.clauses import child_clauses
from siptrack.reports.wording.flags import both_windows_sentence, flag_sentence
from siptrack.rules.model import Rules

_BOTH = 2  # the year and the key stage


def counts(finding: Finding, rules: Rules) -> bool:
    """Whether a finding is about insufficient progress."""
    rule = rules.flags.flags.get(finding.code)
    return rule is not None and rule.counts


def counting_sentences(findings: Sequence[Finding], rules: Rules) -> list[tuple[str, list[Finding]]]:
    """A sentence for each finding; one for two that rest on the same results."""
    same: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        same.setdefault((finding.subject, finding.from_term, finding.from_grade), []).append(finding)
    return [
        (both_windows_sentence(*alike) if len(alike) == _BOTH else flag_sentence(alike[0], rules), alike)
        for alike in same.values()
    ]


def sentences_about(findings: Sequence[Finding], rules: Rules) -> list[str]:
    """Every sentence about a child whose findings these are, without the cells behind them."""
    counting = [finding for finding in findings if counts(finding, rules)]
    others = [finding for finding in findings if finding not in counting]
    clauses = (f"{clause[:1].upper()}{clause[1:]}." for clause in child_clauses(others, rules))
    return [*(words for words, _ in counting_sentences(counting, rules)), *clauses]
