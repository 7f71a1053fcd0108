"""Pupils' characteristics: each text decoded once, with the term in which it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.reading.values import GroupReader
from siptrack.school.groups import Characteristic, GroupRules
from siptrack.school.register import HISTORIES, NOT_RECORDED, STILL_HERE

if TYPE_CHECKING:
    from pandas import DataFrame, Series


@dataclass(frozen=True)
class _Said:
    """The text of each row about a characteristic, and its group: missing where the text is not known."""

    texts: Series[str]
    groups: Series[str]


def characteristics_by_term(known: DataFrame, layouts: Layouts, rules: GroupRules, findings: Findings) -> DataFrame:
    """The histories table: what each row says of its pupil's characteristics, the word that counts most first.

    A blank is not there; an unknown text is reported and not there either. A characteristic that is a column of the
    files, but blank for all, has one row without a pupil, so that it is still known to be asked about.
    """
    import pandas as pd

    said = {key: _read(one, known, layouts, rules, findings) for key, one in rules.characteristics.items()}
    tables = []
    for key, characteristic in rules.characteristics.items():
        whole = _followed(said[key], said.get(characteristic.else_from), characteristic)
        if whole is None:
            continue
        rows = known.assign(characteristic=key, group=whole.groups, text=whole.texts).dropna(subset="group")
        rows = rows[rows["group"] != NOT_RECORDED]
        _report_clashes(rows, layouts, findings, characteristic.label)
        term = rows["last_term"].where(~rows["is_list"], STILL_HERE)
        tables.append(rows.assign(term=term)[HISTORIES.names] if len(rows) else _asked_only(key))
    return pd.concat(tables, ignore_index=True) if tables else HISTORIES.empty()


def _read(
    characteristic: Characteristic, known: DataFrame, layouts: Layouts, rules: GroupRules, findings: Findings
) -> _Said | None:
    """What the rows say of a characteristic; None where no sheet has a column of it. An unknown text is reported."""
    import pandas as pd

    key = characteristic.key
    if not any(key in layouts.rows[row].texts for row in known.index):
        return None
    texts = pd.Series([layouts.rows[row].texts.get(key, "") for row in known.index], index=known.index)
    reader = GroupReader(characteristic, rules)
    decoded = {text: reader.read(text) for text in texts.unique()}
    _report_unknown(texts, decoded, known, layouts, findings, characteristic.label)
    return _Said(texts, texts.map(decoded))


def _followed(own: _Said | None, other: _Said | None, characteristic: Characteristic) -> _Said | None:
    """What is said of a characteristic, and where a row does not say it, what the one that it follows says of it."""
    if other is None:
        return own
    members = {member: group.key for group in characteristic.groups.values() for member in group.members}
    rest = next((group.key for group in characteristic.groups.values() if not group.members), NOT_RECORDED)
    wider = {group: members.get(group, rest) for group in other.groups.dropna().unique()}
    groups = other.groups.map({**wider, NOT_RECORDED: NOT_RECORDED})
    if own is None:
        return _Said(other.texts, groups)
    silent = own.groups.isna() | (own.groups == NOT_RECORDED)
    return _Said(own.texts.mask(silent, other.texts), own.groups.mask(silent, groups))


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


def _report_unknown(
    texts: Series,
    decoded: Mapping[str, str | None],
    known: DataFrame,
    layouts: Layouts,
    findings: Findings,
    label: str,
) -> None:
    for index in texts.index[texts.map(decoded).isna()]:
        place = layouts.place_in(known.loc[index, "table"], known.loc[index, "number"])
        findings.add("unknown-value", place, f"'{texts[index]}' under {label}", "a known code or word")


def _report_clashes(said: DataFrame, layouts: Layouts, findings: Findings, label: str) -> None:
    """Report each other value of a pupil than the one that counts now, once."""
    first = said.groupby("pupil")["group"].transform("first")
    for row in said[said["group"] != first].drop_duplicates(["pupil", "group"]).itertuples():
        place = layouts.place_in(row.table, row.number)
        findings.add(
            "characteristic-clash", place, f"'{row.text}' under {label}, and another value elsewhere", "one value"
        )
