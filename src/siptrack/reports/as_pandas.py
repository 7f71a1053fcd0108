"""The tables as people who use pandas expect them: typed columns, missing values as missing, sentences in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from siptrack.analysis.model import Analysis, Checked
from siptrack.cycle.provision import Provided
from siptrack.cycle.since import Since
from siptrack.reports.catalogue import ANALYSED, columns_of
from siptrack.reports.provision_tables import provided_tables
from siptrack.reports.since_forms import since_tables
from siptrack.reports.tables import checked_tables, tables
from siptrack.rules.model import Rules

if TYPE_CHECKING:
    from pandas import DataFrame

_DTYPES = {"text": "string", "integer": "Int64", "number": "float64", "flag": "boolean"}


def typed(name: str, frame: DataFrame) -> DataFrame:
    """A table as it is written, each column with the type it is declared with."""
    return frame.astype({one.name: _DTYPES[one.kind] for one in columns_of(name, list(frame.columns))})


class AnalysisTables:
    """What siptrack has to say of a school in a term, as pandas tables.

    Each table is an attribute, made when it is first asked for, and the same as `siptrack analyse --table` writes;
    their columns are declared in siptrack.analysis.tables, siptrack.analysis.group_tables and their neighbours, and
    told by docs/tables.md and `siptrack schema --table NAME`. Text is `string`, a whole number `Int64`, a number
    `float64`, a yes or no `boolean`. What else an analysis knows, such as `term`, `filters`, `register` and `leavers`,
    is reached by its name too: see siptrack.analysis.model.Analysis.
    """

    analysis: Analysis
    rules: Rules
    pupils: DataFrame
    progress: DataFrame
    flags: DataFrame
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
    problems: DataFrame
    ledger: DataFrame
    set_aside: DataFrame
    column_use: DataFrame
    sources: DataFrame

    def __init__(self, analysis: Analysis, rules: Rules) -> None:
        self.analysis = analysis
        self.rules = rules

    def tables(self) -> dict[str, DataFrame]:
        """Every table by its name."""
        return {name: getattr(self, name) for name in ANALYSED}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a table, or whatever the analysis has of this name
        if name.startswith("_") or name in ("analysis", "rules"):
            raise AttributeError(name)
        if name not in ANALYSED:
            return getattr(self.analysis, name)
        made = typed(name, tables(self.analysis, self.rules, only=name)[name])
        setattr(self, name, made)
        return made

    def __dir__(self) -> Sequence[str]:
        return [*super().__dir__(), *ANALYSED]

    def __repr__(self) -> str:
        return f"<siptrack analysis of {self.analysis.term.label}: {', '.join(ANALYSED)}>"


class _Tables:
    """Tables by name, each an attribute."""

    def __init__(self, frames: Mapping[str, DataFrame], rules: Rules, of: str) -> None:
        self.rules = rules
        self._names = tuple(frames)
        self._of = of
        for name, frame in frames.items():
            setattr(self, name, typed(name, frame))

    def tables(self) -> dict[str, DataFrame]:
        """Every table by its name."""
        return {name: getattr(self, name) for name in self._names}

    def __repr__(self) -> str:
        return f"<siptrack {self._of}: {', '.join(self._names)}>"


class CheckedTables(_Tables):
    """What is odd in a school's data and what to ask about its judgements, as pandas tables of the same kind.

    `checks` holds every comparison that may lead to a question; the others are about the data.
    """

    checked: Checked
    rules: Rules
    checks: DataFrame
    problems: DataFrame
    ledger: DataFrame
    set_aside: DataFrame
    column_use: DataFrame
    sources: DataFrame

    def __init__(self, checked: Checked, rules: Rules) -> None:
        super().__init__(checked_tables(checked, rules), rules, f"check of {checked.term.label}")
        self.checked = checked


class SinceTables(_Tables):
    """Who joined, left and stayed on the list since an earlier term, and what came of what was agreed.

    They are pandas tables of the same kind. `since` is the look back itself: see siptrack.cycle.since.Since.
    """

    since: Since
    rules: Rules
    list: DataFrame
    counts: DataFrame
    actions: DataFrame
    trends: DataFrame
    problems: DataFrame
    ledger: DataFrame
    set_aside: DataFrame
    column_use: DataFrame
    sources: DataFrame

    def __init__(self, since: Since, rules: Rules) -> None:
        what = f"look back from {since.from_term.label} to {since.term.label}"
        super().__init__(since_tables(since), rules, what)
        self.since = since


class ProvidedTables(_Tables):
    """Who has what provision and what became of the children in it, as pandas tables of the same kind."""

    provided: Provided
    rules: Rules
    provision: DataFrame
    map: DataFrame
    who: DataFrame
    children: DataFrame
    interventions: DataFrame
    impact: DataFrame
    pairs: DataFrame
    suggestions: DataFrame
    problems: DataFrame
    ledger: DataFrame
    set_aside: DataFrame
    column_use: DataFrame
    sources: DataFrame

    def __init__(self, provided: Provided, rules: Rules) -> None:
        super().__init__(provided_tables(provided), rules, f"provision of {provided.analysis.term.label}")
        self.provided = provided
