"""Single cells understood: year groups, dates, and the codes and words of each characteristic."""

from __future__ import annotations

from datetime import date

import pytest
from school_files import groups, problems, register_of, usual_rules

from siptrack.reading.group_words import GroupReader
from siptrack.reading.values import OUT_OF_RANGE, YearGroupReader, read_date
from siptrack.school.register import NOT_RECORDED


@pytest.mark.parametrize(
    ("text", "year_group"),
    [
        ("5", 5), ("Year 5", 5), ("Y5", 5), ("yr 5", 5), ("NCY 5", 5), ("YEAR GROUP 5", 5), ("05", 5), ("5.0", 5),
        ("Year Five", 5), ("year one", 1), ("Yr Two", 2), ("Y six", 6), ("Six", 6), ("Yr. 3", 3), ("Y5 ", 5),
        ("Year5", 5), ("Year 5 (Y5)", 5), ("Y5 - Year 5", 5), ("Year R", 0), ("FS2", 0), ("F2", 0), ("EYFS", 0),
        ("Reception class", 0),
        ("Year 0", 0), ("Reception (R)", 0), ("FS1", -1), ("F1", -1), ("Nursery 2", -1), ("N1", -1),
        ("-1", -1), ("4.0", 4),
        ("R", 0), ("Reception", 0), ("rec", 0), ("YR", 0), ("N", -1), ("N2", -1), ("Nursery", -1), ("0", 0),
        ("", None), ("  ", None),
        ("7", OUT_OF_RANGE), ("Year 11", OUT_OF_RANGE), ("5K", OUT_OF_RANGE), ("5/6", OUT_OF_RANGE),
        ("Year 5 (Y6)", OUT_OF_RANGE), ("Year Seven", OUT_OF_RANGE), ("-5", OUT_OF_RANGE), ("Mixed", OUT_OF_RANGE),
        ("5.5", OUT_OF_RANGE),
    ],
)  # fmt: skip
def test_year_groups_as_they_are_written(text, year_group):
    assert YearGroupReader(usual_rules().years).read(text) == year_group


