"""The cells of two halves of a school, added, are the cells of the whole; and so are the gaps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from how_many import examples
from registers import usual_rules
from siptrack.analysis.cells import CELLS, add_cells, count_cells
from siptrack.analysis.gaps import compare
from siptrack.analysis.tally import lay_out
from siptrack.school.in_pandas import from_pandas, to_pandas

YEARS = 4


def school_of(size, seed):
    """The standings, groups and year groups of invented children; some of what is told of them is not known."""
    chance = np.random.default_rng(seed)
    groups = pd.DataFrame(
        {
            "gender": chance.choice(["girls", "boys"], size),
            "fsm": chance.choice(["fsm", "not_fsm", "not_recorded"], size),
        }
    )
    year = pd.Series(chance.choice([*range(1, YEARS), np.nan], size))
    at = np.flatnonzero(chance.random(2 * size) < 0.9)
    standing = pd.DataFrame({"who": at % size, "subject": np.where(at < size, "reading", "maths")})
    for name in ("assessed", "at_are", "judged", "insufficient"):
        standing[name] = chance.integers(0, 2, len(standing)).astype(float)
    standing["at_are"] *= standing["assessed"]
    standing["insufficient"] *= standing["judged"]
    for name in ("start", "order", "distance", "progress"):
        standing[name] = chance.choice([-2.0, 0.0, 1.0, np.nan], len(standing))
    return standing, groups, year


def part(school, inside):
    """The cells of some of the children alone."""
    standing, groups, year = school
    place = np.cumsum(inside) - 1
    rows = standing[inside[standing["who"]]]
    alone = rows.assign(who=place[rows["who"]])
    return count_cells(from_pandas(alone), from_pandas(groups[inside]), year[inside].to_numpy())


def gaps_of(cells):
    rules = usual_rules()
    known = {key: rules.groups.all()[key] for key in ("gender", "fsm")}
    return to_pandas(compare(lay_out(cells, known, ("reading", "maths"), rules.years), rules))


def same(one, other):
    by = CELLS.names
    pd.testing.assert_frame_equal(
        *(to_pandas(cells).sort_values(by, ignore_index=True) for cells in (one, other)), check_dtype=False
    )


@settings(derandomize=True, max_examples=examples(15), deadline=None)
@given(st.integers(1, 60), st.integers(1, 5), st.integers(0, 10**6))
def test_the_cells_of_any_parts_add_up_to_those_of_the_whole_and_so_do_their_gaps(size, parts, seed):
    school = school_of(size, seed)
    at = np.random.default_rng(seed).integers(0, parts, len(school[1]))
    several = [part(school, at == one) for one in range(parts)]
    whole = part(school, np.ones(len(school[1]), dtype=bool))

    same(add_cells(several), whole)
    added = to_pandas(add_cells(several))
    pd.testing.assert_frame_equal(to_pandas(add_cells(several[::-1])), added)
    pd.testing.assert_frame_equal(to_pandas(add_cells([add_cells(several[:2]), *several[2:]])), added)
    pd.testing.assert_frame_equal(gaps_of(add_cells(several)), gaps_of(whole))


def test_more_schools_than_are_added_at_a_time_are_all_counted_and_may_come_one_after_another():
    school = school_of(30, 1)
    cells = part(school, np.ones(len(school[1]), dtype=bool))

    total = add_cells(cells for _ in range(150))

    assert total["pupils"].tolist() == (150 * add_cells([cells])["pupils"]).tolist()


def test_no_schools_and_empty_schools_have_no_cells():
    assert add_cells([]).columns == CELLS.names
    assert add_cells([CELLS.no_rows(), CELLS.no_rows()]).empty
