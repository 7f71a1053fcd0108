"""The verdicts worked out a second time, child by child in plain Python, from the definitions and not from the program.

It knows the rules (scales, key stages, groups) and a school of plain rows, and shares no arithmetic with siptrack:
points become fractions here, so that nothing is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from siptrack.school.scale import Kind
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from siptrack.rules.model import Rules
    from siptrack.school.scale import Scale

Row = dict[str, Any]
Cell = tuple[str, str]  # a pupil and a subject
AT_OR_ABOVE = ("at", "above")
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class School:
    """What a school wrote, as plain rows with the names that the register's tables have."""

    pupils: Sequence[Row]
    placements: Sequence[Row]
    results: Sequence[Row]


@dataclass(frozen=True)
class Progress:
    """What must be said of a pupil's progress in a subject over one window."""

    verdict: str
    reason: str = ""
    start: int | None = None
    gain: Fraction | None = None
    expected_gain: Fraction | None = None


class Oracle:
    """What must be said of each pupil of a school in a term."""

    def __init__(self, school: School, rules: Rules, term: Term) -> None:
        self.school, self.rules, self.term = school, rules, term
        self.written = {(row["pupil"], row["subject"], row["term"]): row for row in school.results}
        self.pupils = [pupil for pupil in school.pupils if self._on_roll(pupil)]
        self.taught = self._taught()
        self.subjects = [key for key in rules.columns.subjects if any(subject == key for _, subject in self.taught)]

    def _on_roll(self, pupil: Row) -> bool:
        terms = [row["term"] for row in self.school.results if row["pupil"] == pupil["pupil"]]
        until = pupil["on_roll_until"]
        return min(terms, default=self.term.number) <= self.term.number <= until

    def _taught(self) -> set[Cell]:
        """The pupils on roll with each subject in which their year group has a result this academic year, so far."""
        year = self.term.academic_year
        here = {row["pupil"]: self.year_group(row["pupil"], year) for row in self.pupils}
        written = {
            (here[row["pupil"]], row["subject"])
            for row in self.school.results
            if row["pupil"] in here and year * SEASONS_IN_A_YEAR <= row["term"] <= self.term.number
        }
        return {
            (pupil, subject) for pupil, mine in here.items() for year_group, subject in written if mine == year_group
        }

    # --- where a pupil is ---------------------------------------------------------------------------------------------

    def year_group(self, pupil: str, academic_year: int) -> int | None:
        """As placed; else from the nearest academic year, the later of two equally near."""
        placed = {
            row["academic_year"]: row["year_group"]
            for row in self.school.placements
            if row["pupil"] == pupil and row["year_group"] is not None
        }
        if not placed:
            return None
        nearest = min(placed, key=lambda year: (abs(year - academic_year), -year))
        return placed[nearest] + academic_year - nearest

    def line(self, pupil: str, result: Row) -> Fraction | None:
        """The points at age-related expectations for the pupil in the term of the result."""
        term = Term.numbered(result["term"])
        year_group = self.year_group(pupil, term.academic_year)
        if year_group is None:
            return None
        reference = self.scale(result).reference.get((year_group, term.season))
        return None if reference is None else Fraction(reference)

    def scale(self, result: Row) -> Scale:
        return self.rules.scales[result["scale"]]

    def now(self, pupil: str, subject: str) -> Row | None:
        """What is written for the pupil in the term judged."""
        return self.written.get((pupil, subject, self.term.number))

    def earlier(self, pupil: str, subject: str) -> list[Row]:
        """The results with points of the terms before, oldest first."""
        found = [row for key, row in self.written.items() if key[:2] == (pupil, subject)]
        before = [row for row in found if row["term"] < self.term.number and row["points"] is not None]
        return sorted(before, key=lambda row: row["term"])

    # --- attainment ---------------------------------------------------------------------------------------------------

    def attainment_of(self, pupil: str, result: Row | None) -> str:
        """Where a result lies against the line."""
        if result is None or result["points"] is None or (line := self.line(pupil, result)) is None:
            return "not known"
        scale, distance = self.scale(result), Fraction(result["points"]) - line
        if distance >= scale.above:
            return "above"
        if distance >= -scale.at_within:
            return "at"
        return "well below" if distance <= -scale.well_below else "below"

    def attainment(self, pupil: str, subject: str) -> str:
        """Where the pupil stands now; in subjects worked out, `at` means at or above in every part."""
        return self.attainment_of(pupil, self.now(pupil, subject))

    # --- progress -----------------------------------------------------------------------------------------------------

    def progress(self, pupil: str, subject: str, window: str) -> Progress:
        """The verdict of one window, with what it rests on."""
        now = self.now(pupil, subject)
        if unusable := self._unusable(pupil, now):
            return Progress(CANNOT_TELL, unusable)
        earlier = self.earlier(pupil, subject)
        usable = [row for row in earlier if row["scale"] == now["scale"] and self.line(pupil, row) is not None]
        choose = self._year_start if window == "year" else self._key_stage_start
        start, opens = choose(now, usable, earlier)
        if start is not None and self.term.number - start["term"] >= self.rules.years.shortest_window:
            return self._judged(pupil, now, start)
        if any(row["term"] >= opens and row["scale"] != now["scale"] for row in earlier):
            return Progress(CANNOT_TELL, "the scale changed")
        if start is None:
            return Progress(CANNOT_TELL, "one result only")
        moved = self._judged(pupil, now, start)  # the single term's movement is shown, and not judged
        return replace(moved, verdict=CANNOT_TELL, reason="fewer than two terms between the results")

    def _unusable(self, pupil: str, now: Row | None) -> str:
        """Why no progress can be told from what is written now; empty when it can."""
        if now is not None and not now["scale"]:
            return "the marks are on no known scale"
        if now is None or now["points"] is None:
            return "no result this term"
        return "" if self.line(pupil, now) is not None else "outside the reference line"

    def _judged(self, pupil: str, now: Row, start: Row) -> Progress:
        gain = Fraction(now["points"]) - Fraction(start["points"])
        expected = self.line(pupil, now) - self.line(pupil, start)
        scale, progress = self.scale(now), gain - expected
        verdict = "accelerated" if progress >= scale.accelerated else "expected"
        if progress < -scale.tolerance:
            verdict = "insufficient"
        return Progress(verdict, "", start["term"], gain, expected)

    def _year_start(self, _now: Row, usable: list[Row], _earlier: list[Row]) -> tuple[Row | None, int]:
        """The start of the year window, and the number of the term in which the window opens."""
        year = self.term.academic_year
        autumn = self.term.season is Season.AUTUMN
        opening = Term(year - 1, Season.AUTUMN if autumn else Season.SUMMER).number
        else_of = year - 1 if autumn else year
        for row in usable:
            if row["term"] == opening:
                return row, opening
        later = [row for row in usable if Term.numbered(row["term"]).academic_year == else_of]
        return (later[0] if later else None), opening

    def _key_stage_start(self, now: Row, usable: list[Row], earlier: list[Row]) -> tuple[Row | None, int]:
        """The start of the key stage window, and the number of the term in which the window opens.

        It opens with the last result before the key stage, past those outside the reference line, which tell nothing.
        """
        opening = self._key_stage_opens(now["pupil"])
        before = [row for row in usable if row["term"] < opening]
        since = [row for row in usable if row["term"] >= opening]
        start = before[-1] if before else since[0] if since else None
        telling = [row for row in earlier if row in usable or row["scale"] != now["scale"]]
        return start, max((row["term"] for row in telling if row["term"] < opening), default=opening)

    def _key_stage_opens(self, pupil: str) -> int:
        """The first term of the key stage that the pupil is in: the Autumn of the first academic year spent in it."""
        this_year = self.term.academic_year
        stage = self.rules.years.key_stage(self.year_group(pupil, this_year))
        years = [row["academic_year"] for row in self.school.placements if row["pupil"] == pupil]
        possible = range(min(*years, this_year) - len(stage.years), this_year + 1)
        first = min(year for year in possible if self.year_group(pupil, year) in stage.years)
        return first * SEASONS_IN_A_YEAR

    def either(self, pupil: str, subject: str) -> tuple[str, str]:
        """The verdicts of both windows."""
        return self.progress(pupil, subject, "year").verdict, self.progress(pupil, subject, "key_stage").verdict

    # --- flags --------------------------------------------------------------------------------------------------------

    def flags(self, pupil: str, subject: str) -> set[str]:
        """The codes of all flags of a pupil in a subject, but for behind-target."""
        now = self.now(pupil, subject)
        if now is None or now["points"] is None:
            return {"no-result"} if self._missed(pupil, subject, now) else set()
        return {
            *self._flags_of_attainment(pupil, now),
            *self._flags_of_progress(pupil, subject, now),
            *self._flags_of_movement(pupil, subject, now),
        }

    def _missed(self, pupil: str, subject: str, now: Row | None) -> bool:
        """Whether the pupil has no result in a subject in which the year group has results this term."""
        if now is not None and not now["scale"]:
            return False
        year = self.term.academic_year
        mine = self.year_group(pupil, year)
        others = {row["pupil"] for row in self.pupils if self.year_group(row["pupil"], year) == mine}
        return any((other, subject, self.term.number) in self.written for other in others)

    def _flags_of_attainment(self, pupil: str, now: Row) -> Iterator[str]:
        attainment = self.attainment_of(pupil, now)
        if attainment in ("below", "well below"):
            yield attainment.replace(" ", "-")

    def _flags_of_progress(self, pupil: str, subject: str, now: Row) -> Iterator[str]:
        attainment = self.attainment_of(pupil, now)
        for window in ("year", "key_stage"):
            progress = self.progress(pupil, subject, window)
            if progress.verdict == CANNOT_TELL:
                continue
            at_start = self.attainment_of(pupil, self.written[pupil, subject, progress.start])
            if progress.verdict == "insufficient":
                yield "insufficient-" + window.replace("_", "-")
            if at_start in AT_OR_ABOVE and attainment not in AT_OR_ABOVE:
                yield "fell-below"
            if at_start == "above" and attainment != "above" and window == "key_stage":
                yield "no-longer-above"

    def _flags_of_movement(self, pupil: str, subject: str, now: Row) -> Iterator[str]:
        scale = self.scale(now)
        back = {
            self.term.number - row["term"]: row["points"]
            for row in self.earlier(pupil, subject)
            if row["scale"] == now["scale"]
        }
        if 1 in back and now["points"] <= back[1] - scale.step:
            yield "fell-back"
        span = self.rules.flags.flags["no-movement"].terms - 1
        recent = [points for terms, points in back.items() if terms <= span]
        if scale.kind is Kind.CUMULATIVE and span in back and set(recent) == {now["points"]}:
            yield "no-movement"
