"""Pupils' characteristics: each text decoded once, with the term in which it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.reading.values import GroupReader
from siptrack.rules.model import GroupRules
from siptrack.school.register import HISTORIES, NOT_RECORDED, STILL_HERE

if TYPE_CHECKING:
    from pandas import DataFrame, Series


def characteristics_by_term(known: DataFrame, layouts: Layouts, rules: GroupRules, findings: Findings) -> DataFrame:
    """The histories table: what each row says of its pupil's characteristics, the word that counts most first.

    A blank is not there; an unknown text is reported and not there either. A characteristic that is a column of the
    files, but blank for all, has one row without a pupil, so that it is still known to be asked about.
    """
    import pandas as pd

    tables = []
    for key, characteristic in rules.characteristics.items():
        asked = [key in layouts.rows[row].texts for row in known.index]
        if not any(asked):
            continue
        texts = pd.Series([layouts.rows[row].texts.get(key, "") for row in known.index], index=known.index)
        reader = GroupReader(characteristic, rules)
        decoded = {text: reader.read(text) for text in texts.unique()}
        _report_unknown(texts, decoded, known, layouts, findings, characteristic.label)
        said = known.assign(characteristic=key, group=texts.map(decoded), text=texts).dropna(subset="group")
        said = said[said["group"] != NOT_RECORDED]
        _report_clashes(said, layouts, findings, characteristic.label)
        term = said["last_term"].where(~said["is_list"], STILL_HERE)
        tables.append(said.assign(term=term)[HISTORIES.names] if len(said) else _asked_only(key))
    return pd.concat(tables, ignore_index=True) if tables else HISTORIES.empty()


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
