"""What is said of the rules themselves: which are in force, and what changed between two rulers."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.rendering.numbers import listed, plain_number, plural, quantity, thousands
from siptrack.rules.model import FlagRule, Rules
from siptrack.school.scale import Bridge, Scale
from siptrack.school.sharing import SharingMode
from siptrack.school.term import Term

SCALES, BRIDGES, FLAGS, NATIONAL = "Scales", "Bridges between scales", "Flags", "National results"
LIMITS, SHARING, FILES = "Limits", "Sharing without names", "Files"


def title(term: Term | None) -> str:
    """Which rules these are: the newest, or those of a term."""
    return f"The rules in force in {term.label}" if term else "The rules in force"


def hash_line(rules: Rules) -> str:
    """The ruler's hash, whole, and how many files it covers."""
    return f"{rules.ruler.sha256} ({quantity(len(rules.ruler.files), 'file')}, all of them well formed)"


def dates_line(changes: Sequence[Term]) -> str:
    """From which terms on some rule is another than before."""
    if not changes:
        return "No rule has changed over time."
    terms = ", ".join(term.label for term in changes)
    return f"Some rules hold only from a term on: {terms}. --term shows those of an earlier one."


def scale_line(scale: Scale) -> tuple[str, str, str, str]:
    """A scale in a line: its name, what it is called, its years, and what it allows."""
    kept = f"{plain_number(scale.tolerance)} {plural(scale.tolerance, scale.unit)}" if scale.measures_progress else "-"
    return scale.name, scale.label, scale.era, kept


def more_of_a_scale() -> str:
    """Where the whole of a scale is shown."""
    return "siptrack rules NAME shows a scale's grades, line and thresholds, with their sources."


def choice_line(scale: Scale) -> list[tuple[str, str, str]]:
    """Each setting on which schools disagree: whose it is, what is chosen, and by whom."""
    return [
        (f"{scale.name}: {choice.name}", choice.says, "the school" if choice.by_school else "siptrack's default")
        for choice in scale.choices
    ]


def bridge_line(bridge: Bridge) -> tuple[str, str, str]:
    """From which scale to which, and by whose word."""
    return bridge.name, f"{bridge.old} to {bridge.new}", bridge.source


def flag_line(rule: FlagRule) -> tuple[str, str]:
    """A flag and what it means, or that the school has switched it off."""
    return rule.code, rule.meaning if rule.active else f"{rule.meaning} (switched off)"


def limits(rules: Rules) -> list[tuple[str, str]]:
    """The limits on what is said of groups, of too many flags, of forecasts, and over time."""
    small, ahead, given = rules.groups.small, rules.forecasts, rules.provision
    return [
        ("percentages are printed from", f"{small.percentages_from} children"),
        ("groups are compared from", f"{small.compared_from} children on each side"),
        ("a clear gap is at least", f"{quantity(small.whole_children, 'child', 'children')}"),
        ("intervals are of", f"{small.confidence:g} %"),
        ("the rule is doubted when flagged are more than", f"{rules.flags.too_many:g} % of a year group"),
        ("progress this year begins", f"{_begins(rules)} before"),
        ("progress is judged over at least", f"{quantity(rules.years.shortest_window, 'term')}"),
        (
            "a forecast is made from",
            f"{ahead.comparable} comparable children, and its run holds {ahead.holds:g} % of them",
        ),
        ("a gap is followed on the same children over", f"{quantity(rules.trends.years_followed, 'year')} at most"),
        ("a year group is taken together over", f"{quantity(rules.trends.years_pooled, 'year')}"),
        ("a child is long on the list from", f"{quantity(rules.actions.long, 'term')} in a row"),
        ("provision is much from", f"{quantity(given.much, 'intervention')} in a school year"),
        ("interventions are many at once from", f"{given.many_at_once}"),
        ("an intervention is hardly attended under", f"{given.attendance:g} % of the sessions planned"),
        ("what became of an intervention is judged from", f"{quantity(given.fewest, 'pair')} of children alike"),
    ]


def _begins(rules: Rules) -> str:
    """`3 terms in Autumn, 2 terms in Spring and 3 terms in Summer`."""
    return listed([f"{quantity(terms, 'term')} in {season.label}" for season, terms in rules.years.year_begins.items()])


def sharing_lines(mode: SharingMode) -> list[tuple[str, str, str]]:
    """The limits of a mode of sharing, each with its source, and what is not shared at all."""
    shared = {
        "groups of several characteristics": mode.pairs,
        "groups that the data name, such as classes": mode.names_from_data,
        "children whose group is not recorded": mode.not_recorded,
    }
    limits = {
        "hide_below": f"fewer than {quantity(mode.hide_below, 'child', 'children')} are hidden",
        "round_to": f"counts are rounded to the nearest {mode.round_to}" if mode.round_to > 1 else "counts as they are",
        "percentages_from": f"percentages from {quantity(mode.percentages_from, 'child', 'children')}",
    }
    kept_back = [(mode.key, f"not shared: {name}", "") for name, is_shared in shared.items() if not is_shared]
    return [*((mode.key, limit, mode.sources[name]) for name, limit in limits.items()), *kept_back]


def change_sentence(file: str, path: Sequence[str], before: str | None, now: str | None) -> str:
    """`scales/nc-levels.yaml, thresholds, tolerance: was 1, is 2 now`."""
    where = ", ".join([file, *path])
    if before is None:
        return f"{where}: is new: {now}."
    if now is None:
        return f"{where}: is gone; was {before}."
    return f"{where}: was {before}, is {now} now."


def word_list_sentence(file: str, path: Sequence[str], went: str | None, came: str | None) -> str:
    """What a list of words lost and gained."""
    lost = f"without {went}" if went else ""
    gained = f"with {came}" if came else ""
    return f"{', '.join([file, *path])}: now {' and '.join(filter(None, (lost, gained)))}."


def count_of_changes(count: int) -> str:
    """How many rules are not what they were."""
    if not count:
        return "No rule differs."
    return f"{thousands(count)} {plural(count, 'rule differs', 'rules differ')} from the saved ruler:"
