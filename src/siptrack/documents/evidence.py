"""How sure the list of children is: whom to talk about first, whom noise alone would name, who slips slowly.

The words are the macros of `evidence.jinja`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from siptrack.analysis.evidence_tables import Evidence
from siptrack.analysis.once import once
from siptrack.analysis.vocabulary import FigureFrom
from siptrack.cycle.first import first_to_talk_about, to_talk_of
from siptrack.cycle.first_tables import FirstChild, WhyFirst
from siptrack.documents.labels import subject_label
from siptrack.documents.people import Person, in_register_order, names_in_print
from siptrack.rendering.numbers import plain_number
from siptrack.school.tables import rows_of

if TYPE_CHECKING:
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame

_HALF = 2  # most: more than one in two


class Slipping(NamedTuple):
    """A child who is not named, and the subjects in which the marks say that it has fallen, with the number of each."""

    name: str
    class_name: str
    subjects: Sequence[tuple[str, float]]


class First(NamedTuple):
    """A child to talk about first, with the name in print and the subject of the strongest marks."""

    row: FirstChild
    name: str
    subject: str

    @property
    def why(self) -> Collection[str]:
        """The reasons for the place."""
        return self.row.why.split("; ")

    @property
    def nothing(self) -> bool:
        """Whether the school's records hold nothing for the child."""
        return WhyFirst.NOTHING.value in self.why


class OnListSince(NamedTuple):
    """For how many terms in a row a child is named, the first of them, and whether nothing is recorded for it."""

    terms: int
    since: str
    nothing: bool


class Basis(NamedTuple):
    """What the numbers in some subjects rest on."""

    subjects: Sequence[str]
    reliability: float
    own: float | None
    base: float
    own_base: bool


class HowSure(NamedTuple):
    """How sure the list is.

    `named` children are on it; `by_noise` is how many would be, had everybody kept up; `classes` are those in which
    that is most of the named, of `named_classes` in which anybody is. Of `early` of the named it is too early to be
    sure: `least` of the last `terms` terms are needed. Who is not named slips slowly `slipping_from` so many in 100.
    `since` is by child how long it has been named in the subject where that is longest.
    """

    named: int
    by_noise: float
    classes: Sequence[str]
    named_classes: int
    early: int
    least: int
    terms: int
    slipping: Sequence[Slipping]
    slipping_from: str
    first: Sequence[First]
    since: Mapping[str, OnListSince]
    bases: Sequence[Basis]

    @property
    def numbers(self) -> bool:
        """Whether any child has a number."""
        return bool(self.bases)

    @property
    def every_class(self) -> bool:
        """Whether noise alone would name most of the named in every class that has any, of more than one."""
        return len(self.classes) == self.named_classes > 1


@once
def sureness(analysis: Analysis, rules: Rules) -> HowSure:
    """How sure the list of an analysis is."""
    stated = rules.evidence
    evidence = rows_of(Evidence, analysis.children.evidence)
    people = rows_of(Person, analysis.children.pupils)
    names = names_in_print(people)
    named = named_in(analysis, rules)
    noise = _by_noise(evidence)
    in_class = {row.pupil: row.class_ for row in people}
    first = rows_of(FirstChild, first_to_talk_about(analysis, rules))
    slipping = [row for row in evidence if (row.behind_in_100 or 0) >= stated.listed.slipping]
    children = {pupil for pupil, _ in named}
    return HowSure(
        named=len(children),
        by_noise=sum(noise.values()),
        classes=_mostly_noise(children, noise, in_class),
        named_classes=len({in_class[pupil] for pupil in children} - {""}),
        early=_early([row for row in evidence if (row.pupil, row.subject) in named]),
        least=stated.least,
        terms=stated.terms,
        slipping=_slipping([row for row in slipping if (row.pupil, row.subject) not in named], people, names, rules),
        slipping_from=plain_number(stated.listed.slipping),
        first=[First(row, names[row.pupil, row.class_], subject_label(row.subject, rules)) for row in first],
        since=_since(to_talk_of(analysis, rules)),
        bases=_bases(evidence, rules),
    )


