"""The queries as lines of siptrack.yaml, in which the school says why each may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from siptrack.documents.settings import settings_before, with_section
from siptrack.rendering.safe_text import yaml_text
from siptrack.rendering.writing import write_whole
from siptrack.school.problem import Problem, Severity
from siptrack.school.safe_text import safe_text

_HEAD = (
    "# Queries of siptrack check. Write between the quotation marks why one may stand: it is then counted, not listed."
)


def save_queries(problems: Sequence[Problem], explained: Mapping[str, str], target: Path) -> int:
    """Write a line for each open query, keeping the reasons given before and all else in the file; how many are open.

    Each line is led by what was found, so that the reason can be written where the question stands.
    """
    queries = {problem.known_as: problem for problem in problems if problem.severity is Severity.QUERY}
    if not queries:
        return 0
    lines = [_line(name, reason) for name, reason in explained.items() if reason]
    for name, query in queries.items():
        lines += [f"# {safe_text(' '.join(query.found.split()))}", _line(name, "")]
    write_whole(target, with_section(settings_before(target), "dismissed", _HEAD, lines).encode("utf-8"), force=True)
    return len(queries)


def _line(name: str, reason: str) -> str:
    return f"{yaml_text(name)}: {yaml_text(reason)}"
