"""What the data give under each heading of a review, in short sentences with counts; a child is named in none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.trend_tables import Trend
from siptrack.cycle.provision_tables import Impact
from siptrack.cycle.review_evidence import Beside
from siptrack.cycle.review_tables import BEARS_ON
from siptrack.cycle.since_tables import Came
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.group_gaps import clear_gaps
from siptrack.reports.in_short import expectations_line, progress_line
from siptrack.reports.wording import review as wording
from siptrack.rules.model import Rules
from siptrack.school.questions import Evidence

Sentences = Mapping[Evidence, str]


def evidence_records(beside: Beside | None, rules: Rules) -> list[dict[str, Cell]]:
    """The rows of the table of evidence: under each heading, what its questions rest on, each said once."""
    if beside is None:
        return []
    said = _sentences(beside, rules)
    rows: list[tuple[str, str, str]] = []
    for heading in rules.enquiry.headings.values():
        asked = [one for one in rules.enquiry.questions.values() if one.heading == heading]
        wanted = {kind for one in asked for kind in one.evidence}
        rows += [(heading, kind.value, said[kind]) for kind in Evidence if kind in wanted and said[kind]]
    return [dict(zip(BEARS_ON.names, row, strict=True)) for row in rows]


def _sentences(beside: Beside, rules: Rules) -> Sentences:
    """A sentence for each kind of evidence; empty where the data are silent."""
    made: Mapping[Evidence, Callable[[Beside, Rules], str]] = {
        Evidence.CHILDREN: lambda one, rules: progress_line(one.analysis, rules, classes=0),
        Evidence.PROGRESS: _by_subject,
        Evidence.GROUPS: _groups,
        Evidence.CLOSERS: _closers,
        Evidence.TRENDS: _trends,
        Evidence.COMBINED: lambda one, rules: expectations_line(one.analysis, rules),
        Evidence.JUDGEMENTS: _judgements,
        Evidence.ACTIONS: _actions,
        Evidence.PROVISION: _provision,
    }
    return {kind: made[kind](beside, rules) for kind in Evidence}


def _by_subject(beside: Beside, rules: Rules) -> str:
    """How many children make insufficient progress in each subject, of those of whom it can be told."""
    behind, told = Counter[str](), Counter[str]()
    for row in records(beside.analysis.summary, SUMMARY.names):
        behind[text(row["subject"])] += _whole(row["insufficient"])
        if row["cannot_tell"] is not None:
            told[text(row["subject"])] += _whole(row["n"]) - _whole(row["cannot_tell"])
    counts = [(subject_label(subject, rules), behind[subject], n) for subject, n in told.items() if n]
    return wording.by_subject(counts)


def _groups(beside: Beside, rules: Rules) -> str:
    gaps = beside.analysis.gaps
    compared = int(gaps["placebo"].notna().sum())
    if not compared:
        return ""
    return wording.clear_gaps(Counter(gap.subject for gap, _ in clear_gaps(beside.analysis, rules)), compared)


def _closers(beside: Beside, rules: Rules) -> str:  # noqa: ARG001  # as every other
    closers = beside.analysis.closers
    return wording.closers(closers["pupil"].nunique()) if len(closers) else ""


def _trends(beside: Beside, rules: Rules) -> str:  # noqa: ARG001  # as every other
    if beside.since is None or beside.since.gaps.empty:
        return ""
    gaps = beside.since.gaps
    counts = {trend: int((gaps["trend"] == trend.value).sum()) for trend in Trend}
    return wording.trends(beside.since.from_term, counts, len(gaps))


def _judgements(beside: Beside, rules: Rules) -> str:  # noqa: ARG001  # as every other
    checks = beside.checked.checks
    return wording.judgements(int(checks["asked"].astype(bool).sum()), len(checks)) if len(checks) else ""


def _actions(beside: Beside, rules: Rules) -> str:  # noqa: ARG001  # as every other
    if beside.since is None or beside.since.actions.empty:
        return ""
    actions = beside.since.actions.drop_duplicates(["file", "sheet", "row"])
    counts = {came: int((actions["came"] == came.value).sum()) for came in Came}
    return wording.actions(counts, actions["pupil"].nunique())


def _provision(beside: Beside, rules: Rules) -> str:  # noqa: ARG001  # as every other
    if beside.provided is None:
        return ""
    spells, impact = beside.provided.spells, beside.provided.impact
    here = spells[spells["this_year"].astype(bool)]
    counts = {verdict: int((impact["verdict"] == verdict.value).sum()) for verdict in Impact}
    return wording.provision(here["pupil"].nunique(), here["intervention"].nunique(), counts)


def _whole(cell: Cell) -> int:
    return int(number(cell) or 0)


def of_heading(rows: Sequence[Mapping[str, Cell]], heading: str) -> list[str]:
    """The sentences under a heading."""
    return [text(row["sentence"]) for row in rows if row["heading"] == heading]
