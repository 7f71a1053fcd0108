"""Which year group a birthday fits, and what is asked where a child is taught in another."""

from __future__ import annotations

import pytest

from registers import usual_rules

BIRTHDAYS = """
        born       | in 2025-26 | why
        2016-09-01 | 4          | the oldest of Year 4
        2017-08-31 | 4          | the youngest of Year 4
        2017-09-01 | 3          | the oldest of Year 3
        2016-08-31 | 5          | the youngest of Year 5
        2020-12-24 | 0          | four years old in September: Reception
        2021-09-01 | -1         | three years old then: Nursery
        2012-05-05 | 9          | no primary school's
"""


@pytest.mark.parametrize("line", BIRTHDAYS.strip().splitlines()[1:])
def test_a_birthday_fits_the_year_group_of_those_born_from_one_september_to_the_next(line):
    born, year_group, _ = (cell.strip() for cell in line.split("|"))

    assert usual_rules().years.fitting(born, 2025) == int(year_group)


def test_no_birthday_fits_no_year_group():
    assert usual_rules().years.fitting("", 2025) is None
