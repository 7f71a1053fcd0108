"""What a school's records of teaching and CPD say to the questions, in the sentences of the report of teaching."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.cycle.teaching import Taught
from siptrack.documents.questions.evidence import EvidenceText, Line, silent
from siptrack.documents.teaching import sentences as teaching_words
from siptrack.documents.teaching.cpd import CpdOfTerm, counted, list_cpd, then_and_now
from siptrack.documents.teaching.recorded import Recorded, Row, whole
from siptrack.reports.wording import questions_records as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import text


def tell_teaching(taught: Taught | None, rules: Rules) -> EvidenceText:
    """What was recorded of lessons and books this school year, by whom, and the progress in those classes."""
    if taught is None or taught.analysis.register.optional_frame("observations") is None:
        return silent(wording.no_lessons())
    recorded = Recorded(taught, rules)
    left = [Line(words, leads=True) for words in _left(recorded)]
    subjects = recorded.subjects
    if not subjects:
        return EvidenceText(teaching_words.nothing_this_year(), tuple(left))
    lines = [Line(teaching_words.NOT_HOW_GOOD, leads=True)]
    for row in subjects:
        lines.append(Line(recorded.good_or_better(row), leads=True))
        lines += [Line(words) for words in recorded.behind(row)]
    if asked := recorded.asked():
        lines.append(Line(wording.together_lead(), leads=True))
        lines += [Line(words) for words in asked]
    notes = [teaching_words.asks_note(rules.teaching, recorded.small)] if asked else []
    notes += [teaching_words.few_for_percentages(recorded.small), teaching_words.grades_note(rules.teaching)]
    notes.append(teaching_words.NOT_FROM_IT)
    return EvidenceText(_says(recorded, subjects), (*lines, *(Line(words, leads=True) for words in notes), *left))


def _says(recorded: Recorded, subjects: Sequence[Row]) -> str:
    """How many records there are, and of those with a grade how many say good or better in each subject."""
    seen = [row for row in recorded.seen if row["academic_year"] == recorded.year]
    good = {}
    for row in subjects:
        of = whole(row)
        if of["graded"]:
            label = recorded.label(text(row["subject"])) if row["subject"] else ""
            good[label] = teaching_words.of_those(of["good"], of["graded"], recorded.small)
    return wording.recorded_line(len(seen), sum(bool(row["grade"]) for row in seen), good)


def _left(recorded: Recorded) -> list[str]:
    """How many records are of earlier school years, or of no known term."""
    undated = sum(row["academic_year"] is None for row in recorded.seen)
    earlier = len(recorded.earlier)
    return [
        *([teaching_words.others_left(earlier, teaching_words.IN_THE_REPORT)] if earlier else []),
        *([wording.undated_left(undated)] if undated else []),
    ]


def tell_cpd(taught: Taught | None, rules: Rules) -> EvidenceText:
    """CPD that the results of this school year may follow, and how the same children stood before and after."""
    if taught is None or taught.analysis.register.optional_frame("cpd") is None:
        return silent(wording.no_cpd_sheet())
    shown = list_cpd(taught, rules, detail=False)
    rows = [row for one in shown for row in one.rows]
    others = len(taught.cpd) - len(rows)
    left = [Line(teaching_words.cpd_left(others, teaching_words.IN_THE_REPORT), leads=True)] if others else []
    if not shown:
        return EvidenceText(teaching_words.no_cpd(), tuple(left))
    about: dict[tuple[str, ...], int] = {}
    for one in shown:
        about[one.subjects] = about.get(one.subjects, 0) + len(one.rows)
    intended, evaluated = (sum(bool(row[name]) for row in rows) for name in ("intended", "evaluation"))
    lines = [line for one in shown for line in _of_term(one, rules)]
    notes = [teaching_words.cpd_terms(rules.teaching.after)] if any(one.results for one in shown) else []
    notes.append(teaching_words.NOT_FROM_IT)
    says = wording.trained_line(about, intended, evaluated)
    return EvidenceText(says, (*lines, *(Line(words, leads=True) for words in notes), *left))


def _of_term(cpd: CpdOfTerm, rules: Rules) -> list[Line]:
    """CPD of a term, and the same children then and now by year group."""
    lines = [Line(cpd.heading, leads=True), *(Line(words) for words in cpd.lines)]
    for label, rows in cpd.results.items():
        if not rows:
            lines.append(Line(teaching_words.without_results(label, cpd.when)))
            continue
        figures = [counted(row, rules) for row in rows]
        insufficient = wording.insufficient_line((year, then, now) for year, then, now, *_ in figures)
        at_are = wording.at_are_line((year, then, now) for year, _, _, then, now in figures)
        lines.append(Line(then_and_now(rows, label)))
        lines += [Line(words) for words in (insufficient, at_are) if words]
    return lines
