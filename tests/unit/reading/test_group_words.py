"""The words in which schools, the DfE and school systems write characteristics, ticks, and blanks."""

from __future__ import annotations

import re

import pytest
from school_files import groups, problems, register_of, usual_rules

from siptrack.reading.group_words import Cross, GroupReader
from siptrack.rules.load import load
from siptrack.school.register import NOT_RECORDED


def reader(characteristic: str) -> GroupReader:
    rules = usual_rules()
    return GroupReader(rules.groups.characteristics[characteristic], rules.groups, rules.columns)


# As DfE statistics, the censuses of 2001, 2011 and 2021 and school systems print them.
ETHNICITY = {
    "WBRI": """
        White - White British
        White British
        White - British
        WBRI - White British
        British (WBRI)
        WBRI White British
        White - English / Welsh / Scottish / Northern Irish / British
        White: English, Welsh, Scottish, Northern Irish or British
        White English
        Welsh
        WHITE - WHITE BRITISH
        White British (WBRI)
    """,
    "WIRI": """
        White - Irish
        Irish
        White - White Irish
        WIRI - Irish
    """,
    "WIRT": """
        Traveller of Irish heritage
        White - Traveller of Irish Heritage
        Irish Traveller
        White - Irish Traveller
    """,
    "WROM": """
        Gypsy/Roma
        Gypsy / Roma
        White - Gypsy/Roma
        White - Gypsy / Roma
        Gypsy or Roma
        White: Roma
        Roma
    """,
    "WOTH": """
        Any other White background
        White - Any other White background
        White - Other
        White: Other White
        White - White Eastern European
        Turkish / Turkish Cypriot
        WEEU - White Eastern European
    """,
    "MWBC": """
        White and Black Caribbean
        Mixed - White and Black Caribbean
        Mixed / Dual Background - White and Black Caribbean
        Mixed or multiple ethnic groups - White and Black Caribbean
        White & Black Caribbean
    """,
    "MWBA": """
        Mixed - White and Black African
        Mixed/multiple ethnic groups - White and Black African
    """,
    "MWAS": """
        Mixed - White and Asian
        White and Asian
        Mixed or Multiple ethnic groups: White and Asian
        White + Asian
    """,
    "MOTH": """
        Any other mixed background
        Mixed - Any other mixed background
        Mixed: Any other Mixed or multiple ethnic background
    """,
    "AIND": """
        Asian or Asian British - Indian
        Asian - Indian
        Indian
        AIND (Indian)
        Asian, Asian British or Asian Welsh: Indian
    """,
    "APKN": """
        Asian or Asian British - Pakistani
        Asian / Asian British - Pakistani
        Pakistani
        Asian and Asian British - Pakistani
    """,
    "ABAN": """
        Bangladeshi (ABAN)
        Asian or Asian British - Bangladeshi
        ABAN - Bangladeshi
        Asian - Bangladeshi
    """,
    "AOTH": """
        Any other Asian background
        Asian or Asian British - Any other Asian background
        Asian: Other Asian
        Asian - Nepali
    """,
    "CHNE": """
        Chinese
        Asian - Chinese
        Asian or Asian British - Chinese
        Chinese - Chinese
        Other ethnic groups - Chinese
    """,
    "BCRB": """
        Black or Black British - Caribbean
        Black - Black Caribbean
        Black Caribbean
        Black, Black British, Caribbean or African - Caribbean
        Black, Black British, Black Welsh, Caribbean or African: Caribbean
    """,
    "BAFR": """
        Black or Black British - African
        Black - Black African
        Black African
        Black - African
        BSOM - Somali
        Black or Black British - Somali
        Black - Nigerian
    """,
    "BOTH": """
        Any other Black background
        Black or Black British - Any other Black background
        Black - Other
        Black, Black British, Caribbean or African: Any other Black, Black British or Caribbean background
    """,
    "OOTH": """
        Any other ethnic group
        Other ethnic group - Arab
        Arab
        ARAB
        Other ethnic group: Any other ethnic group
        Kurdish
        Any other ethnic group - Any other ethnic group
        Other - Vietnamese
    """,
    "white_undivided": """
        White
        White - Gypsy or Irish Traveller
        WXYZ
    """,
    "asian_undivided": """
        Asian or Asian British
        Asian
        AXYZ
    """,
    "black_undivided": """
        Black, Black British, Caribbean or African
        Black or Black British
    """,
    "mixed_undivided": """
        Mixed or multiple ethnic groups
        Mixed heritage
        Dual heritage
    """,
    NOT_RECORDED: """
        Information Not Yet Obtained
        Refused
        Not obtained
        Unclassified
        Prefer not to say
        NOBT - Information not yet obtained
        REFU - Refused
        Refused (REFU)
    """,
}


