"""Records of teaching: of what was seen of lessons and books, and of the staff's training.

A sheet that names pupils, or holds results, is neither.
"""

from __future__ import annotations

import re

from siptrack.reading.cells import Cells
from siptrack.reading.headings import SCHOOL_ROLES, ColumnKind
from siptrack.reading.records.actions import ACTION
from siptrack.reading.records.kind import RecordKind
from siptrack.reading.records.lines import RecordLine, Row, joined
from siptrack.reading.records.sheets import BETWEEN, Columns, RowRefusal
from siptrack.reading.schools import class_with_school
from siptrack.reading.spelling import words
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader
from siptrack.rules.model import Rules
from siptrack.school.teaching import CPD, OBSERVATIONS

FOCUS, TOPIC, STAFF = "focus", "topic", "staff"
_NAME = "name"  # the role of a heading such as Name, which beside training is the staff's
_TELLING_OF_A_TOPIC = 2
_NO_FOCUS = RowRefusal("no focus, in a record of teaching", "cpd-no-focus", "no focus", "what the training was about")
_NOTHING = RowRefusal(
    "no judgement and no notes, in a record of teaching",
    *("teaching-nothing-recorded", "no judgement and no notes", "either"),
)
_MERGED = ("date", "term", "class", "year_group", "subject")
_OF_SUBJECTS = (ColumnKind.RESULT, ColumnKind.TARGET)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(.*)")
_CLASS = re.compile(r"^class ")


def _columns_seen(columns: Columns, *_: object) -> Columns:
    """Those of a judgement with a kind of evidence or an observer, or of notes with an observer."""
    judged = "judgement" in columns and columns.keys() & {"kind", "by"}
    return columns if judged or columns.keys() >= {"notes", "by"} else {}


def _columns_of_training(columns: Columns, headings: Cells, rules: Rules) -> Columns:
    """Those of a focus and one more that tells, or of a topic, which may be anything's, and two; of a plan none."""
    telling, names = len(columns.keys() & rules.teaching.tells), columns.get(_NAME, ())
    is_one = telling or names if FOCUS in columns else telling >= _TELLING_OF_A_TOPIC and not names
    of_a_plan = set(map(words, rules.actions.headings[ACTION]))
    if not is_one or not of_a_plan.isdisjoint(map(words, headings)):
        return {}
    staff = {STAFF: (*names, *columns.get(STAFF, ()))} if names else {}
    return {**{name: at for name, at in columns.items() if name != _NAME}, **staff}


def _when(line: RecordLine) -> Row:
    """The day and the term of a row, and what it says of them; a row of no known term is a problem."""
    term, when = line.term("date", "term", "academic_year"), line["date"] or line["term"]
    if term is None:
        expected = "a date such as 15/01/2026, or a term and year"
        line.report("teaching-no-term", "date", f"'{when}'" if when else "no date", expected)
    return {"term": term, "date": line.day("date"), "when": when}


def _cells_seen(line: RecordLine) -> Row:
    """How good what was seen is, by the grades that are known; what kind of evidence it was, and who saw it."""
    teaching = line.reader.rules.teaching
    found = {line.key("grade", part) for part in line["judgement"].split(BETWEEN)}
    grade = found.pop() if len(found) == 1 else ""
    return {
        **_when(line),
        **_whose(line),
        "grade": grade,
        "good": teaching.grades[grade].good_or_better if grade else None,
        "kind": line.first_spelt(joined(line["kind"], line["type"])),
        "by": line.first_spelt(line["by"]),
        "subjects": line.subjects(line["subject"] or line.record.context.subject),
    }


def _whose(line: RecordLine) -> Row:
    """The class of a row, else its year group; neither where it is of the whole school, or of no known class.

    Where several schools are spoken of, their classes are known by the school too.
    """
    rules, around, context = line.reader.rules, line.around, line.record.context
    of_class = class_with_school(line["class"], around.where.beside(line.texts)) or context.class_name
    about, column = (of_class, "class") if of_class else (line["year_group"], "year_group")
    known = next((name for name in reversed(around.classes) if _plain(name) == _plain(of_class)), "")
    everybody = words(about) in set(map(words, rules.teaching.everybody))
    unknown = around.classes and about and not everybody
    year = YearGroupReader(rules.years).read(about if unknown else line["year_group"])
    year = None if year == OUT_OF_RANGE else year
    if unknown and not known and year is None:
        expected = "a class of the results, a year group, or 'whole school'"
        line.report("teaching-no-class", column, f"'{about}'", expected)
    return {"about": about, "class": known, "year_group": None if known else year}


def _plain(class_name: str) -> str:
    return _CLASS.sub("", words(class_name))


def _cells_of_training(line: RecordLine) -> Row:
    focus, subject = joined(line[FOCUS], line[TOPIC]), line["subject"]
    subjects = (subject,) if subject else (focus, line.record.context.subject)
    return {**_when(line), "focus": focus, "subjects": line.subjects(*subjects), "hours": _hours(line)}


def _hours(line: RecordLine) -> float | None:
    """A number of hours, alone or with its unit."""
    match = _NUMBER.fullmatch(line["hours"])
    if match and (not match[2] or words(match[2]) in line.reader.rules.teaching.hours):
        return float(match[1])
    if line["hours"]:
        line.report("cpd-hours", "hours", f"'{line['hours']}'", "a number of hours")
    return None


LESSONS_SEEN = RecordKind(
    name="teaching",
    called="observation",
    table=OBSERVATIONS,
    headings=lambda rules: rules.teaching.observations,
    needs=("class", "year_group"),
    roles=SCHOOL_ROLES,
    columns_of=_columns_seen,
    never_beside=lambda heading: heading.kind in _OF_SUBJECTS,
    holds="records of teaching",
    merged=_MERGED,
    refusal=lambda line: None if line["judgement"] or line["notes"] else _NOTHING,
    spellings={"grade": lambda rules: {key: grade.spellings for key, grade in rules.teaching.grades.items()}},
    cells=_cells_seen,
)
TRAINING = RecordKind(
    name="teaching",
    called="cpd",
    table=CPD,
    headings=lambda rules: rules.teaching.cpd,
    needs=(FOCUS, TOPIC),
    roles=(_NAME, *SCHOOL_ROLES),
    columns_of=_columns_of_training,
    never_beside=lambda heading: heading.kind in _OF_SUBJECTS,
    holds="records of teaching",
    merged=_MERGED,
    refusal=lambda line: None if line[FOCUS] or line[TOPIC] else _NO_FOCUS,
    cells=_cells_of_training,
)
