"""Larkrise's children whose stories were written by hand. Each line of grades runs from Summer 2025 to Spring 2026."""

from __future__ import annotations

from children import Story, term_number
from roll import Move, Twins

_KEPT = ("expected", "expected")
_BEHIND = ("insufficient", "insufficient")
_AHEAD = ("accelerated", "accelerated")
_UNKNOWN = ("cannot_tell", "cannot_tell")

STORIES = (
    Story("Connor", "Gimlet", "M", 5, "Maths", "EXS EXS WTS",
          "Slipped from EXS to WTS in Spring 2026: a lower band is falling behind.", _BEHIND, (("FSM", "Y"),)),
    Story("Sofía", "D'Aubépine", "F", 6, "Reading", "GDS EXS EXS",
          "At greater depth last summer, now at the expected standard: insufficient, though still at ARE.", _BEHIND),
    Story("Tobias", "Dibber", "M", 6, "Writing", "WTS WTS WTS",
          "Stays below the expected standard: progress is expected, so only attainment shows this child.", _KEPT),
    Story("Habiba", "Larkspur", "F", 4, "Reading", "EXS WTS EXS",
          "Dipped in Autumn 2025 and recovered: expected.", _KEPT),
    Story("Emre", "Spanner", "M", 3, "Maths", "- EXS WTS",
          "Joined in Autumn 2025 and fell since: cannot tell, one term is too short a window.", _UNKNOWN),
    Story("Ngozi", "Abiodun-Sage", "F", 5, "Writing", "- - EXS",
          "Joined in Spring 2026: cannot tell, one result only.", _UNKNOWN, (("Ethnicity", "BAFR"),)),
    Story("Saoirse", "Nightingale-Featherstonehaugh", "F", 4, "Maths", "EXS EXS A",
          "Absent in Spring 2026, marked A: cannot tell.", _UNKNOWN),
    Story("Kai", "Fitz-Heron", "M", 2, "Reading", "EXS EXS _",
          "Absent in Spring 2026, the cell is empty: cannot tell.", _UNKNOWN),
    Story("Yusuf", "Kestrel", "M", 3, "Writing", "A EXS WTS",
          "Absent last summer, so the first result is one term back: cannot tell, although it fell.", _UNKNOWN),
    Story("Oisín", "Saint-Hazel", "M", 4, "Writing", "D D D",
          "Disapplied from writing: cannot tell.", _UNKNOWN, (("SEN", "E"),)),
    Story("Matilda", "Müller-Moss", "F", 3, "Maths", "PK4 PK4 PK5",
          "From PK4 to PK5: far below the expected standard, and one small step on.", _KEPT, (("SEN", "E"),)),
    Story("Ismail", "Whimbrel", "M", 2, "Maths", "PK4 PK4 PK3",
          "From PK4 to PK3: insufficient among the pre-key-stage standards too.", _BEHIND, (("SEN", "K"),)),
    Story("Oliver", "Finch", "M", 2, "Reading", "EXS WTS WTS",
          "One of the two children called Oliver Finch, in Year 2: slipped.", _BEHIND),
    Story("Oliver", "Finch", "M", 5, "Reading", "WTS WTS EXS",
          "One of the two children called Oliver Finch, in Year 5: caught up. The two must not be mixed up.", _AHEAD),
    Story("Łucja", "Łopata-Green", "F", 5, "Writing", "EXS EXS WTS",
          "Has no UPN, so the tracker and the pupil list can only be joined by name and class: slipped.", _BEHIND,
          (("Ethnicity", "WOTH"), ("EAL", "Y")), has_upn=False),
    Story("Đức", "van-der-Reed", "M", 6, "Maths", "EXS EXS GDS",
          "Has no UPN: rose to greater depth.", _AHEAD, (("Ethnicity", "AOTH"), ("EAL", "Y")), has_upn=False),
    Story("Zoë", "MacThistle", "F", 1, "Reading", "_ EXS WTS",
          "In Year 1, so there is no result before Autumn 2025: cannot tell, as for the whole year group.", _UNKNOWN,
          has_upn=False),
    Story("Jean-Luc", "O'Rowan", "M", 3, "Reading", "EXS WTS -",
          "Left after Autumn 2025; the row is still in the tracker, the child is not in the pupil list: cannot tell, "
          "and not to be counted.", _UNKNOWN),
)  # fmt: skip

TWINS: dict[int, Twins] = {
    3: ("Al-Zaytun", ("Layla", "F"), ("Hamza", "M")),
    6: ("Yellowhammer", ("Mary-Ellen", "F"), ("Isla", "F")),
}

FIRST, AUTUMN, LAST = term_number("Summer 2025"), term_number("Autumn 2025"), term_number("Spring 2026")

MOVES = (
    Move(1, LAST, LAST),
    Move(2, AUTUMN, LAST),
    Move(2, FIRST, AUTUMN),
    Move(3, LAST, LAST, temporary=True),
    Move(4, AUTUMN, LAST),
    Move(4, FIRST, FIRST),
    Move(5, AUTUMN, LAST),
    Move(5, FIRST, AUTUMN),
    Move(6, AUTUMN, LAST),
)
