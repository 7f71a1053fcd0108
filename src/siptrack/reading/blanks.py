"""Columns whose blanks may mean no: filled for some children, with nothing but a yes, and blank for most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from siptrack.reading.findings import Findings
from siptrack.reading.group_words import GroupReader
from siptrack.reading.headings import ColumnKind
from siptrack.reading.layout import Layouts
from siptrack.reading.table import TableColumns
from siptrack.rules.model import Rules
from siptrack.school.groups import Characteristic, MostlyBlank


def columns_of(table: TableColumns, key: str) -> list[int]:
    """The columns of a table that are headed as a characteristic, and not as one of its groups."""
    return [column for column, meaning in table.of(ColumnKind.CHARACTERISTIC).items() if meaning.name == key]


def mostly_blank(layouts: Layouts, rules: Rules) -> list[MostlyBlank]:
    """The characteristics whose blanks are asked about: those on which the school has not decided."""
    of_table: defaultdict[int, list[tuple[Mapping[str, str], int]]] = defaultdict(list)
    for row in layouts.rows:
        of_table[row.table].append((row.texts, len(row.numbers)))
    found = (
        _asked(characteristic, layouts.tables, of_table, rules)
        for characteristic in rules.groups.characteristics.values()
    )
    return [asked for asked in found if asked is not None]


def report_blanks(layouts: Layouts, rules: Rules, findings: Findings) -> None:
    """Ask once a characteristic whether a blank means no, with the line that says so."""
    for asked in mostly_blank(layouts, rules):
        line = f"groups: {{characteristics: {{{asked.key}: {{blank: none}}}}}}"
        found = f"{asked.label}: blank in {asked.blank} of {asked.rows} rows, and nothing but a yes in the others"
        findings.add("blanks-for-no", asked.place, found, f"a no; or, if a blank means no, in siptrack.yaml: {line}")


def _asked(
    characteristic: Characteristic,
    tables: Sequence[TableColumns],
    of_table: Mapping[int, Sequence[tuple[Mapping[str, str], int]]],
    rules: Rules,
) -> MostlyBlank | None:
    key = characteristic.key
    if characteristic.blank_is or not any(key in texts for rows in of_table.values() for texts, _ in rows[:1]):
        return None
    reader = GroupReader(characteristic, rules.groups, rules.columns)
    place, blank, rows = None, 0, 0
    of_rows = Counter({number: sum(count for _, count in held) for number, held in of_table.items()})
    for number, table in enumerate(tables):
        columns = columns_of(table, key)
        texts: Counter[str] = Counter()
        for row, count in of_table.get(number, ()):
            texts[row.get(key, "")] += count
        filled = texts.total() - texts.pop("", 0)
        only_yes = bool(filled) and {reader.several(text).group for text in texts} == {reader.yes}
        from_elsewhere = bool(columns_of(table, characteristic.else_from))
        if columns and only_yes and not from_elsewhere and filled < (1 - rules.groups.mostly_blank) * of_rows[number]:
            place = place or table.heading_place(columns[0])
            blank, rows = blank + of_rows[number] - filled, rows + of_rows[number]
    return MostlyBlank(key, characteristic.label, place, blank, rows) if place else None
