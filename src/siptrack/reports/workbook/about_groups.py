"""The sheets about year groups and groups: at a glance, groups, gaps, who would close them, and England."""

from __future__ import annotations

from siptrack.analysis.closers import JOINT
from siptrack.analysis.model import Analysis
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.documents.analysis import table_records
from siptrack.documents.gaps import COUNTED, HEADINGS
from siptrack.documents.labels import among_label, group_label, group_words, subject_label
from siptrack.documents.overall import NOT_APPLICABLE
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn, WorkbookSheet
from siptrack.reports.wording import workbook as wording
from siptrack.reports.workbook.people import People, key_column, subject_column
from siptrack.reports.workbook.sheets import Row, Told, headings_of, rows_of, sheet, told
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, text
from siptrack.school.national import EVERYBODY

_VERDICTS = {GapVerdict.CLEAR.value: "●"}


def group_sheets(analysis: Analysis, rules: Rules, people: People) -> tuple[WorkbookSheet, ...]:
    """Every sheet of counts, in order."""
    of_table = {
        "summary": _summary(rules),
        "groups": _groups(analysis, rules),
        "gaps": _gaps(analysis, rules),
        "closers": _closers(analysis, rules, people),
        "national": _national(rules),
        "left_out": _left_out(rules),
    }
    verdicts = list(GapVerdict)
    counts = {key: table_records(key, analysis, rules) for key in of_table}
    counts["gaps"].sort(key=lambda row: verdicts.index(GapVerdict(text(row["verdict"]))))  # the clear ones first
    return tuple(sheet(key, headings_of(columns), rows_of(columns, counts[key])) for key, columns in of_table.items())


def percent(count: Cell, of: Cell, rules: Rules) -> Cell:
    """A percentage in hundredths; None where it would rest on too few children."""
    counted, whole = number(count), number(of)
    if counted is None or whole is None or whole < max(rules.groups.small.percentages_from, 1):
        return None
    return counted / whole


def _summary(rules: Rules) -> tuple[Told, ...]:
    """The columns of the year groups at a glance."""

    def progress(title: str, name: str) -> Told:
        return Told(SheetColumn(title, CellKind.WHOLE), lambda row: NOT_APPLICABLE if row[name] is None else row[name])

    return (
        Told(SheetColumn("Year"), lambda row: _year(row, rules)),
        subject_column(rules),
        told("On roll", "n", CellKind.WHOLE),
        told("Assessed", "assessed", CellKind.WHOLE),
        told("At ARE", "at_are", CellKind.WHOLE),
        Told(SheetColumn("At ARE, %", CellKind.PERCENT), lambda row: percent(row["at_are"], row["assessed"], rules)),
        progress("Insufficient progress", "insufficient"),
        progress("Accelerated progress", "accelerated"),
        progress("Cannot tell", "cannot_tell"),
        Told(SheetColumn("% if none", CellKind.PERCENT), lambda row: _bound(row, "at_are_low", rules)),
        Told(SheetColumn("% if all", CellKind.PERCENT), lambda row: _bound(row, "at_are_high", rules)),
    )


def _bound(row: Row, name: str, rules: Rules) -> Cell:
    """A percentage of those on roll; None where these are too few."""
    value = number(row[name])
    return None if value is None or percent(0, row["n"], rules) is None else value / 100


def _year(row: Row, rules: Rules) -> str:
    year = number(row["year_group"])
    return rules.years.label(None if year is None else int(year))


def _left_out(rules: Rules) -> tuple[Told, ...]:
    return (
        Told(SheetColumn("Year"), lambda row: _year(row, rules)),
        subject_column(rules),
        told("Why", "reason", widest=50),
        told("Children", "count", CellKind.WHOLE),
    )


def _group_columns(analysis: Analysis, rules: Rules) -> tuple[Told, ...]:
    every = analysis.characteristics
    return (
        subject_column(rules),
        Told(SheetColumn("Among"), lambda row: wording.among_words(among_label(text(row["among"]), rules))),
        Told(SheetColumn("Characteristic", widest=34), lambda row: every[text(row["characteristic"])].label),
        Told(
            SheetColumn("Group", widest=34), lambda row: group_words(every[text(row["characteristic"])], row["group"])
        ),
    )


