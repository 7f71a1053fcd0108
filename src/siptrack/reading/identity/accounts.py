"""Whether the files found each other's children: counted for every two, with a finding where they did not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from siptrack.reading.calendar import of_now
from siptrack.reading.findings import Findings
from siptrack.reading.identity.groups import UPN, ClassInYear, Mention, Number
from siptrack.reading.identity.identified import Identified
from siptrack.reading.identity.sources import PupilSource
from siptrack.rules.model import MatchingRules
from siptrack.school.place import Place
from siptrack.school.sources import SourceFound

_EVIDENCE = ("upn", "number", "birth", "name", "likeness")  # the surest first
SchoolYear = tuple[str, int, int | None]  # a school, an academic year and a cohort


@dataclass
class _Known:
    """Everything a source says of one child."""

    mentions: set[Mention] = field(default_factory=set)
    years: set[SchoolYear] = field(default_factory=set)
    classes: set[ClassInYear] = field(default_factory=set)

    @cached_property
    def numbers(self) -> set[Number]:
        return {number for mention in self.mentions for number in mention.numbers}

    @cached_property
    def names(self) -> set[str]:
        return {key for mention in self.mentions for key in mention.called.keys}

    @cached_property
    def births(self) -> set[str]:
        return {mention.date_of_birth for mention in self.mentions} - {""}


@dataclass
class _Held:
    """One source: its children, and the subjects and terms of which it holds results, none in a pupil list."""

    source: PupilSource
    tables: set[int] = field(default_factory=set)
    children: defaultdict[int, _Known] = field(default_factory=lambda: defaultdict(_Known))
    slots: set[tuple[str, int]] = field(default_factory=set)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(key for known in self.children.values() for key in known.names)

    @cached_property
    def terms(self) -> frozenset[int]:
        return frozenset(term for _, term in self.slots)


def account_for_sources(found: Identified, rules: MatchingRules, findings: Findings) -> tuple[SourceFound, ...]:
    """How every two sources of the same school years find each other's children; those that do not are a problem."""
    if len(set(found.sources)) == 1:
        return ()
    held = _held(found)
    label = _labels(found, held)
    accounts = []
    for first, second in combinations(held, 2):
        counted = _compared(first, second)
        if counted is None or len(counted.small) < rules.least:
            continue
        small, smaller, larger = counted.small, counted.smaller, counted.larger
        both = [who for who in small if who in larger.children]
        by = Counter(_evidence(smaller.children[who], larger.children[who]) for who in both)
        apart = _too_few(counted, len(both), rules)
        if apart and _of_other_children(smaller, larger, held, small, rules):
            continue
        account = SourceFound(
            source=label[smaller.source],
            found_in=label[larger.source],
            children=len(small),
            found=len(both),
            **{f"by_{evidence}": by[evidence] for evidence in _EVIDENCE},
            apart=apart,
        )
        accounts.append(account)
        if apart:
            found_there = f"{account.found} of its {account.children} children in {account.found_in}"
            what = f"{found_there}, a file of the same year groups"
            expected = f"at least {rules.found:.0%} of them"
            code = "files-apart" if account.found <= rules.most * account.children else "files-short"
            findings.add(code, Place(smaller.source.file, _sheet(smaller, found)), what, expected)
    return tuple(sorted(accounts))


def _held(found: Identified) -> list[_Held]:
    """The sources with all that they say, in the order of their names."""
    held: dict[PupilSource, _Held] = {}
    rows = zip(found.layouts.rows, found.dated.rows, found.mentions, found.matching.pupils, strict=True)
    for row, year, mention, who in rows:
        source = found.sources[row.table]
        of_source = held.setdefault(source, _Held(source))
        of_source.tables.add(row.table)
        if who is not None:
            known = of_source.children[who]
            known.mentions.add(mention)
            known.years.add((row.school, year.academic_year, mention.cohort))
            known.classes |= {mention.class_in_year} if mention.class_in_year else set()
    written, results = found.layouts.written, of_now(found.layouts, found.dated.known)
    terms_of_slots = set(zip(written.slot[results].tolist(), found.dated.terms[results].tolist(), strict=True))
    for slot, term in ((written.slots[at], term) for at, term in terms_of_slots):
        held[found.sources[slot.table]].slots.add((slot.subject, term))
    return [held[source] for source in sorted(held) if held[source].children]


class _Compared(NamedTuple):
    """Two sources, and their children in the school years and classes that both are of."""

    smaller: _Held
    small: Sequence[int]
    larger: _Held
    large: Sequence[int]


