"""The single plan as the school filled it in: its priorities, the actions and criteria of each, and staff development.

It is the workbook that siptrack wrote, or a raising attainment plan of the school's own. Each row of siptrack's says in
its last column what is counted for it, so that rows may be moved, and sheets renamed; sentences are never taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from siptrack.reading.findings import Findings
from siptrack.reading.records.kind import RecordKind
from siptrack.reading.records.lines import RecordLine, Row
from siptrack.reading.records.sheets import Columns, RowRefusal
from siptrack.rules.model import Rules
from siptrack.school.actions import BETWEEN_SUBJECTS
from siptrack.school.place import Place
from siptrack.school.plan_record import OF, PLAN_ACTIONS, PLAN_HEADS, PLAN_TRAINING, Outcome, parts_of
from siptrack.school.term import Term

COUNTED = "counted"
_NOTHING_WRITTEN = RowRefusal("nothing written, in the school's single plan")
_WHOLE = re.compile(r"(\d+)(?:\.0)?(?: (?:child|children|pupils?))?", re.IGNORECASE)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)", re.IGNORECASE)
_SHARE = re.compile(r"0?[.,]\d+")  # of a cell that Excel shows as a percentage
_NUMBERS = re.compile(r"\d+(?:\.\d+)?(?: ?%)?")
_COUNTS = re.compile(r"(\d+) of (\d+)")
_HUNDRED = 100
_HOLDS = "the school's single plan"
_UNDATED = ("plan-no-term", "a plan that does not say from which term's results it is")
_Settling = Callable[[list[Row], Findings, Rules], list[Row]]
_PARTS = 8  # of what is counted for a criterion
_WRITTEN = ("action", "who", "by_when", "status", "monitoring", "monitored_by")


def _term(label: str) -> Term | None:
    return Term.named(label) or Term.counted(label)


class _When(NamedTuple):
    """The term of the plan, and the number of the priority."""

    term: Term | None
    priority: int | None


def _when(line: RecordLine) -> _When:
    """What a row says of them itself, else what the rows above or the sheet say of the term."""
    parts = parts_of(line[COUNTED])
    number = parts[1] if len(parts) > 1 else line["number"]
    sheet = ("plan", line.record.context.file, line.record.context.sheet)
    if term := _term(parts[0]):
        line.first.setdefault(sheet, term.label)
    else:
        term = _term(line.first.get(sheet, "")) or line.term()
    return _When(term, int(number) if number.isdigit() else None)


def _counted(line: RecordLine) -> Row:
    """What is counted for the row's criterion; nothing where it says nothing that can be."""
    parts = parts_of(line[COUNTED])
    if len(parts) != _PARTS or parts[2] not in tuple(Outcome):
        return {"outcome": ""}
    outcome, subject, among, group, counts, targets = parts[2:]
    count, _, n = counts.partition(OF)
    characteristic, _, group = group.partition("=")
    columns = line.reader.rules.columns
    if not (count.isdigit() and n.isdigit() and among and subject in (*columns.subjects, *columns.combined)):
        return {"outcome": ""}
    return {
        "outcome": outcome,
        "subject": subject,
        "among": among,
        "characteristic": characteristic,
        "group": group,
        "count": int(count),
        "n": int(n),
        "with_targets": _term(targets),
    }


def _beside(needed: str, *others: str) -> Callable[..., Columns]:
    """Those of a sheet that has one column, and one of others at least."""
    return lambda columns, *_: columns if needed in columns and columns.keys() & set(others) else {}


def _nothing_in(*names: str) -> Callable[[RecordLine], RowRefusal | None]:
    return lambda line: None if any(line[name] for name in names) else _NOTHING_WRITTEN


def _cells_of_head(line: RecordLine) -> Row:
    when, parts = _when(line), parts_of(line[COUNTED])
    source, subjects, groups = parts[2:5] if len(parts) > 4 else ("", line.subjects(line["priority"]), "")  # noqa: PLR2004  # the parts after the number
    return {
        **when._asdict(),
        "title": line["priority"],
        "source": source,
        "subjects": subjects,
        "groups": groups,
        "mid_due": line.due(line["mid_review"], when.term),
        "final_due": line.due(line["final_review"], when.term),
    }


def _cells_of_action(line: RecordLine) -> Row:
    when, counted = _when(line), _counted(line)
    children, percent = _wanted(line)
    return {
        **when._asdict(),
        **counted,
        "due": line.due(line["by_when"], when.term),
        "status": line.key("status", line["status"]),
        "status_written": line["status"],
        "monitoring_due": line.due(line["monitored_by"], when.term),
        "wanted_children": children,
        "wanted_percent": percent,
        "criterion_due": line.due(line["criterion_by"], when.term),
        "other_numbers": BETWEEN_SUBJECTS.join(_other_numbers(line)) if counted["outcome"] else "",
    }


def _wanted(line: RecordLine) -> tuple[int | None, float | None]:
    """How many children are wanted, as a number or as percent of them; other words are reported."""
    text = line["wanted"].strip()
    if children := _WHOLE.fullmatch(text):
        return int(children[1]), None
    if (percent := _PERCENT.fullmatch(text)) and float(percent[1]) <= _HUNDRED:
        return None, float(percent[1])
    if _SHARE.fullmatch(text):
        return None, _HUNDRED * float(text.replace(",", "."))
    if text:
        line.report("plan-number", "wanted", f"'{text}'", "a whole number of children, or a percentage such as 80 %")
    return None, None


