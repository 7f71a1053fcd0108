"""What is said of a child in passing: each kind of finding in one clause, with all its subjects together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from siptrack.documents.flags import already, both_windows_sentence, flag_sentence, special_code
from siptrack.rendering.template import sentence
from siptrack.school.ages import in_years
from siptrack.school.codes import FlagCode
from siptrack.school.rounding import half_up

if TYPE_CHECKING:
    from siptrack.documents.children import Child
    from siptrack.documents.findings import Finding
    from siptrack.rules.model import Rules

_FAR = FlagCode.WELL_BELOW
_FELL = FlagCode.FELL_BELOW
_BOTH = 2  # the year and the key stage
STANDING = (_FAR, FlagCode.BELOW)  # where a child stands, whatever the movement
_WITH_STANDING = (*STANDING, _FELL)


def child_clauses(findings: Sequence[Finding], rules: Rules, *, standing: str = "below expectations: ") -> list[str]:
    """A clause for each kind of finding; `standing` leads the one that says where the child stands."""
    clauses = [_standing_clause(findings, standing)] if any(finding.code in STANDING for finding in findings) else []
    for code in dict.fromkeys(finding.code for finding in findings if finding.code not in _WITH_STANDING):
        alike = [finding for finding in findings if finding.code == code]
        clauses.append(f"{_lead(code, rules)}: {', '.join(map(_SUBJECTS.get(code, _now), alike))}")
    return clauses


def _standing_clause(findings: Iterable[Finding], lead: str) -> str:
    """`below expectations: reading WTS (EXS in Summer 2025), writing PK4 (well below)`."""
    every = list(findings)
    fell = {finding.subject: finding for finding in every if finding.code == _FELL}
    return lead + ", ".join(
        _stands(finding, fell.get(finding.subject)) for finding in every if finding.code in STANDING
    )


def _stands(finding: Finding, fell: Finding | None) -> str:
    remarks = ["well below"] if finding.code == _FAR else []
    if fell is not None:
        remarks.append(f"at expectations in {fell.when}, {fell.from_grade}")
    if not finding.with_progress:
        remarks.append("progress cannot be judged")
    if newer := already(finding):
        remarks.append(newer)
    return _now(finding) + (f" ({'; '.join(remarks)})" if remarks else "")


def _now(finding: Finding) -> str:
    return f"{_subject(finding)} {finding.grade}".rstrip()


def _subject(finding: Finding) -> str:
    """A subject's name inside a sentence."""
    return f"{finding.label[:1].lower()}{finding.label[1:]}"


def _then(finding: Finding) -> str:
    newer = f"; {already(finding)}" if finding.newer_term else ""
    return f"{_now(finding)} ({finding.from_grade} in {finding.when}{newer})"


def _since(finding: Finding) -> str:
    return f"{_now(finding)} since {finding.when}"


def _target(finding: Finding) -> str:
    return f"{_now(finding)} (target {finding.from_grade} in {finding.when})"


def _age(finding: Finding) -> str:
    return f"{_subject(finding)} {finding.from_grade} (own age {in_years(finding.reference or 0)})"


def _missing(finding: Finding) -> str:
    return f"{_subject(finding)}{special_code(finding)}"


_SUBJECTS: Mapping[str, Callable[[Finding], str]] = {
    FlagCode.NO_LONGER_ABOVE: _then,
    FlagCode.NO_MOVEMENT: _since,
    FlagCode.FELL_BACK: _then,
    FlagCode.BEHIND_TARGET: _target,
    FlagCode.BEHIND_OWN_AGE: _age,
    FlagCode.NO_RESULT: _missing,
}
_LEADS: Mapping[str, str] = {
    FlagCode.NO_LONGER_ABOVE: "no longer above expectations",
    FlagCode.FELL_BACK: "lower than last term (check the earlier judgement first)",
    FlagCode.BEHIND_TARGET: "expected progress from here would miss the target",
    FlagCode.BEHIND_OWN_AGE: "reading or spelling age far behind their own",
    FlagCode.NO_RESULT: "no grade this term",
}


def _lead(code: str, rules: Rules) -> str:
    rule = rules.flags.flags.get(code)
    if code == FlagCode.NO_MOVEMENT:
        terms = f" for {rule.terms} terms" if rule and rule.terms else ""
        return f"no movement{terms}"
    return _LEADS.get(code) or (rule.meaning.rstrip(".") if rule else code)


def split_findings(child: Child, rules: Rules) -> tuple[list[Finding], list[Finding]]:
    """The findings about insufficient progress, and the others."""
    counts = rules.flags.counting
    counting = [finding for finding in child.findings if finding.code in counts]
    return counting, [finding for finding in child.findings if finding.code not in counts]


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
    return sentence("beside", number, early=early, template="evidence.jinja")
