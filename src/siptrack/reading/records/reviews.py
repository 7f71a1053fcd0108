"""The school's own reviews: a heading, a stage, and evidence or a next step, and no child; held as it is written.

A grid with a column for each stage, in which one is marked, is one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from siptrack.reading.cells import Cells, cell_at
from siptrack.reading.records.kind import RecordKind
from siptrack.reading.records.lines import RecordLine, Row, by_words, joined
from siptrack.reading.records.sheets import Columns, RowRefusal
from siptrack.reading.spelling import tight, words
from siptrack.rules.model import Rules
from siptrack.school.review import REVIEWS
from siptrack.school.term import Term

HEADING, STAGE = "heading", "stage"
_WRITTEN = (STAGE, "evidence", "dated", "step", "who", "by_when", "came")
_NOTHING_WRITTEN = RowRefusal("nothing written, in the school's own review")
_UNDER_NONE = "under no heading of the guidance, in the school's own review"


def _labels(rules: Rules) -> Mapping[str, Iterable[str]]:
    """How the heading of a stage's column in a grid may be spelt, by its label."""
    return {stage.label: (stage.label, *stage.spellings) for stage in rules.review.stages.values()}


def _stages(rules: Rules) -> Mapping[str, Iterable[str]]:
    """How a stage may be written, by its key."""
    return {key: (key, stage.label, *stage.spellings) for key, stage in rules.review.stages.items()}


def _columns(columns: Columns, headings: Cells, rules: Rules) -> Columns:
    """Those of a heading and its stage, written beside evidence or a step, or in a grid with a column for each."""
    labels = _labels(rules)
    written = STAGE in columns and columns.keys() & {"evidence", "step"}
    return columns if written or _grid(headings, by_words(labels)).keys() == labels.keys() else {}


def _grid(headings: Cells, labels: Mapping[str, str]) -> Mapping[str, int]:
    """The column of each stage that heads one, by its label; empty where stages are written."""
    return {labels[words(text)]: at for at, text in enumerate(headings) if words(text) in labels}


def _marked(line: RecordLine) -> Mapping[str, str]:
    """What stands in the grid under each stage that is marked."""
    columns = line.reader.rules.columns
    unmarked = set(map(tight, (*columns.blank, *columns.unticked)))
    grid = _grid(line.record.headings, line.keys["label"]).items()
    texts = {label: cell_at(line.cells, at) for label, at in grid}
    return {label: text for label, text in texts.items() if text and tight(text) not in unmarked}


def _refusal(line: RecordLine) -> RowRefusal | None:
    repeated = line.cells == line.record.headings
    if repeated or not (any(line[name] for name in _WRITTEN) or _marked(line)):
        return _NOTHING_WRITTEN
    headings = line.reader.rules.review.headings
    if line.key(HEADING, line[HEADING]):
        return None
    expected = f"one of the guidance's headings, such as {min(headings, key=len)}"
    return RowRefusal(_UNDER_NONE, "review-heading", "a heading that is none of the guidance's", expected)


def _cells(line: RecordLine) -> Row:
    """In a grid the stage is the one that is marked, and words in its cell are evidence."""
    term, marked = line.term("reviewed", this_year=False), _marked(line)
    heading = line.key(HEADING, line[HEADING])
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
    stage = line.key(STAGE, written)
    grid = _grid(line.record.headings, line.keys["label"])
    column = next(iter((*line.record.columns.get(STAGE, ()), *grid.values())), -1)
    place = line.record.context.place(line.number, column + 1)
    if not stage:
        expected = ", ".join(_labels(line.reader.rules))
        line.findings.add("review-stage", place, "a stage that is none of those in use", expected)
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
    spellings={HEADING: lambda rules: rules.review.headings, STAGE: _stages, "label": _labels},
    cells=_cells,
    undated=("review-no-term", "a review without its term"),
    order=_order,
)
