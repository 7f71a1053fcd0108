"""What is said on the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from siptrack.analysis.vocabulary import Window
from siptrack.rendering.numbers import quantity

PERSONAL = "Contains personal data about children: keep it, send it and delete it as the school does with such data."
FILTERS = "Each sheet has one table, with filters in its headings."
EVERYBODY = "All children"
EMPTY_CELLS = "An empty cell: it cannot be told, or rests on too few children for a percentage."


def yes_or_no(value: object) -> str:
    """A yes or no in a cell."""
    return "Yes" if value else "No"


@dataclass(frozen=True)
class SheetWords:
    """A sheet's name on its tab, its title, what it holds in one line, and the notes above its table."""

    name: str
    title: str
    about: str
    notes: tuple[str, ...] = ()


CONTENTS, NOTES = "contents", "notes"
SAID = "What siptrack says"
_READ_A_GAP = (
    "Gap: the group's figure minus that of the children it is compared with; the interval says how sure it is.",
    "Chance: how often a random split of the same children shows such a gap. Clear: more than chance over all gaps.",
    "A gap says nothing of its cause.",
)
SHEETS: Mapping[str, SheetWords] = {
    CONTENTS: SheetWords("Contents", "", ""),
    NOTES: SheetWords("Notes", "What the words mean", "What the words on the sheets mean"),
    "children": SheetWords(
        "Children",
        "All children on roll",
        "Every child on roll: where the child stands and moves in each subject, and the child's groups",
        ("A symbol beside a word: ▼ behind or below, ▲ ahead or above, ? cannot be told.",),
    ),
    "working_groups": SheetWords(
        "Working groups",
        "The working groups of each class, with the children's names",
        "Who is in which working group in each subject, class by class: by where the child stands, and nothing else",
        ("For the head of each class's meeting. A child whose standing is not known is in no group.",),
    ),
    "first": SheetWords(
        "Talk first",
        "The children to talk about first, with the reasons for each place",
        "The few children with the strongest marks, longest on the list, or with nothing recorded for them",
        (
            (
                "Fallen, of 100: of 100 children with these marks in the subject, how many have truly fallen behind; "
                "empty where it is too early to be sure or cannot be told."
            ),
        ),
    ),
    "flags": SheetWords(
        "Findings",
        "What is said of children, a row for each finding",
        "Every finding, in words, and the cells of your own files that it rests on",
        ("What a finding means and what to do about it: siptrack explain, and the finding's name.",),
    ),
    "progress": SheetWords(
        "Progress",
        "Attainment and progress, a row for each child, subject and stretch of time",
        "The figures behind each verdict, this year and in the key stage, and the cell of the result",
        (
            "Progress: points gained minus points expected. In small steps these are grades, not points.",
            EMPTY_CELLS,
        ),
    ),
    "pace": SheetWords(
        "Pace",
        "What each child needs to gain a term to reach expectations",
        "Points a term each child needs, beside what the child has made",
        (EMPTY_CELLS,),
    ),
    "targets": SheetWords(
        "Targets",
        "The school's own targets",
        "How far each child is from the targets in your files, and whether the child is on course",
        (EMPTY_CELLS,),
    ),
    "summary": SheetWords(
        "At a glance",
        "Each year group in each subject",
        "How many children are on roll, assessed, at expectations and behind, by year group and subject",
        (
            "ARE: age-related expectations; the percentage is of those assessed. The rest is about progress.",
            "The last two columns: percent of those on roll at ARE, had none or all of those not assessed been so.",
        ),
    ),
    "left_out": SheetWords(
        "Not assessed",
        "Children in no percentage, and why",
        "Children on roll who are in no percentage at expectations, and why",
    ),
    "groups": SheetWords(
        "Groups",
        "How each group stands in each subject",
        "Counts and percentages of each group, in the school, the key stages and the year groups",
        ("Not recorded is a group of its own and never a no.", EMPTY_CELLS),
    ),
    "gaps": SheetWords(
        "Gaps",
        "Each group beside the children it is compared with",
        "Every comparison of groups, with its uncertainty and what it comes to in children",
        _READ_A_GAP,
    ),
    "closers": SheetWords(
        "Nearest to closing gaps",
        "The children nearest to closing the clear gaps",
        "For each clear gap the fewest children whose reaching expectations would close it",
        ("Away: points below the line or short of expected progress.",),
    ),
    "national": SheetWords(
        "National results",
        "The school beside national results",
        "Each group beside the same group, and the other children, in England",
        ("Gaps are in percentage points. The national figures and their sources are in the manual.", EMPTY_CELLS),
    ),
    "problems": SheetWords(
        "Problems",
        "Oddities of the data",
        "What is odd in the files: where it stands, what was expected and what to do",
        ("An error must be put right; a query is unusual and may be so.",),
    ),
    "ledger": SheetWords(
        "What was read",
        "What was read, and what became of it",
        "How many rows and results were read, used and set aside",
        ("Used and set aside add up to read.",),
    ),
    "set_aside": SheetWords(
        "Set aside", "Rows and results that were not used", "Every row and result set aside, why, and where it stands"
    ),
}


def class_about(children: int) -> str:
    """What a class's sheet holds."""
    return f"For the pupil progress meeting: {quantity(children, 'child', 'children')}, and room to write in"


def stands(subject: str) -> str:
    """The heading over where children stand in a subject."""
    return f"{subject}: stands"


def moves(subject: str) -> str:
    """The heading over how children move in a subject."""
    return f"{subject}: progress"


def window_words(window: str) -> str:
    """The stretch of time over which progress is told."""
    return "This year" if window == Window.YEAR else "Key stage"


def among_words(label: str) -> str:
    """Within whom groups are compared."""
    return label or "Whole school"


LAST_ACTIONS = "Agreed last time"
BARRIER = "What stands in the way"
ACTION = "What will be done"
WHO = "Who"
BY_WHEN = "By when"
REVIEW = "How it went"
STATUS = "Status"
GLOSSARY = (
    ("Expectations (ARE)", "What is expected of a child of that age at that time of the year."),
    ("Points", "A grade's number on its scale. Two scales' points are never compared."),
    ("Insufficient progress", "The child moved less, against expectations, than the scale's tolerance allows."),
    ("Expected progress", "The child kept up. One who is below expectations and keeps up stays below."),
    ("Accelerated progress", "The child gained on expectations by a whole step of the scale."),
    ("Cannot be told", "There are no two results that may be compared. The child may be doing well or not."),
    ("This year, key stage", "Since last summer (in Autumn, the Autumn before); since the start of the key stage."),
    ("On roll, assessed", "Percentages are of the children assessed; those who are not are counted beside them."),
    ("Clear, not clear, too few", "A gap is clear when chance would seldom make it; too few when a side is too small."),
    ("Clear there", "In a part of the school, judged by itself: where a gap lies, not that there is one."),
)
KEY_MEANT = (
    "Key",
    "By this siptrack knows the child, and it joins the sheets. Leave it, so that what is written here can be read.",
)
