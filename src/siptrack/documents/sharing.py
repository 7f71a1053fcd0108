"""What is said on every copy that may leave the school: for whom it is, and what its symbols mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from siptrack.analysis.shareable import Shared
from siptrack.analysis.shareable_tables import YEAR_GROUP
from siptrack.analysis.tally import EVERYBODY
from siptrack.documents.labels import NOT_RECORDED_WORDS, group_label
from siptrack.rendering.template import sentence
from siptrack.rules.model import Rules
from siptrack.school.register import NOT_RECORDED
from siptrack.school.sharing import Sharing, SharingMode, Status

_WORDS = "sharing.jinja"
_EVERYBODY = "All children"


def shared_label(characteristic: str, group: str, shared: Shared, rules: Rules) -> str:
    """A group's name in print, or that of a year group or of everybody."""
    if characteristic == EVERYBODY:
        return _EVERYBODY
    if characteristic == YEAR_GROUP:
        return rules.years.label(None if group == NOT_RECORDED else int(group))
    return NOT_RECORDED_WORDS if group == NOT_RECORDED else group_label(shared.characteristics[characteristic], group)


def filters_warning(mode: SharingMode) -> str:
    """That an output of some children must not stand beside one of others."""
    return sentence("of_some_warning", mode, template=_WORDS)


def kept_back_line(*, kept_back: bool) -> str:
    """That there are gaps that are not shown; not how many."""
    return sentence("kept_back", template=_WORDS) if kept_back else ""


def too_few_line(count: int, least: int) -> str:
    """How many gaps rest on too few children."""
    return sentence("few_on_a_side", count, least, template=_WORDS)


def key_made(path: str) -> str:
    """That a key for pseudonyms was made, and how to keep it."""
    return sentence("key_made", path, template=_WORDS)


def still_personal(ages: int) -> str:
    """That pseudonyms do not make a table anonymous; and how many ages are left out of it."""
    return sentence("still_personal", ages, template=_WORDS)


def audience_lines(mode: SharingMode) -> list[str]:
    """For whom the copy is, and what was done to protect children."""
    macros = ("small_numbers_are_hidden", *(("counts_are_rounded",) if mode.round_to > 1 else ()))
    return [sentence(macro, mode, template=_WORDS) for macro in macros]


def copy_lines(shared: Shared, rules: Rules) -> list[str]:
    """The same of tables, with how their groups are made and beside which others they may stand."""
    lines = audience_lines(shared.mode)
    if shared.all_others and rules.groups.all_others is not None:
        labels = [shared.characteristics[key].label for key in shared.all_others]
        lines.append(sentence("others_are_together", rules.groups.all_others.group.label, labels, template=_WORDS))
    if shared.of_some:
        lines.append(sentence("of_some_children", template=_WORDS))
    if shared.since:
        lines.append(sentence("beside_earlier", shared.since, template=_WORDS))
    return lines


def few_lines(shared: Shared, listed: Collection[str]) -> list[str]:
    """Which characteristics that are asked of first are not among those listed, and why others may not be."""
    few = [shared.characteristics[key].label for key in shared.first if key not in listed]
    return [*([sentence("too_few", few, template=_WORDS)] if few else []), sentence("not_listed", template=_WORDS)]


def symbols_line(found: Iterable[Status], sharing: Sharing) -> str:
    """`[c] hidden to protect children; [x] not available.`: what the symbols in a table mean; empty without any."""
    there = set(found)
    used = [symbol for status, symbol in sharing.symbols.items() if status in there]
    return sentence("symbols", used, template=_WORDS) if used else ""