@pytest.mark.parametrize(
    ("school_class", "year_group"),
    [("5K", 5), ("Class 3B", 3), ("4Oak", 4), ("4/5M", None), ("Oak", None), ("5", None), ("7A", None), ("", None)],
)
def test_a_class_may_be_named_after_its_year_group(school_class, year_group):
    assert YearGroupReader(usual_rules().years).of_class(school_class) == year_group


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/09/2015", date(2015, 9, 3)),
        ("3/9/2015", date(2015, 9, 3)),
        ("03/09/15", date(2015, 9, 3)),
        ("03-09-2015", date(2015, 9, 3)),
        ("3.9.2015", date(2015, 9, 3)),
        ("2015-09-03", date(2015, 9, 3)),
        ("2015-09-03 00:00:00", date(2015, 9, 3)),
        ("3 Sep 2015", date(2015, 9, 3)),
        ("3 September 2015", date(2015, 9, 3)),
        ("29/02/2016", date(2016, 2, 29)),
        ("29/02/2015", None),
        ("09/25/2015", None),  # the American way round is refused, never turned
        ("1st September 2015", date(2015, 9, 1)),
        ("2nd of Sept 2015", date(2015, 9, 2)),
        ("23rd Sep. 2015", date(2015, 9, 23)),
        ("Thursday 3 September 2015", date(2015, 9, 3)),
        ("Thu, 3 Sep 2015", date(2015, 9, 3)),
        ("September 3rd, 2015", date(2015, 9, 3)),
        ("3-Sep-15", date(2015, 9, 3)),
        ("3/Sep/2015", date(2015, 9, 3)),
        ("2015/09/03", date(2015, 9, 3)),
        ("2015.09.03", date(2015, 9, 3)),
        ("3.9.15", date(2015, 9, 3)),
        ("3 . 9 . 2015", date(2015, 9, 3)),
        ("03 09 2015", date(2015, 9, 3)),
        ("20150903", date(2015, 9, 3)),
        ("2015-09-03T00:00:00", date(2015, 9, 3)),
        ("2015-09-03T00:00:00.000Z", date(2015, 9, 3)),
        ("03/09/2015 00:00", date(2015, 9, 3)),
        ("03/09/2015 09:30:00 AM", date(2015, 9, 3)),
        ("42250", date(2015, 9, 3)),  # as a spreadsheet counts days
        ("12345", None),  # a day of 1933 is nobody's birthday in a primary school
        ("99999", None),
        ("2015", None),
        ("03092015", None),
        ("2015/13/02", None),
        ("7:06", None),
        ("September 2015", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_have_the_day_before_the_month(text, day):
    assert read_date(text, usual_rules().columns.date_formats) == day


@pytest.mark.parametrize(
    ("characteristic", "group", "texts"),
    [
        ("gender", "girls", "F f Female Girl G girls"),
        ("gender", "boys", "M male BOY B"),
        ("fsm", "fsm", "Y Yes T TRUE 1 FSM eligible"),
        ("fsm", "not_fsm", "N no F False 0 Not_eligible"),
        ("disadvantaged", "disadvantaged", "Y PP Disadvantaged 1"),
        ("disadvantaged", "not_disadvantaged", "N Not_PP 0"),
        ("eal", "eal", "Y EAL OTH OTB POL URD pnj SOMA Other_than_English"),
        ("eal", "not_eal", "N ENG ENB English Not_EAL"),
        ("language", "English", "ENG ENB English english No Not_EAL"),
        ("language", "other_language", "OTH OTB Yes EAL Other_than_English"),
        ("language", "Panjabi", "PNJ pnj Panjabi PUNJABI"),
        ("language", "Yoruba", "Yoruba yoruba YORUBA"),
        ("language", "IGB", "IGB"),
        ("mobility", "mobile", "Y 1 Mobile"),
        ("mobility", "not_mobile", "N 0 Stable"),
        ("sen", "sen", "K E A P S EHCP SEN_Support K_-_SEN_Support School_Action_Plus Statement"),
        ("sen", "no_sen", "N No None No_SEN N_-_No_SEN"),
        ("ethnicity", "WBRI", "WBRI wbri White_-_British WENG WCOR"),
        ("ethnicity", "WROM", "WROM WROR Gypsy/Roma"),
        ("ethnicity", "WOTH", "WOTH WEEU WTUR Any_other_White"),
        ("ethnicity", "APKN", "APKN AMPK Pakistani"),
        ("ethnicity", "BAFR", "BAFR BSOM BNGN Black_-_African"),
        ("ethnicity", "BOTH", "BOTH Other_Black"),
        ("ethnicity", "CHNE", "CHNE CHKC Asian_-_Chinese"),
        ("ethnicity", "white_undivided", "White WXYZ"),
        ("ethnicity", "asian_undivided", "Asian AXXX"),
        ("ethnicity", "black_undivided", "Black_or_Black_British BZZZ"),
        ("ethnicity", "mixed_undivided", "Mixed MZZZ"),
        ("ethnicity", "chinese_undivided", "CXXX"),
        ("ethnicity", "other_undivided", "OXXX"),
        ("looked_after", "looked_after", "Y CLA LAC"),
        ("looked_after", "not_looked_after", "N No"),
    ],
)
def test_codes_and_words_of_each_group(characteristic, group, texts):
    rules = usual_rules().groups
    reader = GroupReader(rules.characteristics[characteristic], rules)

    read = {text: reader.read(text.replace("_", " ")) for text in texts.split()}

    assert read == dict.fromkeys(read, group)


@pytest.mark.parametrize("text", ["", " ", "-", "?", "Unknown", "NOBT", "refu", "Not obtained", "Refused", "ZZZ"])
@pytest.mark.parametrize("characteristic", ["gender", "fsm", "eal", "language", "mobility", "sen", "ethnicity"])
def test_what_was_not_obtained_is_not_recorded_and_never_no(characteristic, text):
    rules = usual_rules().groups

    assert GroupReader(rules.characteristics[characteristic], rules).read(text) == NOT_RECORDED


@pytest.mark.parametrize(
    ("characteristic", "text"),
    [
        ("gender", "X"),
        ("fsm", "maybe"),
        ("sen", "Z"),
        ("ethnicity", "QQQQ"),
        ("ethnicity", "WX"),
        ("eal", "Polish?"),
        ("language", "Polish?"),
        ("language", "7"),
        ("mobility", "moved"),
    ],
)
def test_what_nobody_knows_is_not_guessed(characteristic, text):
    rules = usual_rules().groups

    assert GroupReader(rules.characteristics[characteristic], rules).read(text) is None


@pytest.mark.parametrize("text", ["None", "tbc", "TBA"])
def test_a_word_that_is_no_language_is_not_eal(text):
    rules = usual_rules().groups

    assert GroupReader(rules.characteristics["eal"], rules).read(text) != "eal"


def test_no_spelling_puts_a_pupil_in_two_groups_of_a_characteristic():
    twice = []
    for key, characteristic in usual_rules().groups.characteristics.items():
        owners: dict[str, set[str]] = {}
        for group in characteristic.groups.values():
            for text in (group.key, group.label, *group.spellings):
                owners.setdefault(text.casefold(), set()).add(group.key)
        twice += [f"{key}: {text}" for text, owner in owners.items() if len(owner) > 1]

    assert twice == []


def test_blank_and_unknown_values_are_not_recorded_and_only_the_unknown_is_reported():
    register = register_of("""
        Adno | FSM   | Reading Autumn 2025
        A1  | Y     | EXS
        A2  | .     | EXS
        A3  | maybe | EXS
    """)

    assert groups(register, "fsm") == {"A1": "fsm", "A2": NOT_RECORDED, "A3": NOT_RECORDED}
    assert problems(register) == ["unknown-value at school.csv, row 4"]


def test_the_pupil_lists_word_stands_before_another_sheets():
    register = register_of({
        "list.csv": "Adno | Class | FSM\nA1 | 5K | N",
        "Autumn 2025.csv": "Adno | FSM | Reading\nA1 | Y | EXS",
    })  # fmt: skip

    assert groups(register, "fsm") == {"A1": "not_fsm"}
    assert problems(register) == ["characteristic-clash at Autumn 2025.csv, row 2"]


def test_a_year_group_that_no_primary_school_has_is_left_out_and_reported():
    register = register_of("Adno | Year | Reading Autumn 2025\nA1 | 9 | EXS\nA2 | 5 | EXS")

    assert register.placements["year_group"].fillna(-9).tolist() == [-9, 5]
    assert problems(register) == ["year-group-out-of-range at school.csv, row 2"]


def test_a_date_of_birth_that_is_none_is_reported_without_being_quoted():
    register = register_of("Adno | DOB | Reading Autumn 2025\nA1 | 09/25/2015 | EXS")

    problem = register.problems[0]
    assert (problem.code, problem.place.label) == ("implausible-date", "school.csv, row 2")
    assert "09/25" not in f"{problem.found} {problem.expected} {problem.action}"
