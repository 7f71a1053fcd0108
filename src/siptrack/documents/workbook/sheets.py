"""The sheets of the workbook with names, each declared: what it holds, and its columns by their name in its rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, TypeAlias

from siptrack.analysis.vocabulary import Course, GapVerdict, Verdict
from siptrack.rendering.workbook.sheets import CellKind, SheetColumn
from siptrack.school.scale import Attainment

Columns: TypeAlias = Mapping[str, SheetColumn]

Whole = partial(SheetColumn, kind=CellKind.WHOLE)
Number = partial(SheetColumn, kind=CellKind.NUMBER)
Signed = partial(SheetColumn, kind=CellKind.SIGNED)
Percent = partial(SheetColumn, kind=CellKind.PERCENT)
Stands = partial(
    SheetColumn,
    marks={Attainment.WELL_BELOW.value: "▼▼", Attainment.BELOW.value: "▼", Attainment.ABOVE.value: "▲"},
)
Moves = partial(
    SheetColumn,
    marks={Verdict.INSUFFICIENT.value: "▼", Verdict.ACCELERATED.value: "▲", Verdict.CANNOT_TELL.value: "?"},
)


class DeclaredSheet(NamedTuple):
    """A sheet: its tab, its title, what it holds in a line, its columns, and the notes above its table.

    `frozen` columns stay in sight; those that are `spare` are not there where no row has anything in them. One that is
    not `usual` is there with `--all` alone.
    """

    name: str
    title: str
    about: str
    columns: Columns
    notes: tuple[str, ...] = ()
    frozen: int = 0
    usual: bool = False
    spare: tuple[str, ...] = ()


KEY = SheetColumn("Key", widest=30, printed=False)
_NAMES = 3  # the columns that say who it is
_CHILD = {"class": SheetColumn("Class"), "year": SheetColumn("Year"), "child": SheetColumn("Child", widest=28)}
_SUBJECT = {"subject": SheetColumn("Subject")}
_FALLEN = {"behind_in_100": SheetColumn("Fallen, of 100", CellKind.IN_100)}
_WHOSE = {"pupil": KEY}
_GROUP = {
    **_SUBJECT,
    "among": SheetColumn("Among"),
    "characteristic": SheetColumn("Characteristic", widest=34),
    "group": SheetColumn("Group", widest=34),
}
_OF_WHAT = {"measure": SheetColumn("Of what", widest=30)}
_COMPARED = {"peers": SheetColumn("Compared with", widest=34), **_OF_WHAT}
_GAP = {
    "gap": Signed("Gap"),
    "unit": SheetColumn("In", widest=18),
    "low": Signed("Lowest"),
    "high": Signed("Highest"),
    "children": Whole("Gap in children"),
    "close": Whole("Children to close it"),
}
_VERDICT = {"verdict": SheetColumn("Verdict", marks={GapVerdict.CLEAR.value: "●"})}
_COUNTED = {
    "n": Whole("Children in the group", printed=False),
    "count": Whole("Of these", printed=False),
    "peers_n": Whole("Children compared with", printed=False),
    "peers_count": Whole("Of those", printed=False),
}
_PLACE = {"file": SheetColumn("File", widest=30), "sheet": SheetColumn("Sheet"), "cell": SheetColumn("Cell")}
_EMPTY = "An empty cell: it cannot be told, or there are too few children for a percentage."
_FALLEN_MEANS = (
    "Fallen, of 100: of 100 children with these marks, so many have truly fallen behind. "
    "Empty where it is too early or cannot be told."
)
_SYMBOLS = "A symbol beside a word: ▼ behind or below, ▲ ahead or above, ? cannot be told."
_A_GAP = (
    "Gap: the group's figure less that of those it is compared with. The lowest and highest say how sure it is.",
    "A gap says nothing of its cause.",
)

SHEETS: Mapping[str, DeclaredSheet] = {
    "named": DeclaredSheet(
        "Named",
        "Children making insufficient progress, and those slipping slowly",
        "The named children by class, the strongest marks first, with whom to talk about first",
        {
            **_CHILD,
            **_SUBJECT,
            "from_grade": SheetColumn("Then"),
            "grade": SheetColumn("Now"),
            "from_term": SheetColumn("Since"),
            **_FALLEN,
            "marks": SheetColumn("How sure", widest=26),
            "rank": Whole("Talk first"),
            "recorded": SheetColumn("Provision and actions", widest=40),
            **_WHOSE,
        },
        (_FALLEN_MEANS, "Talk first: 1 is the child to begin with."),
        _NAMES,
        usual=True,
        spare=("behind_in_100", "marks", "rank", "recorded"),
    ),
    "children": DeclaredSheet(
        "Every child",
        "All children on roll",
        "Every child on roll by class: the grades, where the child stands and moves in each subject, and its groups",
        {**_CHILD, "named_in": SheetColumn("Named in", widest=22), **_WHOSE},
        (_SYMBOLS,),
        _NAMES,
        usual=True,
    ),
    "summary": DeclaredSheet(
        "At a glance",
        "Each year group in each subject",
        "How many are on roll, assessed, at expectations and behind, by year group and subject",
        {
            "year_group": SheetColumn("Year"),
            **_SUBJECT,
            "n": Whole("On roll"),
            "assessed": Whole("Assessed"),
            "at_are": Whole("At ARE"),
            "at_are_percent": Percent("At ARE, %"),
            "insufficient": Whole("Insufficient progress"),
            "accelerated": Whole("Accelerated progress"),
            "cannot_tell": Whole("Cannot tell"),
            "at_are_low": Percent("% if none"),
            "at_are_high": Percent("% if all"),
        },
        (
            "ARE: age-related expectations, of those assessed. [z]: progress is told of single subjects only.",
            "The last two columns: of all on roll, were none or all of those not assessed at ARE.",
        ),
        usual=True,
    ),
    "clear_gaps": DeclaredSheet(
        "Clear gaps",
        "The gaps between groups that are clear, and small groups far behind",
        "The clear gaps, with how sure each is and what it comes to in children",
        {
            **_SUBJECT,
            **_OF_WHAT,
            "group": SheetColumn("Group", widest=34),
            "percent": Percent("Group, %"),
            "peers": SheetColumn("Compared with", widest=34),
            "peers_percent": Percent("Others, %"),
            **_GAP,
            "within": SheetColumn("Clear there too", widest=28),
            **_VERDICT,
            **_COUNTED,
        },
        _A_GAP,
        usual=True,
    ),
    "over_time": DeclaredSheet(
        "Over time",
        "At expectations in each term, by the year group that the children are in now",
        "Today's children over the terms so far: the percentage at expectations",
        {"year_group": SheetColumn("Year now"), **_SUBJECT},
        ("Of those assessed in the term. " + _EMPTY,),
        2,
        usual=True,
    ),
    "targets": DeclaredSheet(
        "Targets",
        "The school's own targets",
        "How far each child is from the targets in your files, and whether the child is on course",
        {
            **_CHILD,
            **_SUBJECT,
            "target_grade": SheetColumn("Target"),
            "target_term": SheetColumn("For"),
            "grade": SheetColumn("Grade now"),
            "distance": Number("Points from the target"),
            "needed": Number("Needed a term"),
            "made": Number("Made a term so far"),
            "course": SheetColumn(
                "On course",
                marks={
                    Course.NOT_ON_COURSE.value: "▼",
                    Course.NOT_MET.value: "▼",
                    Course.CANNOT_TELL.value: "?",
                },
            ),
            "reason": SheetColumn("Why it cannot be told", widest=44),
            **_WHOSE,
        },
        (_EMPTY,),
        _NAMES,
        usual=True,
    ),
    "problems": DeclaredSheet(
        "Data problems",
        "What is odd in the files",
        "What is odd in the files: where it stands, what was expected and what to do",
        {
            "severity": SheetColumn("How serious"),
            "code": SheetColumn("Problem", widest=30),
            **_PLACE,
            "found": SheetColumn("Found", widest=40),
            "expected": SheetColumn("Expected", widest=40),
            "action": SheetColumn("What to do", widest=50),
        },
        ("An error must be put right; a query is unusual and may be so.",),
        usual=True,
    ),
    "first": DeclaredSheet(
        "Talk first",
        "The children to talk about first, with the reasons for each place",
        "The few children with the strongest marks, longest on the list, or with nothing recorded for them",
        {
            "rank": Whole("Rank"),
            **_CHILD,
            **_SUBJECT,
            **_FALLEN,
            "terms": Whole("Terms on the list"),
            "since": SheetColumn("Since"),
            "why": SheetColumn("Why", widest=60),
            **_WHOSE,
        },
        (_FALLEN_MEANS,),
        _NAMES + 1,
    ),
    "flags": DeclaredSheet(
        "Findings",
        "What is said of children, a row for each finding",
        "Every finding, in words, and the cells of your own files that it rests on",
        {
            **_CHILD,
            **_SUBJECT,
            "code": SheetColumn("Finding"),
            "sentence": SheetColumn("In words", widest=60),
            "from_term": SheetColumn("Since"),
            "from_grade": SheetColumn("Grade then"),
            "grade": SheetColumn("Grade now"),
            "place": SheetColumn("Where it stands", widest=40, printed=False),
            "from_place": SheetColumn("Where it stood", widest=40, printed=False),
            **_FALLEN,
            **_WHOSE,
        },
        ("What a finding means and what to do about it: siptrack explain, and the finding's name.",),
        _NAMES,
    ),
    "progress": DeclaredSheet(
        "Progress",
        "Attainment and progress, a row for each child, subject and stretch of time",
        "The figures behind each verdict, this year and in the key stage, and the cell of the result",
        {
            **_CHILD,
            **_SUBJECT,
            "window": SheetColumn("Over"),
            "start_term": SheetColumn("Since"),
            "start_grade": SheetColumn("Grade then"),
            "grade": SheetColumn("Grade now"),
            "attainment": Stands("Where it stands"),
            "start_points": Number("Points then"),
            "points": Number("Points now"),
            "reference": Number("At expectations from"),
            "gain": Number("Gained"),
            "expected_gain": Number("Gain expected"),
            "progress": Number("Progress"),
            "verdict": Moves("Verdict"),
            "reason": SheetColumn("Why it cannot be told", widest=44),
            "scale": SheetColumn("Scale", widest=30, printed=False),
            "file": SheetColumn("File", widest=30, printed=False),
            "sheet": SheetColumn("Sheet", printed=False),
            "cell": SheetColumn("Cell", printed=False),
            **_WHOSE,
        },
        ("Progress: points gained less points expected. In small steps these are grades, not points.", _EMPTY),
        _NAMES,
    ),
    "pace": DeclaredSheet(
        "Pace",
        "What each child needs to gain a term to reach expectations",
        "Points a term each child needs, beside what the child has made",
        {
            **_CHILD,
            **_SUBJECT,
            "grade": SheetColumn("Grade now"),
            "by_term": SheetColumn("By the end of"),
            "points": Number("Points now"),
            "line": Number("Points needed then"),
            "short": Number("Points short"),
            "terms": Whole("Terms left"),
            "needed": Number("Needed a term"),
            "made": Number("Made a term so far"),
            **_WHOSE,
        },
        (_EMPTY,),
        _NAMES,
    ),
    "left_out": DeclaredSheet(
        "Not assessed",
        "Children in no percentage, and why",
        "Children on roll who are in no percentage at expectations, and why",
        {
            "year_group": SheetColumn("Year"),
            **_SUBJECT,
            "reason": SheetColumn("Why", widest=50),
            "count": Whole("Children"),
        },
    ),
    "groups": DeclaredSheet(
        "Groups",
        "How each group stands in each subject",
        "Counts and percentages of each group, in the school, the key stages and the year groups",
        {
            **_GROUP,
            "n": Whole("On roll"),
            "assessed": Whole("Assessed"),
            "at_are": Whole("At ARE"),
            "at_are_percent": Percent("At ARE, %"),
            "judged": Whole("Progress can be told"),
            "insufficient": Whole("Insufficient progress"),
            "insufficient_percent": Percent("Insufficient progress, %"),
        },
        ("Not recorded is a group of its own and never a no.", _EMPTY),
    ),
    "gaps": DeclaredSheet(
        "Gaps",
        "Each group beside the children it is compared with",
        "Every comparison of groups, with its uncertainty and what it comes to in children",
        {**_GROUP, **_COMPARED, **_GAP, "placebo": SheetColumn("Chance", CellKind.CHANCE), **_VERDICT, **_COUNTED},
        (
            *_A_GAP,
            "Chance: how often a random split of the same children shows such a gap.",
            "Clear: more than chance over all gaps.",
        ),
    ),
    "closers": DeclaredSheet(
        "Nearest to closing gaps",
        "The children nearest to closing the clear gaps",
        "For each clear gap the fewest children whose reaching expectations would close it",
        {
            **_CHILD,
            **_SUBJECT,
            **_OF_WHAT,
            "away": Number("Away"),
            "groups": SheetColumn("Groups behind", widest=40),
            **_WHOSE,
        },
        ("Away: points below the line or short of expected progress.",),
    ),
    "national": DeclaredSheet(
        "National results",
        "The school beside national results",
        "Each group beside the same group, and the other children, in England",
        {
            "standard": SheetColumn("Standard", widest=34),
            **_SUBJECT,
            "group": SheetColumn("Group", widest=30),
            "year": SheetColumn("National year"),
            "n": Whole("Assessed here"),
            "count": Whole("Meet it here"),
            "value": Percent("Here, %"),
            "same": Percent("Same group in England, %"),
            "other": Percent("Others in England, %"),
            "gap_to_same": Signed("Gap to the same group"),
            "low": Signed("Lowest"),
            "high": Signed("Highest"),
            "gap_to_other": Signed("Gap to the others"),
            "children": Whole("Gap in children"),
            "sure": SheetColumn("How sure the figure is", widest=30),
            "reason": SheetColumn("Why there is no comparison"),
        },
        ("Gaps are in percentage points. The national figures and their sources are in the manual.", _EMPTY),
    ),
    "ledger": DeclaredSheet(
        "What was read",
        "What was read, and what became of it",
        "How many rows and results were read, used and set aside",
        {
            "of": SheetColumn("Of what"),
            "reason": SheetColumn("What became of them", widest=60),
            "count": Whole("How many"),
        },
        ("Used and set aside add up to read.",),
    ),
    "set_aside": DeclaredSheet(
        "Set aside",
        "Rows and results that were not used",
        "Every row and result set aside, why, and where it stands",
        {"of": SheetColumn("Of what"), "reason": SheetColumn("Why", widest=60), **_PLACE},
    ),
}
