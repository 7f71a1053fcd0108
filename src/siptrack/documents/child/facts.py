"""One child's page as a contract: everything that a report has about a child in a term, with its cells and rules.

There is no markup here and no terminal: the JSON and the document that people read are made from a `ChildPage`.
Points, lines and distances are numbers of the scale named beside them; every `sentence` is ready for print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from siptrack.school.place import Mark, Place


def fields_of(facts: type[NamedTuple], row: object) -> dict[str, Any]:
    """What a table's row has under the names that facts have too."""
    kind: object = type(row)
    return {name: getattr(row, name) for name in _in_both(facts._fields, kind)}


@cache
def _in_both(names: tuple[str, ...], kind: object) -> list[str]:
    return [name for name in names if hasattr(kind, name)]


class Written(NamedTuple):
    """A cell that something rests on: the term and the grade that it was understood as, and the text as it stands."""

    term: str
    grade: str
    text: str
    place: Place


class CitedRule(NamedTuple):
    """A rule that something rests on: its name, what it says, the line where it stands, and where it comes from."""

    name: str
    says: str
    mark: Mark
    source: str


class TermResult(NamedTuple):
    """One term of a journey: the grade against the line; a term without a result has a line at most, and no `written`.

    `order` is the term's number: two numbers are as far apart as the terms are. `year` names the year group. `told` is
    whether progress rests on the result; where not, it stands beside, as a test does beside a judgement.
    `crossed_from` names the scale it was written on, where it counts on another by a bridge. `mark` stood beside the
    grade, as in EXS+.
    """

    term: str
    order: int
    year_group: int | None
    year: str
    told: bool
    scale: str
    crossed_from: str
    grade: str
    points: float | None
    line: float | None
    distance: float | None
    attainment: str
    written: Written | None
    mark: str = ""


class WindowSaid(NamedTuple):
    """Progress over a window (`year` or `key_stage`): the verdict, the sentence, and what both rest on.

    `lead` is the window in words, such as `this year`; `sentence` goes on after `Progress this year`. `gain`,
    `expected_gain` and `progress` are in the scale's points, or in grades where `measured` says small steps.
    """

    window: str
    lead: str
    verdict: str
    reason: str
    sentence: str
    measured: str
    gain: float | None
    expected_gain: float | None
    progress: float | None
    evidence: tuple[Written, ...]
    rules: tuple[CitedRule, ...]


class Needed(NamedTuple):
    """What brings the child to the line by a horizon: the points short, and a term, beside what was made a term.

    `line_grade` is the lowest grade that is at expectations then; empty on a scale of scores.
    """

    horizon: str
    by_term: str
    line: float
    line_grade: str
    short: float
    terms: int
    needed: float | None
    made: float | None
    sentence: str


class TargetSaid(NamedTuple):
    """A target that the school set, whether the child is on course for it, and the cell that it stands in."""

    term: str
    grade: str
    course: str
    sentence: str
    written: Written | None


class Flagged(NamedTuple):
    """One flag: its code, its sentence, what to do about it, the cells it came from and the rules it was made by."""

    code: str
    sentence: str
    remedy: str
    evidence: tuple[Written, ...]
    rules: tuple[CitedRule, ...]


class MarksWeighed(NamedTuple):
    """How sure a child's marks are: of 100 children with them how many have truly fallen behind, and what says so.

    `terms` are those with a result that counts; without a number `reason` says why.
    """

    terms: int
    behind_in_100: float | None
    noise_in_100: float | None
    reliability: float | None
    base_in_100: float | None
    reason: str
    sentence: str


class SubjectJourney(NamedTuple):
    """A child in one subject: the results term by term, where the child stands, progress, what lies ahead, the flags.

    `results` are in order of terms, with those that stand beside after the one they stand beside. `scale` and `unit`
    are those of the newest grade. `grade` and `attainment` are this term's, empty without a result; `standing` puts
    them into words. `evidence` says how sure the marks are. `forecasts` are
    sentences.
    """

    subject: str
    label: str
    scale: str
    unit: str
    grade: str
    attainment: str
    standing: str
    results: tuple[TermResult, ...]
    progress: tuple[WindowSaid, ...]
    evidence: MarksWeighed | None
    needed: tuple[Needed, ...]
    targets: tuple[TargetSaid, ...]
    forecasts: tuple[str, ...]
    flags: tuple[Flagged, ...]


class AgeTest(NamedTuple):
    """A reading or spelling age of a child beside the child's own age then, and the test before it.

    `when` is when it was, as far as it is known, and `tested` its day or month as in 2025-09-12, `own_by` what the
    own age comes of; `limit` says of an age that is none whether it is that at most or at least. `difference` is
    the age minus the own age, in months, `since` the months from the test before.
    """

    when: str
    tested: str
    test: str
    term: str
    age: str
    months: float
    limit: str
    own_age: str
    own_months: float | None
    own_by: str
    difference: float | None
    gain: float | None
    since: float | None
    ratio_gain: float | None
    no_ratio: str
    place: Place


class AgeJourney(NamedTuple):
    """The ages of one kind, the newest last. `old` says when the newest was, where that is before this school year."""

    kind: str
    label: str
    tests: tuple[AgeTest, ...]
    old: str
    flags: tuple[Flagged, ...]


class Membership(NamedTuple):
    """The group that a child is in, of one characteristic; `group` says so where it is not recorded."""

    characteristic: str
    group: str


class OddCell(NamedTuple):
    """Something odd in the rows that the child's results are in: its code, what was found, what to do, and where."""

    code: str
    found: str
    action: str
    place: Place


class Circumstance(NamedTuple):
    """Something to know beside a child's progress and never its cause; the cell that tells it, where one does."""

    sentence: str
    place: Place | None = None


class ChildPage(NamedTuple):
    """Everything that siptrack has to say of one child in a term.

    `pupil` is the key that joins the tables. `begun` are sentences on newer terms in which few children have a result.
    `ages` are those of reading and spelling. `questions` are what to ask in a meeting, each once; `records`
    what was agreed and what provision was given by the school's own records.
    """

    pupil: str
    upn: str
    name: str
    year_group: str
    class_name: str
    term: str
    begun: tuple[str, ...]
    groups: tuple[Membership, ...]
    circumstances: tuple[Circumstance, ...]
    subjects: tuple[SubjectJourney, ...]
    ages: tuple[AgeJourney, ...]
    questions: tuple[str, ...]
    records: tuple[str, ...]
    odd: tuple[OddCell, ...]

    @property
    def flags(self) -> tuple[Flagged, ...]:
        """Every flag, in the order of subjects, and those of ages."""
        return tuple(flags_of(self.subjects, self.ages))


def flags_of(subjects: Iterable[SubjectJourney], ages: Iterable[AgeJourney]) -> Iterator[Flagged]:
    """Every flag of these."""
    yield from (flag for subject in subjects for flag in subject.flags)
    yield from (flag for kind in ages for flag in kind.flags)
