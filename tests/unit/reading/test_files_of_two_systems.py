"""Files of two systems: joined as wholes, their classes known by who is in them; where they do not join it is said."""

from __future__ import annotations

import pytest
from school_files import problems, register_of, results

NAMES = ("Alder, Ann", "Beech, Bob", "Cedar, Cat", "Date, Dee", "Elder, Eve", "Fir, Fay")
MORE = ("Gorse, Gil", "Hazel, Hal", "Ivy, Ida", "Juniper, Jo", "Kapok, Kit", "Lime, Lee")
OTHERS = ("Maple, Mia", "Nutmeg, Ned", "Oak, Orla", "Pine, Pip", "Quince, Quin", "Rowan, Ruth")


def rows(headings: str, names, cells: str) -> str:
    """A table with a row for each name; `{at}` and `{name}` stand in its cells."""
    lines = (cells.format(at=at, name=name) for at, name in enumerate(names, 1))
    return "\n".join([headings, *lines])


def roll(names, year=4, school_class="R Oak") -> str:
    return rows(
        "UPN | Name | Year | Class | FSM", names, f"A9992001200{{at:02d}} | {{name}} | {year} | {school_class} | Y"
    )


def tracker(names, term="Autumn 2025", year=4, school_class="Oak", grade="EXS") -> str:
    cells = f"{{at}} | {{name}} | {year} | {school_class} | {grade}"
    return rows(f"Adm No | Name | Year | Class | Reading {term}", names, cells)


def codes(register) -> list[str]:
    return sorted({one.code for one in register.problems} - {"upn-check-letter"})


def test_two_sources_that_share_their_names_know_the_same_children_whatever_their_numbers_and_classes():
    register = register_of({"roll.csv": roll(NAMES), "tracker.csv": tracker(NAMES)})

    assert (len(register.pupils), codes(register)) == (6, ["class-renamed"])
    assert set(register.placements["class"]) == {"R Oak"}


def test_two_sources_that_share_few_names_do_not_join_and_the_report_begins_with_it():
    register = register_of({"roll.csv": roll(NAMES), "tracker.csv": tracker([*NAMES[:2], *MORE[:4]])})

    assert len(register.pupils) == 12
    assert [one.code for one in register.alarms] == ["files-apart"]
    assert register.alarms[0].found == "0 of its 6 children in tracker.csv, a file of the same year groups"
    assert [(one.children, one.found, one.apart) for one in register.sources] == [(6, 0, True)]


def test_in_one_class_a_name_tells_even_where_the_sources_share_few():
    register = register_of(
        {"roll.csv": roll(NAMES, school_class="Oak"), "tracker.csv": tracker([*NAMES[:2], *MORE[:4]])}
    )

    assert len(register.pupils) == 10


def test_how_children_were_found_is_counted_by_the_surest_evidence():
    register = register_of(
        {
            "roll.csv": rows(
                "UPN | Adno | Name | DOB | Year", NAMES, "A9992001200{at:02d} | 1{at} | {name} | 0{at}/02/2017 | 4"
            ),
            "one.csv": rows("UPN | Name | Year | Reading Autumn 2025", NAMES, "A9992001200{at:02d} | {name} | 4 | EXS"),
            "two.csv": rows("Adno | Year | Writing Autumn 2025", NAMES, "1{at} | 4 | EXS"),
            "three.csv": rows("Name | DOB | Year | Maths Autumn 2025", NAMES, "{name} | 0{at}/02/2017 | 4 | EXS"),
        }
    )
    found = {frozenset((one.source, one.found_in)): one for one in register.sources}

    assert len(register.pupils) == 6
    assert found[frozenset(("one.csv", "roll.csv"))].by_upn == 6
    assert found[frozenset(("roll.csv", "two.csv"))].by_number == 6
    assert found[frozenset(("roll.csv", "three.csv"))].by_birth == 6
    assert found[frozenset(("one.csv", "three.csv"))].by_name == 6


def test_two_of_one_name_in_a_year_group_are_told_apart_by_class_or_not_at_all():
    listed = roll(NAMES) + "\nA999200120009 | Alder, Ann | 4 | R Elm | N"
    marks = tracker(NAMES) + "\n9 | Alder, Ann | 4 | Elm | WTS"

    told = register_of({"roll.csv": listed, "tracker.csv": marks})
    untold = register_of(
        {"roll.csv": listed, "tracker.csv": marks.replace("| Oak |", "| . |").replace("| Elm |", "| . |")}
    )

    assert len(told.pupils) == 7
    assert [one for one in results(told) if one.endswith("WTS")] == ["A999200120009, reading, Autumn 2025: WTS"]
    assert len(untold.pupils) == 9
    assert "uncertain-match" in codes(untold)


