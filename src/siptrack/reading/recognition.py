"""Which scale a column is on: from its cells, its heading, its years and its neighbours, and by the school's word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from siptrack.reading.grades import GradeEvidence, ScaleReader
from siptrack.reading.spelling import tight
from siptrack.rules.model import Rules

_MOST = 0.5
Column = tuple[int, int, str]  # the table's number, the column, the subject


class Because(StrEnum):
    """What decided between scales that fit a column equally well, from the surest on."""

    ONLY = ""
    YEARS = "the results are of its years"
    NEIGHBOURS = "other columns of the file are on it"
    SCHOOLS_OWN = "it is the school's own"
    ORDER = "siptrack takes it first"


@dataclass(frozen=True)
class Around:
    """What is known of a column beside its cells.

    `words` are its heading and what stands around the table; `year_groups` count its results by the year group in which
    they were given; `academic_years` are those of its results; `chosen` the scale that the school or a known export
    says outright. `raw`: its heading says that its marks are as they were counted, which no scale of scores holds.
    """

    file: str
    words: str
    subject: str
    year_groups: Counter[int] = field(default_factory=Counter)
    academic_years: frozenset[int] = frozenset()
    chosen: str = ""
    raw: bool = False


class Recognised(NamedTuple):
    """The scale a column is on, how many of its cells speak for it, the other scales that fit, and what decided."""

    scale: str = ""
    evidence: int = 0
    rivals: tuple[str, ...] = ()
    because: Because = Because.ONLY


class Recogniser:
    """Finds the scale of every column of all files."""

    def __init__(self, rules: Rules, readers: Mapping[str, ScaleReader]) -> None:
        self.rules, self.readers = rules, readers
        own = [name for name in readers if name in rules.own_scales]
        listed = [name for name in rules.columns.scale_order if name in readers]
        self.order = list(dict.fromkeys((*own, *listed, *readers)))
        self.beyond_its_era: set[tuple[str, str]] = set()
        """The files and scales of columns that can be on no other scale, though their years are not the scale's."""

    def all(self, texts: Mapping[Column, Counter[str]], around: Mapping[Column, Around]) -> Mapping[Column, Recognised]:
        """The scale of each column; one with no evidence of its own takes its neighbours', if it knows its codes."""
        fits = {column: self.fitting(counter, around[column]) for column, counter in texts.items()}
        weak = {column for column, found in fits.items() if self._is_weak(texts[column], around[column], found)}
        strong = {column: found for column, found in fits.items() if found and column not in weak}
        only = {column: found[0] for column, found in strong.items() if len(found) == 1}
        sure = _votes(only, around)
        self.beyond_its_era = {
            (around[column].file, fit.scale)
            for column, fit in only.items()
            if not self._of_era(fit.scale, around[column])
        }
        decided = {column: self._decided(found, around[column], sure) for column, found in strong.items()}
        votes = _votes(decided, around)
        return {
            column: decided.get(column) or self._unspoken(fits[column], texts[column], around[column], votes)
            for column in texts
        }

    def fitting(self, texts: Counter[str], around: Around) -> tuple[Recognised, ...]:
        """The scales for which most of a column's cells speak, equally.

        Between equals a hint in the heading decides, then a reference line for the year groups of its results. Nothing
        is recognised from bare numbers unless a heading, title or file name names the scale, or the subject.
        """
        if around.chosen:
            return (Recognised(around.chosen, sum(texts.values())),)
        possible = list(self._possible(around))
        hinted = {name: self._hinted(name, around) for name in possible}
        found = {name: self.readers[name].evidence(texts, hinted=hinted[name]) for name in possible}
        best = max(((found[name], hinted[name]) for name in possible), default=(GradeEvidence(), False))
        if not best[0].cells:
            return ()
        equal = [name for name in possible if (found[name], hinted[name]) == best]
        equal = [name for name in equal if self._has_line(name, around)] or equal
        models = {self.readers[name].scale.like for name in equal if hinted[name]}
        return tuple(Recognised(name, found[name].cells) for name in equal if name not in models)

    def _possible(self, around: Around) -> Iterable[str]:
        """The scales used in the subject; marks as they were counted are on none of scores, but on phonics' own."""
        for name, reader in self.readers.items():
            scale = reader.scale
            of_scores = scale.numbers is not None and (scale.like or not scale.subjects)
            if (not scale.subjects or around.subject in scale.subjects) and not (around.raw and of_scores):
                yield name

    def _has_line(self, name: str, around: Around) -> bool:
        """Whether a scale, if it has a reference line, has one for most of the column's results."""
        years = {year for year, _ in self.readers[name].scale.reference}
        within = sum(count for year, count in around.year_groups.items() if year in years)
        return not years or within >= _MOST * around.year_groups.total()

    def _hinted(self, name: str, around: Around) -> bool:
        """Whether the words around a column speak for a scale; or its subject does, which has no other, as phonics.

        What speaks for siptrack's scale speaks for the school's own that is made like it.
        """
        reader = self.readers[name]
        if reader.hinted(around.words) or (around.subject in reader.scale.subjects and not reader.hints):
            return True
        return (
            name in self.rules.own_scales
            and reader.scale.like in self.readers
            and self._hinted(reader.scale.like, around)
        )

    def _decided(self, fits: Sequence[Recognised], around: Around, votes: Mapping[str, Counter[str]]) -> Recognised:
        """The one of the scales that fit, with the others as its rivals."""
        if len(fits) == 1:
            return fits[0]
        names = [fit.scale for fit in fits]
        scale, because = self._between(names, around, votes)
        rivals = tuple(name for name in names if name != scale)
        return next(fit for fit in fits if fit.scale == scale)._replace(rivals=rivals, because=because)

    def _between(self, names: Sequence[str], around: Around, votes: Mapping[str, Counter[str]]) -> tuple[str, Because]:
        """One of several scales that fit equally well, and what decided."""
        of_the_time = [name for name in names if self._of_its_years(name, around)]
        if len(of_the_time) == 1:
            return of_the_time[0], Because.YEARS
        left = of_the_time or list(names)
        for file in (around.file, ""):
            voted = {name: votes[file][name] for name in left if votes[file][name]}
            if voted and list(voted.values()).count(max(voted.values())) == 1:
                return max(voted, key=voted.__getitem__), Because.NEIGHBOURS
        first = min(left, key=self.order.index)
        return first, Because.SCHOOLS_OWN if first in self.rules.own_scales else Because.ORDER

    def _of_its_years(self, name: str, around: Around) -> bool:
        """Whether the years of a column speak for a scale, or those of its file are known not to speak against it."""
        return self._of_era(name, around) or (around.file, name) in self.beyond_its_era

    def _of_era(self, name: str, around: Around) -> bool:
        """Whether all the column's results are of the scale's era: an academic year touches two calendar years."""
        years = self.readers[name].scale.years
        return all(year in years or year + 1 in years for year in around.academic_years)

    def _is_weak(self, texts: Iterable[str], around: Around, fits: Sequence[Recognised]) -> bool:
        """Whether all grades of a column may be special codes of another scale, as D is disapplied and developing."""
        fitting = {fit.scale for fit in fits}
        if not fitting or around.chosen or any(self._hinted(name, around) for name in fitting):
            return False
        telling = {tight(text) for text in texts if all(self.readers[name].is_grade(text) for name in fitting)}
        others = (self.readers[name] for name in self._possible(around) if name not in fitting)
        return bool(telling) and any(telling <= other.special for other in others)

    def _unspoken(
        self, fits: Sequence[Recognised], texts: Iterable[str], around: Around, votes: Mapping[str, Counter[str]]
    ) -> Recognised:
        """The neighbours' scale for a column that says nothing of its own, or nothing that theirs does not say too."""
        neighbours = self._neighbours(texts, around, votes)
        if not fits or not neighbours:
            return Recognised(neighbours)
        if not all(self.readers[neighbours].decode(text) for text in texts):
            return self._decided(fits, around, votes)
        rivals = tuple(fit.scale for fit in fits if fit.scale != neighbours)
        return Recognised(neighbours, 0, rivals, Because.NEIGHBOURS)

    def _neighbours(self, texts: Iterable[str], around: Around, votes: Mapping[str, Counter[str]]) -> str:
        """The commonest scale of the file, else of all files, if it knows some grade or code of the column."""
        possible = set(self._possible(around))
        for file in (around.file, ""):
            for scale, _ in votes[file].most_common(1):
                if scale in possible and self._has_line(scale, around) and self.readers[scale].knows_some(texts):
                    return scale
        return ""


def _votes(found: Mapping[Column, Recognised], around: Mapping[Column, Around]) -> defaultdict[str, Counter[str]]:
    """How many cells of each file, and of all (under an empty name), speak for each scale."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for column, fit in found.items():
        votes[around[column].file][fit.scale] += fit.evidence
        votes[""][fit.scale] += fit.evidence
    return votes
