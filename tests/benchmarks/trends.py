"""How often a gap is said to have moved where only chance moved it, how often a real move is told, and the time taken.

Run it with `python tests/benchmarks/trends.py`. It prints figures and asserts nothing; docs/trends.md quotes them.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from registers import register, usual_rules
from siptrack.analysis.everybody import everybody_in
from siptrack.analysis.membership import members_of
from siptrack.analysis.opened import open_register
from siptrack.analysis.over_time import lay_over_time
from siptrack.analysis.pooled import pool_years
from siptrack.analysis.selection import EVERYBODY
from siptrack.analysis.trend_tables import Trend
from siptrack.analysis.trends import measure_trends
from siptrack.school.in_pandas import to_pandas

SUBJECTS = ("reading", "writing", "maths")
GROUPS = {"gender": "girls boys", "fsm": "fsm not_fsm", "sen": "sen no_sen", "eal": "eal not_eal"}
SHARES = {"gender": (1, 1), "fsm": (1, 5), "sen": (1, 6), "eal": (1, 8)}


def invented(seed, children, terms, lift=0.0):
    """A school where a quarter of the grades are drawn anew each term; with `lift` girls rise in reading at last."""
    chance = random.Random(seed)
    lines = [["pupil", "year group", *GROUPS, *(f"{subject} {term}" for subject in SUBJECTS for term in terms)]]
    for child in range(children):
        likely = 0.3 + 0.6 * chance.random()
        groups = [chance.choices(names.split(), SHARES[key])[0] for key, names in GROUPS.items()]
        grades = []
        for subject in SUBJECTS:
            grade = ""
            for term in terms:
                if not grade or chance.random() < 0.25:
                    grade = "EXS" if chance.random() < likely else "WTS"
                risen = subject == "reading" and term == terms[-1] and groups[0] == "girls" and chance.random() < lift
                grades.append("EXS" if risen else grade)
        lines.append([f"child {child}", str(1 + child % 6), *groups, *grades])
    return "\n".join(" | ".join(line) for line in lines)


def opened(table):
    """All that trends and pooled years are made from."""
    rules, written = usual_rules(), register(table, scale="teacher-assessment")
    there = open_register(written, rules, None, EVERYBODY)
    members = members_of(there.chosen.pupils, rules)
    return written, there, members, rules


def trends_of(table):
    """The trends of a school."""
    written, there, members, rules = opened(table)
    everybody = everybody_in(written, there, members, EVERYBODY, rules)
    return to_pandas(measure_trends(lay_over_time(there, everybody, rules), everybody, rules))


def say_false_alarms(schools=40, children=210):
    """Nothing moved but chance."""
    found = [trends_of(invented(seed, children, ("Summer 2018", "Summer 2019"))) for seed in range(schools)]
    gaps = sum(len(one) for one in found)
    false = [int((one["trend"] != Trend.CANNOT_TELL).sum()) for one in found]
    print(
        f"{schools} schools of {children} children where only chance moved: {sum(false)} of {gaps:,} gaps said to have"
    )
    print(f"  moved, in {sum(count > 0 for count in false)} schools")


def say_power(children, lift, schools=12):
    """Girls rose in reading."""
    told, change = 0, 0.0
    for seed in range(schools):
        found = trends_of(invented(seed, children, ("Summer 2018", "Summer 2019"), lift))
        (gap,) = found.query("characteristic == 'gender' and subject == 'reading' and measure == 'at_are'").to_dict(
            "records"
        )
        told, change = told + (gap["trend"] != Trend.CANNOT_TELL), change + gap["change"] / schools
    print(
        f"{children} children, girls {change:.0f} percentage points further ahead: told in {told} of {schools} schools"
    )


def say_time(runs=9):
    """The processor's time for 420 children, 12 terms and 3 subjects."""
    terms = [f"{season} {year}" for year in (2016, 2017, 2018, 2019) for season in ("Spring", "Summer", "Autumn")]
    written, there, members, rules = opened(invented(1, 420, terms))
    took = []
    for _ in range(runs):
        began = time.process_time()
        everybody = everybody_in(written, there, members, EVERYBODY, rules)
        over = lay_over_time(there, everybody, rules)
        measure_trends(over, everybody, rules)
        pool_years(over, everybody, rules)
        took.append(time.process_time() - began)
    print(f"420 children, 12 terms, 3 subjects: {1000 * sorted(took)[runs // 2]:.0f} ms of processor time; goal 60")


if __name__ == "__main__":
    say_false_alarms()
    for pupils in (210, 420):
        for rising in (0.4, 0.7):
            say_power(pupils, rising)
    say_time()