@pytest.mark.parametrize("group", list(ETHNICITY))
def test_ethnic_groups_in_the_words_of_published_tables_and_of_school_systems(group):
    texts = list(map(str.strip, ETHNICITY[group].strip().splitlines()))

    assert {text: reader("ethnicity").read(text) for text in texts} == dict.fromkeys(texts, group)


@pytest.mark.parametrize(
    "text",
    ["White - Asian", "Indian/Pakistani", "Martian", "wxyz", "Aran", "White British?", "Asian - Nowhere", "Awful"],
)
def test_a_pattern_matches_no_word_and_parts_that_disagree_are_asked_about(text):
    assert reader("ethnicity").read(text) is None


@pytest.mark.parametrize(
    ("group", "texts"),
    [
        ("sen", "K|E|SEN Support|SEND Support|EHC plan|EHC Plan|EHCP|E - EHCP|EHCP (E)|Statement|SLCN"),
        ("sen", "Education, Health and Care Plan|Education Health and Care Plan|K - SEN Support|SEN|SEND"),
        ("sen", "K: SEN support|SEN Support (K)|School Action Plus|K SEN Support|Y|x|\u2713|1|On SEN register|MLD"),
        ("no_sen", "N|No SEN|No Special Educational Need|No special educational needs|N - No SEN|None|No|0|Monitoring"),
        ("no_sen", "M - Monitoring|Not SEN|Non-SEN|No SEND|N (No Special Educational Need)"),
        (NOT_RECORDED, "?|Unknown|Not known"),
        (None, "EHC plan: No|No EHCP|Applying for EHCP|K/N|maybe"),
    ],
)  # fmt: skip
def test_special_educational_needs_in_words(group, texts):
    assert {text: reader("sen").read(text) for text in texts.split("|")} == dict.fromkeys(texts.split("|"), group)


@pytest.mark.parametrize("characteristic", ["fsm", "disadvantaged", "eal", "sen", "looked_after", "mobility"])
def test_ticks_are_yes_in_every_column_of_yes_and_no(characteristic):
    rules = usual_rules()
    said = reader(characteristic)

    assert {said.read(text) for text in [*rules.columns.ticked, "X", " \u2714 ", "Yes", "Y"]} == {said.yes}
    assert {said.read(text) for text in [*rules.columns.unticked, "No", "N"]} == {said.no}
    assert (said.yes, said.no) == tuple(list(rules.groups.characteristics[characteristic].groups)[:2])


@pytest.mark.parametrize("characteristic", ["gender", "ethnicity"])
def test_a_tick_says_nothing_where_there_is_no_yes(characteristic):
    assert reader(characteristic).read("\u2713") is None


@pytest.mark.parametrize(
    ("texts", "cross"),
    [
        (["x", ""], Cross.YES),
        (["x", "N"], Cross.YES),
        (["x", "\u2713"], Cross.NO),
        (["X", "\u221a", ""], Cross.NO),
        (["x", "Y"], Cross.UNCLEAR),
        (["x", "Y", "N"], Cross.YES),
        (["\u2713", ""], Cross.YES),
    ],
)
def test_what_a_cross_means_is_told_by_what_stands_beside_it(texts, cross):
    assert reader("fsm").cross_in(texts) is cross


def test_a_cross_beside_a_tick_means_no_and_that_is_said_once():
    register = register_of("""
        Adno | FSM    | EHC plan in place | Reading Autumn 2025
        A1   | \u2713 | .                 | EXS
        A2   | x      | .                 | EXS
        A3   | X      | .                 | EXS
        A4   | .      | .                 | EXS
    """)

    assert groups(register, "fsm") == {"A1": "fsm", "A2": "not_fsm", "A3": "not_fsm", "A4": NOT_RECORDED}
    assert [code.split(" at ")[0] for code in problems(register)] == ["cross-for-no"]


def test_a_cross_beside_yes_alone_is_asked_about():
    register = register_of("Adno | FSM | Reading Autumn 2025\nA1 | Y | EXS\nA2 | x | EXS\nA3 | Y | EXS")

    assert groups(register, "fsm")["A2"] == NOT_RECORDED
    assert problems(register) == ["unknown-value at school.csv, row 3"]


