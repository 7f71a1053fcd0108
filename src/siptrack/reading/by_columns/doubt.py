"""The schools of plain rows in which something is to be weighed: whose a row is, whether a class was renamed."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.names import Names, names_in
from siptrack.reading.spelling import name_key
from siptrack.school.frame import numbered, numbers, standing
from siptrack.school.term import Season, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from siptrack.reading.by_columns.laid_out import PlainFile
    from siptrack.rules.model import BirthdayRules, Rules, YearRules
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Texts

_NAMES = ("surname", "forename", "name")


class Misfits(NamedTuple):
    """How many pupils are so many year groups above the one that fits their birthday, and of how many that is known.

    Those are counted who are of the schools that have such pupils.
    """

    above: Counter[int]
    born: int

    @classmethod
    def nobody(cls) -> Misfits:
        """Of no pupil."""
        return cls(Counter(), 0)

    def may_be_of_another_year(self, rules: BirthdayRules) -> bool:
        """Whether most children of the schools that have some out of year group are so in one way."""
        most = max(self.above.values(), default=0)
        return most >= rules.least and 100 * most > rules.share * self.born

    def beside(self, other: Misfits) -> Misfits:
        """Those of other schools with these."""
        return Misfits(self.above + other.above, self.born + other.born)


def schools_in_doubt(file: PlainFile, rules: Rules) -> set[str]:
    """The schools of plain rows in which something is to be weighed or said of a row: they are no plain ones.

    All schools are, where so many children of some are out of year group that the sheet's year groups may be those of
    another year.
    """
    misfits, doubted = misfits_and_doubts(file, rules)
    return set(file.of_school.distinct()) if misfits.may_be_of_another_year(rules.years.birthdays) else doubted


def misfits_and_doubts(file: PlainFile, rules: Rules) -> tuple[Misfits, set[str]]:
    """Who is out of year group, and the schools in which something is to be weighed or said of a row.

    Two pupils have one name and birthday, a birthday is odd or fits another year group, a pupil has two year groups in
    a year, or a class may have been renamed.
    """
    there, born = standing(file.rows.pupil), file.birthdays(rules)
    misfits = _out_of_year(file, born, rules.years)
    pupils = [*_oddly_born(there, born), *_born_alike(file, there, born), *_in_two_year_groups(file), *misfits]
    schools = _with_classes_in_doubt(file, rules, there, file.first_and_last[1])
    of_misfits = _schools_of(file, misfits)
    theirs = file.of_school[there].isin(of_misfits) & (born[there] != "") & born.known[there]
    return Misfits(Counter(misfits.values()), int(theirs.sum())), schools | _schools_of(file, pupils)


def _schools_of(file: PlainFile, pupils: Iterable[int]) -> set[str]:
    """The schools of these pupils."""
    return set(file.of_school[np.array([*pupils], dtype=np.int64)].distinct())


def _out_of_year(file: PlainFile, born: Texts, rules: YearRules) -> dict[int, int]:
    """How many year groups each pupil whose birthday does not fit is above the one that does, in the newest year."""
    year, group = file.years.academic_year[: file.rows.how_many], file.years.year_group[: file.rows.how_many]
    here = np.flatnonzero(~np.isnan(group) & (born[file.pupil_of] != "") & born.known[file.pupil_of])
    order = here[np.lexsort((year[here], file.pupil_of[here]))]
    last = order[np.append(np.diff(file.pupil_of[order]) != 0, True)] if len(order) else order
    number, first = numbered([born[file.pupil_of[last]], year[last]])
    given = zip(born[file.pupil_of[last[first]]].tolist(), year[last[first]].tolist(), strict=True)
    fitting = [rules.fitting(date or "", of) if Term(of, Season.AUTUMN).dated else None for date, of in given]
    above = group[last] - numbers(fitting)[number]
    off = np.flatnonzero(~np.isnan(above) & (above != 0))
    return dict(zip(file.pupil_of[last[off]].tolist(), above[off].astype(int).tolist(), strict=True))


def _oddly_born(there: Positions, born: Texts) -> list[int]:
    """The pupils whose birthday is not to be believed."""
    odd: list[int] = there[~born.known[there]].tolist()
    return odd


def _born_alike(file: PlainFile, there: Positions, born: Texts) -> Iterator[int]:
    """The pupils who have the school, the birthday and a name of another."""
    given = there[born[there] != ""]
    number, _ = numbered([file.of_school[given], born[given]])
    several = np.bincount(number)[number] > 1
    names = _names_of(file, given[several])
    alike: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for on, (pupil, called) in zip(number[several].tolist(), names.items(), strict=True):
        for name in called.keys:
            alike[on, name].append(pupil)
    return (pupil for pupils in alike.values() if len(pupils) > 1 for pupil in pupils)


def _names_of(file: PlainFile, pupils: Positions) -> dict[int, Names]:
    """The names of these pupils."""
    held = [
        (role, file.plain.pupils.texts[role][pupils].tolist()) for role in _NAMES if role in file.plain.pupils.texts
    ]
    named = zip(*(texts for _, texts in held), strict=True) if held else [()] * len(pupils)
    roles = [role for role, _ in held]
    found = (names_in(dict(zip(roles, texts, strict=True))) for texts in named)
    return dict(zip(pupils.tolist(), found, strict=True))


def _in_two_year_groups(file: PlainFile) -> list[int]:
    """The pupils beside whom two year groups stand in one school year."""
    year, group = file.years.academic_year[: file.rows.how_many], file.years.year_group[: file.rows.how_many]
    known = np.flatnonzero(~np.isnan(group))
    if not len(known):
        return []
    pupil = file.pupil_of[known]
    number, first = numbered([pupil, year[known]])
    pupils: list[int] = np.unique(pupil[group[known] != group[known][first][number]]).tolist()
    return pupils


def _with_classes_in_doubt(file: PlainFile, rules: Rules, there: Positions, last: Positions) -> set[str]:
    """The schools that write a class in two ways in one school year, or of which one class may be another renamed.

    A child is known by every name, as where classes are followed through their names.
    """
    in_class, pupil = file.class_written, file.pupil_of
    placed = np.flatnonzero(in_class != "")
    if not len(placed):
        return set()
    school, year = file.of_school[pupil[placed]], file.years.academic_year[placed]
    number, first = numbered([school, year, in_class[placed]])
    where = list(zip(school[first].tolist(), year[first].tolist(), strict=True))
    keys = [(*place, name_key(text or "")) for place, text in zip(where, in_class[placed][first].tolist(), strict=True)]
    times = Counter(keys)
    doubted = {place[0] or "" for place, count in times.items() if count > 1}
    names = _names_of(file, there)
    held: defaultdict[tuple[object, str], set[tuple[int, int]]] = defaultdict(set)
    for at, who in set(zip(number.tolist(), pupil[placed].tolist(), strict=True)):
        for name in names[who].keys | {names[who].short}:
            held[where[at], name].add((at, who))
    shared: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for members in held.values():
        for (at, who), (other, namesake) in combinations(sorted(members), 2) if len(members) > 1 else ():
            shared[at, other] |= {who, namesake} if at != other else set()
    several = {pair for pair, children in shared.items() if len(children) >= rules.matching.least}
    of_term: defaultdict[int, defaultdict[int, list[Names]]] = defaultdict(lambda: defaultdict(list))
    for at, term, who in set(zip(number.tolist(), last[placed].tolist(), pupil[placed].tolist(), strict=True)):
        of_term[at][term].append(names[who])
    return doubted | {
        where[at][0] or ""
        for at, other in (*several, *((other, at) for at, other in several))
        for term in of_term[at]
        for before in of_term[other]
        if term != before and _mostly_same_children(of_term[at][term], of_term[other][before], rules)
    }


def _mostly_same_children(first: Sequence[Names], second: Sequence[Names], rules: Rules) -> bool:
    """Whether most children of either class of a term are in the other."""
    theirs = {name for names in second for name in (*names.keys, names.short)}
    shared = sum(not theirs.isdisjoint((*names.keys, names.short)) for names in first)
    largest = max(len({names.main for names in held}) for held in (first, second))
    return shared >= rules.matching.least and shared > rules.matching.most * largest