def _other_numbers(line: RecordLine) -> list[str]:
    """The numbers in the sentence of a criterion that its row has nowhere else; a percentage is that of its counts."""
    term, _, *counts = parts_of(line[COUNTED])
    beside = " ".join((line["criterion_by"], line["wanted"], term, *counts[-2:]))
    known, shares = (
        set(_NUMBERS.findall(beside)),
        [_HUNDRED * int(count) / int(n) for count, n in _COUNTS.findall(line[COUNTED]) if int(n)],
    )
    found = dict.fromkeys(_NUMBERS.findall(line["criterion"]))
    return [
        text
        for text in found
        if text not in known and not ("%" in text and any(abs(float(text.strip(" %")) - share) < 1 for share in shares))
    ]


def _cells_of_training(line: RecordLine) -> Row:
    when = _when(line)
    return {**when._asdict(), "due": line.due(line["by_when"], when.term)}


def _settled(identity: Callable[[Row], tuple[object, ...]], *written: str) -> _Settling:
    """Rows that were put in get the term and number of their sheet; of two copies of a row the fuller one is left.

    A row is a copy where another file has one of the same identity, and no other word in what people wrote.
    """

    def settle(rows: list[Row], findings: Findings, _: Rules) -> list[Row]:
        kept: dict[tuple[object, ...], list[Row]] = {}
        copied: dict[object, Place] = {}
        for row in _with_sheets(rows):
            alike = kept.setdefault((row["term"], row["priority"], *identity(row)), [])
            at = next((at for at, one in enumerate(alike) if _is_copy(one, row, written)), None)
            if at is None:
                alike.append(row)
                continue
            fewer, more = sorted((alike[at], row), key=lambda one: sum(bool(one.get(name)) for name in written))
            alike[at] = {**fewer, **{name: cell for name, cell in more.items() if cell not in ("", None)}}
            copied.setdefault(fewer["file"], Place(str(fewer["file"]), str(fewer["sheet"])))
        for place in copied.values():
            findings.add("plan-twice", place, "rows of a plan that another file has too", "one copy of the plan")
        return [row for alike in kept.values() for row in alike]

    return settle


def _is_copy(one: Row, other: Row, written: Sequence[str]) -> bool:
    same = (not one.get(name) or not other.get(name) or one[name] == other[name] for name in written)
    return one["file"] != other["file"] and all(same)


def _with_sheets(rows: list[Row]) -> Iterator[Row]:
    """The rows, each without a term or a number with that of its sheet, else with the term of its file."""
    known: dict[tuple[object, ...], object] = {}
    for row in rows:
        for name in ("term", "priority"):
            if row[name] is not None:
                known.setdefault((name, row["file"], row["sheet"]), row[name])
        known[("term", row["file"])] = known.get(("term", row["file"])) or row["term"]
    for row in rows:
        here = row["file"], row["sheet"]
        term = next(
            (term for term in (row["term"], known.get(("term", *here)), known[("term", here[0])]) if term), None
        )
        number = row["priority"] if row["priority"] is not None else known.get(("priority", *here))
        yield {**row, "term": term, "priority": number}


def _of_action(row: Row) -> tuple[object, ...]:
    """What a row of a priority is about: what is counted in it, else its action and criterion as written."""
    counted = tuple(row.get(name) for name in ("outcome", "subject", "among", "characteristic", "group"))
    return counted if row["outcome"] else (row.get("action"), row.get("criterion"))


_part_of_plan = partial(RecordKind, name="plan", called="plan", in_own_files=True, holds=_HOLDS, undated=_UNDATED)
HEADS = _part_of_plan(
    table=PLAN_HEADS,
    headings=lambda rules: rules.plan.heads,
    needs=("priority",),
    columns_of=_beside("priority", "theme", "objective", "target"),
    refusal=_nothing_in("priority", "theme", "objective", "target"),
    cells=_cells_of_head,
    settled=_settled(lambda row: (row["title"],), "theme", "objective", "target", "mid_review", "final_review"),
)
ACTIONS_PLANNED = _part_of_plan(
    table=PLAN_ACTIONS,
    headings=lambda rules: rules.plan.actions,
    needs=("action",),
    columns_of=_beside("action", "criterion", "monitoring"),
    merged=("by_when", "who", "monitoring", "monitored_by"),
    refusal=_nothing_in(*_WRITTEN, "criterion", "wanted"),
    spellings={"status": lambda rules: {status.value: texts for status, texts in rules.actions.statuses.items()}},
    cells=_cells_of_action,
    settled=_settled(_of_action, *_WRITTEN, "criterion", "wanted", "criterion_by"),
)
STAFF_DEVELOPMENT = _part_of_plan(
    table=PLAN_TRAINING,
    headings=lambda rules: rules.plan.training,
    needs=("learn",),
    columns_of=_beside("learn", "serves", "effect"),
    refusal=_nothing_in("learn", "who", "by_when", "serves", "effect"),
    cells=_cells_of_training,
    settled=_settled(lambda row: (row["learn"],), "who", "by_when", "serves", "effect"),
)
