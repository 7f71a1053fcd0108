"""The addresses of figures that a school's template can ask for."""

from __future__ import annotations

import re

import pytest

from registers import register, term, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.documents.template.addresses import AddressedFigure, AddressedFigures, UnknownAddressError

SCHOOL = """
children | year group | gender | Summer 2008 | Summer 2009
8        | 4          | boys   | 2b          | 3b
4        | 4          | girls  | 2b          | 2b
2        | 3          | girls  | 2b          | 3b
"""


@pytest.fixture(scope="module")
def figures():
    return AddressedFigures(analyse(register(SCHOOL), usual_rules(), term("Summer 2009")), usual_rules())


@pytest.mark.parametrize(
    ("address", "cell", "words"),
    [
        ("reading.year4.n", 12, "12"),
        ("reading.year4.at_are", 8, "8"),
        ("reading.year4.at_are_percent", 8 / 12, "67 %"),
        ("Reading.YEAR4.At_ARE", 8, "8"),
        ("reading.school.n", 14, "14"),
        ("reading.school.insufficient", 4, "4"),
        ("reading.boys.assessed", 8, "8"),
        ("reading.gender:girls.at_are", 2, "2"),
        ("reading.gender:not_recorded.n", "[x]", "[x]"),
        ("reading.year3.at_are_percent", "[u]", "[u]"),
        ("reading.year6.n", "[x]", "[x]"),
        ("maths.year4.n", "[x]", "[x]"),
        ("term", "Summer 2009", "Summer 2009"),
        ("school_year", "2008-09", "2008-09"),
    ],
)
def test_an_address_leads_to_a_figure_or_to_why_there_is_none(figures, address, cell, words):
    assert figures.find(address) == AddressedFigure(cell, words)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("readign.year4.n", "'readign' is not a subject here. Did you mean 'reading'?"),
        ("reading.yaer4.n", "'yaer4' is not a year group or group here. Did you mean 'year4'?"),
        ("reading.year4.at_aer", "'at_aer' is not a measure here. Did you mean 'at_are'?"),
        ("reading.year4.year_group", "'year_group' is not a measure here."),
        ("reading.boys.accelerated", "'accelerated' is not a measure here."),
        ("reading.not_recorded.n", "'not_recorded' is not a year group or group here."),
        ("reading", "An address has three parts"),
        ("", "An address has three parts"),
    ],
)
def test_an_address_that_leads_nowhere_says_which_part_and_what_is_known(figures, address, words):
    with pytest.raises(UnknownAddressError, match=re.escape(words)):
        figures.find(address)
