"""Who is in which group of a school, and what each child counts in: all that tables to share are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.all_others import with_all_others
from siptrack.analysis.membership import members_of
from siptrack.analysis.model import Analysis
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.shareable_tables import YEAR_GROUP
from siptrack.analysis.tally import EVERYBODY
from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from siptrack.analysis.vocabulary import Measure
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Frame
    from siptrack.school.groups import Characteristic
    from siptrack.school.sharing import SharingMode

    Mask = NDArray[np.bool_]
    Whole = NDArray[np.int64]

Named = tuple[str, str]  # a characteristic and a group


class Outcomes(NamedTuple):
    """Who counts in a measure, and of whom it holds: a line for each subject, a column for each child."""

    n: Mask
    holds: Mask


class SharedCounts(NamedTuple):
    """The children of an analysis as far as they are counted in tables to share.

    `rows` are everybody, each year group and each group, `members` has a line for each and a column for each child;
    `there` tells in which subjects a child stands at all. A measure is told of the subjects that `applies` marks.
    """

    children: tuple[str, ...]
    year_group: NDArray[np.float64]
    classes: tuple[str | None, ...]
    subjects: tuple[str, ...]
    rows: tuple[Named, ...]
    members: Mask
    there: Mask
    outcomes: Mapping[Measure, Outcomes]
    applies: Mapping[Measure, Mask]
    characteristics: Mapping[str, Characteristic]

    def families(self, measure: Measure, rules: Rules) -> Iterator[list[int]]:
        """The subjects of a measure, those of which others are combined with these.

        Whoever is at expectations in reading, writing and maths together is so in reading: the one tells of the other.
        """
        applying = [at for at, known in enumerate(self.applies[measure]) if known]
        family = {self.subjects[at]: self.subjects[at] for at in applying}
        for combined, parts in rules.columns.combined.items():
            if combined in family:
                together = {family[subject] for subject in (combined, *parts) if subject in family}
                family = {subject: combined if of in together else of for subject, of in family.items()}
        for name in dict.fromkeys(family.values()):
            yield [at for at in applying if family[self.subjects[at]] == name]


def count_children(analysis: Analysis, rules: Rules, mode: SharingMode, *, all_others: bool = True) -> SharedCounts:
    """The children of an analysis; those not recorded with all others, unless each group is to stand by itself."""
    pupils = analysis.children.pupils
    if all_others:
        pupils, rules = with_all_others(pupils, rules)
    known = members_of(pupils, rules)
    listed = [*_rows(known.characteristics, known.groups, pupils["year_group"], rules, mode)]
    children = tuple(pupils["pupil"].tolist())
    standing = analysis.children.standing
    at = analysis.subjects, children
    return SharedCounts(
        children=children,
        year_group=pupils["year_group"],
        classes=tuple(pupils["class"].tolist()),
        subjects=tuple(analysis.subjects),
        rows=tuple(named for named, _ in listed),
        members=np.array([inside for _, inside in listed], dtype=np.bool_),
        there=_spread(standing, np.ones(len(standing)), *at),
        outcomes={
            measure: Outcomes(*(_spread(standing, standing[name], *at) for name in names))
            for measure, names in COUNTS.items()
        },
        applies={
            measure: np.logical_or.reduce(_spread(standing, ~np.isnan(standing[count]), *at), axis=1)
            for measure, (_, count) in COUNTS.items()
        },
        characteristics=known.characteristics,
    )


def in_both(ours: Mask, theirs: Mask) -> Whole:
    """How many children are in each row of ours (line) and in each of theirs (column) too.

    The product is of floats, which numpy multiplies many times as fast as whole numbers; these are as exact.
    """
    both: Whole = (ours.astype(np.float64) @ theirs.astype(np.float64).T).astype(np.int64)
    return both


def worths(rules: Rules) -> dict[str, int]:
    """Which rows stay longest: everybody, what is asked first, year groups, characteristics as listed, then pairs."""
    order = dict.fromkeys((EVERYBODY, *rules.groups.shown_first, YEAR_GROUP, *rules.groups.compared))
    pairs = {key: -len(pair.of) for key, pair in rules.groups.pairs.items()}
    return {**{key: at for at, key in enumerate(reversed(order), 1)}, **pairs}


def _rows(
    characteristics: Mapping[str, Characteristic],
    groups: Frame,
    year_group: NDArray[np.float64],
    rules: Rules,
    mode: SharingMode,
) -> Iterator[tuple[Named, Mask]]:
    """Each row that this mode tells of, and who is in it."""
    yield (EVERYBODY, EVERYBODY), np.ones(len(year_group), dtype=np.bool_)
    for year in np.unique(year_group[~np.isnan(year_group)]).tolist():
        yield (YEAR_GROUP, str(int(year))), year_group == year
    if np.isnan(year_group).any():
        yield (YEAR_GROUP, NOT_RECORDED), np.isnan(year_group)
    for key, characteristic in characteristics.items():
        if key == YEAR_GROUP or not _shared_in(characteristic, rules, mode):
            continue
        for group in (*characteristic.groups, *((NOT_RECORDED,) if mode.not_recorded else ())):
            inside = groups[key] == group
            if inside.any():
                yield (key, group), inside


def _shared_in(characteristic: Characteristic, rules: Rules, mode: SharingMode) -> bool:
    """Whether a mode tells of a characteristic at all."""
    if characteristic.key in rules.groups.pairs:
        return mode.pairs
    return mode.names_from_data or rules.groups.all()[characteristic.key].open is None


def _spread(standing: Frame, values: NDArray[np.float64], subjects: Sequence[str], children: Sequence[str]) -> Mask:
    """For which subject (line) and child (column) a value of the standings is above zero."""
    spread = np.zeros((len(subjects), len(children)), dtype=np.bool_)
    subject, child = standing["subject"].in_words(subjects), standing["pupil"].in_words(children)
    at = (subject >= 0) & (child >= 0)
    spread[subject[at], child[at]] = np.nan_to_num(values[at]) > 0
    return spread
