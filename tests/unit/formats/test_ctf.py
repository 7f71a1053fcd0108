"""Common Transfer Files: a list of pupils and their statutory results, under the headings of any other file."""

from __future__ import annotations

import pytest

from siptrack.reading.formats.ctf import tables
from siptrack.reading.formats.unusable import UnusableFileError
from siptrack.reading.headings import ColumnKind, HeadingReader
from siptrack.rules.load import load

UNKNOWN_HEADINGS = {"Former UPN", "Stage", "Subject code", "Method", "Component", "Result status", "Result qualifier"}

ASH = """<Pupil><UPN>R201100018042</UPN><Surname>Ash</Surname><Forename>Zoë</Forename><DOB>2015-03-01</DOB><Sex>F</Sex>
<BasicDetails><FormerUPN/><PreferredForename>Zo</PreferredForename><NCyearActual>4</NCyearActual><Ethnicity>WBRI</Ethnicity>
<Languages><Type><LanguageType>H</LanguageType><Language>FRE</Language></Type>
<Type><LanguageType>F</LanguageType><Language>ENG</Language></Type></Languages><EnrolStatus>C</EnrolStatus></BasicDetails>
<FSMhistory><FSMreviewDate>2024-01-01</FSMreviewDate>
<FSMinstance><FSMstartDate>2020-09-01</FSMstartDate><FSMendDate>2021-07-20</FSMendDate></FSMinstance>
<FSMinstance><FSMstartDate>2023-09-01</FSMstartDate></FSMinstance></FSMhistory>
<LookedAfter><InCare>false</InCare></LookedAfter>
<SENhistory><SEN><StartDate>2023-01-01</StartDate><SENprovision>K</SENprovision></SEN>
<SEN><StartDate>2021-01-01</StartDate><SENprovision>N</SENprovision></SEN></SENhistory>
<StageAssessments>
<KeyStage><Stage>KS1</Stage>
<StageAssessment><Locale>ENG</Locale><Year>2023</Year><Subject>ENG</Subject><Method>TA</Method><Component>REA</Component>
<ResultStatus>R</ResultStatus><ResultQualifier>NL</ResultQualifier><Result>EXS</Result></StageAssessment>
<StageAssessment><Year>2023</Year><Subject>MAT</Subject><Method>TT</Method><Component>SCO</Component><Result>103</Result>
</StageAssessment></KeyStage>
<KeyStage><Stage>MTC</Stage><StageAssessment><Year>x</Year><Subject>MAT</Subject><Result>25</Result></StageAssessment></KeyStage>
</StageAssessments></Pupil>"""
BEECH = "<Pupil><UPN>B801200005001</UPN><Surname>Beech</Surname><Forename>Tom</Forename><Gender>M</Gender></Pupil>"


def ctf(*pupils: str, before: str = "", name: str = "CTfile") -> bytes:
    header = "<Header><DocumentName>Common Transfer File</DocumentName></Header>"
    data = f"<CTFpupilData>{''.join(pupils)}</CTFpupilData>"
    end = name.split(maxsplit=1)[0]
    return f"<?xml version='1.0' encoding='UTF-8'?>{before}<{name}>{header}{data}</{end}>".encode()


def records(content: bytes, table: int) -> list[dict[str, str]]:
    rows = list(list(tables(content))[table].rows)
    return [dict(zip(rows[0], [*row, *[""] * (len(rows[0]) - len(row))], strict=True)) for row in rows[1:]]


def test_a_pupil_is_a_row_of_the_first_table():
    ash, beech = records(ctf(ASH, BEECH), 0)

    assert ash == {
        "UPN": "R201100018042", "Former UPN": "", "Surname": "Ash", "Forename": "Zoë", "Preferred Name": "Zo Ash",
        "DOB": "2015-03-01", "Sex": "F", "NC Year": "4", "Ethnicity": "WBRI",
        "Enrolment Status": "C", "First language": "ENG", "FSM": "Y", "SEN provision": "K", "Looked after": "N",
    }  # fmt: skip
    assert {heading: text for heading, text in beech.items() if text} == {
        "UPN": "B801200005001", "Surname": "Beech", "Forename": "Tom", "Sex": "M",
    }  # fmt: skip


def test_free_school_meals_that_have_ended_are_no_and_none_recorded_are_blank():
    ended = ASH.replace("<FSMstartDate>2023-09-01</FSMstartDate>", "<FSMendDate>2024-07-20</FSMendDate>")

    assert [record["FSM"] for record in records(ctf(ended, BEECH), 0)] == ["N", ""]


def test_results_are_rows_of_the_second_table():
    reading, test, check = records(ctf(ASH), 1)

    told = ("UPN", "Stage", "Academic year", "Term", "Subject", "Result")
    assert [reading[heading] for heading in told] == ["R201100018042", "KS1", "2022-23", "Summer", "ENG REA", "EXS"]
    assert [test[heading] for heading in told[3:]] == ["Summer", "MAT SCO TT", "103"]
    assert [check[heading] for heading in told[1:]] == ["MTC", "x", "", "MAT", "25"]


def test_a_file_without_results_is_one_table():
    assert [table.name for table in tables(ctf(BEECH))] == ["Pupils"]


def test_namespaces_are_looked_through():
    assert len(records(ctf(BEECH, name="CTfile xmlns='urn:x'"), 0)) == 1


def test_headings_are_those_that_every_other_file_has():
    reader = HeadingReader(load())
    headings = [heading for table in tables(ctf(ASH)) for heading in next(iter(table.rows))]

    unknown = {heading for heading in headings if reader.meaning(heading).kind is ColumnKind.UNKNOWN}

    assert unknown <= UNKNOWN_HEADINGS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (ctf(BEECH)[:-30], "damaged or cut short"),
        (ctf(BEECH, before='<!DOCTYPE CTfile [<!ENTITY a "b">]>'), "defines entities"),
        (ctf(BEECH, before='<!DOCTYPE CTfile SYSTEM "file:///etc/passwd">'), "defines entities"),
    ],
)
def test_a_damaged_or_dangerous_file_is_refused(content, why):
    with pytest.raises(UnusableFileError, match=why):
        list(tables(content))
