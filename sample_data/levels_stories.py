"""Hollybank's children whose stories were written by hand. Each line of grades runs from Autumn 2007 to Summer 2009."""

from __future__ import annotations

from children import Story, term_number
from roll import Move, Twins

_KEPT = ("expected", "expected")
_BEHIND = ("insufficient", "insufficient")
_AHEAD = ("accelerated", "accelerated")
_UNKNOWN = ("cannot_tell", "cannot_tell")

STORIES = (
    Story("Jamal", "Billhook", "M", 4, "Writing", "2b 2b 2a 2a 2a 2a",
          "Stuck at 2a in writing since Summer 2008: no points made of 3 expected.", _BEHIND, (("FSM", "Y"),)),
    Story("Zofia", "Świerk", "F", 5, "Reading", "3c 3b 3b 3b 3b 3c",
          "Fell back from 3b to 3c in reading in Summer 2009: the earlier judgement is worth a look.",
          _BEHIND, (("Ethnicity", "WEEU"), ("First language", "POL"))),
    Story("Grace", "Kingcup", "F", 6, "Reading", "3b 3a 3a 4c 4c 4b",
          "Exactly on the line for two years, recorded as 4 points this year: never insufficient.", _KEPT),
    Story("Idris", "Wheatear", "M", 5, "Maths", "3c 3c 3b 3b 3a 3a",
          "Exactly on the line for two years, recorded as only 2 points this year, as sub-levels are 2 points apart: "
          "never insufficient.", _KEPT),
    Story("Fatou", "Abiodun-Sage", "F", 4, "Reading", "- - - - 3c 3c",
          "Joined in Spring 2009: cannot tell, one term is too short a window.", _UNKNOWN, (("Ethnicity", "BAFR"),)),
    Story("Pádraig", "O'Bracken", "M", 5, "Reading", "- - - 3a 3a 3a",
          "Joined in Autumn 2008, so both windows begin there: no points made of 2 expected.", _BEHIND),
    Story("Harriet", "Nightingale-Featherstonehaugh", "F", 6, "Writing", "3b 3a 3a 4c 4c _",
          "Absent in Summer 2009, the cell is empty: cannot tell.", _UNKNOWN),
    Story("Tariq", "Sprocket", "M", 3, "Maths", "1a 2c 2b 2b 2a A",
          "Absent in Summer 2009, marked A: cannot tell.", _UNKNOWN),
    Story("Tegan", "Toadflax", "F", 4, "Reading", "2c 2c 2b 2b 2a 2a",
          "Repeats Year 3: 2 points gained against the same line as last summer, so accelerated; in Year 4 it would "
          "have been expected.", _AHEAD, (("SEN", "P"),), repeats_in="3K"),
    Story("Amelia", "Finch", "F", 3, "Maths", "1a 2c 2b 2b 2b 2b",
          "One of the two children called Amelia Finch, in Year 3: no points made of 3 expected.", _BEHIND),
    Story("Amelia", "Finch", "F", 6, "Maths", "4c 4c 4b 4b 4a 4a",
          "One of the two children called Amelia Finch, in Year 6: keeps up. The two must not be mixed up.", _KEPT),
    Story("Kwame", "Okonkwo-Fern", "M", 6, "Writing", "3a 4c 4c 4c 4c 4b",
          "Keeps up in both windows, having gained a sub-level in time.", _KEPT, (("Ethnicity", "BAFR"),)),
    Story("Bethan", "Mallow", "F", 6, "Maths", "4c 4c 4c 4c 4b 4b",
          "Slips too slowly for one year to show: 2 points made of 3, but 2 of 5 since Autumn 2007.",
          ("expected", "insufficient")),
    Story("Rayyan", "Al-Zaytun", "M", 3, "Reading", "1b 1a 2c 2c 2b 3c",
          "Came up from 2c to 3c: 6 points made of 3 expected.", _AHEAD,
          (("FSM", "Y"), ("Ethnicity", "OARA"), ("First language", "ARA"))),
    Story("Caitlín", "Ní-Lus", "F", 3, "Writing", "2c 2b A 2b 2b 2a",
          "Absent in Summer 2008, so the year is measured from Autumn 2008 (2 points made of 2) and the key stage from "
          "Spring 2008 in Year 2 (2 made of 5).", ("expected", "insufficient")),
    Story("Łukasz", "Łopata-Green", "M", 4, "Maths", "2b 2a 2a 2a 2a 2a",
          "Has no UPN, so the terms can only be joined by name and class: no points made of 3 expected.", _BEHIND,
          (("Ethnicity", "WEEU"), ("First language", "POL")), has_upn=False),
    Story("Đan", "van-der-Reed", "F", 2, "Reading", "1c 1b 1b 1a 2c 2b",
          "Has no UPN and keeps up this year; since Autumn 2007 in Year 1 it is 8 points made of 10.",
          ("expected", "insufficient"), (("Ethnicity", "REFU"), ("First language", "VIE")), has_upn=False),
    Story("Hodan", "Bellflower", "F", 5, "Writing", "- 3c 3c 3b 3b 3a",
          "Has no UPN and joined in Spring 2008: keeps up.", _KEPT,
          (("Ethnicity", "BSOM"), ("First language", "SOM")), has_upn=False),
    Story("Reuben", "Saint-Hazel", "M", 4, "Writing", "D D D D D D",
          "Disapplied from writing in every term: cannot tell.", _UNKNOWN, (("SEN", "S"),)),
    Story("Maxwell", "Crowbar", "M", 5, "Maths", "3c 3c 3c 3c - -",
          "Left after Autumn 2008 and is not in the pupil list: cannot tell, and not to be counted.", _UNKNOWN),
)  # fmt: skip

TWINS: dict[int, Twins] = {
    2: ("Fitz-Heron", ("Anna-Maria", "F"), ("Jean-Luc", "M")),
    5: ("Periwinkle", ("Saanvi", "F"), ("Anjali", "F")),
}

FIRST, NEW_YEAR, LAST = term_number("Autumn 2007"), term_number("Autumn 2008"), term_number("Summer 2009")

MOVES = (
    Move(1, term_number("Spring 2009"), LAST, temporary=True),
    Move(2, NEW_YEAR, LAST),
    Move(2, FIRST, term_number("Spring 2008")),
    Move(3, term_number("Spring 2008"), LAST),
    Move(3, FIRST, term_number("Summer 2008")),
    Move(4, NEW_YEAR, LAST),
    Move(4, term_number("Summer 2009"), LAST),
    Move(4, FIRST, term_number("Spring 2009")),
    Move(5, term_number("Spring 2009"), LAST),
    Move(5, FIRST, term_number("Autumn 2007")),
    Move(6, term_number("Summer 2008"), LAST),
    Move(6, NEW_YEAR, LAST),
    Move(6, FIRST, term_number("Autumn 2008")),
    Move(7, term_number("Spring 2008"), term_number("Summer 2008")),
)
