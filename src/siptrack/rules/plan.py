"""What is a priority of the single plan, and what people choose from in its draft, from plan.yaml."""

from __future__ import annotations

from siptrack.rules.document import suggestion
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.groups import GroupRules
from siptrack.school.plan import PlanRules
from siptrack.school.term import Season


def build_plan(part: Section, groups: GroupRules) -> PlanRules:
    """The rules of the single plan.

    Raises RulesError for a characteristic or season that is not known, and for a list that no cell can offer.
    """
    return PlanRules(
        share=part.valued("share", most=100),
        children=part.valued_whole("children", least=1),
        most=part.valued_whole("most", least=1),
        same_children=part.valued("same_children", least=1, most=100),
        not_in_attainment=_characteristics(part, groups),
        seasons=_seasons(part),
        rows=part.valued_whole("rows", least=1),
        themes=part.built("themes", _offered),
        monitoring=part.built("monitoring", _offered),
    )


def _characteristics(part: Section, groups: GroupRules) -> tuple[str, ...]:
    said, known = part.words("not_in_attainment"), list(groups.all())
    for name in said:
        if name not in known:
            raise RulesError(
                f"{part.names['not_in_attainment'].mark}: '{name}' in 'not_in_attainment' in {part.where} is not a "
                f"characteristic.{suggestion(name, known)}"
            )
    return said


def _seasons(part: Section) -> tuple[Season, ...]:
    known = {season.name.lower(): season for season in Season}
    said = part.words("seasons", needed=True)
    if not said or any(name not in known for name in said):
        raise RulesError(
            f"{part.names['seasons'].mark}: 'seasons' in {part.where} must be one or more of {', '.join(known)}."
        )
    return tuple(season for name, season in known.items() if name in said)


def _offered(_: str, part: Section) -> tuple[str, ...]:
    """What people choose from, which has a source."""
    part.text("source")
    return part.offered("words")
