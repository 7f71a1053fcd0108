"""The verdicts worked out a second time, child by child in plain Python, from the definitions and not from the program.

It knows the rules (scales, key stages, groups) and a school of plain rows, and shares no arithmetic with siptrack:
points become fractions here, so that nothing is rounded. It knows no bridges: what those do is shown in tests/spec.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from siptrack.school.scale import ScaleKind
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
    measured: str = ""


class Oracle:
    """What must be said of each pupil of a school in a term."""

    def __init__(self, school: School, rules: Rules, term: Term) -> None:
        self.school, self.rules, self.term = school, rules, term
        self.written = self._told()
        self.pupils = [pupil for pupil in school.pupils if self._on_roll(pupil)]
        self.taught = self._taught()
        self.subjects = [key for key in rules.columns.subjects if any(subject == key for _, subject in self.taught)]

    def _told(self) -> dict[tuple[str, str, int], Row]:
        """For each pupil and subject the results by which progress is told, by term: of judgements and tests one kind.

        The kind is that of this term's result, of the last one before it where there is none; a grade counts for more
        than a code, and then a judgement for more than a test. A term without such a result keeps the other kind's.
        """
        of_cell: dict[Cell, list[Row]] = {}
        for row in self.school.results:
            of_cell.setdefault((row["pupil"], row["subject"]), []).append(row)
        told = {}
        for (pupil, subject), rows in of_cell.items():
            kind = max(rows, key=self._importance)["test"]
            for row in sorted(rows, key=lambda row: row["test"] == kind):
                told[pupil, subject, row["term"]] = row
        return told

    def _importance(self, row: Row) -> tuple[int, int, bool]:
        now = self.term.number
        when = 3 if row["term"] == now and row["points"] is not None else 2 if row["term"] == now else 1
        return (when if row["term"] <= now else 0), row["term"], not row["test"]

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
        return None if reference is None else exact(reference)

    def points(self, pupil: str, result: Row) -> Fraction | None:
        """The points of a grade, counted from the year group that it names, else from the pupil's own."""
        if result["points"] is None:
            return None
        a_year = self.scale(result).points_a_year
        own = self.year_group(pupil, Term.numbered(result["term"]).academic_year)
        year = result["of_year"] if result["of_year"] is not None else own
        if a_year and year is None:
            return None
        return exact(result["points"]) + (exact(a_year) * year if a_year else 0)

    def rung(self, pupil: str, result: Row) -> Fraction | int | None:
        """The grade's place on the ladder."""
        scale = self.scale(result)
        return self.points(pupil, result) if scale.points_a_year else scale.rungs.get(result["grade"])

    def small(self, pupil: str, result: Row) -> bool:
        """Whether the grade is a small step, below the bands of the pupil's year group."""
        scale = self.scale(result)
        if scale.small_steps is None:
            return False
        if not scale.points_a_year:
            return result["grade"] in scale.small_steps.grades
        own = self.year_group(pupil, Term.numbered(result["term"]).academic_year)
        return result["of_year"] is not None and own is not None and result["of_year"] < own

    def graded(self, row: Row) -> bool:
        """Whether a result is a grade or score, and no code or mark."""
        return row["points"] is not None or bool(row["scale"] and row["grade"] in self.scale(row).rungs)

    def scale(self, result: Row) -> Scale:
        return self.rules.scales[result["scale"]]

    def now(self, pupil: str, subject: str) -> Row | None:
        """What is written for the pupil in the term judged."""
        return self.written.get((pupil, subject, self.term.number))

    def earlier(self, pupil: str, subject: str) -> list[Row]:
        """The results with points of the terms before, oldest first."""
        found = [row for key, row in self.written.items() if key[:2] == (pupil, subject)]
        before = [row for row in found if row["term"] < self.term.number and self.graded(row)]
        return sorted(before, key=lambda row: row["term"])

    # --- attainment ---------------------------------------------------------------------------------------------------

    def attainment_of(self, pupil: str, result: Row | None) -> str:
        """Where a result lies against the line."""
        if result is None or not self.graded(result) or (line := self.line(pupil, result)) is None:
            return "not known"
        scale, points = self.scale(result), self.points(pupil, result)
        if points is None:
            return "well below"
        year_group, distance = self.year_group(pupil, Term.numbered(result["term"]).academic_year), points - line
        above, within, below = (one.at(year_group) for one in (scale.above, scale.at_within, scale.well_below))
        if within is None:
            return "not known"
        if above is not None and distance >= exact(above):
            return "above"
        if distance >= -exact(within):
            return "at"
        return "well below" if below is not None and distance <= -exact(below) else "below"

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
        if now is None or not self.graded(now):
            return "no result this term"
        return "" if self.line(pupil, now) is not None else "outside the reference line"

    def _judged(self, pupil: str, now: Row, start: Row) -> Progress:
        points = self.points(pupil, now), self.points(pupil, start)
        unnumbered = None in points and None not in (self.rung(pupil, now), self.rung(pupil, start))
        scale = self.scale(now)
        moved = None if unnumbered else self._by_line(pupil, now, start)
        accelerated = moved is not None and moved.verdict == "accelerated"
        caught_up = accelerated and not self.small(pupil, now) and not scale.points_a_year
        if moved is None or (self.small(pupil, start) and not caught_up):
            moved = self._in_small_steps(pupil, now, start)
        for reason, applies in (
            ("progress is not measured on this assessment", not scale.measures_progress),
            ("the two grades are never compared", self._apart(now, start)),
            ("the lowest grade both times, which cannot show lost ground", self._lowest(pupil, now, start)),
            ("the highest grade there is, which cannot show more", self._at_the_top(pupil, now, moved)),
        ):
            if applies:
                return replace(moved, verdict=CANNOT_TELL, reason=reason)
        return moved

    def _by_line(self, pupil: str, now: Row, start: Row) -> Progress:
        scale = self.scale(now)
        gain = self.points(pupil, now) - self.points(pupil, start)
        expected = self.line(pupil, now) - self.line(pupil, start)
        wide = scale.wide.get(start["grade"])
        under, over = (exact(wide.under), exact(wide.over)) if wide else (0, 0)
        verdict = "accelerated" if gain - expected >= exact(scale.accelerated) + over else "expected"
        if gain - expected < -exact(scale.tolerance) - under:
            verdict = "insufficient"
        return Progress(verdict, "", start["term"], gain, expected, "line")

    def _in_small_steps(self, pupil: str, now: Row, start: Row) -> Progress:
        """What is expected of a child below the bands of the year group; no step may be lost.

        Where grades name a year group, a year's bands in each whole school year, less a tolerance; more than at that
        pace is accelerated. Elsewhere one step up, once a school year has passed. Before that any step up will do.
        """
        scale = self.scale(now)
        steps, gain = scale.small_steps, self.rung(pupil, now) - self.rung(pupil, start)
        passed = Fraction(now["term"] - start["term"], steps.within)
        if passed < 1:
            expected, least, more = 0, 1, steps.expected
        else:
            expected = steps.expected * (int(passed) if scale.points_a_year else 1)
            least, more = expected - steps.let_pass, steps.expected * passed + exact(scale.accelerated)
        moved = Progress("expected", "", start["term"], gain, expected, "small steps")
        if gain < 0 or (gain < least and passed >= 1):
            return replace(moved, verdict="insufficient")
        if gain < least:
            return replace(moved, verdict=CANNOT_TELL, reason="too soon for a small step")
        return replace(moved, verdict="accelerated") if scale.points_a_year and gain >= more else moved

    def _apart(self, now: Row, start: Row) -> bool:
        lists = [
            {at for at, codes in enumerate(self.scale(now).apart) if row["grade"] in codes} for row in (now, start)
        ]
        return all(lists) and lists[0] != lists[1]

    def _lowest(self, pupil: str, now: Row, start: Row) -> bool:
        """Whether both grades are the lowest for the pupil's own year group, on a scale judged against it."""
        scale = self.scale(now)
        if scale.kind is not ScaleKind.RELATIVE or not scale.grades:
            return False
        return all(self._is_lowest(pupil, row, scale) for row in (now, start))

    def _is_lowest(self, pupil: str, row: Row, scale: Scale) -> bool:
        lowest, points = scale.grades[0], self.points(pupil, row)
        if points is None or lowest.points is None:
            return row["grade"] == lowest.code
        own = self.year_group(pupil, Term.numbered(row["term"]).academic_year)
        return points == exact(lowest.points) + (exact(scale.points_a_year) * own if scale.points_a_year else 0)

    def _at_the_top(self, pupil: str, now: Row, moved: Progress) -> bool:
        """Whether ground seems lost, in points, by a pupil who has the highest grade or score there is."""
        scale, points = self.scale(now), self.points(pupil, now)
        if moved.verdict != "insufficient" or moved.measured != "line" or points is None:
            return False
        if scale.numbers:
            return points >= exact(scale.numbers.high)
        last_year = max(year for year, _ in scale.reference)
        return points >= exact(scale.grades[-1].points) + exact(scale.points_a_year) * last_year

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
        if now is None or not self.graded(now):
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
            self.term.number - row["term"]: row for row in self.earlier(pupil, subject) if row["scale"] == now["scale"]
        }
        if 1 in back and self._fell_back(pupil, now, back[1]):
            yield "fell-back"
        span = self.rules.flags.flags["no-movement"].terms - 1
        recent = [row for terms, row in back.items() if terms <= span]
        must_gain = scale.kind is ScaleKind.CUMULATIVE or (
            span in back and self.small(pupil, now) and self.small(pupil, back[span])
        )
        judged_anew = span in back and all(row.get("stands_from") is None for row in (now, back[span]))
        if must_gain and judged_anew and all(self._same(pupil, now, row) for row in recent):
            yield "no-movement"

    def _fell_back(self, pupil: str, now: Row, then: Row) -> bool:
        """Whether a step was lost since then: in points, or on a scale judged against the year group from the line.

        A small step is a rung of the ladder.
        """
        points = self.points(pupil, now), self.points(pupil, then)
        lines = self.line(pupil, now), self.line(pupil, then)
        if self.scale(now).kind is ScaleKind.CUMULATIVE and None not in points:
            lost = points[1] - points[0]
        elif self.scale(now).kind is ScaleKind.RELATIVE and None not in (*points, *lines):
            lost = (points[1] - lines[1]) - (points[0] - lines[0])
        else:
            lost = 0
        rungs = self.rung(pupil, now), self.rung(pupil, then)
        by_rung = (self.small(pupil, now) or points[0] is None) and None not in rungs and rungs[0] < rungs[1]
        return by_rung or lost >= exact(self.scale(now).step)

    def _same(self, pupil: str, now: Row, then: Row) -> bool:
        if self.points(pupil, now) is None:
            return self.rung(pupil, now) == self.rung(pupil, then) is not None
        return self.points(pupil, now) == self.points(pupil, then)


def exact(number: float) -> Fraction:
    """A number as it is written in a rule or a cell: 0.1 is a tenth."""
    return Fraction(str(number))
