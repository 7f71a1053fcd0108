"""Which rows are hidden, on tables small enough to be checked by hand; and the arithmetic behind it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls

from siptrack.analysis.disclosure import Rows, hidden
from siptrack.analysis.nonnegative import can_be_more_than_zero, nonnegative_solution

LIMIT = 6


def rows(table: str, kinds: str) -> Rows:
    """`sex=girls 30 18`: of 30 girls it holds of 18. `kinds` are the children alike, by the rows that they are in."""
    lines = [line.split() for line in table.strip().splitlines()]
    alike = [set(line.split()) for line in kinds.strip().splitlines()]
    names = [name for name, *_ in lines]
    characteristics = [name.partition("=")[0] for name in names]
    number = {characteristic: at for at, characteristic in enumerate(dict.fromkeys(characteristics))}
    n = np.array([[int(n) for _, n, _ in lines]])
    return Rows.alone(
        np.array([[name in kind or name == "all" for kind in alike] for name in names]),
        np.array([number[one] for one in characteristics]),
        np.array([-number[one] for one in characteristics]),
        (n, np.array([[int(count) for _, _, count in lines]])),
        n == 0,
    )


def hidden_in(table: Rows, names: str, **options: bool) -> list[str]:
    hide = hidden(table, LIMIT, **options)[0]
    return [name for name, is_hidden in zip(names.split(), hide, strict=True) if is_hidden]


SEXES = "sex=girls\nsex=boys"
FOUR = "g=a\ng=b\ng=c\ng=d"


def test_of_two_groups_both_are_hidden_because_the_total_gives_the_other_away():
    table = rows("all 40 20\nsex=girls 30 18\nsex=boys 10 2", SEXES)

    assert hidden_in(table, "all girls boys", by_subtraction=False) == ["boys"]
    assert hidden_in(table, "all girls boys") == ["girls", "boys"]


@pytest.mark.parametrize("count", [0, 5, 25, 30])
def test_none_few_all_but_few_and_all_are_small(count):
    table = rows(f"all 80 {count + 25}\ng=a 30 {count}\ng=b 50 25", "g=a\ng=b")

    assert "a" in hidden_in(table, "all a b", by_subtraction=False)


def test_the_smallest_of_the_others_is_hidden_with_it():
    table = rows("all 90 45\ng=a 50 25\ng=b 20 10\ng=c 18 9\ng=d 2 1", FOUR)

    assert hidden_in(table, "all a b c d") == ["c", "d"]


def test_two_small_rows_that_are_few_together_need_a_third():
    table = rows("all 84 42\ng=a 50 25\ng=b 30 14\ng=c 2 1\ng=d 2 2", FOUR)

    assert hidden_in(table, "all a b c d") == ["b", "c", "d"]


def test_of_wider_groups_only_what_gives_nothing_away_is_shown():
    kinds = "fine=x wide=xy\nfine=y wide=xy\nfine=z wide=zq\nfine=q wide=zq"
    fine = "fine=x 40 20\nfine=y 30 15\nfine=z 18 8\nfine=q 2 2"

    table = rows(f"all 90 45\nwide=xy 70 35\nwide=zq 20 10\n{fine}", kinds)

    assert hidden_in(table, "all xy zq x y z q") == ["z", "q"]


def test_what_is_worth_more_is_shown_and_what_would_give_it_away_is_hidden():
    both = "both=gf 15 8\nboth=gn 15 7\nboth=bf 28 14\nboth=bn 2 1"
    kinds = "sex=girls both=gf\nsex=girls both=gn\nsex=boys both=bf\nsex=boys both=bn"
    table = rows(f"all 60 30\nsex=girls 30 15\nsex=boys 30 15\n{both}", kinds)

    assert hidden_in(table, "all girls boys gf gn bf bn") == ["bf", "bn"]


def test_nobody_is_the_only_choice_although_nothing_can_be_subtracted():
    # Of 60 children 40 are at ARE: 20 British, and 20 others who are all Black. So none of the Irish can be.
    kinds = "fine=british wide=white\nfine=other wide=white\nfine=other wide=black"
    table = rows("all 60 40\nfine=british 28 20\nfine=other 32 20\nwide=white 30 20\nwide=black 30 20", kinds)
    known, counts = table.alike[[0, 1, 4]], table.count[0, [0, 1, 4]].astype(float)

    assert can_be_more_than_zero(known, nonnegative_solution(known, counts)).sum() == 2


def test_rows_in_which_nobody_counts_may_say_so():
    table = rows("all 60 30\nyear=1 0 0\nyear=2 30 15\nyear=3 30 15", "year=1\nyear=2\nyear=3")

    assert not hidden(table, LIMIT).any()


@pytest.mark.parametrize("seed", range(20))
def test_the_nonnegative_solution_is_as_near_as_that_of_scipy(seed):
    chance = np.random.default_rng(seed)
    matrix = chance.integers(0, 2, size=(6, 12)).astype(float)
    values = chance.integers(0, 30, size=6).astype(float)

    ours = nonnegative_solution(matrix, values)

    assert (ours >= 0).all()
    assert np.linalg.norm(matrix @ ours - values) == pytest.approx(nnls(matrix, values)[1], abs=1e-6)


def test_numbers_rise_from_zero_together():
    matrix = np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.0]])  # the first two are equal, the third is nothing

    assert can_be_more_than_zero(matrix, np.zeros(3)).tolist() == [True, True, False]
