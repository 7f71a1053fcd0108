"""Which term, children and subjects are asked about: as people write it, understood by the rules and the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from siptrack.school.errors import ChoiceError
from siptrack.school.near import instead

if TYPE_CHECKING:
    from siptrack.analysis.analyse import Filters
    from siptrack.analysis.tally import Peers
    from siptrack.rules.model import Rules
    from siptrack.school.groups import Characteristic
    from siptrack.school.register import Register

_NATIONAL = "national"  # what people ask for as peers


class Scope(NamedTuple):
    """What of a school's data is asked about, as people write it; empty is everything, no term the newest.

    `school` is the one to read where the files hold several, or `all`; `peers` those whom groups are compared with.
    """

    term: str | None = None
    years: Sequence[str] = ()
    classes: Sequence[str] = ()
    subjects: Sequence[str] = ()
    groups: Sequence[str] = ()
    school: str = ""
    peers: str | None = None


def choose_filters(rules: Rules, register: Register, scope: Scope) -> Filters:
    """The children and subjects asked about. Raises ChoiceError for what the data does not have."""
    from siptrack.analysis.analyse import Filters

    known_classes = sorted(filter(None, register.frame("placements")["class"].distinct()))
    return Filters(
        years=frozenset(_year(text, rules) for text in scope.years),
        classes=frozenset(_class(text, known_classes) for text in scope.classes),
        subjects=frozenset(_subject(text, rules, register.subjects) for text in scope.subjects),
        groups=frozenset(_group(text, rules, register, "--group") for text in scope.groups),
    )


def _year(text: str, rules: Rules) -> int:
    from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader

    year = YearGroupReader(rules.years).read(text)
    if year is None or year == OUT_OF_RANGE:
        highest = rules.years.highest
        raise ChoiceError(
            f"--year '{text}' is not a year group of a primary school. Write Nursery, R, or 1 to {highest}."
        )
    return year


def _class(text: str, known: Sequence[str]) -> str:
    for name in known:
        if name.casefold() == text.strip().casefold():
            return name
    raise ChoiceError(f"--class '{text}' is not in the data. {instead(text, known, 'Classes known')}")


def _subject(text: str, rules: Rules, present: Sequence[str]) -> str:
    from siptrack.reading.spelling import words

    for key in present:
        subject = rules.columns.subjects[key]
        if words(text) in {words(spelling) for spelling in (key, subject.label, *subject.headings)}:
            return key
    raise ChoiceError(f"--subject '{text}' is not in the data. {instead(text, present, 'Subjects known')}")


def _group(text: str, rules: Rules, register: Register, option: str) -> tuple[str, str]:
    """A group by any of its names; of several that are called so, those that the school has recorded."""
    from siptrack.reading.group_names import GroupNames

    every = {key: _in_the_data(known, register, rules) for key, known in rules.groups.all().items()}
    pupils = register.frame("pupils")
    return GroupNames(every, rules.groups.compared).find(
        text, option, lambda key, group: key in pupils and bool((pupils[key] == group).any())
    )


def choose_peers(rules: Rules, register: Register, text: str | None) -> Peers:
    """Whom groups are compared with: `rest`, a group as --group takes it, or a rate such as 65%; the usual without."""
    from siptrack.analysis.tally import REST, USUAL, Peers

    if text is None:
        return USUAL
    if text.strip().endswith("%"):
        return Peers(rate=_rate(text))
    if text.strip().casefold() == REST:
        return Peers(rest=True)
    if text.strip().casefold() == _NATIONAL:
        raise ChoiceError(
            "National results need no option: they always stand in a section of their own, and in --table national. "
            "--peers takes rest, a group such as boys, or a rate such as 65%."
        )
    return Peers(group=_group(text, rules, register, "--peers"))


def _rate(text: str) -> float:
    try:
        rate = float(text.strip().removesuffix("%"))
    except ValueError:
        rate = -1.0
    if not 0 <= rate <= 100:  # noqa: PLR2004  # percent
        raise ChoiceError(f"--peers '{text}' is not a percentage from 0% to 100%.")
    return rate


def _in_the_data(characteristic: Characteristic, register: Register, rules: Rules) -> Characteristic:
    """The characteristic; an open one has the groups in the data, such as its classes or languages."""
    from siptrack.analysis.membership import as_found, values_of

    column = characteristic.column or characteristic.key
    tables = (register.frame(name) for name in ("placements", "pupils"))
    table = next((table for table in tables if column in table), None)
    if characteristic.open is None or table is None:
        return characteristic
    return as_found(characteristic, values_of(table[column]).distinct(), rules)
