"""What a school gives to be set beside others: counts alone, and for each child with a UPN a code in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.analysis.across.tables import ALL, Across
from siptrack.analysis.all_others import with_all_others
from siptrack.analysis.analyse import analyse, compare_groups
from siptrack.analysis.cells import CELLS
from siptrack.analysis.in_term import judge_term
from siptrack.analysis.membership import members_of
from siptrack.analysis.ordered_grades import COUNTS
from siptrack.analysis.tally import EVERYBODY, USUAL
from siptrack.school.frame import Frame
from siptrack.school.scale import Attainment
from siptrack.school.tables import Table, column, declared
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from siptrack.analysis.in_term import InTerm
    from siptrack.analysis.model import Analysis
    from siptrack.rules.model import Rules
    from siptrack.school.groups import Characteristic
    from siptrack.school.register import Register
    from siptrack.school.term import Term

_REACHED = frozenset({Attainment.AT, Attainment.ABOVE})
_KNOWN = frozenset({*_REACHED, Attainment.BELOW, Attainment.WELL_BELOW})
_OF_PUPILS = ("pupils", "placements", "results", "targets", "histories", "actions", "provision")
_GAP = (
    *("subject", "measure", "characteristic", "group", "peers"),
    *("n", "count", "peers_n", "peers_count", "gap", "children", "family", "p", "verdict"),
)


class GroupCount(NamedTuple):
    """How many children of a group there are in a measure, and of how many it holds; the group `all` is everybody."""

    characteristic: str = column("the characteristic's key, or all", always=True)
    group: str = column("the group's key, or all", always=True)
    subject: str = column("the subject's key", always=True)
    measure: str = column("at_are, insufficient or test_below", Across, always=True)
    n: int = column("pupils in the denominator", always=True, unit="pupils")
    count_: int = column("of them, how many", always=True, unit="pupils")


class NewestMark(NamedTuple):
    """The newest result of a child with a UPN in a subject, whichever term it is of."""

    who: int = column("a code in the place of the UPN", always=True)
    subject: str = column("the subject's key", always=True)
    term: int = column("the term's number", always=True)
    at: int = column("1 at or above expectations, 0 below, -1 where that cannot be told", always=True)
    here: int = column("1 for a pupil on roll in the term judged", always=True)


class ResultKept(NamedTuple):
    """A result of a child with a UPN, with all that progress over several schools is judged by."""

    who: int = column("a code in the place of the UPN", always=True)
    subject: str = column("the subject's key", always=True)
    term: int = column("the term's number", always=True)
    scale: str = column("the scale's name; empty where none fits")
    grade: str = column("the grade or special code")
    points: float | None = column("the grade's points")
    of_year: float | None = column("the year group that the grade names")
    counts: bool = column("whether it counts in the denominator of a percentage", always=True)
    test: bool = column("whether it is a test's result", always=True)
    lean: float | None = column("-1 where it lies under the grade as it counts, 1 over it")
    academic_year: int = column("the academic year of the term", always=True)
    year_group: float | None = column("the child's year group then; empty when not known")


COUNTED: Table = declared("counted", "Counts of a school that add up over schools.", GroupCount)
MARKS: Table = declared("marks", "The newest results of children with a UPN.", NewestMark)
RESULTS_KEPT: Table = declared("results", "The results of children with a UPN.", ResultKept)


class SchoolCounts(NamedTuple):
    """A school's part: `counted` and `cells` add up, `gaps` are those of its primary characteristics, over everybody.

    `scales` are those of the term's results by subject; `marks` and `results` are of children with a code, which
    whoever is `without_upn` has not. In none of it is a name, or a UPN.
    """

    term: Term
    on_roll: int
    named: int
    strong: int
    without_upn: int
    scales: Mapping[str, Collection[str]]
    counted: Frame
    cells: Frame
    gaps: Frame
    marks: Frame
    results: Frame


def without(register: Register, pupils: Collection[str]) -> Register:
    """The register as if these pupils were in none of its rows."""
    if not pupils:
        return register
    tables = {name: found for name in _OF_PUPILS if (found := register.optional_frame(name)) is not None}
    return register.with_tables(**{name: table[~table["pupil"].isin(pupils)] for name, table in tables.items()})


def count_school(register: Register, rules: Rules, term: Term | None, codes: Mapping[str, int]) -> SchoolCounts:
    """The counts of a school in a term, that which it has come to unless one is named; `codes` stand for its UPNs.

    Whoever is not recorded is among all others, so that what is shown adds up to all children. Raises
    NothingToJudgeError when no graded result is left.
    """
    judged = judge_term(register, rules, term)
    analysis = analyse(register, rules, term, found=judged)
    pupils, with_others = with_all_others(analysis.children.pupils, rules)
    members = members_of(pupils, with_others)
    compared = compare_groups(analysis.children.standing, members, pupils, with_others, USUAL)
    whole = whole_school(members.characteristics, rules)
    named, strong = _named(analysis, rules)
    progress = analysis.frame("progress")
    graded = progress[progress["scale"] != ""]
    return SchoolCounts(
        term=judged.opened.term,
        on_roll=len(pupils),
        named=named,
        strong=strong,
        without_upn=sum(pupil not in codes for pupil in judged.opened.chosen.keys),
        scales={subject: graded["scale"][graded["subject"] == subject].distinct() for subject in analysis.subjects},
        counted=Frame.stacked([_everybody(analysis), _of_groups(compared["groups"](), whole), _tests(analysis)]),
        cells=_comparable(compared["cells"](), whole),
        gaps=_of_school(compared["gaps"](), primary_of(whole, rules)),
        marks=_marks(judged, codes),
        results=_results(register, judged.opened.term, codes),
    )


def whole_school(present: Mapping[str, Characteristic], rules: Rules) -> list[str]:
    """The characteristics that schools are set beside each other on: whose groups the rules name, one at a time.

    None by which a school divides its children, nor one that is made of how they stood before.
    """
    left_out = {*rules.groups.pairs, *rules.groups.held.starts}
    return [key for key, each in present.items() if key not in left_out and not each.organisation and not each.open]


def primary_of(present: Collection[str], rules: Rules) -> list[str]:
    """The characteristics that every school is asked about, or what stands in for one that is not recorded."""
    held = rules.groups.held
    wanted = (key if key in present else held.stands_in.get(key, key) for key in held.primary)
    return [key for key in wanted if key in present]


def _named(analysis: Analysis, rules: Rules) -> tuple[int, int]:
    """How many children make insufficient progress in some subject, and of how many of them the marks are strong."""
    flags, evidence = analysis.children.flags, analysis.children.evidence
    named = set(flags["pupil"][flags["code"].isin(rules.flags.counting)].distinct())
    strong = np.nan_to_num(evidence["behind_in_100"]) >= rules.evidence.listed.slipping
    return len(named), len(named & set(evidence["pupil"][strong].distinct()))


def _everybody(analysis: Analysis) -> Frame:
    """All children of the school, by subject; a measure that is told of nobody has no row."""
    standing = analysis.children.standing
    rows = []
    for subject in analysis.subjects:
        of = standing[standing["subject"] == subject]
        for measure, names in COUNTS.items():
            if not np.isnan(of[names[1]]).all():
                rows.append((ALL, ALL, subject, measure.value, *(int(np.nansum(of[name])) for name in names)))
    return COUNTED.of(rows)


def _of_groups(groups: Frame, whole: Collection[str]) -> Frame:
    """Each group of these characteristics."""
    of = groups[(groups["among"] == EVERYBODY) & groups["characteristic"].isin(whole)]
    parts = []
    for measure, (n, count) in COUNTS.items():
        known = of[~np.isnan(of[count].astype(np.float64))]
        counts = {"n": known[n].astype(np.int64), "count": known[count].astype(np.int64)}
        parts.append(known.having(counts, measure=measure.value)[COUNTED.names])
    return Frame.stacked(parts)


def _tests(analysis: Analysis) -> Frame:
    """Of the children whom the teacher places at expectations and who took a test, how many lie below in it."""
    now = analysis.term.number
    judged, beside = (
        rows[(rows["term"] == now) & rows["attainment"].isin(_KNOWN)]
        for rows in (analysis.children.judged, analysis.children.set_beside)
    )
    at = beside.found_in(judged, "pupil", "subject")
    judged, beside = judged[at[at != NONE]], beside[at != NONE]
    own, other = (rows["attainment"].isin(_REACHED) for rows in (judged, beside))
    by_teacher, by_test = np.where(judged["test"], other, own), np.where(judged["test"], own, other)
    rows = []
    for subject in judged["subject"].distinct():
        of = (judged["subject"] == subject) & by_teacher
        rows.append((ALL, ALL, subject, Across.TEST_BELOW.value, int(of.sum()), int((of & ~by_test).sum())))
    return COUNTED.of(rows)


def _comparable(cells: Frame, whole: Collection[str]) -> Frame:
    """The cells of these characteristics, over all starts."""
    of = cells[cells["characteristic"].isin(whole)]
    return of.having(start=np.nan)[CELLS.names]


def _of_school(gaps: Frame, primary: Collection[str]) -> Frame:
    """The school's own gaps that count children."""
    counts = gaps["measure"].isin(list(COUNTS)) & (gaps["among"] == EVERYBODY)
    return gaps[counts & gaps["characteristic"].isin(primary)][list(_GAP)]


