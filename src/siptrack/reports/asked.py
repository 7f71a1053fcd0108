"""The comparisons of judgements that lead to a question, ready to be put into words."""

from __future__ import annotations

from siptrack.analysis.consistency import CLASS, YEAR_GROUP
from siptrack.analysis.tables import CHECKS
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.findings import subject_label
from siptrack.reports.wording import checks as wording
from siptrack.reports.wording import gaps as groups
from siptrack.reports.wording.checks import Asked
from siptrack.rules.model import Rules
from siptrack.school.frame import Frame


def list_asked(checks: Frame, rules: Rules) -> list[Asked]:
    """The comparisons that lead to a question, in the order of the rules, subjects and groups; classes by name."""
    rows = records(checks[checks["asked"]], CHECKS.names)
    order = {code: at for at, code in enumerate(rules.checks)}
    subjects = {subject: at for at, subject in enumerate(rules.columns.subjects)}
    rows.sort(key=lambda row: (order[text(row["code"])], subjects.get(text(row["subject"]), 0)))
    return [_asked(row, rules) for row in rows]


def _asked(row: dict[str, Cell], rules: Rules) -> Asked:
    children, peers = _who(text(row["characteristic"]), text(row["group"]), rules)
    return Asked(
        code=text(row["code"]),
        subject=subject_label(text(row["subject"]), rules),
        children=children,
        peers=peers,
        direction=text(row["direction"]),
        **{name: int(number(row[name]) or 0) for name in ("n", "count", "peers_n", "peers_count")},
        low=number(row["low"]) or 0,
        high=number(row["high"]) or 0,
        from_term=text(row["from_term"]),
        term=text(row["term"]),
    )


def _who(characteristic: str, group: str, rules: Rules) -> tuple[str, str]:
    """The children of a group, and its peers, as a sentence calls them."""
    if characteristic == CLASS:
        return wording.class_children(group), wording.other_classes()
    if characteristic == YEAR_GROUP:
        return wording.year_children(group), wording.other_years()
    known = rules.groups.all()[characteristic]
    others = [key for key in known.groups if key != group]
    return groups.children_of(known, group), groups.children_of(known, others[0] if len(others) == 1 else "")
