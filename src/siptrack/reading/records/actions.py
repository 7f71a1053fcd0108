"""Actions agreed for children: a heading for the child and one for the action, on a sheet of results too.

The meeting workbook that came back is one.
"""

from __future__ import annotations

from siptrack.reading.headings import PUPIL_ROLES, SCHOOL_ROLES
from siptrack.reading.records.kind import OfAChild, RecordKind
from siptrack.reading.records.lines import RecordLine, Row, joined
from siptrack.reading.records.sheets import RowRefusal
from siptrack.school.actions import ACTIONS

ACTION = "action"
_NAMING = (*PUPIL_ROLES, "key")
_ABOUT_ROW = ("date_of_birth", "year_group", "class", "term", "academic_year", "subject", *SCHOOL_ROLES)
_OF_NOBODY = "names no child who is known, in a record of actions"
_OF_TWO = "fits more than one child, in a record of actions"


def _cells(line: RecordLine) -> Row:
    """A status in other words than those known tells how it went, and so does an outcome.

    An outcome that is only a time is none; where nothing else tells, it is one more time by which.
    """
    term = line.term("meeting", "term", "academic_year")
    status = line.key("status", line["status"])
    went = joined("" if _is_a_time(line, "outcome") else line["outcome"], "" if status else line["status"])
    by_when = joined(line["by_when"], "" if went else line["outcome"])
    return {
        "term": term,
        "subjects": line.subjects(line["subject"], line.record.context.subject),
        "by_when": by_when,
        "due": line.due(by_when, term),
        "outcome": went,
        "status": status,
    }


def _is_a_time(line: RecordLine, column: str) -> bool:
    """Whether a cell is a date or a term and nothing else: when it will be looked at, not how it went."""
    parts, rest = line.reader.finder.find(line[column])
    return line.day(column) is not None or (parts.speaks and rest in ("", "term"))


ACTIONS_AGREED = RecordKind(
    name="actions",
    called=ACTION,
    table=ACTIONS,
    headings=lambda rules: rules.actions.headings,
    needs=(ACTION,),
    columns_of=lambda columns, *_: columns if ACTION in columns and columns.keys() & set(_NAMING) else {},
    roles=(*PUPIL_ROLES, *_ABOUT_ROW),
    merged=(*_NAMING, *_ABOUT_ROW),
    beside_results=True,
    in_own_files=True,
    child=OfAChild(
        nobody=RowRefusal(_OF_NOBODY, "action-no-pupil", "an action for no child who is known", "a name or UPN"),
        several=RowRefusal(_OF_TWO, "action-two-pupils", "an action that fits more than one child", "one child's row"),
    ),
    refusal=lambda line: None if line[ACTION] else RowRefusal("nothing agreed, in a record of actions"),
    spellings={"status": lambda rules: {status.value: texts for status, texts in rules.actions.statuses.items()}},
    cells=_cells,
    undated=("action-no-term", "{undated} of {used} actions without the term of their meeting"),
    order=lambda row, _: (row["pupil"], row["term"] is None, row["term"] or 0),
)
