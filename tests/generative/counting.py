"""How many, worked out a second time: the counts of year groups and groups, and the gaps between groups."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from oracle import AT_OR_ABOVE, CANNOT_TELL, Oracle, Row

from siptrack.school.register import NOT_RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from siptrack.school.groups import Characteristic


@dataclass(frozen=True)
class Gap:
    """What must be said of one comparison; `gap` is in percentage points."""

    n: int
    count: int
    peers_n: int
    peers_count: int
    gap: Fraction
    children: int


class CountingOracle(Oracle):
    """Everything that must be said of a school in a term."""

    @property
    def worked_out(self) -> dict[str, tuple[str, ...]]:
        """The subjects which are worked out from others, with their parts."""
        return {
            whole: parts
            for whole, parts in self.rules.columns.combined.items()
            if whole not in self.subjects and set(parts) <= set(self.subjects)
        }

    def parts(self, subject: str) -> tuple[str, ...]:
        """The subjects that a subject is worked out from; else itself."""
        return self.worked_out.get(subject, (subject,))

    def assessed(self, pupil: str, subject: str) -> bool:
        """Whether the pupil is in the denominator of the percentage at age-related expectations.

        A grade without a line to be set against says neither that a child is at expectations nor that it is not.
        """
        return all(self._counted(pupil, part) for part in self.parts(subject))

    def _counted(self, pupil: str, part: str) -> bool:
        row = self.now(pupil, part)
        if row is None or not row["counts"]:
            return False
        return not self.graded(row) or self.attainment(pupil, part) != "not known"

    def away(self, pupil: str, subject: str) -> float | None:
        """Points from the line; None where they are not known."""
        result = self.now(pupil, subject)
        if result is None:
            return None
        points, line = self.points(pupil, result), self.line(pupil, result)
        return None if points is None or line is None else float(points - line)

    def at_are(self, pupil: str, subject: str) -> bool:
        parts = self.parts(subject)
        return all(self.attainment(pupil, part) in AT_OR_ABOVE for part in parts)

    def counts(self, pupils: Iterable[str], subject: str) -> dict[str, int | None]:
        """The counts of the summary and the groups; None where progress is not judged."""
        keys = [pupil for pupil in pupils if any((pupil, part) in self.taught for part in self.parts(subject))]
        found: dict[str, int | None] = {
            "n": len(keys),
            "assessed": sum(self.assessed(key, subject) for key in keys),
            "at_are": sum(self.at_are(key, subject) for key in keys),
        }
        if subject in self.worked_out:
            return {**found, **dict.fromkeys(("judged", "insufficient", "accelerated", "cannot_tell"))}
        verdicts = [self.either(key, subject) for key in keys]
        untold = sum(both == (CANNOT_TELL, CANNOT_TELL) for both in verdicts)
        insufficient = sum("insufficient" in both for both in verdicts)
        accelerated = sum("accelerated" in both and "insufficient" not in both for both in verdicts)
        return {
            **found,
            "judged": len(keys) - untold,
            "insufficient": insufficient,
            "accelerated": accelerated,
            "cannot_tell": untold,
        }

    # --- groups -------------------------------------------------------------------------------------------------------

    def compared(self) -> Iterator[Characteristic]:
        """The characteristics compared, of which the school records all that they are worked out from."""
        recorded = set(self.school.pupils[0]) if self.school.pupils else set()
        groups = self.rules.groups
        for characteristic in (*(groups.all()[key] for key in groups.compared), *groups.pairs.values()):
            if {root for part in self._parts(characteristic) for root in self._roots(part)} <= recorded:
                yield characteristic

    def _parts(self, characteristic: Characteristic) -> tuple[str, ...]:
        return characteristic.of or (characteristic.key,)

    def _roots(self, key: str) -> tuple[str, ...]:
        return self.rules.groups.all()[key].of or (key,)

    def group(self, pupil: Row, characteristic: Characteristic) -> str:
        """The pupil's group in a characteristic that is recorded, derived or a pair."""
        if not characteristic.of:
            return pupil[characteristic.key]
        known = self.rules.groups.all()
        values = tuple(self.group(pupil, known[part]) for part in characteristic.of)
        wanted = values if characteristic.key in self.rules.groups.pairs else values[0]
        for group in characteristic.groups.values():
            if group.members == wanted or (isinstance(wanted, str) and wanted in group.members):
                return group.key
        return NOT_RECORDED

    def members(self, characteristic: Characteristic) -> Mapping[str, list[str]]:
        """The pupils on roll by group, those not recorded among them."""
        found: dict[str, list[str]] = {}
        for pupil in self.pupils:
            found.setdefault(self.group(pupil, characteristic), []).append(pupil["pupil"])
        return found

    def comparisons(self, characteristic: Characteristic) -> Iterator[tuple[str, str, list[str], list[str]]]:
        """Each group with its peers: two groups once with each other, more of them each with the rest."""
        members = self.members(characteristic)
        if len(characteristic.groups) == len(("group", "peers")):
            group, peers = characteristic.groups
            yield group, peers, members.get(group, []), members.get(peers, [])
            return
        for group in characteristic.groups:
            if group in members:
                others = [other for other in members if other not in (group, NOT_RECORDED)]
                yield group, "rest", members[group], [pupil for other in others for pupil in members[other]]

    def gap(self, group: Iterable[str], peers: Iterable[str], subject: str, measure: str) -> Gap | None:
        """The gap between two sets of pupils on one measure; None where one side has nobody to count."""
        n, count = self._share(group, subject, measure)
        peers_n, peers_count = self._share(peers, subject, measure)
        if not n or not peers_n:
            return None
        gap = Fraction(count, n) - Fraction(peers_count, peers_n)
        return Gap(n, count, peers_n, peers_count, 100 * gap, int(gap * n))

    def _share(self, pupils: Iterable[str], subject: str, measure: str) -> tuple[int, int]:
        counts = self.counts(pupils, subject)
        if measure == "at_are":
            return counts["assessed"], counts["at_are"]
        return counts["judged"] or 0, counts["insufficient"]
