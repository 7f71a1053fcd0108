# ruff: noqa: E501  # a table is as wide as it is
"""Which group a child is in: as recorded, worked out from the birthday, year group and class, and several at once."""

from __future__ import annotations

from registers import register, typed, usual_rules
from siptrack.analysis.membership import Membership, members_of
from siptrack.analysis.selection import call_roll


def members(table: str) -> Membership:
    return members_of(call_roll(register(table), typed(table).last_term, usual_rules()).pupils, usual_rules())


def said(table: str) -> dict[str, dict[str, str]]:
    """The groups of each child in the characteristics right of the `||`; empty where none is told of anybody."""
    wanted = typed(table).wanted
    groups = members(table).groups
    return {
        name: {key: groups[key].tolist()[at] if key in groups else "" for key in cells}
        for at, (name, cells) in enumerate(wanted.items())
    }


def labels(table: str, characteristic: str) -> list[str]:
    return [group.label for group in members(table).characteristics[characteristic].groups.values()]


def test_the_term_of_birth_is_told_by_the_month_of_the_birthday():
    table = """
        pupil | year group | born       | Summer 2009 || term_of_birth
        Ann   | 5          | 1998-09-01 | 3a          || autumn_born
        Bob   | 5          | 1998-12-31 | 3a          || autumn_born
        Cai   | 5          | 1999-01-01 | 3a          || spring_born
        Dee   | 5          | 1999-04-30 | 3a          || spring_born
        Eve   | 5          | 1999-05-01 | 3a          || summer_born
        Flo   | 5          | 1999-08-31 | 3a          || summer_born
        Gus   | 5          | .          | 3a          || not_recorded
    """
    assert said(table) == typed(table).wanted


def test_year_groups_and_classes_are_compared_where_there_are_two():
    table = """
        pupil | year group | class | Summer 2009 || year_group   | class
        Ann   | 5          | 5K    | 3a          || 5            | 5K
        Bob   | 0          | Oak   | 3a          || 0            | Oak
        Cai   | 3          | .     | 3a          || 3            | not_recorded
        Dee   | .          | .     | 3a          || not_recorded | not_recorded
    """
    assert said(table) == typed(table).wanted
    assert labels(table, "year_group") == ["Reception", "Year 3", "Year 5"]
    assert labels(table, "class") == ["5K", "Oak"]


def test_one_year_group_one_class_or_one_term_of_birth_is_not_compared():
    table = """
        pupil | year group | class | born       | Summer 2009 || year_group | class | term_of_birth
        Ann   | 5          | 5K    | 1998-09-01 | 3a          ||            |       |
        Bob   | 5          | 5K    | 1998-10-01 | 3a          ||            |       |
        Cai   | .          | .     | .          | 3a          ||            |       |
    """
    assert said(table) == typed(table).wanted


def test_each_language_in_the_data_is_a_group_and_they_stand_by_name():
    table = """
        pupil | year group | language | Summer 2009 || language
        Ann   | 5          | Urdu     | 3a          || Urdu
        Bob   | 5          | English  | 3a          || English
        Cai   | 5          | Yoruba   | 3a          || Yoruba
        Dee   | 5          | Polish   | 3a          || Polish
        Eve   | 5          | .        | 3a          || not_recorded
    """
    assert said(table) == typed(table).wanted
    assert labels(table, "language") == ["English", "Polish", "Urdu", "Yoruba"]
    found = members(table).characteristics["language"].groups
    assert found["Yoruba"].children == "children whose first language is Yoruba"


def test_ethnicity_is_compared_by_main_code_by_major_group_and_as_minority():
    table = """
        pupil | year group | ethnicity       | Summer 2009 || ethnicity       | ethnic_major | minority_ethnic
        Ann   | 5          | WBRI            | 3a          || WBRI            | white        | white_british
        Bob   | 5          | WIRI            | 3a          || WIRI            | white        | minority_ethnic
        Cai   | 5          | white_undivided | 3a          || white_undivided | white        | not_recorded
        Dee   | 5          | OOTH            | 3a          || OOTH            | other        | minority_ethnic
        Eve   | 5          | .               | 3a          || not_recorded    | not_recorded | not_recorded
    """
    assert said(table) == typed(table).wanted


def test_white_british_boys_on_fsm_are_a_group_where_all_three_are_known():
    table = """
        pupil | year group | ethnicity | gender | fsm     | Summer 2009 || minority_fsm            | minority_gender_fsm
        Ann   | 5          | WBRI      | girls  | fsm     | 3a          || white_british+fsm       | white_british+girls+fsm
        Bob   | 5          | WBRI      | boys   | fsm     | 3a          || white_british+fsm       | white_british+boys+fsm
        Cai   | 5          | APKN      | boys   | not_fsm | 3a          || minority_ethnic+not_fsm | minority_ethnic+boys+not_fsm
        Dee   | 5          | APKN      | .      | fsm     | 3a          || minority_ethnic+fsm     | not_recorded
        Eve   | 5          | .         | girls  | fsm     | 3a          || not_recorded            | not_recorded
    """
    assert said(table) == typed(table).wanted


def test_mobility_and_sen_by_gender_are_as_recorded():
    table = """
        pupil | year group | gender | sen    | mobility   | Summer 2009 || mobility     | gender_sen
        Ann   | 5          | girls  | sen    | mobile     | 3a          || mobile       | girls+sen
        Bob   | 5          | boys   | no_sen | not_mobile | 3a          || not_mobile   | boys+no_sen
        Cai   | 5          | boys   | .      | .          | 3a          || not_recorded | not_recorded
    """
    assert said(table) == typed(table).wanted


def test_what_nobody_recorded_is_not_there():
    table = """
        pupil | year group | Summer 2009 || fsm | ethnic_major | gender_fsm | language | term_of_birth
        Ann   | 5          | 3a          ||     |              |            |          |
        Bob   | 4          | 3a          ||     |              |            |          |
    """
    assert said(table) == typed(table).wanted
