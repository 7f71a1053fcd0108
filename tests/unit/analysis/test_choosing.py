"""Finding a child by what a person types."""

from __future__ import annotations

import pandas as pd
import pytest

from siptrack.analysis.choosing import as_in_a_register, find_pupils, near_pupils

PUPILS = pd.DataFrame(
    [
        ("A999200123015", "A999200123015", "Finch", "Oliver"),
        ("17", "", "Finch", "Olivia"),
        ("18", "", "Łopata-Green", "Łucja"),
        ("O'Rowan, Zoë", "", "O'Rowan", "Zoë"),
        ("20", "", "Finchley", "Ann"),
        ("21", "", "Joyce", "Joanna Oliver"),
    ],
    columns=["pupil", "upn", "surname", "forename"],
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("A999200123015", ["A999200123015"]),
        (" a999200123015 ", ["A999200123015"]),
        ("17", ["17"]),
        ("Oliver Finch", ["A999200123015"]),
        ("finch, OLIVER", ["A999200123015"]),
        ("orowan", []),
        ("O'Rowan Zoe", ["O'Rowan, Zoë"]),
        ("rowan", ["O'Rowan, Zoë"]),
        ("lopata", ["18"]),
        ("Łucja Łopata Green", ["18"]),
        ("ann", ["20"]),  # a whole name before a part of Joanna
        ("Finch", ["A999200123015", "17"]),
        ("finc", ["A999200123015", "17", "20"]),
        ("oli fin", ["A999200123015", "17"]),
        ("Oliver", ["A999200123015", "21"]),
        ("1", []),
        ("nobody", []),
        ("", []),
        (" , ", []),
    ],
)
def test_a_child_is_found_by_key_then_whole_name_then_words_then_parts(typed, found):
    assert find_pupils(PUPILS, typed) == found


@pytest.mark.parametrize(
    ("name", "sorted_as"),
    [("Évans", "evans"), ("Łopata", "lopata"), ("Đức", "duc"), ("van der Reed", "van der reed"), ("Straße", "strasse")],
)
def test_a_name_stands_among_the_letters_without_their_marks(name, sorted_as):
    assert as_in_a_register(name) == sorted_as


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Olivr Finch", ["A999200123015", "17"]),
        ("Fnich, Oliver", ["A999200123015", "17"]),
        ("Finchly", ["20", "A999200123015", "17"]),
        ("Łopata-Gren", ["18"]),
        ("Nemo", []),
        ("", []),
    ],
)
def test_a_slip_of_the_keyboard_comes_near_a_few(typed, near):
    assert find_pupils(PUPILS, typed) == []
    assert near_pupils(PUPILS, typed) == near