def test_a_status_beside_a_ticked_column_is_one_fact():
    register = register_of("""
        Adno | SEN status | EHCP | Reading Autumn 2025
        A1   | E          | Yes  | EXS
        A2   | K          | No   | EXS
        A3   | N          | No   | EXS
        A4   | .          | No   | EXS
        A5   | .          | x    | EXS
        A6   | EHC plan   | EHCP | EXS
    """)

    assert list(groups(register, "sen").values()) == ["sen", "sen", "no_sen", NOT_RECORDED, "sen", "sen"]
    assert problems(register) == []


def test_columns_that_disagree_are_a_query_and_the_first_group_of_the_rules_counts():
    register = register_of("Adno | SEN status | EHCP | Reading Autumn 2025\nA1 | N | Yes | EXS\nA2 | N | No | EXS")

    assert groups(register, "sen") == {"A1": "sen", "A2": "no_sen"}
    assert problems(register) == ["characteristic-clash at school.csv, row 2"]
    assert register.problems[0].found == "'N, sen: Yes' under Special educational needs (SEN), which disagree"


def test_two_columns_of_a_characteristic_that_agree_are_one():
    register = register_of("""
        Adno | Ethnicity     | Ethnic code | Reading Autumn 2025
        A1   | White British | WBRI        | EXS
        A2   | Asian         | APKN        | EXS
        A3   | .             | BAFR        | EXS
    """)

    assert list(groups(register, "ethnicity").values()) == ["WBRI", "APKN", "BAFR"]
    assert problems(register) == []


def test_a_ticked_column_that_holds_words_nobody_knows_is_asked_about():
    register = register_of("Adno | EHCP | Reading Autumn 2025\nA1 | maybe | EXS\nA2 | Y | EXS")

    assert problems(register) == ["unknown-value at school.csv, row 2"]


@pytest.mark.parametrize("text", ["Polish", "POL", "pol", "Urdu", "Yoruba", "Yes - Polish", "Y", "Punjabi (PNJ)"])
def test_a_column_of_eal_may_hold_the_language(text):
    assert reader("eal").read(text) == "eal"


@pytest.mark.parametrize(("text", "group"), [("English", "not_eal"), ("ENG - English", "not_eal"), ("see notes", None)])
def test_english_in_a_column_of_eal_is_not_eal_and_a_remark_is_no_language(text, group):
    assert reader("eal").read(text) == group


BLANKS = """
    Adno | FSM | SEN | Reading Autumn 2025
    A1   | x   | K   | EXS
    A2   | .   | .   | EXS
    A3   | .   | N   | EXS
    A4   | .   | .   | EXS
"""


def test_blanks_beside_nothing_but_a_yes_are_asked_about_once_with_the_line_that_declares_them():
    register = register_of({"3A.csv": BLANKS, "3B.csv": re.sub(r"A(\d)", r"B\1", BLANKS)})

    asked = [one for one in register.problems if one.code == "blanks-for-no"]
    assert [one.place.label for one in asked] == ["3A.csv, cell B1"]
    assert "blank in 6 of 8 rows" in asked[0].found
    assert asked[0].expected.endswith("groups: {characteristics: {fsm: {blank: none}}}")
    assert groups(register, "fsm")["A2"] == NOT_RECORDED


def test_a_blank_is_no_once_the_school_has_said_so(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("groups: {characteristics: {fsm: {blank: none}}}", encoding="utf-8")

    register = register_of(BLANKS, load(settings))

    assert list(groups(register, "fsm").values()) == ["fsm", "not_fsm", "not_fsm", "not_fsm"]
    assert problems(register) == []


def test_a_list_that_is_filled_for_half_is_not_asked_about():
    register = register_of("Adno | FSM | Reading Autumn 2025\nA1 | Y | EXS\nA2 | . | EXS")

    assert problems(register) == []


def test_only_a_column_of_the_characteristic_itself_tells_by_its_blanks(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("groups: {characteristics: {sen: {blank: none}}}", encoding="utf-8")

    register = register_of(
        "Adno | EHCP | Reading Autumn 2025\nA1 | Y | EXS\nA2 | . | EXS\nA3 | . | EXS", load(settings)
    )

    assert list(groups(register, "sen").values()) == ["sen", NOT_RECORDED, NOT_RECORDED]


def test_a_characteristic_without_a_no_has_no_blank_that_means_it(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("groups: {characteristics: {ethnicity: {blank: none}}}", encoding="utf-8")

    with pytest.raises(Exception, match=r"siptrack.yaml, line 1: no group of .* is written 'no'"):
        load(settings)