def _marks(judged: InTerm, codes: Mapping[str, int]) -> Frame:
    """The newest result of every child with a code in each subject, leavers too."""
    opened = judged.opened
    past = opened.past[opened.past["term"] <= opened.term.number]
    everyone = opened.roll.everyone
    code = np.array([codes.get(pupil, 0) for pupil in everyone], dtype=np.int64)
    here = Texts.of(everyone).isin(set(opened.chosen.keys))
    at = np.where(past["attainment"].isin(_REACHED), 1, np.where(past["attainment"].isin(_KNOWN), 0, -1))
    of = past[["subject", "term"]].having(who=code[past["who"]], at=at, here=here[past["who"]].astype(np.int64))
    of = of[of["who"] != 0]
    newest = of.take(np.argsort(-of["term"], kind="stable"))
    return newest[newest.first_of("who", "subject")][MARKS.names]


def _results(register: Register, term: Term, codes: Mapping[str, int]) -> Frame:
    """The results up to the term of every child with a code, each with the child's year group then."""
    rows = register.frame("results")
    rows = rows[rows["term"] <= term.number]
    code = np.array([codes.get(pupil, 0) for pupil in rows["pupil"].words] + [0], dtype=np.int64)
    rows = rows.having(who=code[rows["pupil"].codes], academic_year=rows["term"] // SEASONS_IN_A_YEAR)
    rows = rows[rows["who"] != 0]
    placements = register.frame("placements")
    year_group = np.append(placements["year_group"], np.nan)[rows.found_in(placements, "pupil", "academic_year")]
    return rows.having(year_group=year_group)[RESULTS_KEPT.names]
