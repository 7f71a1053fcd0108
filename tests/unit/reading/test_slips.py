"""Words that are one slip of the pen away from a known one."""

from __future__ import annotations

import pytest

from siptrack.reading.slips import Slips

KNOWN = Slips(["writing", "reading", "summer", "spring", "maths", "date", "surname", "tests", "texts"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("writting", "writing"),
        ("wrting", "writing"),
        ("raeding", "reading"),
        ("readimg", "reading"),
        ("sumer", "summer"),
        ("sprnig", "spring"),
        ("eading", "reading"),
        ("readings", "reading"),
        ("matsh", "maths"),
        ("surnmae", "surname"),
    ],
)
def test_a_letter_too_many_too_few_another_or_two_changed_round_is_one_slip(written, meant):
    assert KNOWN.meant(written) == meant


@pytest.mark.parametrize(
    "written", ["writing", "riding", "data", "summary", "months", "string1", "tehts", "gnidaer", "spirngg", ""]
)
def test_what_is_known_short_further_away_or_near_two_words_is_not_guessed_at(written):
    assert KNOWN.meant(written) == ""
