"""The statutory results in a Common Transfer File, as rows of a long table."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type alone; defusedxml parses

RESULT_HEADINGS = (
    *("Stage", "Academic year", "Term", "Subject", "Result"),
    *("Subject code", "Method", "Component", "Result status", "Result qualifier"),
)
_TEACHER_ASSESSMENT = "TA"
_WHOLE = frozenset({"", "SUB", "OVE", "TA", "LEV"})
_SUMMER = frozenset({"EYF", "FSP", "KS1", "KS2", "KS3"})


def result_rows(record: Element) -> Iterator[list[str]]:
    """A row for each result of one pupil."""
    for key_stage in record.iter("KeyStage"):
        stage = _text(key_stage, "Stage")
        for result in key_stage.findall("StageAssessment"):
            codes = [_text(result, name) for name in ("Subject", "Method", "Component")]
            year, term = _when(stage, _text(result, "Year"))
            outcome = [_text(result, name) for name in ("ResultStatus", "ResultQualifier")]
            yield [stage, year, term, _subject(*codes), _text(result, "Result"), *codes, *outcome]


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _subject(subject: str, method: str, component: str) -> str:
    """The codes of what was assessed, as columns.yaml knows them: those of a whole subject by teacher assessment alone.

    Anything else (a test's mark, an aspect, a profile's goal) keeps its method too, so that no two results of one
    child are taken for the same.
    """
    part = "" if component in _WHOLE else component
    return " ".join(filter(None, (subject, part, "" if method == _TEACHER_ASSESSMENT else method)))


def _when(stage: str, year: str) -> tuple[str, str]:
    """The academic year and term: a result's year is that of the summer in which the stage was assessed."""
    if stage not in _SUMMER or not year.isdecimal():
        return year, ""
    return f"{int(year) - 1}-{int(year) % 100:02d}", "Summer"
