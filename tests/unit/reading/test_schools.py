"""Several schools in the files: each row of one of them, and nobody of two."""

from __future__ import annotations

import pytest
from school_files import as_csv, problems, register_of, results, usual_rules

from siptrack.reading.read import read
from siptrack.school.errors import ChoiceError
from siptrack.school.register import Register

TWO = """
    School           | URN    | Adno | Name     | Year | Class | Reading Autumn 2025
    Ashfield Primary | 100001 | 1    | Ash, Ann | 4    | 4A    | EXS
    Brook            | 100002 | 1    | Ash, Ann | 4    | 4A    | WTS
    Brook            | 100002 | 2    | Bly, Bob | 4    | 4A    | GDS
"""


def of_school(tmp_path, school: str, **files: str) -> Register:
    paths = []
    for name, table in files.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(as_csv(table), encoding="utf-8")
    return read(paths, usual_rules(), school=school)


def test_without_a_choice_the_schools_are_named_and_nobody_is_merged():
    with pytest.raises(ChoiceError) as refused:
        register_of(TWO)

    assert refused.value.lines == (
        "The files hold 2 schools: Ashfield Primary, Brook.",
        'Choose one with --school "Ashfield Primary", or take all of them together with --school all.',
    )


def test_all_of_them_together_are_told_apart_by_school(tmp_path):
    register = of_school(tmp_path, "all", trust=TWO)

    assert results(register) == [
        "1, Ashfield Primary, reading, Autumn 2025: EXS",
        "1, Brook, reading, Autumn 2025: WTS",
        "2, Brook, reading, Autumn 2025: GDS",
    ]
    assert register.pupils["school"].tolist() == ["Ashfield Primary", "Brook", "Brook"]
    assert sorted(set(register.placements["class"])) == ["4A (Ashfield Primary)", "4A (Brook)"]
    assert (register.schools, register.school) == (("Ashfield Primary", "Brook"), "")


@pytest.mark.parametrize("asked", ["Brook", "BROOK", "the Brook School", "100002", "roo"])
def test_one_of_them_is_chosen_by_its_name_its_number_or_a_part(tmp_path, asked):
    register = of_school(tmp_path, asked, trust=TWO)

    assert results(register) == ["1, reading, Autumn 2025: WTS", "2, reading, Autumn 2025: GDS"]
    assert [(one.reason, one.count) for one in register.ledger.set_aside] == [("of another school", 1)]
    assert register.ledger.balances()
    assert register.school == "Brook"


def test_a_school_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    with pytest.raises(ChoiceError, match="Schools known: Ashfield Primary, Brook"):
        of_school(tmp_path, "Cedar", trust=TWO)


def test_a_name_in_one_file_and_a_number_in_another_are_one_school_where_a_row_gives_both(tmp_path):
    marks = "URN | Adno | Name | Year | Writing Autumn 2025\n100001 | 1 | Ash, Ann | 4 | EXS"
    register = of_school(tmp_path, "Ashfield", trust=TWO, marks=marks)

    assert len(register.pupils) == 1
    assert len(results(register)) == 2


def test_one_school_that_is_named_needs_no_choice_and_rows_without_a_name_are_of_it():
    register = register_of(
        {
            "list.csv": "School | Name | Year\nBrook School | Ash, Ann | 4\nBrook | Bly, Bob | 4",
            "Autumn 2025.csv": "Name | Year | Reading\nAsh, Ann | 4 | EXS",
        }
    )

    assert register.pupils["school"].tolist() == ["Brook School"] * 2 or register.pupils["school"].nunique() == 1
    assert len(register.pupils) == 2


def test_a_sheet_named_after_a_school_is_of_it_and_rows_that_name_none_are_an_error(tmp_path):
    files = {
        "trust": TWO,
        "Brook Autumn 2025": "Name | Year | Writing\nBly, Bob | 4 | EXS",
        "Autumn 2025": "Name | Year | Maths\nBly, Bob | 4 | EXS",
    }
    register = of_school(tmp_path, "Brook", **files)

    assert [one for one in results(register) if "reading" not in one] == ["2, writing, Autumn 2025: EXS"]
    assert problems(register) == ["no-school at Autumn 2025.csv"]
    assert {one.reason for one in register.ledger.set_aside} == {"of another school", "of no known school"}


