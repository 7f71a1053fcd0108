"""What is a priority of the single plan, and what people choose from in its draft, from plan.yaml."""

from __future__ import annotations

from collections.abc import Mapping

from siptrack.rules.section import RuleSection, headings_of
from siptrack.school.errors import RulesError
from siptrack.school.plan import PlanRules
from siptrack.school.term import Season

_HEADS = ("priority", "number", "theme", "objective", "target", "mid_review", "final_review", "counted")
_ACTIONS = (
    *("action", "by_when", "who", "status", "outcome_written", "criterion", "wanted", "criterion_by"),
    *("monitoring", "monitored_by", "counted"),
)
_TRAINING = ("number", "learn", "who", "by_when", "serves", "effect", "counted")
_MOST_ROWS = 100  # empty ones under a table, which are written


def build_plan(part: RuleSection) -> PlanRules:
    """The rules of the single plan.

    Raises RulesError for no season, and for a list that no cell can offer.
    """
    record = part.section("record")
    rules = PlanRules(
        share=part.valued("share", most=100),
        children=part.valued_whole("children", least=1),
        most=part.valued_whole("most", least=1),
        seasons=_seasons(part),
        rows=part.valued_whole("rows", least=1, most=_MOST_ROWS),
        themes=part.built("themes", _offered),
        monitoring=part.built("monitoring", _offered),
        heads=_columns(record, "heads", _HEADS),
        actions=_columns(record, "actions", _ACTIONS),
        training=_columns(record, "training", _TRAINING),
    )
    record.done()
    return rules


def _columns(record: RuleSection, name: str, columns: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The headings of each column of a sheet that comes back."""
    part = record.section(name)
    headings = {column: part.built(column, headings_of) for column in columns}
    part.done()
    return headings


def _seasons(part: RuleSection) -> tuple[Season, ...]:
    seasons = part.section("seasons")
    wanted = tuple(season for season in Season if seasons.truth(season.name.lower()))
    seasons.done()
    if not wanted:
        raise RulesError(f"{seasons.entry.mark}: {seasons.where} must be true of one season at least.")
    return wanted


def _offered(_: str, part: RuleSection) -> tuple[str, ...]:
    """What people choose from, which has a source."""
    part.text("source")
    return part.offered("words")