# --- classes ----------------------------------------------------------------------------------------------------------


def sheets(**classes: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """A file a term, each a class's name with its children."""
    terms = {"autumn": "Autumn 2025", "spring": "Spring 2026", "summer": "Summer 2026"}
    return {
        f"{terms[term]}.csv": "Name | Class | Year | Reading"
        + "".join(f"\n{name} | {called} | 4 | EXS" for called, names in held.items() for name in names)
        for term, held in classes.items()
    }


def classes_of(register) -> dict[str, str]:
    return {
        pupil.partition(" (")[0]: name
        for pupil, name in zip(*register.placements[["pupil", "class"]].T.values, strict=True)
    }


def test_a_class_that_is_renamed_is_one_class_and_said_once():
    register = register_of(sheets(autumn={"Ash": NAMES}, spring={"Beech": NAMES}, summer={"Beech": NAMES}))

    assert (len(register.pupils), problems(register)) == (6, ["class-renamed at Spring 2026.csv, cell B2"])
    assert (
        register.problems[0].found == "class 'Beech', which was 'Ash' in Autumn 2025: most of its children are the same"
    )
    assert set(classes_of(register).values()) == {"Beech"}


def test_two_classes_renamed_at_once_and_a_real_move_come_out_right():
    moved = NAMES[0]
    register = register_of(
        sheets(
            autumn={"4JB": NAMES, "4KM": MORE},
            spring={"4LT": NAMES[1:], "4PQ": (*MORE, moved)},
        )
    )

    assert len(register.pupils) == 12
    assert classes_of(register)[moved] == "4PQ"
    assert [one.code for one in register.problems] == ["class-renamed"] * 2


def test_two_classes_that_change_their_names_keep_two_children_of_one_name_apart():
    twice = "Smith, Jack"
    register = register_of(
        sheets(
            autumn={"Oak": (*NAMES, twice), "Elm": (*MORE, twice)},
            spring={"Elm": (*NAMES, twice), "Oak": (*MORE, twice)},
        )
    )

    assert len(register.pupils) == 14
    assert len([one for one in results(register) if one.startswith(twice)]) == 4


def test_classes_mixed_anew_are_not_renamed():
    register = register_of(
        sheets(
            autumn={"Oak": NAMES, "Elm": MORE},
            spring={"Fir": (*NAMES[:3], *MORE[:3]), "Yew": (*NAMES[3:], *MORE[3:])},
        )
    )

    assert (len(register.pupils), codes(register)) == (12, [])


def test_another_class_of_the_next_term_is_no_renamed_class():
    register = register_of(sheets(autumn={"4A": NAMES}, summer={"4B": (NAMES[0], *MORE)}))

    assert len(register.pupils) == 13
    assert codes(register) == ["class-gone", "files-apart", "uncertain-match"]


@pytest.mark.parametrize("written", ["03/04/2026", "2026-04-03", "3-Apr", "03 Apr 2026"])
def test_a_class_that_a_spreadsheet_made_a_date_is_read_back(written):
    register = register_of(
        {
            "Autumn 2025.csv": rows("Name | Class | Year | Reading", NAMES, "{name} | 3/4 | 4 | EXS"),
            "Spring 2026.csv": rows("Name | Class | Year | Reading", NAMES, f"{{name}} | {written} | 4 | EXS"),
        }
    )

    assert len(register.pupils) == 6
    assert problems(register) == ["class-as-date at Spring 2026.csv, cell B1"]
    assert set(register.placements["class"]) == {"3/4"}


# --- year groups of another year --------------------------------------------------------------------------------------


def year_groups(register) -> set[tuple[int, float]]:
    return set(zip(register.placements["academic_year"], register.placements["year_group"], strict=True))


def test_a_september_roll_is_of_the_year_in_which_its_year_groups_fit():
    register = register_of(
        {
            "roll.csv": rows("UPN | Name | Year | Class | FSM", NAMES, "A9992001200{at:02d} | {name} | 5 | 5R | Y"),
            "Summer 2025.csv": rows("Name | Year | Class | Reading", NAMES, "{name} | 4 | 4R | EXS"),
        }
    )

    assert (len(register.pupils), year_groups(register)) == (6, {(2024, 4), (2025, 5)})
    (asked,) = (one for one in register.problems if one.code == "years-apart")
    assert asked.found == "a pupil list whose year groups are those of 2025-26: read as of that year"


def test_the_year_group_of_today_over_last_summer_s_results_is_a_year_lower_then():
    register = register_of(
        {
            "Year 6 Summer 2025.csv": rows("Name | Reading", NAMES, "{name} | EXS"),
            "Year 6 Spring 2026.csv": rows("Name | Reading", NAMES, "{name} | WTS"),
        }
    )

    assert (len(register.pupils), year_groups(register)) == (6, {(2024, 5), (2025, 6)})
    assert problems(register) == ["years-apart at Year 6 Summer 2025.csv"]


def test_two_cohorts_of_one_year_group_are_no_such_thing():
    register = register_of(
        {
            "Year 6 Summer 2025.csv": rows("Name | Reading", NAMES, "{name} | EXS"),
            "Year 6 Spring 2026.csv": rows("Name | Reading", MORE, "{name} | WTS"),
        }
    )

    assert (len(register.pupils), problems(register)) == (12, [])


def test_one_year_group_in_all_years_of_a_long_table_is_today_s():
    terms = ("Summer 2025", "Spring 2026")
    lines = "\n".join(f"{name} | 5 | Reading | {term} | EXS" for name in NAMES for term in terms)
    register = register_of(
        {
            "long.csv": f"Name | Year | Subject | Term | Grade\n{lines}",
            "maths.csv": rows("Name | Class | Maths Summer 2025 | Maths Spring 2026", NAMES, "{name} | 5A | EXS | EXS"),
        }
    )

    assert (len(register.pupils), year_groups(register)) == (6, {(2024, 4), (2025, 5)})
    assert problems(register) == ["years-apart at long.csv"]


def test_who_has_no_result_this_year_in_a_long_table_has_left():
    register = register_of("""
        Name     | Year | Subject | Term        | Grade
        Able, An | 5    | Reading | Summer 2025 | EXS
        Able, An | 6    | Reading | Spring 2026 | EXS
        Dean, Di | 6    | Reading | Summer 2025 | EXS
    """)
    until = dict(zip(register.pupils["surname"], register.pupils["on_roll_until"], strict=True))

    assert until == {"Able": 2025 * 3 + 1, "Dean": 2024 * 3 + 2}


# --- names much alike -------------------------------------------------------------------------------------------------


def test_a_misspelt_name_is_taken_for_the_child_where_the_files_share_the_others_and_it_is_asked():
    both = [*NAMES, *MORE]
    register = register_of(
        {"roll.csv": roll([*both, "Thompson, Katherine"]), "tracker.csv": tracker([*both, "Thomson, Katharine"])}
    )

    assert len(register.pupils) == 13
    assert codes(register) == ["class-renamed", "name-variant"]
    assert next(one for one in register.problems if one.code == "name-variant").found.startswith("a name 89% like that")


def test_brothers_and_sisters_are_never_taken_for_one_child():
    register = register_of({"roll.csv": roll([*NAMES, "Ash, Anna"]), "tracker.csv": tracker([*NAMES, "Ash, Rose"])})

    assert len(register.pupils) == 8
    assert "name-variant" not in codes(register)


def test_the_line_that_a_query_gives_settles_it(tmp_path):
    from siptrack.rules.load import load

    files = {
        "Autumn 2025.csv": "Name | Class | Reading\nThompson, Katherine | 5K | EXS",
        "Spring 2026.csv": "Name | Class | Reading\nThomson, Katharine | 5K | GDS",
    }
    asked = register_of(files).problems[0].found
    line = asked.partition("siptrack.yaml: ")[2]
    (tmp_path / "siptrack.yaml").write_text(f"pupils:\n  {line}\n", encoding="utf-8")
    settled = register_of(files, load(tmp_path / "siptrack.yaml"))

    assert line == '"Autumn 2025.csv, row 2": "Spring 2026.csv, row 2"'
    assert (len(settled.pupils), settled.problems) == (1, ())


def test_a_line_that_leads_to_another_child_or_nowhere_is_said(tmp_path):
    from siptrack.rules.load import load

    files = {
        "Autumn 2025.csv": "Name | Class | Reading\nAlder, Ann | 5K | EXS",
        "Spring 2026.csv": "Name | Class | Reading\nBeech, Bob | 5K | GDS",
    }
    for leads_to, misfits in (
        ("Spring 2026.csv, row 2", 1),
        ("Spring 2026.csv, row 9", 1),
        ("Summer 2026.csv, row 2", 0),
        ("Cedar, Cat", 1),
        ("Beech, Bob", 0),
    ):
        settings = f'pupils:\n  "Autumn 2025.csv, row 2": "{leads_to}"\n'
        (tmp_path / "siptrack.yaml").write_text(settings, encoding="utf-8")
        register = register_of(files, load(tmp_path / "siptrack.yaml"))

        assert problems(register) == ["settings-misfit at Autumn 2025.csv, row 2"] * misfits
        assert len(register.pupils) == (1 if leads_to == "Beech, Bob" else 2)


def test_a_line_that_makes_one_of_two_children_of_a_sheet_is_not_followed(tmp_path):
    from siptrack.rules.load import load

    (tmp_path / "siptrack.yaml").write_text('pupils:\n  "Alder, Ann": "Beech, Bob"\n', encoding="utf-8")
    register = register_of(
        "Name | Class | Reading Autumn 2025\nAlder, Ann | 5K | EXS\nBeech, Bob | 5K | GDS",
        load(tmp_path / "siptrack.yaml"),
    )

    assert len(register.pupils) == 2
    assert problems(register) == ["settings-misfit at school.csv, row 2"]


# --- which files are of the same children -----------------------------------------------------------------------------


def test_a_class_a_file_is_no_alarm():
    files = {
        f"{name} {term}.csv": tracker(children, term, school_class=name)
        for name, children in (("4A", NAMES), ("4B", MORE))
        for term in ("Autumn 2025", "Spring 2026")
    }

    assert codes(register_of(files)) == []


def test_two_year_groups_and_lists_of_some_children_are_no_alarm():
    register = register_of(
        {
            "Year 3.csv": tracker(NAMES, year=3),
            "Year 4.csv": tracker(MORE, year=4).replace("Adm No", "UPN"),
            "sen.csv": rows("Name | Year | SEN", MORE[:4], "{name} | 4 | K"),
        }
    )

    assert "files-apart" not in codes(register)


def test_a_class_that_has_not_handed_in_yet_is_not_said_to_have_left():
    waiting = register_of(sheets(autumn={"4A": NAMES, "4B": MORE}, spring={"4B": MORE}))

    assert codes(waiting) == []


def test_a_class_of_which_all_have_left_is_asked_about_and_the_oldest_of_last_year_are_not():
    gone = register_of(sheets(autumn={"4A": NAMES, "4B": MORE, "4C": OTHERS}, spring={"4B": MORE, "4C": OTHERS}))
    oldest = register_of(
        {
            "Summer 2025.csv": tracker(NAMES, "Summer 2025", year=6, school_class="6A"),
            "Autumn 2025.csv": tracker(MORE, "Autumn 2025", year=5, school_class="5A"),
        }
    )

    assert problems(gone) == ["class-gone at Autumn 2025.csv, row 2"]
    assert gone.problems[0].found == "all 6 children of class 4A in 2025-26, counted as having left"
    assert codes(oldest) == []


def test_equal_rows_of_a_child_listed_twice_are_one_child_and_others_are_not():
    listed = "Group | Name | Year | Reading Autumn 2025\nClub | Ash, Ann | 5 | EXS\nChoir | Ash, Ann | 5 | {}"

    assert len(register_of(listed.format("EXS")).pupils) == 1
    assert codes(register_of(listed.format("WTS"))) == ["ambiguous-pupil"]


def test_a_row_that_may_be_a_leaver_s_or_a_joiner_s_of_one_name_is_nobody_s():
    joined = roll(NAMES[1:], school_class="5R", year=5) + "\nB999200120077 | Alder, Ann | 5 | 5R | N"
    cells = "A9992001201{at:02d} | {name} | 5 | 5R | GDS"
    register = register_of(
        {
            "roll.csv": joined,
            "autumn.csv": rows("UPN | Name | Year | Class | Reading Autumn 2025", NAMES[:1], cells),
            "spring.csv": rows("Name | Year | Class | Reading Spring 2026", NAMES, "{name} | 5 | 5R | WTS"),
        }
    )

    assert [one for one in problems(register) if one.startswith("ambiguous")] == [
        "ambiguous-pupil at spring.csv, row 2"
    ]


def test_a_surname_changed_beside_the_same_forename_and_birthday_is_one_child_and_asked():
    files = {
        "Summer 2025.csv": "Name | DOB | Year | Class | Reading\nSmith, Jack | 05/06/2016 | 4 | 4R | EXS",
        "Spring 2026.csv": "Name | DOB | Year | Class | Reading\nHolroyd, Jack | 05/06/2016 | 5 | 5R | WTS",
    }
    register = register_of(files)
    twins = register_of({name: text.replace("Holroyd, Jack", "Smith, Joe") for name, text in files.items()})

    assert (len(register.pupils), problems(register)) == (1, ["name-variant at Summer 2025.csv, row 2"])
    assert register.problems[0].found.startswith("the same birthday and one of the two names of a child in Spring")
    assert len(twins.pupils) == 2


def test_a_birthday_with_day_and_month_turned_or_mistyped_does_not_double_a_child_in_silence():
    listed = rows("UPN | Name | DOB | Year", NAMES, "A9992001200{at:02d} | {name} | 0{at}/09/2016 | 4")
    marks = rows("Name | DOB | Year | Reading Autumn 2025", NAMES, "{name} | 09/0{at}/2016 | 4 | EXS")
    turned = register_of({"roll.csv": listed, "tracker.csv": marks})
    mistyped = register_of({"roll.csv": listed, "tracker.csv": marks.replace("09/01/2016", "09/12/2016")})

    assert len(turned.pupils) == 6
    assert len(mistyped.pupils) == 7
    assert "uncertain-match" in codes(mistyped)


def test_middle_names_in_one_file_only_are_no_other_names():
    middle = [f"{name} Mary" for name in NAMES]
    register = register_of({"roll.csv": roll(middle), "tracker.csv": tracker(NAMES)})

    assert (len(register.pupils), codes(register)) == (6, ["class-renamed"])
    assert [one.by_likeness for one in register.sources] == [6]


def test_who_leaves_on_a_day_waits_for_no_result():
    listed = rows("UPN | Name | Year | Leaving date", NAMES, "A9992001200{at:02d} | {name} | 4 | .")
    marks = rows("Name | Year | Reading Autumn 2025 | Reading Spring 2026", NAMES, "{name} | 4 | EXS | EXS")
    register = register_of(
        {
            "roll.csv": listed.replace("Alder, Ann | 4 | .", "Alder, Ann | 4 | 19/12/2025"),
            "tracker.csv": marks.replace("Alder, Ann | 4 | EXS | EXS", "Alder, Ann | 4 | EXS | ."),
        }
    )
    until = dict(zip(register.pupils["surname"], register.pupils["on_roll_until"], strict=True))

    assert until["Alder"] == 2025 * 3
    assert until["Beech"] > 2025 * 3 + 1


@pytest.mark.parametrize(("number", "said"), [("Adm No", []), ("Remarks", ["files-short"])])
def test_ordinary_turnover_of_children_numbered_alike_is_no_alarm(number, said):
    everyone = [*NAMES, *MORE, "Maple, Max", "Nettle, Nel"]

    def sheet(term: str, names) -> str:
        lines = [f"{100 + everyone.index(name)} | {name} | 4 | Oak | EXS" for name in names]
        return "\n".join([f"{number} | Name | Year | Class | Reading {term}", *lines])

    register = register_of({"a.csv": sheet("Autumn 2025", everyone[:-2]), "b.csv": sheet("Spring 2026", everyone[2:])})

    assert [one.code for one in register.alarms] == said


def test_two_of_one_name_in_two_class_files_a_term_stay_two():
    twice = "Smith, Jack"
    files = {
        f"{name} {term}.csv": rows(
            f"Name | Year | Class | Reading {term}", [*names, twice], f"{{name}} | 4 | {called} | EXS"
        )
        for term, renamed in (("Autumn 2025", "Elm"), ("Spring 2026", "4LT"))
        for name, called, names in (("one", "Oak", NAMES), ("two", renamed, MORE))
    }
    register = register_of(files)

    assert len(register.pupils) == 14
    assert len([one for one in results(register) if one.startswith(twice)]) == 4
