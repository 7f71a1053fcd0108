"""What a copy that may leave the school says to each kind of evidence: from the shared tables alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from siptrack.analysis.model import Analysis
from siptrack.analysis.shareable import Shared
from siptrack.analysis.shareable_tables import SHARED_GAPS, SHARED_ROWS, YEAR_GROUP
from siptrack.analysis.tally import EVERYBODY
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.enquiry_tables import Answer
from siptrack.documents.gaps import HEADINGS
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.questions.asked import Questions, asked_about
from siptrack.documents.questions.evidence import EvidenceText, silent, there, words
from siptrack.documents.shared_tables import STATUS, statuses
from siptrack.documents.sharing import kept_back_line, shared_label, symbols_line, too_few_line
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text, whole
from siptrack.school.questions import EvidenceKind
from siptrack.school.sharing import Status

Row = Mapping[str, Cell]


def without_names(analysis: Analysis, shared: Shared, rules: Rules, about: Collection[str]) -> Questions:
    """The questions for a copy that may leave the school."""
    return Questions(analysis, rules, asked_about(rules, about), tell_shared(shared, rules), shared)


def tell_shared(shared: Shared, rules: Rules) -> dict[EvidenceKind, EvidenceText]:
    """Every kind of evidence; what names children or staff, or counts a few, is left out."""
    found = {
        EvidenceKind.PROGRESS: _progress(shared, rules),
        EvidenceKind.COMBINED: _combined(shared, rules),
        EvidenceKind.GROUPS: _groups(shared, rules),
    }
    return {
        kind: found.get(kind) or EvidenceText(words("left_out", kind.value), answer=Answer.LEFT_OUT)
        for kind in EvidenceKind
    }


def _progress(shared: Shared, rules: Rules) -> EvidenceText:
    """How many make insufficient progress, by subject and year group."""
    rows = _rows(shared, Measure.INSUFFICIENT)
    whole = {text(row["subject"]): _figures(row, rules) for row in rows if row["characteristic"] == EVERYBODY}
    if not whole:
        return silent(words("no_progress"))
    labels = {subject_label(subject, rules): figures for subject, figures in whole.items()}
    return EvidenceText(words("shared_progress", labels), _by_year(rows, list(whole), shared, rules))


def _combined(shared: Shared, rules: Rules) -> EvidenceText:
    """How many are at expectations in reading, writing and maths together."""
    rows = [row for row in _rows(shared, Measure.AT_ARE) if row["subject"] in rules.columns.combined]
    whole = [row for row in rows if row["characteristic"] == EVERYBODY]
    if not whole:
        return silent(words("not_together", subject_label(next(iter(rules.columns.combined)), rules)))
    subjects = [text(row["subject"]) for row in whole]
    says = [words("together", subject_label(text(row["subject"]), rules), _figures(row, rules)) for row in whole]
    return EvidenceText(" ".join(says), _by_year(rows, subjects, shared, rules))


def _rows(shared: Shared, measure: Measure) -> list[dict[str, Cell]]:
    """Everybody and each year group, where the measure applies to the subject."""
    return [
        row
        for row in records(shared.frame("rows"), SHARED_ROWS.names)
        if row["measure"] == measure.value
        and row["characteristic"] in (EVERYBODY, YEAR_GROUP)
        and row[STATUS] != Status.NOT_APPLICABLE
    ]


def _by_year(rows: Sequence[Row], subjects: Sequence[str], shared: Shared, rules: Rules) -> tuple[str, ...]:
    """The year groups of each subject, and what stands in the place of a hidden figure."""
    lines = []
    for subject in subjects:
        of = [row for row in rows if row["subject"] == subject]
        whole = next(row for row in of if row["characteristic"] == EVERYBODY)
        years = {
            shared_label(YEAR_GROUP, text(row["group"]), shared, rules): _figures(row, rules)
            for row in of
            if row["characteristic"] == YEAR_GROUP
        }
        lines.append(words("by_year", subject_label(subject, rules), _figures(whole, rules), _once(years)))
    lines.append(symbols_line(statuses(rows), rules.sharing))
    return there(lines)


def _once(years: Mapping[str, str]) -> Mapping[str, str]:
    """The figures by year group; one for all of them where each is hidden alike."""
    alike = set(years.values())
    return {words("every_year"): alike.pop()} if len(alike) == 1 else years


def _figures(row: Row, rules: Rules) -> str:
    """`25 of 204 (12 %)`, or what stands in its place."""
    symbol = rules.sharing.symbols.get(Status(text(row[STATUS])))
    count, n = number(row["count"]), number(row["n"])
    if count is None or n is None:
        return symbol.shown if symbol else ""
    return words("of_those", int(count), int(n), symbol.shown if symbol else "")


def _groups(shared: Shared, rules: Rules) -> EvidenceText:
    """The clear gaps of which both sides are shown, and how many others there are."""
    gaps = records(shared.frame("gaps"), SHARED_GAPS.names)
    if not gaps:
        return silent(kept_back_line(kept_back=shared.kept_back) or words("no_groups"))
    clear = [
        gap for gap in gaps if gap["verdict"] == GapVerdict.CLEAR and gap["gap"] is not None and not gap["explained_by"]
    ]
    verdicts = [gap["verdict"] for gap in gaps]
    not_clear, few = (verdicts.count(verdict) for verdict in (GapVerdict.NOT_CLEAR, GapVerdict.TOO_FEW))
    further = [
        words("shared_not_clear", not_clear) if not_clear else "",
        too_few_line(few, rules.groups.small.compared_from) if few else "",
        kept_back_line(kept_back=shared.kept_back),
    ]
    lines = [*(_gap(gap, shared, rules) for gap in clear), *filter(None, further)]
    return EvidenceText(words("shared_gaps", len(clear)), tuple(lines))


def _gap(gap: Row, shared: Shared, rules: Rules) -> str:
    characteristic = text(gap["characteristic"])
    sides = (
        shared_label(characteristic, text(gap["group"]), shared, rules),
        group_label(shared.characteristics[characteristic], text(gap["peers"])),
    )
    figures = [_side(gap, prefix) for prefix in ("", "peers_")]
    subject, measure = subject_label(text(gap["subject"]), rules), HEADINGS[Measure(text(gap["measure"]))]
    return words("shared_gap", subject, measure, dict(zip(sides, figures, strict=True)), number(gap["gap"]) or 0)


def _side(gap: Row, prefix: str) -> str:
    count, n = (whole(gap[f"{prefix}{name}"]) for name in ("count", "n"))
    return words("of_those", count, n, "")
