"""Schools that a machine invents: few or many pupils, gaps, codes, changes of scale, children who repeat a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st
from oracle import Row, School

from registers import build, result, usual_rules
from siptrack.school.register import NOT_RECORDED, STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR, Season, Term

if TYPE_CHECKING:
    from siptrack.school.register import Register

FIRST_YEAR, YEARS = 2012, 3
TERMS = [Term(FIRST_YEAR + year, season) for year in range(YEARS) for season in Season]
SUBJECTS = (["reading"], ["reading", "maths"], ["reading", "writing", "maths"], ["reading", "writing", "maths", "rwm"])
GRADES = {
    "nc-levels": [
        "P2i",
        "P3ii",
        "P5",
        "P8",
        "W",
        "1b",
        "1a",
        "2c",
        "2b",
        "2a",
        "3c",
        "3b",
        "3a",
        "4c",
        "4b",
        "5c",
        "A",
    ],
    "teacher-assessment": ["PK4", "PK6", "WTS", "WTS", "EXS", "EXS", "EXS", "GDS", "A", "NA"],
    "point-in-time": [
        "Below",
        "Just below",
        "On track",
        "On track",
        "Greater depth",
        "3 On track",
        "3 Just below",
        "A",
    ],
    "point-in-time-sonar": ["SB", "B", "At", "At", "S", "Above", "3At", "3B", "2S", "4At", "NA"],
    "steps": ["b", "w", "w+", "s", "2s", "3b", "3b+", "3w", "4w+", "5s+", "6s+", "A"],
    "decimal-years": ["2.7", "3.3", "3.4", "3.7", "4", "4.3", "4.7", "5.3"],
    "pira": ["86", "89", "92", "93", "100", "111", "112", "113", "114", "A"],
    "standardised-score": ["82", "84", "85", "94", "95", "99", "100", "101", "105", "106", "114", "115", "D"],
    "": ["17", "23"],  # raw marks
}
TESTS = ("standardised-score", "pira", "")
GROUPS = {
    "gender": ["girls", "boys"],
    "fsm": ["fsm", "not_fsm", NOT_RECORDED],
    "ethnicity": ["WBRI", "WIRI", "ABAN", "AIND", "MWBC", NOT_RECORDED],
}


@st.composite
def schools(draw: st.DrawFn, most_terms: int = 6) -> tuple[School, Term]:
    """A school and a term to judge it in, usually its last, in which somebody on roll has a result."""
    terms = sorted(draw(st.sets(st.sampled_from(TERMS), min_size=1, max_size=most_terms)))
    subjects = draw(st.sampled_from(SUBJECTS))
    pupils = [f"pupil {number}" for number in range(draw(st.sampled_from([1, 2, 4, 9, 16, 25])))]
    scales = {(subject, term): draw(_scales) for subject in subjects for term in terms}
    characteristics = draw(st.sets(st.sampled_from(sorted(GROUPS))))
    usual_year = draw(st.integers(-1, 7))
    tested = draw(st.sampled_from([False, False, True]))
    people, placements, results = [], [], []
    for pupil in pupils:
        people.append({"pupil": pupil, **{key: draw(st.sampled_from(GROUPS[key])) for key in sorted(characteristics)}})
        people[-1]["on_roll_until"] = draw(st.sampled_from([STILL_HERE] * 5 + [terms[-1].number - 1]))
        placements += draw(_placements(pupil, usual_year))
        for (subject, term), usual in scales.items():
            scale = draw(st.sampled_from([usual] * 9 + ["nc-levels"]))
            for written in [scale, *(["standardised-score"] if tested and scale not in TESTS else [])]:
                text = draw(st.sampled_from([*GRADES[written], *GRADES[written], ""]))
                if text:
                    row = result(pupil, subject, term, text, usual_rules().scales.get(written))
                    last = _last_judged(results, row) if draw(st.sampled_from([False] * 7 + [True])) else None
                    results.append(_standing(last, row) if last else row)
    judged = draw(st.sampled_from([*terms, *[terms[-1]] * 4]))
    here = {person["pupil"] for person in people if person["on_roll_until"] >= judged.number}
    assume(any(row["term"] == judged.number and row["pupil"] in here for row in results))
    return School(people, placements, results), judged


def _last_judged(results: list[Row], row: Row) -> Row | None:
    """The last grade before a result of its pupil, subject, scale and kind that was judged anew; None without one."""
    kind = ("pupil", "subject", "scale", "test")
    before = [
        one
        for one in results
        if all(one[name] == row[name] for name in kind) and one["points"] is not None and not one.get("stands_from")
    ]
    return max(before, key=lambda one: one["term"], default=None)


def _standing(last: Row, row: Row) -> Row:
    """A result that says that the last judgement still stands."""
    return {**last, "term": row["term"], "text": "a/a", "mark": "a/a", "stands_from": last["term"]}


_scales = st.sampled_from(
    ["nc-levels"] * 5
    + ["teacher-assessment"] * 3
    + ["standardised-score"] * 3
    + ["point-in-time", "point-in-time-sonar"] * 2
    + ["steps", "decimal-years", "pira", ""],
)


@st.composite
def _placements(draw: st.DrawFn, pupil: str, usual_year: int) -> list[dict[str, object]]:
    """The pupil's year groups over the years: mostly one after the other, some repeated, skipped or not written."""
    year_group = usual_year + draw(st.sampled_from([0, 0, 0, 1]))
    rows = []
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        written = draw(st.sampled_from(["yes"] * 4 + ["no row", "empty"]))
        if written != "no row":
            rows.append({"pupil": pupil, "academic_year": year, "year_group": year_group if written == "yes" else None})
        year_group += draw(st.sampled_from([1, 1, 1, 1, 1, 0, 2]))
    return rows


def register_of(school: School) -> Register:
    """The register that siptrack would have read."""
    return build(school.pupils, school.placements, school.results)


def shifted(school: School, years: int) -> School:
    """The same school, so many years later."""
    return School(
        school.pupils,
        [{**row, "academic_year": row["academic_year"] + years} for row in school.placements],
        [{**row, **_later(row, years * SEASONS_IN_A_YEAR)} for row in school.results],
    )


def _later(row: Row, terms: int) -> Row:
    """When a result is of and what stands in it, so many terms later."""
    return {name: row[name] + terms for name in ("term", "stands_from") if row.get(name) is not None}
