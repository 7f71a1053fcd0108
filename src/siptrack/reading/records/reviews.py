"""The school's own reviews: a heading, a stage, and evidence or a next step, and no child; held as it is written.

A grid with a column for each stage, in which one is marked, is one too.
"""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.reading.records.kind import RecordKind
from siptrack.reading.records.lines import RecordLine, Row, joined, key_of
from siptrack.reading.records.sheets import Columns, RowRefusal
from siptrack.reading.sheet import Cells, cell_at
from siptrack.reading.spelling import tight
from siptrack.rules.model import Rules
from siptrack.school.review import REVIEWS
from siptrack.school.term import Term

HEADING, STAGE = "heading", "stage"
_WRITTEN = (STAGE, "evidence", "dated", "step", "who", "by_when", "came")
_NOTHING_WRITTEN = RowRefusal("nothing written, in the school's own review")
_UNDER_NONE = "under no heading of the guidance, in the school's own review"


def _columns(columns: Columns, headings: Cells, rules: Rules) -> Columns:
    """Those of a heading and its stage, written beside evidence or a step, or in a grid with a column for each."""
    written = STAGE in columns and columns.keys() & {"evidence", "step"}
    in_grid = _grid(headings, rules).keys() == {stage.label for stage in rules.review.stages.values()}
    return columns if HEADING in columns and (written or in_grid) else {}


def _grid(headings: Cells, rules: Rules) -> Mapping[str, int]:
    """The column of each stage that heads one, by its label; empty where stages are written."""
    spellings = {stage.label: (stage.label, *stage.spellings) for stage in rules.review.stages.values()}
    stages = ((key_of(text, spellings), at) for at, text in enumerate(headings))
    return {label: at for label, at in stages if label}


def _marked(line: RecordLine) -> Mapping[str, str]:
    """What stands in the grid under each stage that is marked."""
    columns = line.reader.rules.columns
    unmarked = set(map(tight, (*columns.blank, *columns.unticked)))
    grid = _grid(line.record.headings, line.reader.rules).items()
    texts = {label: cell_at(line.cells, at) for label, at in grid}
    return {label: text for label, text in texts.items() if text and tight(text) not in unmarked}


def _refusal(line: RecordLine) -> RowRefusal | None:
    repeated = line.cells == line.record.headings
    if repeated or not (any(line[name] for name in _WRITTEN) or _marked(line)):
        return _NOTHING_WRITTEN
    headings = line.reader.rules.review.headings
    if key_of(line[HEADING], headings):
        return None
    expected = f"one of the guidance's headings, such as {min(headings, key=len)}"
    return RowRefusal(_UNDER_NONE, "review-heading", "a heading that is none of the guidance's", expected)


def _cells(line: RecordLine) -> Row:
    """In a grid the stage is the one that is marked, and words in its cell are evidence."""
    term, marked = line.term("reviewed", this_year=False), _marked(line)
    heading = key_of(line[HEADING], line.reader.rules.review.headings)
    ticks = set(map(tight, line.reader.rules.columns.ticked))
    stage = line[STAGE] or joined(*marked)
    return {
        "term": term,
        "heading": heading,
        "stage": _stage(line, stage, heading, term) if stage else "",
        "stage_written": stage,
        "evidence": joined(line["evidence"], *(text for text in marked.values() if tight(text) not in ticks)),
        "dated": line.day("dated") or line["dated"],
        "by_when": line.day("by_when") or line["by_when"],
        "due": line.due(line["by_when"], term),
    }


def _stage(line: RecordLine, written: str, heading: str, term: Term | None) -> str:
    """The key of the stage; one that is not known, or another than stands elsewhere in that review, is reported."""
    stages = line.reader.rules.review.stages
    stage = key_of(written, {key: (key, one.label, *one.spellings) for key, one in stages.items()})
    grid = _grid(line.record.headings, line.reader.rules)
    column = next(iter((*line.record.columns.get(STAGE, ()), *grid.values())), -1)
    place = line.record.context.place(line.number, column + 1)
    if not stage:
        labels = ", ".join(one.label for one in stages.values())
        line.findings.add("review-stage", place, "a stage that is none of those in use", labels)
    if line.first.setdefault((term, heading), stage) != stage:
        line.findings.add("review-two-stages", place, "another stage than elsewhere in that term", "one stage")
    return stage


def _order(row: Row, rules: Rules) -> tuple[object, ...]:
    """The oldest first, one that names no term before all."""
    return row["term"] is not None, row["term"] or 0, list(rules.review.headings).index(str(row["heading"]))


OWN_REVIEWS = RecordKind(
    name="reviews",
    called="review",
    table=REVIEWS,
    headings=lambda rules: rules.review.columns,
    needs=(HEADING,),
    columns_of=_columns,
    laid_beside=lambda rules: rules.review.own,
    holds="the school's own review",
    repeats=True,
    carried=HEADING,
    refusal=_refusal,
    cells=_cells,
    undated=("review-no-term", "a review without its term"),
    order=_order,
)
