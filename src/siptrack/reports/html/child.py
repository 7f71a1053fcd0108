"""The page of one child: where the child stands in each subject, how they came there, and why each thing is said."""

from __future__ import annotations

from collections.abc import Iterable

from siptrack import __version__
from siptrack.reports.child_model import ChildPage, CitedRule, SubjectJourney, Written
from siptrack.reports.html.journeys import charts_of
from siptrack.reports.html.pages import page
from siptrack.reports.wording import overall
from siptrack.reports.wording import pages as wording
from siptrack.rules.model import Ruler


def child_html(child: ChildPage, ruler: Ruler, report: str) -> bytes:
    """The page; `report` is the address of the report from there."""
    return page(
        "child.jinja",
        title=wording.child_title(child.name, child.class_name, child.year_group),
        child=child,
        subjects=charts_of(child.subjects),
        cells_of=cells_of,
        rules=_rules(child.subjects),
        report=report,
        ruler=overall.ruler_line(ruler, __version__),
    )


def cells_of(evidence: Iterable[Written]) -> str:
    """Where what is said is written; nothing where it is written nowhere."""
    places = [f"{one.place.label}: {one.text}" for one in evidence]
    return wording.cells_line(places) if places else ""


def _rules(subjects: Iterable[SubjectJourney]) -> list[CitedRule]:
    """Every rule that something on the page rests on, once."""
    resting = [one.rules for subject in subjects for one in subject.progress]
    resting += [flag.rules for subject in subjects for flag in subject.flags]
    return list(dict.fromkeys(rule for rules in resting for rule in rules))
