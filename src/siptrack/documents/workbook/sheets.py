"""The sheets of the workbook with names, each declared: what it holds, and its columns by their name in its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from siptrack.analysis.vocabulary import Course, GapVerdict, Verdict
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn
from siptrack.school.scale import Attainment

Columns: TypeAlias = Mapping[str, SheetColumn]

_KINDS = {
    "whole": CellKind.WHOLE,
    "number": CellKind.NUMBER,
    "signed": CellKind.SIGNED,
    "percent": CellKind.PERCENT,
    "in 100": CellKind.IN_100,
    "chance": CellKind.CHANCE,
}
MARKS: Mapping[str, Mapping[str, str]] = {
    "stands": {Attainment.WELL_BELOW: "▼▼", Attainment.BELOW: "▼", Attainment.ABOVE: "▲"},
    "moves": {Verdict.INSUFFICIENT: "▼", Verdict.ACCELERATED: "▲", Verdict.CANNOT_TELL: "?"},
    "course": {Course.NOT_ON_COURSE: "▼", Course.NOT_MET: "▼", Course.CANNOT_TELL: "?"},
    "clear": {GapVerdict.CLEAR: "●"},
}
_WIDEST = 24  # letters, where a column does not say
_SPELT = re.compile(r"(\w+): ([^\[]+?)(?: \[(.+)\])?")


def _columns(spelt: str) -> Columns:
    """Columns from `name in a row: Heading [kind, marks, widest, not printed] | @those that several sheets have`."""
    found: dict[str, SheetColumn] = {}
    for part in map(str.strip, spelt.split("|")):
        match = _SPELT.fullmatch(part)
        if match is None:
            found |= _columns(_OF_SEVERAL[part])
            continue
        how = (match[3] or "").split(", ")
        found[match[1]] = SheetColumn(
            match[2],
            kind=next((_KINDS[word] for word in how if word in _KINDS), CellKind.TEXT),
            widest=next((int(word) for word in how if word.isdigit()), _WIDEST),
            marks=next((MARKS[word] for word in how if word in MARKS), {}),
            printed="not printed" not in how,
        )
    return found


class DeclaredSheet(NamedTuple):
    """A sheet: its tab, its title, what it holds in a line, its columns as spelt, and the notes above its table.

    `frozen` columns stay in sight; those that are `spare` are not there where no row has anything in them. One that is
    not `usual` is there with `--all` alone.
    """

    name: str
    title: str
    about: str
    spelt: str
    notes: tuple[str, ...] = ()
    frozen: int = 0
    usual: bool = False
    spare: tuple[str, ...] = ()

    @property
    def columns(self) -> Columns:
        """Its columns, by their name in its rows."""
        return _columns(self.spelt)


_OF_SEVERAL = {
    "@child": "class: Class | year: Year | child: Child [28]",
    "@subject": "subject: Subject",
    "@fallen": "behind_in_100: Fallen, of 100 [in 100]",
    "@gap": """
        gap: Gap [signed] | unit: In [18] | low: Lowest [signed] | high: Highest [signed] |
        children: Gap in children [whole] | close: Children to close it [whole]
    """,
    "@counted": """
        n: Children in the group [whole, not printed] | count: Of these [whole, not printed] |
        peers_n: Children compared with [whole, not printed] | peers_count: Of those [whole, not printed]
    """,
    "@place": "file: File [30] | sheet: Sheet | cell: Cell",
    "@key": "pupil: Key [30, not printed]",
}
KEY = _columns("@key")["pupil"]
_EMPTY = "An empty cell: not known, or there are too few children for a percentage."
_FALLEN = (
    "Fallen, of 100: of 100 children with these marks, so many have truly fallen behind. "
    "Empty where it is too early or not known."
)
_A_GAP = (
    "Gap: the group's figure less that of those it is compared with. The lowest and highest say how sure it is.",
    "A gap says nothing of its cause.",
)

SHEETS: Mapping[str, DeclaredSheet] = {
    "named": DeclaredSheet(
        "Named",
        "Children making insufficient progress, and those slipping slowly",
        "The named children by class, the strongest marks first, with whom to talk about first",
        """
        @child | @subject | from_grade: Then | grade: Now | from_term: Since | @fallen | marks: How sure [26] |
        rank: Talk first [whole] | recorded: Provision and actions this year [40] | @key
        """,
        notes=(_FALLEN, "Talk first: 1 is the child to begin with."),
        frozen=3,
        usual=True,
        spare=("behind_in_100", "marks", "rank", "recorded"),
    ),
    "children": DeclaredSheet(
        "Every child",
        "All children on roll",
        "Every child on roll by class: the grades, where the child stands and moves in each subject, and its groups",
        "@child | named_in: Named in [22] | @key",
        notes=("A symbol beside a word: ▼ behind or below, ▲ ahead or above, ? cannot tell.",),
        frozen=3,
        usual=True,
    ),
    "summary": DeclaredSheet(
        "At a glance",
        "Each year group in each subject",
        "How many are on roll, assessed, at expectations and behind, by year group and subject",
        """
        year_group: Year | @subject | n: On roll [whole] | assessed: Assessed [whole] | at_are: At ARE [whole] |
        at_are_percent: At ARE, % [percent] | insufficient: Insufficient progress [whole] |
        accelerated: Accelerated progress [whole] | cannot_tell: Cannot tell [whole] |
        at_are_low: % if none [percent] | at_are_high: % if all [percent]
        """,
        notes=(
            "ARE: age-related expectations, of those assessed. [z]: progress is judged in single subjects only.",
            "The last two columns: of all on roll, were none or all of those not assessed at ARE.",
        ),
        usual=True,
    ),
    "clear_gaps": DeclaredSheet(
        "Clear gaps",
        "The gaps between groups that are clear, and small groups far behind",
        "The clear gaps, with how sure each is and what it comes to in children",
        """
        @subject | measure: Of what [30] | group: Group [34] | percent: Group, % [percent] |
        peers: Compared with [34] | peers_percent: Others, % [percent] | @gap | within: Clear there too [28] |
        verdict: Verdict [clear] | @counted
        """,
        notes=(*_A_GAP,),
        usual=True,
    ),
    "over_time": DeclaredSheet(
        "Over time",
        "At expectations in each term, by the year group that the children are in now",
        "Today's children over the terms so far: the percentage at expectations",
        "year_group: Year now | @subject",
        notes=("Of those assessed in the term.", _EMPTY),
        frozen=2,
        usual=True,
    ),
    "targets": DeclaredSheet(
        "Targets",
        "The school's own targets",
        "How far each child is from the targets in your files, and whether the child is on course",
        """
        @child | @subject | target_grade: Target | target_term: For | grade: Grade now |
        distance: Points from the target [number] | needed: Needed a term [number] |
        made: Made a term so far [number] | course: On course [course] | reason: Why not known [44] |
        @key
        """,
        notes=(_EMPTY,),
        frozen=3,
        usual=True,
    ),
    "problems": DeclaredSheet(
        "Data problems",
        "What is odd in the files",
        "What is odd in the files: where it stands, what was expected and what to do",
        """
        severity: How serious | code: Problem [30] | @place | found: Found [40] | expected: Expected [40] |
        action: What to do [50]
        """,
        notes=("An error must be put right; a query is unusual and may be so.",),
        usual=True,
    ),
    "first": DeclaredSheet(
        "Talk first",
        "The children to talk about first, with the reasons for each place",
        "The few children with the strongest marks, longest on the list, or with nothing recorded for them",
        """
        rank: Rank [whole] | @child | @subject | @fallen | terms: Terms on the list [whole] | since: Since |
        why: Why [60] | @key
        """,
        notes=(_FALLEN,),
        frozen=4,
    ),
    "flags": DeclaredSheet(
        "Findings",
        "What is said of children, a row for each finding",
        "Every finding, in words, and the cells of your own files that it rests on",
        """
        @child | @subject | code: Finding | sentence: In words [60] | from_term: Since | from_grade: Grade then |
        grade: Grade now | place: Where it stands [40, not printed] |
        from_place: Where it stood [40, not printed] | @fallen | @key
        """,
        notes=("What a finding means and what to do about it: siptrack explain, and the finding's name.",),
        frozen=3,
    ),
    "progress": DeclaredSheet(
        "Progress",
        "Attainment and progress, a row for each child, subject and stretch of time",
        "The figures behind each verdict, this year and in the key stage, and the cell of the result",
        """
        @child | @subject | window: Over | start_term: Since | start_grade: Grade then | grade: Grade now |
        attainment: Where it stands [stands] | start_points: Points then [number] | points: Points now [number] |
        reference: At expectations from [number] | gain: Gained [number] | expected_gain: Gain expected [number] |
        progress: Progress [number] | verdict: Verdict [moves] | reason: Why not known [44] |
        scale: Scale [30, not printed] | file: File [30, not printed] | sheet: Sheet [not printed] |
        cell: Cell [not printed] | @key
        """,
        notes=("Progress: points gained less points expected. In small steps these are grades, not points.", _EMPTY),
        frozen=3,
    ),
    "pace": DeclaredSheet(
        "Pace",
        "What each child needs to gain a term to reach expectations",
        "Points a term each child needs, beside what the child has made",
        """
        @child | @subject | grade: Grade now | by_term: By the end of | points: Points now [number] |
        line: Points needed then [number] | short: Points short [number] | terms: Terms left [whole] |
        needed: Needed a term [number] | made: Made a term so far [number] | @key
        """,
        notes=(_EMPTY,),
        frozen=3,
    ),
    "left_out": DeclaredSheet(
        "Not assessed",
        "Children in no percentage, and why",
        "Children on roll who are in no percentage at expectations, and why",
        "year_group: Year | @subject | reason: Why [50] | count: Children [whole]",
    ),
    "groups": DeclaredSheet(
        "Groups",
        "How each group stands in each subject",
        "Counts and percentages of each group, in the school, the key stages and the year groups",
        """
        @subject | among: Among | characteristic: Characteristic [34] | group: Group [34] | n: On roll [whole] |
        assessed: Assessed [whole] | at_are: At ARE [whole] | at_are_percent: At ARE, % [percent] |
        judged: Progress can be judged [whole] | insufficient: Insufficient progress [whole] |
        insufficient_percent: Insufficient progress, % [percent]
        """,
        notes=("Not recorded is a group of its own and never a no.", _EMPTY),
    ),
    "gaps": DeclaredSheet(
        "Gaps",
        "Each group beside the children it is compared with",
        "Every comparison of groups, with its uncertainty and what it comes to in children",
        """
        @subject | among: Among | characteristic: Characteristic [34] | group: Group [34] |
        peers: Compared with [34] | measure: Of what [30] | @gap | placebo: Chance [chance] |
        verdict: Verdict [clear] | @counted
        """,
        notes=(
            *_A_GAP,
            "Chance: how often a random split of the same children shows such a gap.",
            "Clear: more than chance over all gaps.",
        ),
    ),
    "closers": DeclaredSheet(
        "Nearest to closing gaps",
        "The children nearest to closing the clear gaps",
        "For each clear gap the fewest children whose reaching expectations would close it",
        """
        @child | @subject | measure: Of what [30] | away: Away [number] | groups: Groups behind [40] | @key
        """,
        notes=("Away: points below the line or short of expected progress.",),
    ),
    "national": DeclaredSheet(
        "National results",
        "The school beside national results",
        "Each group beside the same group, and the other children, in England",
        """
        standard: Standard [34] | @subject | group: Group [30] | year: National year | n: Assessed here [whole] |
        count: Meet it here [whole] | value: Here, % [percent] | same: Same group in England, % [percent] |
        other: Others in England, % [percent] | gap_to_same: Gap to the same group [signed] |
        low: Lowest [signed] | high: Highest [signed] | gap_to_other: Gap to the others [signed] |
        children: Gap in children [whole] | sure: How sure the figure is [30] |
        reason: Why there is no comparison
        """,
        notes=("Gaps are in percentage points. The national figures and their sources are in the manual.", _EMPTY),
    ),
    "ledger": DeclaredSheet(
        "What was read",
        "What was read, and what became of it",
        "How many rows and results were read, used and set aside",
        "of: Of what | reason: What became of them [60] | count: How many [whole]",
        notes=("Used and set aside add up to read.",),
    ),
    "set_aside": DeclaredSheet(
        "Set aside",
        "Rows and results that were not used",
        "Every row and result set aside, why, and where it stands",
        "of: Of what | reason: Why [60] | @place",
    ),
}
