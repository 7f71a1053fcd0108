"""The right answers, worked out from the invented children alone and without siptrack, and written as YAML."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml
from children import SUBJECTS, Child, Story, term_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

Answer = dict[str, object]

WINDOWS = ("year", "key_stage")
TERMS_A_STEP = 3
FEWEST = 11  # children on either side of a gap, before anything is said about it
_Z = 1.959963984540054  # of a 95 % interval


@dataclass(frozen=True)
class Ruler:
    """What a school's scale counts as falling behind and as racing ahead."""

    points: Mapping[str, int]
    reference: Callable[[int, int], int]  # of a year group in a season
    at_within: int
    tolerance: int
    accelerated: int
    wide: Mapping[str, tuple[int, int]] = field(
        default_factory=dict
    )  # how far under and over a grade the truth may lie
    small_steps: frozenset[str] = frozenset()  # grades below the year group's own: one step up is expected in a year


@dataclass(frozen=True)
class Reading:
    """One result that has points."""

    term: int
    year_group: int
    grade: str
    points: int
    reference: int

    @property
    def distance(self) -> int:
        """How far above the reference line."""
        return self.points - self.reference


@dataclass(frozen=True)
class Window:
    """One child's movement in one subject since the start of one window."""

    verdict: str
    start: Reading | None = None
    now: Reading | None = None


@dataclass(frozen=True)
class Gap:
    """One comparison to be made, and what must come of it."""

    subject: str
    characteristic: str
    group: str
    peers: str
    in_group: Callable[[Child], bool | None]  # None: not recorded, so on neither side
    scope: str
    in_scope: Callable[[Child], bool]
    verdict: str
    why: str


def readings(child: Child, subject: str, ruler: Ruler) -> list[Reading]:
    """The child's results that have points, oldest first."""
    found = []
    for term, seat in sorted(child.seats.items()):
        grade = child.grades.get((term, subject), "")
        if grade in ruler.points:
            line = ruler.reference(seat.year_group, term % 3)
            found.append(Reading(term, seat.year_group, grade, ruler.points[grade], line))
    return found


def _start(window: str, now: Reading, earlier: list[Reading]) -> Reading | None:
    """The result from which the window measures."""
    first_of_year = now.term - now.term % 3
    if window == "year":
        autumn = now.term == first_of_year  # last summer is a single term back: from the Autumn before
        eligible = [reading for reading in earlier if reading.term >= first_of_year - (3 if autumn else 1)]
        return eligible[0] if eligible else None
    first_year_group = 1 if now.year_group <= 2 else 3
    before = [reading for reading in earlier if reading.year_group < first_year_group]
    within = [reading for reading in earlier if reading.year_group >= first_year_group]
    return before[-1] if before else within[0] if within else None


def window_of(child: Child, subject: str, window: str, current: int, ruler: Ruler) -> Window:
    """The verdict on one child in one subject over one window."""
    history = [reading for reading in readings(child, subject, ruler) if reading.term <= current]
    if not history or history[-1].term != current:
        return Window("cannot_tell")
    now = history[-1]
    start = _start(window, now, history[:-1])
    if start is None or now.term - start.term < 2:
        return Window("cannot_tell", start, now)
    if {now.grade, start.grade} <= ruler.small_steps:
        return Window(_of_small_steps(now.points - start.points, now.term - start.term), start, now)
    progress = now.distance - start.distance
    under, over = ruler.wide.get(start.grade, (0, 0))
    if progress < -ruler.tolerance - under:
        return Window("insufficient", start, now)
    return Window("accelerated" if progress >= ruler.accelerated + over else "expected", start, now)


def _of_small_steps(gain: int, terms: int) -> str:
    """The verdict on a child who works below the year group's own grades."""
    if gain == 0 and terms < TERMS_A_STEP:
        return "cannot_tell"
    return "expected" if gain > 0 else "insufficient"


def _movement(window: str, found: Window, ruler: Ruler) -> Answer:
    """How one window is written down."""
    if found.start is None or found.now is None:
        raise ValueError("only a verdict with a start and an end can be written down")
    expected = found.now.reference - found.start.reference
    if {found.now.grade, found.start.grade} <= ruler.small_steps:
        expected = int(found.now.term - found.start.term >= TERMS_A_STEP)
    return {
        "window": window,
        "start_term": term_label(found.start.term),
        "start_grade": found.start.grade,
        "now_grade": found.now.grade,
        "expected_gain": expected,
        "gain": found.now.points - found.start.points,
    }


def insufficient(children: Iterable[Child], current: int, ruler: Ruler) -> list[Answer]:
    """Every child on roll and subject in which progress is insufficient now, in either window."""
    pairs: list[Answer] = []
    for child in children:
        for subject in SUBJECTS:
            windows = {window: window_of(child, subject, window, current, ruler) for window in WINDOWS}
            behind = [
                _movement(window, found, ruler) for window, found in windows.items() if found.verdict == "insufficient"
            ]
            if behind and child.on_roll:
                pairs.append({"pupil": child.key, "name": child.name, "subject": subject.lower(), "windows": behind})
    return pairs