def test_a_column_of_yes_and_no_is_no_school():
    register = register_of(
        "Academy | Name | Year | Reading Autumn 2025\nYes | Ash, Ann | 4 | EXS\nNo | Bly, Bob | 4 | EXS"
    )

    assert (register.schools, len(register.pupils)) == ((), 2)


ROLL = "UPN | School | Name | Year | FSM" + "".join(
    f"\nA99920012000{at} | {'Ash' if at < 5 else 'Oak'} | Name{at}, Ann | 4 | Y" for at in range(1, 10)
)


def test_rows_that_name_no_school_are_of_the_school_of_their_upn_or_of_their_sheet_s_names(tmp_path):
    files = {
        "roll": ROLL,
        "marks": "UPN | Reading Autumn 2025" + "".join(f"\nA99920012000{at} | EXS" for at in range(1, 10)),
        "names": "Name | Writing Autumn 2025" + "".join(f"\nName{at}, Ann | EXS" for at in range(1, 5)),
    }
    register, one = of_school(tmp_path, "all", **files), of_school(tmp_path, "Oak", **files)

    assert (len(register.pupils), len(results(register))) == (9, 13)
    assert "no-school" not in {problem.code for problem in register.problems}
    assert (len(one.pupils), len(results(one))) == (5, 5)


def test_a_number_in_one_file_and_a_name_in_another_are_one_school_where_the_upns_are_the_same():
    marks = "UPN | URN | Reading Autumn 2025" + "".join(f"\nA99920012000{at} | 123456 | EXS" for at in range(1, 10))
    register = register_of({"roll.csv": ROLL.replace("Oak", "Ash"), "marks.csv": marks})

    assert (register.schools, len(register.pupils)) == (("Ash",), 9)


def test_actions_and_provision_are_of_the_child_of_their_school(tmp_path):
    files = {
        "trust": TWO,
        "actions": "School | Name | Meeting | Action\nAshfield Primary | Ash, Ann | 05/11/2025 | Read daily",
        "provision": "School | Name | Intervention | Start | End\nBrook | Ash, Ann | Boost | 05/11/2025 | .",
    }
    both, brook = of_school(tmp_path, "all", **files), of_school(tmp_path, "Brook", **files)

    assert both.actions["pupil"].tolist() == ["1, Ashfield Primary"]
    assert both.provision is not None
    assert both.provision["pupil"].tolist() == ["1, Brook"]
    assert brook.actions["pupil"].tolist() == []
    assert brook.provision is not None
    assert brook.provision["pupil"].tolist() == ["1"]
    assert brook.ledger.balances()


def test_a_part_of_a_name_that_two_schools_have_is_refused_with_both(tmp_path):
    with pytest.raises(ChoiceError, match="fits 2 schools: Ashfield Primary, Brook Primary"):
        of_school(tmp_path, "primary", trust=TWO.replace("Brook", "Brook Primary"))


def test_records_of_teaching_are_of_the_class_of_their_school(tmp_path):
    lessons = "School | Class | Subject | Judgement | Observer | Date\nBrook | 4A | Reading | Good | Head | 05/11/2025"
    both = of_school(tmp_path, "all", trust=TWO, lessons=lessons)
    ashfield = of_school(tmp_path, "Ashfield", trust=TWO, lessons=lessons)

    assert both.observations is not None
    assert both.observations["class"].tolist() == ["4A (Brook)"]
    assert ashfield.observations is not None
    assert ashfield.observations["class"].tolist() == []
    assert ashfield.ledger.balances()


def test_an_infant_school_s_former_children_do_not_make_it_the_junior_school():
    upns = [f"A99920012000{at}" for at in range(1, 7)]
    infants = "".join(f"\nPark Infant | {upn} | 2 | EXS" for upn in upns)
    now = "".join(f"\nPark Junior | {upn} | 3 | EXS" for upn in upns) + "\nPark Infant | A999200120009 | 2 | EXS"
    files = {
        "Summer 2025.csv": f"School | UPN | Year | Reading{infants}",
        "Spring 2026.csv": f"School | UPN | Year | Reading{now}",
    }

    with pytest.raises(ChoiceError, match="2 schools: Park Infant, Park Junior"):
        register_of(files)
