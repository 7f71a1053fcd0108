"""What is said of a child in passing: each kind of finding in one clause, with all its subjects together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from siptrack.documents.findings import Finding
from siptrack.documents.flags import already, special_code
from siptrack.rules.model import Rules
from siptrack.school.codes import FlagCode

_FAR = FlagCode.WELL_BELOW
_FELL = FlagCode.FELL_BELOW
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
        remarks.append("progress cannot be told")
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


def _missing(finding: Finding) -> str:
    return f"{_subject(finding)}{special_code(finding)}"


_SUBJECTS: Mapping[str, Callable[[Finding], str]] = {
    FlagCode.NO_LONGER_ABOVE: _then,
    FlagCode.NO_MOVEMENT: _since,
    FlagCode.FELL_BACK: _then,
    FlagCode.BEHIND_TARGET: _target,
    FlagCode.NO_RESULT: _missing,
}
_LEADS: Mapping[str, str] = {
    FlagCode.NO_LONGER_ABOVE: "no longer above expectations",
    FlagCode.FELL_BACK: "lower than last term (check the earlier judgement first)",
    FlagCode.BEHIND_TARGET: "expected progress from here would miss the target",
    FlagCode.NO_RESULT: "no grade this term",
}


def _lead(code: str, rules: Rules) -> str:
    rule = rules.flags.flags.get(code)
    if code == FlagCode.NO_MOVEMENT:
        terms = f" for {rule.terms} terms" if rule and rule.terms else ""
        return f"no movement{terms}"
    return _LEADS.get(code) or (rule.meaning.rstrip(".") if rule else code)