def planted(stories: Iterable[tuple[Story, Child]], current: int, ruler: Ruler) -> list[Answer]:
    """The stories, each held to the verdicts its author foresaw."""
    told: list[Answer] = []
    for story, child in stories:
        found = tuple(window_of(child, story.subject, window, current, ruler).verdict for window in WINDOWS)
        if found != story.verdicts:
            raise ValueError(f"{child.name} in {story.subject} comes out as {found}, foreseen was {story.verdicts}")
        answer: Answer = {"pupil": child.key, "name": child.name, "on_roll": child.on_roll}
        answer |= {"subject": story.subject.lower(), "why": story.why}
        told.append(answer | {"verdicts": dict(zip(WINDOWS, found, strict=True))})
    return told


def _wilson(at: int, assessed: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    share, z2 = at / assessed, _Z * _Z
    middle = (share + z2 / (2 * assessed)) / (1 + z2 / assessed)
    half = _Z * math.sqrt(share * (1 - share) / assessed + z2 / (4 * assessed**2)) / (1 + z2 / assessed)
    return middle - half, middle + half


def newcombe(at: int, assessed: int, peers_at: int, peers_assessed: int) -> tuple[float, float]:
    """The 95 % Newcombe interval of the difference between two shares."""
    share, peers = at / assessed, peers_at / peers_assessed
    (low, high), (peers_low, peers_high) = _wilson(at, assessed), _wilson(peers_at, peers_assessed)
    below = math.hypot(share - low, peers_high - peers)
    above = math.hypot(high - share, peers - peers_low)
    return share - peers - below, share - peers + above


def at_are(children: list[Child], subject: str, current: int, ruler: Ruler) -> tuple[int, int]:
    """How many are at age-related expectations, and how many have a result with points."""
    found = [reading for child in children for reading in readings(child, subject, ruler) if reading.term == current]
    return sum(reading.distance >= -ruler.at_within for reading in found), len(found)


def _gap_verdict(assessed: int, peers_assessed: int, children: int, interval: tuple[float, float]) -> str:
    """Whether a gap is more than chance."""
    if min(assessed, peers_assessed) < FEWEST:
        return "too_few"
    low, high = interval
    return "clear" if (low > 0 or high < 0) and abs(children) >= 1 else "not_clear"


def gap_answer(gap: Gap, on_roll: Iterable[Child], current: int, ruler: Ruler) -> Answer:
    """One gap, counted, and held to the verdict its author foresaw."""
    sides: dict[bool | None, list[Child]] = {True: [], False: [], None: []}
    for child in on_roll:
        if gap.in_scope(child):
            sides[gap.in_group(child)].append(child)
    at, assessed = at_are(sides[True], gap.subject, current, ruler)
    peers_at, peers_assessed = at_are(sides[False], gap.subject, current, ruler)
    interval = newcombe(at, assessed, peers_at, peers_assessed)
    children = math.trunc((at * peers_assessed - assessed * peers_at) / peers_assessed)
    verdict = _gap_verdict(assessed, peers_assessed, children, interval)
    if verdict != gap.verdict:
        raise ValueError(f"{gap.group} in {gap.subject} is {verdict} ({at}/{assessed}, {peers_at}/{peers_assessed})")
    answer: Answer = {"subject": gap.subject.lower(), "characteristic": gap.characteristic, "group": gap.group}
    answer |= {"peers": gap.peers, "scope": gap.scope, "on_roll": len(sides[True]), "assessed": assessed, "at_are": at}
    answer |= {"peers_on_roll": len(sides[False]), "peers_assessed": peers_assessed, "peers_at_are": peers_at}
    answer |= {"gap_in_points": round(100 * (at / assessed - peers_at / peers_assessed), 1)}
    answer |= {"low": round(100 * interval[0], 1), "high": round(100 * interval[1], 1), "children": children}
    return answer | {"verdict": verdict, "why": gap.why}


class _Said(str):
    """A text of an answer, which is written between quotation marks so that `1a` and `2e5` stay texts."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes answers in full, however often they repeat themselves."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """Never a reference to an answer above."""
        return True


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """A text, between quotation marks."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


_Dumper.add_representer(_Said, _represent)


def _said(answer: object) -> object:
    """The same answer with every text marked, the keys left as they are."""
    if isinstance(answer, dict):
        return {key: _said(value) for key, value in answer.items()}
    if isinstance(answer, list):
        return [_said(value) for value in answer]
    return _Said(answer) if isinstance(answer, str) else answer


def write(path: Path, comment: str, answers: Answer) -> None:
    """Write the answers, under a comment that says what they are."""
    heading = "".join(f"# {line}".rstrip() + "\n" for line in comment.strip().splitlines())
    body = yaml.dump(_said(answers), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=150)
    path.write_text(heading + body, encoding="utf-8", newline="\n")
