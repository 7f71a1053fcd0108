"""The tables as people who use pandas expect them: typed columns, missing values as missing, sentences in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from siptrack.analysis.model import Analysis, Checked
from siptrack.cycle.provision import Provided
from siptrack.cycle.since import Since
from siptrack.documents.analysis import of_an_analysis
from siptrack.documents.check.view import of_a_check
from siptrack.documents.provision.view import of_provision
from siptrack.documents.registry import KINDS
from siptrack.documents.since.view import of_a_look_back
from siptrack.documents.written import Written
from siptrack.rules.model import Rules

if TYPE_CHECKING:
    from pandas import DataFrame

    from siptrack.rendering.tables import WrittenTable

_DTYPES = {"text": "string", "integer": "Int64", "number": "float64", "flag": "boolean"}


def typed(table: WrittenTable) -> DataFrame:
    """A table as it is written, each column with the type it is declared with."""
    import pandas as pd

    cells = {name: [row[at] for row in table.rows] for at, name in enumerate(table.names)}
    frame = pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in cells.items()})
    return frame.astype({column.name: _DTYPES[column.kind] for column in table.columns})


class Tables:
    """A document of the registry as pandas tables: each is an attribute, made when it is first asked for.

    They are the same as the command writes with --table; docs/tables.md and `siptrack schema --table NAME`
    have their columns. Text is `string`, a whole number `Int64`, a number `float64`, a yes or no `boolean`.
    What else the document rests on knows, such as its term, filters and register, is reached by its name too.
    """

    _document: ClassVar[str]
    _held: ClassVar[str]  # the attribute of what the document rests on
    _write: ClassVar[staticmethod[[Any, Rules], Written]]
    rules: Rules
    problems: DataFrame
    ledger: DataFrame
    set_aside: DataFrame
    column_use: DataFrame
    sources: DataFrame

    def __init__(self, held: object, rules: Rules) -> None:
        vars(self).update({self._held: held, "rules": rules})

    def tables(self) -> dict[str, DataFrame]:
        """Every table by its name."""
        return {name: getattr(self, name) for name in KINDS[self._document].by_name}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a table, or whatever it rests on has of this name
        if name.startswith("_") or name in (self._held, "rules"):
            raise AttributeError(name)
        if name not in KINDS[self._document].by_name:
            return getattr(getattr(self, self._held), name)
        (table,) = self._written.tables(name)
        vars(self)[name] = typed(table)
        return vars(self)[name]

    @property
    def _written(self) -> Written:
        return self._write(getattr(self, self._held), self.rules)

    def __dir__(self) -> Sequence[str]:
        return [*super().__dir__(), *KINDS[self._document].by_name]

    def __repr__(self) -> str:
        judged = self._written.judged
        of = f" of {judged.term.label}" if judged else ""
        return f"<siptrack {self._document}{of}: {', '.join(KINDS[self._document].by_name)}>"


class AnalysisTables(Tables):
    """What siptrack has to say of a school in a term: see siptrack.analysis.model.Analysis."""

    _document, _held, _write = "analysis", "analysis", staticmethod(of_an_analysis)
    analysis: Analysis
    pupils: DataFrame
    progress: DataFrame
    flags: DataFrame
    evidence: DataFrame
    first: DataFrame
    summary: DataFrame
    groups: DataFrame
    gaps: DataFrame
    closers: DataFrame
    paradoxes: DataFrame
    trends: DataFrame
    pooled: DataFrame
    national: DataFrame
    left_out: DataFrame
    pace: DataFrame
    targets: DataFrame
    forecasts: DataFrame
    ages: DataFrame


class CheckedTables(Tables):
    """What is odd in a school's data, and in `checks` every comparison of judgements that may lead to a question."""

    _document, _held, _write = "check", "checked", staticmethod(of_a_check)
    checked: Checked
    checks: DataFrame
    behind: DataFrame


class SinceTables(Tables):
    """Who joined, left and stayed on the list since an earlier term, and what came of what was agreed.

    `since` is the look back itself: see siptrack.cycle.since.Since.
    """

    _document, _held, _write = "since", "since", staticmethod(of_a_look_back)
    since: Since
    list: DataFrame
    counts: DataFrame
    actions: DataFrame
    trends: DataFrame
    plan_criteria: DataFrame
    plan_actions: DataFrame


class ProvidedTables(Tables):
    """Who has what provision and what became of the children in it."""

    _document, _held, _write = "provision", "provided", staticmethod(of_provision)
    provided: Provided
    provision: DataFrame
    map: DataFrame
    who: DataFrame
    children: DataFrame
    interventions: DataFrame
    impact: DataFrame
    compared: DataFrame
    suggestions: DataFrame
