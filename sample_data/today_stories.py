"""Larkrise's children whose stories were written by hand. Each line of grades runs from Autumn 2024 to Summer 2026."""

from __future__ import annotations

from children import Story, term_number
from courses import FALLS, FALLS_SINCE_SUMMER, RISES
from roll import Move, Twins

_KEPT = ("expected", "expected")
_BEHIND = ("insufficient", "insufficient")
_AHEAD = ("accelerated", "accelerated")
_UNKNOWN = ("cannot_tell", "cannot_tell")

STORIES = (
    Story("Connor", "Gimlet", "M", 5, "Maths", "EXS EXS EXS EXS WTS WTS",
          "Slipped from EXS to WTS in Spring 2026: a lower band is falling behind.", _BEHIND, (("FSM", "Y"),),
          course=FALLS_SINCE_SUMMER),
    Story("Sofía", "D'Aubépine", "F", 6, "Reading", "GDS GDS GDS EXS EXS EXS",
          "At greater depth all last year, at the expected standard all this year: insufficient, though still at ARE.",
          _BEHIND, course=FALLS_SINCE_SUMMER),
    Story("Tobias", "Dibber", "M", 6, "Writing", "WTS WTS WTS WTS WTS WTS",
          "Stays below the expected standard: progress is expected, so only attainment shows this child.", _KEPT),
    Story("Habiba", "Larkspur", "F", 4, "Reading", "EXS EXS EXS EXS WTS EXS",
          "Dipped in Spring 2026 and recovered: expected.", _KEPT),
    Story("Bronwen", "Harebell", "F", 3, "Writing", "EXS EXS WTS WTS WTS WTS",
          "Slipped in Summer 2025, from which both windows measure: she has fallen, and the rule does not say so.",
          _KEPT, course=FALLS),
    Story("Rayyan", "Plover", "M", 6, "Maths", "EXS WTS EXS EXS EXS WTS",
          "Stands between two bands and is given now the one, now the other: named, although he keeps up.", _BEHIND),
    Story("Emre", "Spanner", "M", 3, "Maths", "- - - - EXS WTS",
          "Joined in Spring 2026 and fell since: cannot tell, one term is too short a window.", _UNKNOWN, course=FALLS),
    Story("Ngozi", "Abiodun-Sage", "F", 5, "Writing", "- - - - - EXS",
          "Joined in Summer 2026: cannot tell, one result only.", _UNKNOWN, (("Ethnicity", "BAFR"),)),
    Story("Saoirse", "Nightingale-Featherstonehaugh", "F", 4, "Maths", "EXS EXS EXS EXS EXS A",
          "Absent in Summer 2026, marked A: cannot tell.", _UNKNOWN),
    Story("Kai", "Fitz-Heron", "M", 2, "Reading", "EXS EXS EXS EXS EXS _",
          "Absent in Summer 2026, the cell is empty: cannot tell.", _UNKNOWN),
    Story("Yusuf", "Kestrel", "M", 3, "Writing", "_ _ _ A EXS WTS",
          "No result in writing before Spring 2026, so the first is one term back: cannot tell, although it fell.",
          _UNKNOWN, course=FALLS),
    Story("Oisín", "Saint-Hazel", "M", 4, "Writing", "D D D D D D",
          "Disapplied from writing: cannot tell.", _UNKNOWN, (("SEN", "E"),)),
    Story("Matilda", "Müller-Moss", "F", 3, "Maths", "PK3 PK4 PK4 PK4 PK5 PK5",
          "From PK4 to PK5 in a year: far below the expected standard, and one small step on.", _KEPT, (("SEN", "E"),)),
    Story("Ismail", "Whimbrel", "M", 2, "Maths", "PK4 PK4 PK4 PK4 PK3 PK3",
          "From PK4 to PK3: insufficient among the pre-key-stage standards too.", _BEHIND, (("SEN", "K"),),
          course=FALLS_SINCE_SUMMER),
    Story("Oliver", "Finch", "M", 2, "Reading", "EXS EXS EXS WTS WTS WTS",
          "One of the two children called Oliver Finch, in Year 2: slipped, and on the list for three terms.", _BEHIND,
          course=FALLS_SINCE_SUMMER),
    Story("Oliver", "Finch", "M", 5, "Reading", "WTS WTS WTS EXS EXS EXS",
          "One of the two children called Oliver Finch, in Year 5: caught up. The two must not be mixed up.", _AHEAD,
          course=RISES),
    Story("Łucja", "Łopata-Green", "F", 5, "Writing", "EXS EXS EXS EXS WTS WTS",
          "Has no UPN, so the trackers and the pupil list can only be joined by name: slipped.", _BEHIND,
          (("Ethnicity", "WOTH"), ("EAL", "Y")), has_upn=False, course=FALLS_SINCE_SUMMER),
    Story("Đức", "van-der-Reed", "M", 6, "Maths", "EXS EXS EXS EXS GDS GDS",
          "Has no UPN: rose to greater depth.", _AHEAD, (("Ethnicity", "AOTH"), ("EAL", "Y")), has_upn=False,
          course=RISES),
    Story("Zoë", "MacThistle", "F", 1, "Reading", "- - - EXS EXS WTS",
          "In Year 1, so there is no result before Autumn 2025, from which both windows measure: insufficient.",
          _BEHIND, has_upn=False, course=FALLS),
    Story("Jean-Luc", "O'Rowan", "M", 3, "Reading", "EXS EXS EXS EXS WTS -",
          "Left after Spring 2026; the row is still in the tracker, the child is not in the pupil list: cannot tell, "
          "and not to be counted.", _UNKNOWN, course=FALLS_SINCE_SUMMER),
)  # fmt: skip

TWINS: dict[int, Twins] = {
    3: ("Al-Zaytun", ("Layla", "F"), ("Hamza", "M")),
    6: ("Yellowhammer", ("Mary-Ellen", "F"), ("Isla", "F")),
}

FIRST, _SECOND, LAST_SUMMER = (term_number(label) for label in ("Autumn 2024", "Spring 2025", "Summer 2025"))
NEW_YEAR, SPRING, LAST = (term_number(label) for label in ("Autumn 2025", "Spring 2026", "Summer 2026"))

MOVES = (
    Move(1, SPRING, LAST),
    Move(2, NEW_YEAR, LAST),
    Move(2, FIRST, NEW_YEAR),
    Move(3, LAST, LAST, temporary=True),
    Move(3, _SECOND, LAST),
    Move(4, NEW_YEAR, LAST),
    Move(4, FIRST, LAST_SUMMER),
    Move(5, NEW_YEAR, LAST),
    Move(5, FIRST, SPRING),
    Move(6, _SECOND, LAST),
    Move(6, FIRST, _SECOND),
    Move(7, LAST_SUMMER, LAST_SUMMER),
)