def _groups(analysis: Analysis, rules: Rules) -> tuple[Told, ...]:
    return (
        *_group_columns(analysis, rules),
        told("On roll", "n", CellKind.WHOLE),
        told("Assessed", "assessed", CellKind.WHOLE),
        told("At ARE", "at_are", CellKind.WHOLE),
        Told(SheetColumn("At ARE, %", CellKind.PERCENT), lambda row: percent(row["at_are"], row["assessed"], rules)),
        told("Progress can be told", "judged", CellKind.WHOLE),
        told("Insufficient progress", "insufficient", CellKind.WHOLE),
        Told(
            SheetColumn("Insufficient progress, %", CellKind.PERCENT),
            lambda row: percent(row["insufficient"], row["judged"], rules),
        ),
    )


def _gaps(analysis: Analysis, rules: Rules) -> tuple[Told, ...]:
    every = analysis.characteristics

    def peers(row: Row) -> str:
        return group_label(every[text(row["characteristic"])], text(row["peers"]), number(row["peers_value"]))

    return (
        *_group_columns(analysis, rules),
        Told(SheetColumn("Compared with", widest=34), peers),
        Told(SheetColumn("Of what", widest=30), lambda row: HEADINGS[Measure(text(row["measure"]))]),
        Told(SheetColumn("Gap", CellKind.SIGNED), lambda row: row["gap"]),
        Told(SheetColumn("In", widest=18), _unit),
        told("Lowest", "low", CellKind.SIGNED),
        told("Highest", "high", CellKind.SIGNED),
        told("Gap in children", "children", CellKind.WHOLE),
        told("Children to close it", "close", CellKind.WHOLE),
        told("Chance", "placebo", CellKind.CHANCE),
        Told(SheetColumn("Verdict", marks=_VERDICTS), lambda row: row["verdict"]),
        told("Children in the group", "n", CellKind.WHOLE, printed=False),
        told("Of these", "count", CellKind.WHOLE, printed=False),
        told("Children compared with", "peers_n", CellKind.WHOLE, printed=False),
        told("Of those", "peers_count", CellKind.WHOLE, printed=False),
    )


def _unit(row: Row) -> str:
    return "percentage points" if text(row["measure"]) in COUNTED else "points"


def _closers(analysis: Analysis, rules: Rules, people: People) -> tuple[Told, ...]:
    every = analysis.characteristics

    def groups(row: Row) -> str:
        pairs = (pair.partition("=")[::2] for pair in text(row["groups"]).split(JOINT))
        return "\n".join(group_words(every[characteristic], group) for characteristic, group in pairs)

    return (
        *people.columns(),
        subject_column(rules),
        Told(SheetColumn("Of what", widest=30), lambda row: HEADINGS[Measure(text(row["measure"]))]),
        told("Away", "away", CellKind.NUMBER),
        Told(SheetColumn("Groups behind", widest=40), groups),
        key_column(),
    )


def _national(rules: Rules) -> tuple[Told, ...]:
    every = rules.groups.all()

    def hundredths(title: str, name: str) -> Told:
        def cell(row: Row) -> Cell:
            value = number(row[name])
            return None if value is None else value / 100

        return Told(SheetColumn(title, CellKind.PERCENT), cell)

    def group(row: Row) -> str:
        key = text(row["characteristic"])
        return wording.EVERYBODY if key == EVERYBODY else group_words(every[key], row["group"])

    return (
        Told(SheetColumn("Standard", widest=34), lambda row: rules.national.standards[text(row["standard"])].label),
        Told(SheetColumn("Subject"), lambda row: _subject(row, rules)),
        Told(SheetColumn("Group", widest=30), group),
        told("National year", "year"),
        told("Assessed here", "n", CellKind.WHOLE),
        told("Meet it here", "count", CellKind.WHOLE),
        hundredths("Here, %", "value"),
        hundredths("Same group in England, %", "same"),
        hundredths("Others in England, %", "other"),
        told("Gap to the same group", "gap_to_same", CellKind.SIGNED),
        told("Lowest", "low", CellKind.SIGNED),
        told("Highest", "high", CellKind.SIGNED),
        told("Gap to the others", "gap_to_other", CellKind.SIGNED),
        told("Gap in children", "children", CellKind.WHOLE),
        Told(SheetColumn("How sure the figure is", widest=30), lambda row: _sure(row, rules)),
        told("Why there is no comparison", "reason"),
    )


def _subject(row: Row, rules: Rules) -> Cell:
    return None if row["subject"] is None else subject_label(text(row["subject"]), rules)


def _sure(row: Row, rules: Rules) -> Cell:
    """How sure a national figure is, in words."""
    known = rules.national.sure.get(text(row["sure"]))
    return known.says if known else None