def _compared(first: _Held, second: _Held) -> _Compared | None:
    """The children of two sources in the school years and classes of both; None where there are none.

    Two pupil lists are not compared, since either may be of some children only.
    """
    if not (first.slots or second.slots):
        return None
    years = [{year for known in of_source.children.values() for year in known.years} for of_source in (first, second)]
    sides = [_within(of_source, other) for of_source, other in ((first, years[1]), (second, years[0]))]
    classes = [
        [of_source.children[who].classes for who in side]
        for of_source, side in zip((first, second), sides, strict=True)
    ]
    both = set().union(*classes[0]) & set().union(*classes[1])
    if both and all(map(all, classes)):
        sides = [
            [who for who in side if of_source.children[who].classes & both]
            for of_source, side in zip((first, second), sides, strict=True)
        ]
    if not all(sides):
        return None
    (_, at), (_, other) = sorted(zip(map(len, sides), (0, 1), strict=True))
    return _Compared((first, second)[at], sides[at], (first, second)[other], sides[other])


def _too_few(compared: _Compared, found: int, rules: MatchingRules) -> bool:
    """Whether too few children of the smaller source are found in the other.

    Between two terms some leave and others come. Where both sources number their children alike, those who are in one
    alone are plainly other children, and only many of them are a question.
    """
    missing = min(len(compared.small), len(compared.large)) - found
    terms = compared.smaller.terms, compared.larger.terms
    alike = set(compared.smaller.source.kinds) & set(compared.larger.source.kinds)
    if alike and all(terms) and not terms[0] & terms[1]:
        return missing > rules.turnover * len(compared.small)
    return found < rules.found * len(compared.small) and missing > 1


def _within(held: _Held, years: set[SchoolYear]) -> list[int]:
    """The children of a source in the school years of another, as far as their year groups are known."""
    academic = {(school, year) for school, year, _ in years}
    unknown = {(school, year) for school, year, cohort in years if cohort is None}
    return [
        who
        for who, known in held.children.items()
        if known.years & years
        or any((cohort is None and year in academic) or year in unknown for year, cohort in map(_paired, known.years))
    ]


def _paired(year: SchoolYear) -> tuple[tuple[str, int], int | None]:
    return year[:2], year[2]


def _evidence(ours: _Known, theirs: _Known) -> str:
    """The surest evidence that what two sources say is of one child."""
    numbers = {kind for kind, _ in ours.numbers & theirs.numbers}
    if UPN in numbers:
        return "upn"
    if numbers:
        return "number"
    if not ours.names & theirs.names:
        return "likeness"
    return "birth" if ours.births & theirs.births else "name"


def _of_other_children(
    small: _Held, large: _Held, held: Sequence[_Held], compared: Sequence[int], rules: MatchingRules
) -> bool:
    """Whether two sources are plainly of different children: two classes, or two halves of a year group.

    That is so where both hold results of one subject and term, which nobody writes down twice, for two classes or
    under quite other names; or where the children of the one are found in a third source of the other's terms.
    """
    classes = [set().union(*(known.classes for known in of_source.children.values())) for of_source in (small, large)]
    two_classes = all(classes) and classes[0].isdisjoint(classes[1])
    strangers = _names_allow(small, large, rules, two_classes=two_classes)
    if small.slots & large.slots and strangers:
        return True
    ours, theirs = compared, list(large.children)
    return strangers and any(
        _found_elsewhere(children, of_source, other, held) >= rules.found
        for children, of_source, other in ((ours, small, large), (theirs, large, small))
    )


def _names_allow(small: _Held, large: _Held, rules: MatchingRules, *, two_classes: bool) -> bool:
    """Whether the names of two sources are those of other children; where one has none, two classes tell as much."""
    if not (small.names and large.names):
        return two_classes and small.source.kinds == large.source.kinds
    return len(small.names & large.names) <= max(1, rules.strangers * len(small.names))


def _found_elsewhere(children: Sequence[int], ours: _Held, theirs: _Held, held: Sequence[_Held]) -> float:
    """The share of a source's children who are found in a third source with results of the other's terms."""
    third = [of_source for of_source in held if of_source not in (ours, theirs) and of_source.terms & theirs.terms]
    found = sum(1 for who in children if any(who in of_source.children for of_source in third))
    return found / max(1, len(children))


def _labels(found: Identified, held: Sequence[_Held]) -> dict[PupilSource, str]:
    """What each source is called: its file, and its sheets where the file holds several sources."""
    files = Counter(of_source.source.file for of_source in held)
    return {
        of_source.source: of_source.source.file
        if files[of_source.source.file] == 1
        else f"{of_source.source.file}, {_sheets(of_source, found)}"
        for of_source in held
    }


def _sheets(held: _Held, found: Identified) -> str:
    names = _sheet_names(held, found)
    return f"sheet {names[0]}" if len(names) == 1 else f"sheets {', '.join(names)}"


def _sheet_names(held: _Held, found: Identified) -> list[str]:
    return list(dict.fromkeys(found.layouts.tables[table].context.sheet for table in sorted(held.tables)))


def _sheet(held: _Held, found: Identified) -> str:
    """The sheet of a source that has one alone."""
    names = _sheet_names(held, found)
    return names[0] if len(names) == 1 else ""
