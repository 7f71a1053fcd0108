"""The sheets with a row for a child: all children, what is said of them, and what lies behind it and ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from siptrack.analysis.ahead_tables import PACE, TARGETS
from siptrack.analysis.evidence_tables import EVIDENCE
from siptrack.analysis.model import Analysis
from siptrack.analysis.tables import FLAGS, PROGRESS, PUPIL_TABLE
from siptrack.analysis.vocabulary import Course, Verdict
from siptrack.cycle.first_tables import FIRST
from siptrack.documents.analysis import recorded_characteristics, table_records
from siptrack.documents.labels import group_words, subject_label
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.reports.meeting import ClassMeeting, MeetingChild
from siptrack.reports.wording import workbook as wording
from siptrack.reports.workbook.people import KEY, People, key_column, subject_column
from siptrack.reports.workbook.sheets import Row, Told, headings_of, rows_of, sheet, told
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, text
from siptrack.school.scale import Attainment

_VERDICTS = {Verdict.INSUFFICIENT.value: "▼", Verdict.ACCELERATED.value: "▲", Verdict.CANNOT_TELL.value: "?"}
_STANDINGS = {Attainment.WELL_BELOW.value: "▼▼", Attainment.BELOW.value: "▼", Attainment.ABOVE.value: "▲"}
_COURSES = {Course.NOT_ON_COURSE.value: "▼", Course.NOT_MET.value: "▼", Course.CANNOT_TELL.value: "?"}
_NAMES = 3  # the columns that say who it is, which stay in sight
_SENTENCE = 60
_OF_100 = "Fallen, of 100"


def children_sheet(analysis: Analysis, rules: Rules, classes: Sequence[ClassMeeting]) -> WorkbookSheet:
    """Every child on roll, one row each: where the child stands in each subject and which groups the child is in."""
    progress = table_records(PROGRESS.name, analysis, rules)
    subjects = list(dict.fromkeys(text(row["subject"]) for row in progress))
    subjects.sort(key=list(analysis.subjects).index)
    characteristics = recorded_characteristics(analysis, rules)
    every = rules.groups.all()
    verdicts = _verdicts(progress)
    known = {text(row["pupil"]): row for row in table_records(PUPIL_TABLE.name, analysis, rules)}
    people = People.of(analysis, rules)
    entries = {child.pupil: child for one in classes for child in one.children}

    def row(pupil: str) -> tuple[Cell, ...]:
        entry, child = entries[pupil], people.children[pupil]
        return (
            *(child.class_name or None, entry.year, entry.name, entry.need.value),
            *(cell for subject in subjects for cell in _in_subject(entry, subject, verdicts, rules)),
            *(group_words(every[key], known[pupil][key]) for key in characteristics),
            pupil,
        )

    of_subjects = [
        heading
        for label in (subject_label(subject, rules) for subject in subjects)
        for heading in (
            SheetColumn(label, widest=12),
            SheetColumn(wording.stands(label), marks=_STANDINGS, widest=12),
            SheetColumn(wording.moves(label), marks=_VERDICTS, widest=13),
        )
    ]
    headings = (
        *(
            SheetColumn("Class"),
            SheetColumn("Year"),
            SheetColumn("Child", widest=28),
            SheetColumn("Why named", widest=22),
        ),
        *of_subjects,
        *(SheetColumn(every[key].label, printed=False) for key in characteristics),
        KEY,
    )
    return sheet("children", headings, tuple(map(row, people.children)), frozen=_NAMES)


def _in_subject(
    entry: MeetingChild, subject: str, verdicts: Mapping[tuple[str, str], str], rules: Rules
) -> tuple[Cell, Cell, Cell]:
    """The grade, where it stands, and progress."""
    label = subject_label(subject, rules)
    standing = next((one for one in entry.standings if one.subject == label), None)
    if standing is None:
        return None, None, None
    return standing.grade or None, standing.attainment or None, verdicts.get((entry.pupil, subject))


def _verdicts(progress: Iterable[Row]) -> dict[tuple[str, str], str]:
    """By child and subject the verdict over both windows, the more pressing one."""
    order = [Verdict.INSUFFICIENT, Verdict.ACCELERATED, Verdict.EXPECTED, Verdict.CANNOT_TELL]
    found: dict[tuple[str, str], list[Verdict]] = {}
    for row in progress:
        found.setdefault((text(row["pupil"]), text(row["subject"])), []).append(Verdict(text(row["verdict"])))
    return {key: min(verdicts, key=order.index).value for key, verdicts in found.items()}


def first_sheet(analysis: Analysis, rules: Rules, people: People) -> WorkbookSheet:
    """Whom to talk about first, in that order."""
    columns = (
        told("Rank", "rank", CellKind.WHOLE),
        *people.columns(),
        subject_column(rules),
        told(_OF_100, "behind_in_100", CellKind.IN_100),
        told("Terms on the list", "terms", CellKind.WHOLE),
        told("Since", "since"),
        told("Why", "why", widest=_SENTENCE),
        key_column(),
    )
    rows = table_records(FIRST.name, analysis, rules)
    return sheet("first", headings_of(columns), rows_of(columns, rows), frozen=_NAMES + 1)


def flags_sheet(analysis: Analysis, rules: Rules, people: People) -> WorkbookSheet:
    """Every finding about every child, with where it is written."""
    weighed = {
        (row["pupil"], row["subject"]): row["behind_in_100"] for row in table_records(EVIDENCE.name, analysis, rules)
    }
    columns = (
        *people.columns(),
        subject_column(rules),
        told("Finding", "code"),
        told("In words", "sentence", widest=_SENTENCE),
        told("Since", "from_term"),
        told("Grade then", "from_grade"),
        told("Grade now", "grade"),
        told("Where it stands", "place", widest=40, printed=False),
        told("Where it stood", "from_place", widest=40, printed=False),
        Told(SheetColumn(_OF_100, CellKind.IN_100), lambda row: _number(row, weighed, rules)),
        key_column(),
    )
    return _of_children("flags", columns, table_records(FLAGS.name, analysis, rules), people)


def _number(row: Row, weighed: Mapping[tuple[Cell, Cell], Cell], rules: Rules) -> Cell:
    """How sure a finding about insufficient progress is; nothing beside others."""
    return weighed.get((row["pupil"], row["subject"])) if row["code"] in rules.flags.counting else None


def progress_sheet(analysis: Analysis, rules: Rules, people: People) -> WorkbookSheet:
    """Attainment and progress of every child in every subject, this year and in the key stage."""
    columns = (
        *people.columns(),
        subject_column(rules),
        Told(SheetColumn("Over"), lambda row: wording.window_words(text(row["window"]))),
        told("Since", "start_term"),
        told("Grade then", "start_grade"),
        told("Grade now", "grade"),
        Told(SheetColumn("Where it stands", marks=_STANDINGS), lambda row: row["attainment"]),
        told("Points then", "start_points", CellKind.NUMBER),
        told("Points now", "points", CellKind.NUMBER),
        told("At expectations from", "reference", CellKind.NUMBER),
        told("Gained", "gain", CellKind.NUMBER),
        told("Gain expected", "expected_gain", CellKind.NUMBER),
        told("Progress", "progress", CellKind.NUMBER),
        Told(SheetColumn("Verdict", marks=_VERDICTS), lambda row: row["verdict"]),
        told("Why it cannot be told", "reason", widest=30),
        Told(SheetColumn("Scale", widest=30, printed=False), lambda row: _scale(row["scale"], rules)),
        told("File", "file", widest=30, printed=False),
        told("Sheet", "sheet", printed=False),
        told("Cell", "cell", printed=False),
        key_column(),
    )
    return _of_children("progress", columns, table_records(PROGRESS.name, analysis, rules), people)


def _scale(name: Cell, rules: Rules) -> Cell:
    scale = rules.scales.get(text(name))
    return scale.label if scale else None


def pace_sheet(analysis: Analysis, rules: Rules, people: People) -> WorkbookSheet:
    """What each child has to gain a term to reach expectations."""
    columns = (
        *people.columns(),
        subject_column(rules),
        told("Grade now", "grade"),
        told("By the end of", "by_term"),
        told("Points now", "points", CellKind.NUMBER),
        told("Points needed then", "line", CellKind.NUMBER),
        told("Points short", "short", CellKind.NUMBER),
        told("Terms left", "terms", CellKind.WHOLE),
        told("Needed a term", "needed", CellKind.NUMBER),
        told("Made a term so far", "made", CellKind.NUMBER),
        key_column(),
    )
    return _of_children("pace", columns, table_records(PACE.name, analysis, rules), people)


def targets_sheet(analysis: Analysis, rules: Rules, people: People) -> WorkbookSheet:
    """The school's own targets, and whether each child is on course."""
    columns = (
        *people.columns(),
        subject_column(rules),
        told("Target", "target_grade"),
        told("For", "target_term"),
        told("Grade now", "grade"),
        told("Points from the target", "distance", CellKind.NUMBER),
        told("Needed a term", "needed", CellKind.NUMBER),
        told("Made a term so far", "made", CellKind.NUMBER),
        Told(SheetColumn("On course", marks=_COURSES), lambda row: row["course"]),
        told("Why it cannot be told", "reason", widest=30),
        key_column(),
    )
    return _of_children("targets", columns, table_records(TARGETS.name, analysis, rules), people)


def _of_children(key: str, columns: Sequence[Told], rows: list[dict[str, Cell]], people: People) -> WorkbookSheet:
    """A sheet with a row for each record of a child, in the order of the register."""
    return sheet(key, headings_of(columns), rows_of(columns, people.in_order(rows)), frozen=_NAMES)
