"""The words of an analysis: windows, verdicts and their reasons, gaps."""

from __future__ import annotations

from enum import StrEnum


class Window(StrEnum):
    """The two stretches of time over which progress is measured."""

    YEAR = "year"
    KEY_STAGE = "key_stage"


class Verdict(StrEnum):
    """The verdict on progress."""

    INSUFFICIENT = "insufficient"
    EXPECTED = "expected"
    ACCELERATED = "accelerated"
    CANNOT_TELL = "cannot tell"


class Reason(StrEnum):
    """Why progress cannot be told."""

    NO_RESULT = "no result this term"
    NO_SCALE = "the marks are on no known scale"
    TAKEN_ONCE = "progress is not measured on this assessment"
    APART = "the two grades are never compared"
    LOWEST = "the lowest grade both times, which cannot show lost ground"
    HIGHEST = "the highest grade there is, which cannot show more"
    TOO_SOON = "too soon for a small step"
    LIMIT = "a limit in place of a score, which may lie beyond it"
    OTHER_SCALE = "the target is on another scale"
    NO_RATE = "no rate of progress to go on"
    EITHER_WAY = "the present rate may lead there or not"
    TOO_FEW_ALIKE = "too few comparable children in earlier years"
    OUTSIDE_LINE = "outside the reference line"
    SINGLE_RESULT = "one result only"
    SCALE_CHANGED = "the scale changed"
    SHORT_WINDOW = "fewer than two terms between the results"


class Unsure(StrEnum):
    """Why it is not said how sure a child's marks are."""

    NO_RESULT = Reason.NO_RESULT.value
    NO_SCALE = Reason.NO_SCALE.value
    TAKEN_ONCE = Reason.TAKEN_ONCE.value
    SMALL_STEP = "small steps only, of which no line tells what to expect"
    OUTSIDE_LINE = Reason.OUTSIDE_LINE.value
    NO_SPREAD = "how widely children are spread on this scale, or how far one falls, is not stated"
    TOO_EARLY = "too early to be sure: results in too few terms"


class FigureFrom(StrEnum):
    """Where a figure that the evidence rests on comes from."""

    STATED = "stated"
    SCHOOL = "school"


class Measured(StrEnum):
    """What progress is measured in."""

    LINE = "line"  # points, against what the reference line rose
    SMALL_STEPS = "small steps"  # grades up the ladder, for a child who works below the bands of the year group


class Course(StrEnum):
    """Whether a child is on the way to a target at the present rate."""

    MET = "met"
    NOT_MET = "not met"
    ON_COURSE = "on course"
    NOT_ON_COURSE = "not on course"
    CANNOT_TELL = "cannot tell"


class GapVerdict(StrEnum):
    """Whether a gap is more than chance.

    Clear is a gap of the whole school only; in a part of it, where a gap is asked for by that name, it is clear there.
    """

    CLEAR = "clear"
    CLEAR_THERE = "clear there"
    NOT_CLEAR = "not clear"
    FAR_BEHIND = "too few but far behind"  # to be judged, yet so far behind that chance would seldom make it
    TOO_FEW = "too few"


TOO_FEW = frozenset({GapVerdict.TOO_FEW, GapVerdict.FAR_BEHIND})  # to be judged


class Measure(StrEnum):
    """What groups are compared on."""

    AT_ARE = "at_are"
    INSUFFICIENT = "insufficient"
    MEAN_DISTANCE = "mean_distance"
    MEAN_PROGRESS = "mean_progress"


OF_PROGRESS = frozenset({Measure.INSUFFICIENT, Measure.MEAN_PROGRESS})  # the other measures are of attainment


class LeftOut(StrEnum):
    """Why a pupil on roll is in no percentage at ARE, where no special code says so."""

    NO_RESULT = "no result"
    NO_SCALE = "a mark on no known scale"
    NO_LINE = "a grade without a reference line"
    A_PART = "not assessed in one of the subjects"


class Within(StrEnum):
    """The parts of the school within which a gap may go the other way."""

    YEAR_GROUP = "year_group"
    START = "start"
