"""The register: who the pupils are, what was written for them, and how every row that was read was accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from siptrack.school.actions import ACTIONS
from siptrack.school.ages import AGES
from siptrack.school.column_use import ColumnUse
from siptrack.school.in_pandas import as_read
from siptrack.school.place import Place
from siptrack.school.plan_record import PLAN_ACTIONS, PLAN_HEADS, PLAN_TRAINING
from siptrack.school.problem import Problem, Severity
from siptrack.school.review import REVIEWS
from siptrack.school.sources import SourceFound
from siptrack.school.tables import Column, Table
from siptrack.school.tables_held import HasTables, OptionalPandasTable, PandasTable

PUPILS = Table(
    "pupils",
    "The pupils, one row each; a column for each characteristic follows these.",
    (
        Column("pupil", "text", "the key that joins the tables: the UPN, else the school's id, else the name"),
        Column("upn", "text", "unique pupil number, as written"),
        Column("surname", "text", "surname"),
        Column("forename", "text", "forename"),
        Column("school", "text", "the school, as most rows name it; empty where the files name none"),
        Column("date_of_birth", "text", "date of birth, as 2015-03-01; empty when not known"),
        Column("on_roll_from", "integer", "number of the first term with a result; STILL_HERE without any"),
        Column("on_roll_until", "integer", "number of the last term in which the files show the pupil on roll"),
    ),
)

PLACEMENTS = Table(
    "placements",
    "The year group and class of a pupil in an academic year.",
    (
        Column("pupil", "text", "the pupil's key"),
        Column("academic_year", "integer", "the calendar year in which the academic year begins"),
        Column("year_group", "number", "year group; Reception is 0, Nursery -1; empty when not known"),
        Column("class", "text", "class; empty when not known"),
    ),
)

HISTORIES = Table(
    "histories",
    "What was said of a pupil's characteristic and when, the newest word first.",
    (
        Column("pupil", "text", "the pupil's key"),
        Column("characteristic", "text", "the characteristic's key"),
        Column("term", "integer", "number of the term of the row that says it; STILL_HERE in a list of those on roll"),
        Column("group", "text", "the group's key"),
    ),
)

PERCENTAGES = Table(
    "percentages",
    "What is written of a pupil as a percentage, such as attendance, the newest first.",
    (
        Column("pupil", "text", "the pupil's key"),
        Column("characteristic", "text", "the characteristic's key"),
        Column(
            "term", "integer", "number of the term that it is of; STILL_HERE in a list of those on roll without one"
        ),
        Column("period", "text", "the term or school year in words; empty where nothing says when"),
        Column("percent", "number", "the percentage, from 0 to 100"),
        Column("file", "text", "file"),
        Column("sheet", "text", "sheet"),
        Column("row", "integer", "row, counted from 1"),
        Column("column", "integer", "column, counted from 1"),
    ),
)


class Percentage(NamedTuple):
    """A row of the table of percentages."""

    pupil: str
    characteristic: str
    term: int
    period: str
    percent: float
    file: str
    sheet: str
    row: int
    column: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.sheet, self.row, self.column)


RESULTS = Table(
    "results",
    "What was written for a pupil in a subject in a term: a row for a teacher's judgement and a row for a test's.",
    (
        Column("pupil", "text", "the pupil's key"),
        Column("subject", "text", "the subject's key"),
        Column("term", "integer", "the term's number"),
        Column("scale", "text", "the scale's name; empty when none fits"),
        Column("text", "text", "what was written"),
        Column("grade", "text", "the grade or special code as the scale prints it"),
        Column("points", "number", "the grade's points; empty for a special code and for a mark with no scale"),
        Column("of_year", "number", "the year group that the grade names, such as 3 in 3At; empty when it names none"),
        Column("counts", "flag", "whether the result counts in the denominator of a percentage"),
        Column("test", "flag", "whether it is a test's result and not a teacher's judgement"),
        Column("mark", "text", "what stood beside the grade, such as + or (mod); empty for nothing"),
        Column(
            "lean", "number", "-1 where it lies under the grade as it counts, as in EXS- and <70; 1 over it; else 0"
        ),
        Column("stands_from", "number", "number of the term of a judgement that still stands; empty for a new one"),
        Column("file", "text", "file"),
        Column("sheet", "text", "sheet"),
        Column("row", "integer", "row, counted from 1"),
        Column("column", "integer", "column, counted from 1"),
    ),
)


@dataclass(frozen=True, order=True)
class SetAside:
    """Rows or results that were read and not used, why, and where each of them stands."""

    of: str
    reason: str
    count: int
    places: tuple[Place, ...] = field(default=(), compare=False)


class Ledger(NamedTuple):
    """What was read and what became of it: rows read = rows used + rows set aside, and so for results.

    `columns` tells of each column what it was used as, or why it was not; `terms_named` are the files and sheets from
    whose name a term was taken, each with it.
    """

    files: tuple[str, ...]
    rows_read: int
    rows_used: int
    results_read: int
    results_used: int
    set_aside: tuple[SetAside, ...]
    columns: tuple[ColumnUse, ...] = ()
    terms_named: tuple[tuple[str, str, str], ...] = ()

    @property
    def unused(self) -> tuple[ColumnUse, ...]:
        """The columns that were not used."""
        return tuple(column for column in self.columns if not column.used_as)

    def balances(self) -> bool:
        """Whether every row and every result is accounted for."""
        aside = {of: sum(item.count for item in self.set_aside if item.of == of) for of in ("rows", "results")}
        return (
            self.rows_read == self.rows_used + aside["rows"]
            and self.results_read == self.results_used + aside["results"]
        )


_OF_PROVISION = partial(as_read, numbers=("wave", "start_term", "end_term", "row"))


@dataclass(frozen=True, kw_only=True)
class Register(HasTables):
    """Everything that was read from the school's files, understood.

    `pupils` has the columns of PUPILS and one for each recorded characteristic (a group's key, or `not_recorded`);
    `placements`, `results` and `targets` (columns of RESULTS) refer to it by `pupil`. `subjects` is in order of print;
    `unusable` are the files that could not be read; `dismissed` counts the queries that the school has explained;
    `schools` are those in the files and `school` the one that this is of, empty for all of them;
    `sources` tell how the files found each other's children; `exports` the known exports recognised, by file;
    `histories` has the columns of HISTORIES, `percentages` those of PERCENTAGES, `ages` those of AGES, `actions`
    those of ACTIONS, `reviews` those of REVIEWS, `plan_heads`, `plan_actions` and `plan_training` those of
    PLAN_HEADS, PLAN_ACTIONS and PLAN_TRAINING; `provision`, `observations` and `cpd` those of PROVISION,
    OBSERVATIONS and CPD, None where no sheet is of the kind.
    """

    pupils: PandasTable = PandasTable(as_read)
    placements: PandasTable = PandasTable(as_read)
    results: PandasTable = PandasTable(as_read)
    targets: PandasTable = PandasTable(as_read)
    subjects: Sequence[str]
    ledger: Ledger
    problems: tuple[Problem, ...]
    unusable: tuple[Problem, ...] = ()
    dismissed: int = 0
    schools: tuple[str, ...] = ()
    school: str = ""
    sources: tuple[SourceFound, ...] = ()
    exports: tuple[tuple[str, str], ...] = ()
    histories: OptionalPandasTable = OptionalPandasTable(as_read)
    percentages: PandasTable = PandasTable(as_read, PERCENTAGES)
    ages: PandasTable = PandasTable(as_read, AGES)
    actions: PandasTable = PandasTable(as_read, ACTIONS)
    provision: OptionalPandasTable = OptionalPandasTable(_OF_PROVISION)
    reviews: PandasTable = PandasTable(as_read, REVIEWS)
    plan_heads: PandasTable = PandasTable(as_read, PLAN_HEADS)
    plan_actions: PandasTable = PandasTable(as_read, PLAN_ACTIONS)
    plan_training: PandasTable = PandasTable(as_read, PLAN_TRAINING)
    observations: OptionalPandasTable = OptionalPandasTable(partial(as_read, numbers=("term", "year_group")))
    cpd: OptionalPandasTable = OptionalPandasTable(partial(as_read, numbers=("term",)))

    @property
    def alarms(self) -> tuple[Problem, ...]:
        """The problems that may make the whole report wrong."""
        return tuple(problem for problem in self.problems if problem.alarm)

    @property
    def has_errors(self) -> bool:
        """Whether anything in the data must be corrected."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


NOT_RECORDED = "not_recorded"
STILL_HERE = 1_000_000  # `on_roll_until` of a pupil in a list of those on roll; `on_roll_from` of one without a result
