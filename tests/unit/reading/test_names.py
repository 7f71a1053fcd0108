"""When two names are the same, when much alike, and by which names a row calls its child."""

from __future__ import annotations

import pytest

from siptrack.reading.names import likeness, may_be_same_name, names_in, names_key, surname_and_forename


@pytest.mark.parametrize(
    "other",
    ["ASH, Zoë", "Zoe Ash", "zoe  ASH", "Ash Zoe", "Zo'e-Ash"],
    ids=["capitals", "order and accents", "spaces", "order without a comma", "signs"],
)
def test_a_name_is_the_same_however_it_is_written(other):
    assert names_in({"name": other}).main == names_in({"surname": "Ash", "forename": "Zoë"}).main


def test_names_of_the_same_letters_in_another_order_differ():
    assert names_key("Amy Ash") != names_key("May Ash")


@pytest.mark.parametrize(
    ("texts", "known_as"),
    [
        ({"legal_surname": "Ash", "legal_forename": "Ann", "preferred_forename": "Nan"}, "Nan Ash"),
        ({"surname": "Ash", "forename": "Ann", "former_surname": "Beech"}, "Ann Beech"),
        ({"surname": "Ash", "forename": "Ann", "preferred_name": "Nan"}, "Nan Ash"),
        ({"surname": "Ash", "forename": "Ann", "preferred_name": "Nan Beech"}, "Nan Beech"),
        ({"surname": "Ash", "forename": "Ann (Nan)"}, "Nan Ash"),
        ({"name": "Ann van der Berg", "preferred_forename": "Nan"}, "Nan van der Berg"),
        ({"name": "van der Berg, Ann", "preferred_forename": "Nan"}, "Nan van der Berg"),
    ],
)
def test_a_child_is_known_by_each_name_that_the_files_give(texts, known_as):
    assert names_key(known_as) in names_in(texts).keys


def test_a_legal_name_stands_in_where_no_other_is_given_and_a_letter_in_brackets_is_part_of_the_name():
    assert names_in({"legal_surname": "Ash", "legal_forename": "Ann"}).main == names_key("Ann Ash")
    assert names_in({"surname": "Ash", "forename": "Ann (A)"}).main == names_key("Ann A Ash")


def test_names_are_as_much_alike_as_the_less_alike_of_their_parts():
    katherine, katharine, rose = (
        names_in({"name": name}) for name in ("Thompson, Katherine", "Thomson, Katharine", "Thompson, Rose")
    )

    assert likeness(katherine, katherine) == 1
    assert likeness(katherine, katharine) == pytest.approx(8 / 9)
    assert likeness(katherine, rose) < 0.5
    assert likeness(names_in({"name": "Ash, Ann Mary"}), names_in({"name": "Ash, Ann"})) == 0.95


def test_under_one_number_one_of_two_names_may_change_and_not_both():
    ann, married, other = (names_in({"name": name}) for name in ("Ash, Ann", "Beech, Ann", "Cedar, Bob"))

    assert may_be_same_name(ann, married)
    assert may_be_same_name(ann, names_in({}))
    assert not may_be_same_name(ann, other)


@pytest.mark.parametrize(
    "texts",
    [
        {"surname": "Ash\nBeech", "forename": "Ann  May"},
        {"name": "Ash \r\n Beech, Ann May"},
        {"legal_surname": "Ash\tBeech", "legal_forename": "Ann May"},
    ],
)
def test_a_name_in_several_lines_of_a_cell_is_one_line(texts):
    assert surname_and_forename(texts) == ("Ash Beech", "Ann May")
