"""What may be shared and what is hidden, from sharing.yaml."""

from __future__ import annotations

from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError
from siptrack.school.sharing import Sharing, SharingMode, Status, Symbol

_FEWEST = 2  # with a limit of 1 a single child would be shown


def build_sharing(part: RuleSection) -> Sharing:
    """The modes, which of them is the usual one, and the symbols; each status but `shown` has one."""
    modes = part.each("modes", _mode)
    default = part.choice("default", list(modes))
    symbols = part.section("symbols")
    found: dict[Status, Symbol] = {
        status: symbols.built(status.value, _symbol) for status in Status if status is not Status.SHOWN
    }
    symbols.done()
    return Sharing(modes, found, default)


def _mode(key: str, part: RuleSection) -> SharingMode:
    return SharingMode(
        key=key,
        label=part.text("label"),
        hide_below=part.valued_whole("hide_below", least=_FEWEST),
        round_to=part.valued_whole("round_to", least=1),
        percentages_from=part.valued_whole("percentages_from", least=_FEWEST),
        pairs=part.truth("pairs"),
        not_recorded=part.truth("not_recorded"),
        names_from_data=part.truth("names_from_data"),
        sources={name: part.section(name).text("source") for name in ("hide_below", "round_to", "percentages_from")},
    )


def _symbol(_status: str, part: RuleSection) -> Symbol:
    letter = part.text("letter")
    if not letter.isalpha():
        raise RulesError(f"{part.names['letter'].mark}: 'letter' in {part.where} must be letters, such as c.")
    part.text("source")
    return Symbol(letter, part.text("meaning"))
