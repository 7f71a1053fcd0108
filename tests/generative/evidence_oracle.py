"""The evidence worked out a second time, child by child in plain Python, from what docs/evidence.md says."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from oracle import Oracle, Row, exact

from siptrack.school.scale import ScaleKind
from siptrack.school.term import SEASONS_IN_A_YEAR, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from siptrack.school.scale import Scale

Seen = tuple[int, float, float]  # a term, and the edges of the judged value, in points from the line
NOTHING = 1e-300
SETTLED, ROUNDS, TRIED = 1e-9, 1000, 6


@dataclass(frozen=True)
class Child:
    """A pupil with results that count in a subject on a scale."""

    pupil: str
    scale: Scale
    year_group: int
    seen: Sequence[Seen]


class EvidenceOracle(Oracle):
    """What must be said of how sure each pupil's marks are."""

    @cached_property
    def stated(self):
        return self.rules.evidence

    def evidence(self) -> dict[tuple[str, str], tuple[str, int, float | None]]:
        """For each pupil and subject that is taught why there is no number, the terms that count, and the number."""
        said: dict[tuple[str, str], tuple[str, int, float | None]] = {}
        alike: dict[tuple[str, str], list[Child]] = {}
        for pupil, subject in self.taught:
            child = self.child(pupil, subject)
            if isinstance(child, str):
                count = len(self.seen(pupil, subject))
                said[pupil, subject] = child, count, None
            elif len(child.seen) < self.stated.least:
                said[pupil, subject] = "too early to be sure: results in too few terms", len(child.seen), None
            else:
                alike.setdefault((subject, child.scale.name), []).append(child)
        for (subject, _), children in alike.items():
            for child, number in zip(children, self.numbers(children), strict=True):
                said[child.pupil, subject] = "", len(child.seen), 100 * number
        return said

    def child(self, pupil: str, subject: str) -> Child | str:
        """The pupil's results that count, or why nothing can be told."""
        now = self.now(pupil, subject)
        if now is None:
            return "no result this term"
        if not now["scale"]:
            return "the marks are on no known scale"
        if not self.graded(now):
            return "no result this term"
        scale = self.scale(now)
        if not scale.measures_progress:
            return "progress is not measured on this assessment"
        if self.points(pupil, now) is None or self.line(pupil, now) is None:
            return "outside the reference line"
        if self.stated.spread_of(scale) is None:
            return "how widely children are spread on this scale is not stated"
        seen = self.seen(pupil, subject)
        if seen and not any(self.band(pupil, self.written[pupil, subject, term]) for term, _, _ in seen):
            return "small steps only, of which no line tells what to expect"
        return Child(pupil, scale, self.year_group(pupil, self.term.academic_year), seen)

    def band(self, pupil: str, row: Row) -> bool:
        """Whether a result is a band of the year group's, or a score: no small step."""
        steps = self.scale(row).small_steps
        return not (self.small(pupil, row) or (steps is not None and row["grade"] in steps.any_of_them))

    def seen(self, pupil: str, subject: str) -> list[Seen]:
        """The results of the last terms on this term's scale, with their edges."""
        now, found, small = self.now(pupil, subject), [], False
        for term in range(self.term.number - self.stated.terms + 1, self.term.number + 1):
            row = self.written.get((pupil, subject, term))
            if row is None or now is None or not row["scale"] or row["scale"] != now["scale"] or not self.graded(row):
                continue
            if self.points(pupil, row) is None or self.line(pupil, row) is None:
                continue
            if row.get("stands_from") is not None:  # an earlier judgement that still stands was seen once
                continue
            low, high = self.edges(pupil, row)
            line, own = float(self.line(pupil, row)), float(self.points(pupil, row))
            small = small or not self.band(pupil, row)
            ends = own - line if self.band(pupil, row) else low
            found.append((term, low - line, high - line, ends))
        return [(term, ends if small and low == -math.inf else low, high) for term, low, high, ends in found]

    def edges(self, pupil: str, row: Row) -> tuple[float, float]:
        """From the grade's points to those of the next grade; half a unit either way for a score."""
        scale, points = self.scale(row), float(self.points(pupil, row))
        if scale.numbers:
            half = (scale.numbers.finest or 1) / 2
            low = -math.inf if points <= scale.numbers.low else points - half
            return low, math.inf if points >= scale.numbers.high else points + half
        steps = scale.small_steps
        used = [
            grade.points
            for grade in scale.grades
            if grade.points is not None
            and not (steps and (grade.code in steps.grades or grade.code in steps.any_of_them))
        ]
        years = [0]
        if scale.points_a_year:
            own = self.year_group(pupil, Term.numbered(row["term"]).academic_year)
            grows = scale.kind is ScaleKind.CUMULATIVE
            years = range(self.rules.years.lowest, self.rules.years.highest + 1) if grows else [own]
        ladder = sorted({one + scale.points_a_year * year for one in used for year in years})
        if not self.band(pupil, row):
            return -math.inf, next((one for one in ladder if one > points), ladder[-1])
        below = [one for one in ladder if one <= points] or ladder[:1]
        above = [one for one in ladder if one > below[-1]]
        low = -math.inf if below[-1] == ladder[0] else below[-1]
        high = above[0] if above else math.inf
        broad = self.stated.broad.get(scale.name)
        if broad and row["grade"] in broad.grades:
            low, high = low - broad.under, high + broad.over
        return low, high

    # --- the numbers of children alike --------------------------------------------------------------------------------

    def numbers(self, children: Sequence[Child]) -> list[float]:
        """Of each child the chance that it has fallen."""
        scale = children[0].scale
        results = sum(len(child.seen) for child in children)
        stated = self.stated.reliability.test if scale.test else self.stated.reliability.judgement
        shares = [self.shares(child) for child in children]
        own = self.own_reliability(children, shares) if results >= self.stated.reliability.own_from else None
        reliability = stated if own is None else min(stated, own)
        likely = [self.likely(child, reliability) for child in children]
        if results >= self.stated.courses.own_from and not (own or 0) > stated + self.stated.courses.over:
            shares = self.own_shares(likely, shares)
        return [sum(self.posterior(one, share)[2:]) for one, share in zip(likely, shares, strict=True)]

    def begun(self, child: Child) -> list[int]:
        """The terms in which a fall may have begun: that of the first result, and two later ones that can be told."""
        first, now = child.seen[0][0], self.term.number
        two_years = now - 2 * SEASONS_IN_A_YEAR
        this_year = now - self.rules.years.year_begins[self.term.season]
        later = [term for term in (two_years, this_year) if term > first and self.line_at(child, term) is not None]
        return [first, *dict.fromkeys(later)]

    def line_at(self, child: Child, term: int) -> float | None:
        """The line of the child's scale in a term, on bands within the year group."""
        when = Term.numbered(term)
        year_group = self.year_group(child.pupil, when.academic_year)
        line = child.scale.reference.get((year_group, when.season))
        return None if line is None else float(exact(line))

    def shares(self, child: Child) -> list[float]:
        """The share of each course: keeps up, rises, and each fall that can be told."""
        courses, falls = self.stated.courses, len(self.begun(child))
        return [courses.keep, courses.rise, *[courses.fall / falls] * falls]

    def fallen(self, child: Child, begun: int, term: int) -> float:
        """The points lost by a term since a fall began."""
        if term <= begun:
            return 0.0
        if child.scale.kind is ScaleKind.CUMULATIVE:
            return self.stated.courses.gain_missed * (self.line_at(child, term) - self.line_at(child, begun))
        return self.stated.courses.a_year[child.scale.unit] * (term - begun) / SEASONS_IN_A_YEAR

    def likely(self, child: Child, reliability: float) -> list[float]:
        """The logarithm of how likely the marks are on each course."""
        begun = self.begun(child)
        moves = [lambda _: 0.0, lambda term: self.fallen(child, begun[0], term)]
        moves += [lambda term, since=since: -self.fallen(child, since, term) for since in begun]
        return [self.likely_moved(child, move, reliability) for move in moves]

    def likely_moved(self, child: Child, move, reliability: float) -> float:
        middle, deviation = self.spread(child)
        parts, weights = [], 0.0
        commons = [between((low - middle) / deviation, (high - middle) / deviation) for _, low, high in child.seen]
        for at in range(self.stated.points):
            level = -self.stated.reach + 2 * self.stated.reach * at / (self.stated.points - 1)
            weights += math.exp(-level * level / 2)
            value = middle + math.sqrt(reliability) * deviation * level
            error = math.sqrt(1 - reliability) * deviation
            meant = [
                between((low - move(term) - value) / error, (high - move(term) - value) / error)
                for term, low, high in child.seen
            ]
            chances = [
                max((1 - self.stated.slips) * chance + self.stated.slips * common, NOTHING)
                for chance, common in zip(meant, commons, strict=True)
            ]
            parts.append(-level * level / 2 + sum(map(math.log, chances)))
        return log_of_sum(parts) - math.log(weights)

    def spread(self, child: Child) -> tuple[float, float]:
        part = (min(max(child.year_group, 2), 6) - 2) / 4
        found = self.stated.spread_of(child.scale)
        return tuple(one[0] + part * (one[1] - one[0]) for one in found)

    @staticmethod
    def posterior(likely: Sequence[float], shares: Sequence[float]) -> list[float]:
        weight = [math.exp(one - max(likely)) * share for one, share in zip(likely, shares, strict=True)]
        return [one / sum(weight) for one in weight]

    def own_reliability(self, children: Sequence[Child], shares: Sequence[Sequence[float]]) -> float:
        """The reliability that makes all marks likeliest, by a parabola through the best and its neighbours."""
        most = self.stated.reliability.own_most
        assert len(children) <= most
        first, last = math.log(1 - self.stated.reliability.lowest), math.log(1 - self.stated.reliability.highest)
        errors = [first + (last - first) * at / (TRIED - 1) for at in range(TRIED)]
        fits: list[float] = []
        for error in errors:
            likely = [self.likely(child, 1 - math.exp(error)) for child in children]
            fits.append(
                sum(
                    log_of_sum([one + math.log(share) for one, share in zip(each, shared, strict=True)])
                    for each, shared in zip(likely, shares, strict=True)
                )
            )
        best = 2
        while (step := max(best - 1, best, best + 1, key=fits.__getitem__)) != best and 0 < step < TRIED - 1:
            best = step
        before, at, after = fits[best - 1 : best + 2]
        bend = before - 2 * at + after
        moved = (before - after) / (2 * bend) if bend < 0 else 0
        found = errors[best] + moved * (errors[1] - errors[0])
        return 1 - math.exp(min(max(found, last), first))

    def own_shares(self, likely: Sequence[Sequence[float]], shares: Sequence[Sequence[float]]) -> list[list[float]]:
        """The shares worked out again and again until they settle."""
        stated = self.stated.courses
        before = (stated.keep, stated.rise, stated.fall)
        taken = before
        for _ in range(ROUNDS):
            new = [one * stated.counts_as for one in before]
            for one, share in zip(likely, self.scaled(shares, taken, before), strict=True):
                chance = self.posterior(one, share)
                new[0], new[1], new[2] = new[0] + chance[0], new[1] + chance[1], new[2] + sum(chance[2:])
            last, taken = taken, [one / sum(new) for one in new]
            if max(abs(one - two) for one, two in zip(taken, last, strict=True)) < SETTLED:
                break
        return self.scaled(shares, taken, before)

    @staticmethod
    def scaled(shares, taken, before) -> list[list[float]]:
        factor = [one / two for one, two in zip(taken, before, strict=True)]
        return [[share * factor[min(at, 2)] for at, share in enumerate(one)] for one in shares]


def log_of_sum(logarithms: Sequence[float]) -> float:
    """The logarithm of the sum of numbers of which the logarithms are known."""
    return max(logarithms) + math.log(sum(math.exp(one - max(logarithms)) for one in logarithms))


def between(low: float, high: float) -> float:
    """The chance of a standard normal value between two."""
    if low > 0:
        return (math.erfc(low / math.sqrt(2)) - math.erfc(high / math.sqrt(2))) / 2
    return (math.erfc(-high / math.sqrt(2)) - math.erfc(-low / math.sqrt(2))) / 2
