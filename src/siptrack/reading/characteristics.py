"""Pupils' characteristics: each text decoded once, with the term in which it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.reading.blanks import columns_of, report_blanks
from siptrack.reading.findings import Findings
from siptrack.reading.group_words import SEVERAL, TICK, Cross, GroupReader, Said
from siptrack.reading.layout import Layouts
from siptrack.rules.model import Rules
from siptrack.school.groups import Characteristic, GroupRules
from siptrack.school.register import HISTORIES, NOT_RECORDED, STILL_HERE

if TYPE_CHECKING:
    from pandas import DataFrame, Series


@dataclass(frozen=True)
class _Read:
    """The text of each row about a characteristic, as a person would write it, and the group that it says."""

    texts: Series[str]
    groups: Series[str]


def characteristics_by_term(known: DataFrame, layouts: Layouts, rules: Rules, findings: Findings) -> DataFrame:
    """The histories table: what each row says of its pupil's characteristics, the word that counts most first.

    A blank is not there; an unknown text is reported and not there either. A characteristic that is a column of the
    files, but blank for all, has one row without a pupil, so that it is still known to be asked about.
    """
    import pandas as pd

    known_ones = rules.groups.characteristics
    said = {key: _read(one, known, layouts, rules, findings) for key, one in known_ones.items()}
    tables = []
    for key, characteristic in known_ones.items():
        whole = _followed(said[key], said.get(characteristic.else_from), characteristic)
        if whole is None:
            continue
        groups = _blanks_filled(whole.groups, known, layouts, characteristic)
        rows = known.assign(characteristic=key, group=groups, text=whole.texts)
        rows = rows[rows["group"] != NOT_RECORDED]
        _report_clashes(rows, layouts, findings, characteristic.label)
        term = rows["last_term"].where(~rows["is_list"], STILL_HERE)
        tables.append(rows.assign(term=term)[HISTORIES.names] if len(rows) else _asked_only(key))
    report_blanks(layouts, rules, findings)
    return pd.concat(tables, ignore_index=True) if tables else HISTORIES.empty()


def _read(
    characteristic: Characteristic, known: DataFrame, layouts: Layouts, rules: Rules, findings: Findings
) -> _Read | None:
    """What the rows say of a characteristic; None where no sheet has a column of it. An unknown text is reported."""
    import pandas as pd

    key = characteristic.key
    if not any(key in layouts.rows[row].texts for row in known.index):
        return None
    texts = pd.Series([layouts.rows[row].texts.get(key, "") for row in known.index], index=known.index)
    reader = GroupReader(characteristic, rules.groups, rules.columns)
    crosses = _crosses(texts, known, layouts, reader, findings, characteristic.label)
    cells = list(zip(known["table"].tolist(), texts.tolist(), strict=True))
    decoded = {cell: reader.several(cell[1], crosses.get(cell[0], Cross.YES)) for cell in dict.fromkeys(cells)}
    said = [decoded[cell] for cell in cells]
    shown = texts.map(_shown)
    _report_values(said, shown, known, layouts, findings, characteristic.label)
    return _Read(shown, pd.Series([one.group for one in said], index=known.index, dtype="object"))


def _shown(text: str) -> str:
    """What several columns say as a person would write it: `E, EHCP: Yes` of a status beside a ticked column."""
    return ", ".join(part.replace(TICK, ": ") for part in text.split(SEVERAL))


def _crosses(
    texts: Series[str], known: DataFrame, layouts: Layouts, reader: GroupReader, findings: Findings, label: str
) -> Mapping[int, Cross]:
    """What a cross means in each table that has one; where it means no beside a tick, that is said once."""
    crosses = {}
    for table, of_table in texts.groupby(known["table"]):
        parts = {part for text in of_table.unique() for part in text.split(SEVERAL)}
        cross = reader.cross_in(part.rpartition(TICK)[2] for part in parts)
        if cross is not Cross.YES:
            crosses[int(str(table))] = cross
        if cross is Cross.NO:
            found = f"crosses beside ticks under {label}; a cross was read as no"
            findings.add("cross-for-no", layouts.tables[int(str(table))].context.place(), found, "one sign for yes")
    return crosses


def _blanks_filled(
    groups: Series[str], known: DataFrame, layouts: Layouts, characteristic: Characteristic
) -> Series[str]:
    """The groups, with what a blank means in a table with a column of the characteristic, if the school says so."""
    if not characteristic.blank_is:
        return groups
    key = characteristic.key
    listed = [number for number, table in enumerate(layouts.tables) if columns_of(table, key)]
    blank = known.index.isin([row for row in known.index if not layouts.rows[row].texts.get(key, "")])
    return groups.mask((groups == NOT_RECORDED) & known["table"].isin(listed) & blank, characteristic.blank_is)


def _followed(own: _Read | None, other: _Read | None, characteristic: Characteristic) -> _Read | None:
    """What is said of a characteristic, and where a row does not say it, what the one that it follows says of it."""
    if other is None:
        return own
    members = {member: group.key for group in characteristic.groups.values() for member in group.members}
    rest = next((group.key for group in characteristic.groups.values() if not group.members), NOT_RECORDED)
    wider = {group: members.get(group, rest) for group in other.groups.unique()}
    groups = other.groups.map({**wider, NOT_RECORDED: NOT_RECORDED})
    if own is None:
        return _Read(other.texts, groups)
    silent = own.groups == NOT_RECORDED
    return _Read(own.texts.mask(silent, other.texts), own.groups.mask(silent, groups))


def _asked_only(key: str) -> DataFrame:
    import pandas as pd

    return pd.DataFrame([("", key, STILL_HERE, NOT_RECORDED)], columns=HISTORIES.names)


def newest_characteristics(histories: DataFrame, pupils: Sequence[str], rules: GroupRules) -> DataFrame:
    """A row a pupil and a column for each characteristic asked about, `not_recorded` where nothing is said."""
    import pandas as pd

    index = pd.Index(pupils, name="pupil")
    newest = histories.drop_duplicates(["pupil", "characteristic"])
    columns = {
        key: newest[newest["characteristic"] == key].set_index("pupil")["group"].reindex(index).fillna(NOT_RECORDED)
        for key in rules.characteristics
        if (newest["characteristic"] == key).any()
    }
    return pd.DataFrame(columns, index=index)


def _report_values(
    said: Sequence[Said], texts: Series[str], known: DataFrame, layouts: Layouts, findings: Findings, label: str
) -> None:
    """Report the texts that are not known, and rows in which several columns disagree."""
    for index, one in zip(known.index, said, strict=True):
        if not (one.unknown or one.clash):
            continue
        place = layouts.place_in(known.loc[index, "table"], known.loc[index, "number"])
        for text in one.unknown:
            findings.add("unknown-value", place, f"'{text}' under {label}", "a known code or word")
        if one.clash:
            found = f"'{texts[index]}' under {label}, which disagree"
            findings.add("characteristic-clash", place, found, "one value")


def _report_clashes(said: DataFrame, layouts: Layouts, findings: Findings, label: str) -> None:
    """Report each other value of a pupil than the one that counts now, once."""
    first = said.groupby("pupil")["group"].transform("first")
    for row in said[said["group"] != first].drop_duplicates(["pupil", "group"]).itertuples():
        place = layouts.place_in(row.table, row.number)
        findings.add(
            "characteristic-clash", place, f"'{row.text}' under {label}, and another value elsewhere", "one value"
        )