def _since(talked_of: Frame) -> dict[str, OnListSince]:
    """Of each named child the longest time on the list."""
    found: dict[str, OnListSince] = {}
    for pupil, *on_list in talked_of[talked_of["named"]].in_rows("pupil", "terms", "since", "nothing"):
        found[pupil] = max(found.get(pupil, OnListSince(0, "", nothing=False)), OnListSince(*on_list))
    return found


def strongest_numbers(analysis: Analysis, rules: Rules) -> Mapping[str, float]:
    """For each named child the highest number of the subjects that it is named in; none where it is too early."""
    named = named_in(analysis, rules)
    found: dict[str, float] = {}
    for row in rows_of(Evidence, analysis.children.evidence):
        if row.behind_in_100 is not None and (row.pupil, row.subject) in named:
            found[row.pupil] = max(found.get(row.pupil, 0.0), row.behind_in_100)
    return found


def spoken_of(analysis: Analysis, rules: Rules) -> set[str]:
    """The pupils who are named or slip slowly; those to talk about first are among them."""
    evidence, listed = analysis.children.evidence, rules.evidence.listed
    slipping = evidence["pupil"][evidence["behind_in_100"] >= listed.slipping]
    return {pupil for pupil, _ in named_in(analysis, rules)} | set(slipping.tolist())


def named_in(analysis: Analysis, rules: Rules) -> set[tuple[str, str]]:
    """The pupils and subjects whose progress is insufficient."""
    flags = analysis.children.flags
    return set(flags[flags["code"].isin(rules.flags.counting)].in_rows("pupil", "subject"))


def _early(named: Sequence[Evidence]) -> int:
    """Of how many children it is too early to be sure, in every subject in which they are named and may be told of."""
    numbered = {row.pupil for row in named if row.behind_in_100 is not None}
    return len({row.pupil for row in named if row.early} - numbered)


def _by_noise(evidence: Sequence[Evidence]) -> dict[str, float]:
    """For each child the chance to be named by noise in some subject, were the errors of its subjects unrelated."""
    spared: dict[str, float] = {}
    for row in evidence:
        spared[row.pupil] = spared.get(row.pupil, 1.0) * (1 - (row.noise_in_100 or 0) / 100)
    return {pupil: 1 - chance for pupil, chance in spared.items()}


def _mostly_noise(named: set[str], noise: Mapping[str, float], in_class: Mapping[str, str]) -> list[str]:
    """The classes in which noise alone would name more than half as many as are named."""
    count: dict[str, int] = {}
    expected: dict[str, float] = {}
    for pupil, class_name in in_class.items():
        count[class_name] = count.get(class_name, 0) + (pupil in named)
        expected[class_name] = expected.get(class_name, 0.0) + noise.get(pupil, 0.0)
    return sorted(name for name, some in count.items() if name and some and _HALF * expected[name] > some)


def _slipping(
    rows: Sequence[Evidence], people: Sequence[Person], names: Mapping[tuple[str, str], str], rules: Rules
) -> list[Slipping]:
    """The children of these rows in the order of a register."""
    of: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        of.setdefault(row.pupil, []).append((subject_label(row.subject, rules), row.behind_in_100 or 0))
    chosen = [person for person in people if person.pupil in of]
    chosen.sort(key=lambda person: in_register_order(_year(person), person.class_, _name(person, names)))
    return [Slipping(_name(person, names), person.class_, of[person.pupil]) for person in chosen]


def _name(person: Person, names: Mapping[tuple[str, str], str]) -> str:
    return names[person.pupil, person.class_]


def _year(person: Person) -> int | None:
    return None if person.year_group is None else int(person.year_group)


def _bases(evidence: Sequence[Evidence], rules: Rules) -> list[Basis]:
    """What the numbers rest on, alike subjects together, in the order of the rules."""
    order = list(rules.columns.subjects)
    found = {
        (row.subject, row.scale): (
            row.reliability or 0,
            None if row.own_reliability is None else round(row.own_reliability, 2),
            round(row.base_in_100 or 0),
            row.base_from == FigureFrom.SCHOOL,
        )
        for row in evidence
        if row.behind_in_100 is not None
    }
    ordered = sorted(found, key=lambda pair: (str(found[pair]), order.index(pair[0]), pair[1]))
    return [
        Basis(list(dict.fromkeys(subject_label(subject, rules) for subject, _ in alike)), *figures)
        for figures, alike in groupby(ordered, key=found.__getitem__)
    ]
