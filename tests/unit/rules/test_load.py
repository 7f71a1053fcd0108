"""The rules in force: siptrack's own, with what the school's siptrack.yaml says instead, and their hash."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from siptrack.rules.load import find_settings, load
from siptrack.rules.ruler import config_folder
from siptrack.school.errors import RulesError
from siptrack.school.problem import Severity
from siptrack.school.scale import Limit, ScaleKind
from siptrack.school.term import Season

REPOSITORY = Path(__file__).parents[3]

NEW_SCALE = """
scales:
  stars:
    label: "our stars"
    era: "2026-"
    kind: relative
    unit: star
    source: "staff meeting"
    grades: {"*": {points: 1, meaning: "not yet"}, "**": {points: 2, meaning: "met", spellings: ["two"]}}
    reference: {"1-6": "**"}
"""
THRESHOLDS = ("step", "tolerance", "accelerated", "at_within", "well_below", "above")


def settings(folder: Path, text: str, name: str = "siptrack.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_siptracks_own_rules_load_and_hold_the_scales_it_ships_with():
    rules = load()

    assert sorted(rules.scales) == sorted(path.stem for path in (REPOSITORY / "config" / "scales").glob("*.yaml"))
    assert sorted(rules.columns.scale_order) == sorted(rules.scales)
    assert rules.use == {}


def test_the_rule_files_are_found_in_a_checkout():
    assert config_folder() == REPOSITORY / "config"


def test_an_empty_file_of_settings_changes_nothing_but_the_ruler(tmp_path):
    ours, school = load(), load(settings(tmp_path, "# nothing yet\n"))

    assert (school.scales, school.groups, school.columns, school.years) == (
        ours.scales,
        ours.groups,
        ours.columns,
        ours.years,
    )
    assert school.ruler != ours.ruler


def test_a_school_may_set_a_wider_tolerance_and_nothing_else_changes(tmp_path):
    wider = settings(
        tmp_path, 'scales: {nc-levels: {thresholds: {tolerance: {value: 2, source: "governors, 2026"}}}}\n'
    )

    ours, school = load().scales, load(wider).scales

    assert (ours["nc-levels"].tolerance, school["nc-levels"].tolerance) == (1, 2)
    assert school["nc-levels"].reference == ours["nc-levels"].reference
    assert school["nc-levels"].step == ours["nc-levels"].step
    assert school["teacher-assessment"] == ours["teacher-assessment"]


def test_a_school_may_turn_a_flag_off_and_its_rule_is_cited_from_siptracks_file(tmp_path):
    off = settings(tmp_path, "flags: {flags: {fell-back: {active: false}}}\n")

    ours, school = load().flags.flags["fell-back"], load(off).flags.flags["fell-back"]

    assert (ours.active, school.active) == (True, False)
    assert school.meaning == ours.meaning


def test_a_spelling_joins_those_there_are(tmp_path):
    lads = settings(tmp_path, 'groups: {characteristics: {gender: {groups: {boys: {spellings: ["Lad"]}}}}}\n')

    ours = load().groups.characteristics["gender"].groups
    school = load(lads).groups.characteristics["gender"].groups

    assert school["boys"].spellings == (*ours["boys"].spellings, "Lad")
    assert (school["boys"].label, school["girls"]) == ("Boys", ours["girls"])


def test_a_new_group_joins_those_there_are(tmp_path):
    text = 'groups: {characteristics: {fsm: {groups: {refused: {label: "Refused a form", spellings: ["R"]}}}}}\n'

    groups = load(settings(tmp_path, text)).groups.characteristics["fsm"].groups

    assert list(groups) == ["fsm", "not_fsm", "refused"]


def test_a_whole_new_scale_is_ten_lines(tmp_path):
    thresholds = ", ".join(f'{name}: {{value: 1, source: "one star"}}' for name in THRESHOLDS)
    text = f"{NEW_SCALE}    thresholds: {{{thresholds}}}\n"
    assert len(text.strip().splitlines()) == 10

    scale = load(settings(tmp_path, text)).scales["stars"]

    assert (scale.name, scale.label, scale.kind, scale.unit) == ("stars", "our stars", ScaleKind.RELATIVE, "star")
    assert [(grade.code, grade.points, grade.spellings) for grade in scale.grades] == [
        ("*", 1, ()),
        ("**", 2, ("two",)),
    ]
    assert scale.reference == {(year, season): 2 for year in range(1, 7) for season in Season}
    assert {getattr(scale, name) for name in THRESHOLDS[:3]} == {1}
    assert [getattr(scale, name) for name in THRESHOLDS[3:]] == [Limit(1)] * 3


def test_a_school_may_say_which_scale_a_subject_is_on(tmp_path):
    rules = load(settings(tmp_path, "use: {reading: teacher-assessment, Fun quiz: standardised-score}\n"))

    assert rules.use == {"reading": "teacher-assessment", "Fun quiz": "standardised-score"}


def test_an_error_in_what_the_school_wrote_names_the_schools_file(tmp_path):
    wrong = settings(tmp_path, 'years:\n  labels: {"0": [Reception]}\n')

    with pytest.raises(
        RulesError, match=r"^siptrack\.yaml, line 2: '0' in 'labels' in years\.yaml must be one text\.$"
    ):
        load(wrong)


def test_settings_that_are_not_there_are_asked_for_by_name(tmp_path):
    with pytest.raises(RulesError, match=r"^mine\.yaml: there is no such file; check the name given\.$"):
        load(tmp_path / "mine.yaml")


@pytest.mark.parametrize("content", ["use: {}".encode("utf-16"), b"label: \xa3"], ids=["UTF-16", "Windows-1252"])
def test_settings_that_are_not_utf_8_are_refused(tmp_path, content):
    path = tmp_path / "siptrack.yaml"
    path.write_bytes(content)

    with pytest.raises(RulesError, match=r"^siptrack\.yaml: this file cannot be read as UTF-8 text"):
        load(path)


@pytest.mark.parametrize("name", ["flags.yaml", "groups.yaml"])
def test_settings_may_have_any_name(tmp_path, name):
    rules = load(settings(tmp_path, "use: {reading: nc-levels}\n", name))

    assert rules.use == {"reading": "nc-levels"}


def test_a_grade_between_two_others_may_be_added(tmp_path):
    text = 'scales: {nc-levels: {grades: {"3b+": {points: 22, meaning: "beyond secure level 3"}}}}\n'

    scale = load(settings(tmp_path, text)).scales["nc-levels"]

    assert scale.by_code["3b+"].points == 22


# --- what siptrack ships ----------------------------------------------------------------------------------------------


def test_every_grade_of_a_scale_has_points_that_do_not_fall():
    for scale in load().scales.values():
        points = [-1.0 if grade.points is None else grade.points for grade in scale.grades]
        assert points == sorted(points), scale.name


def test_the_reference_line_of_levels_rises_three_points_a_year_to_2b_3b_and_4b():
    line = load().scales["nc-levels"].reference

    summers = {year: line[year, Season.SUMMER] for year in range(1, 7)}

    assert summers == {1: 9, 2: 15, 3: 18, 4: 21, 5: 24, 6: 27}


def test_no_spelling_means_two_things_within_one_scale():
    for scale in load().scales.values():
        said = [
            text.casefold().replace(" ", "")
            for entry in (*scale.grades, *scale.codes)
            for text in (entry.code, *entry.spellings)
        ]
        assert sorted(said) == sorted(set(said)), scale.name


def test_every_problem_is_an_error_or_a_query():
    assert {rule.severity for rule in load().problems.values()} == {Severity.ERROR, Severity.QUERY}


def test_year_groups_are_labelled_and_placed_in_their_key_stage():
    years = load().years

    assert [years.label(year) for year in (None, -1, 0, 1, 6)] == [
        "Year group not known",
        "Nursery",
        "Reception",
        "Year 1",
        "Year 6",
    ]
    stages = {year: stage.name if (stage := years.key_stage(year)) else None for year in range(-2, 8)}
    assert stages == {
        -2: None, -1: "eyfs", 0: "eyfs", 1: "ks1", 2: "ks1", 3: "ks2", 4: "ks2", 5: "ks2", 6: "ks2", 7: None
    }  # fmt: skip


def test_all_characteristics_are_the_recorded_the_derived_and_the_pairs():
    groups = load().groups

    worked_out = ["prior_attainment", "term_of_birth", "year_group", "class"]
    assert list(groups.all()) == [*groups.characteristics, *worked_out, *groups.derived, *groups.pairs]
    assert list(groups.pairs["gender_fsm"].groups) == ["girls+fsm", "girls+not_fsm", "boys+fsm", "boys+not_fsm"]


# --- the ruler --------------------------------------------------------------------------------------------------------


def test_the_ruler_names_every_rule_file_with_the_hash_of_its_bytes():
    files = {file.name: file.sha256 for file in load().ruler.files}

    config = REPOSITORY / "config"
    assert files == {
        path.relative_to(config).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in config.rglob("*.yaml")
    }


@pytest.mark.parametrize(
    "other", ["use: {reading: nc-levels} \n", "use: {writing: nc-levels}\n", "#use: {reading: nc-levels}\n"]
)
def test_one_byte_of_a_rule_changes_the_ruler(tmp_path, other):
    first = settings(tmp_path, "use: {reading: nc-levels}\n")
    before = load(first).ruler

    after = load(settings(tmp_path, other)).ruler

    assert after.sha256 != before.sha256
    assert [file.name for file in after.files if file not in before.files] == ["siptrack.yaml"]


def test_neither_the_folder_nor_windows_line_ends_nor_a_byte_order_mark_change_the_ruler(tmp_path):
    text = "use: {reading: nc-levels}\nflags: {}\n"
    before = load(settings(tmp_path, text)).ruler
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = elsewhere / "siptrack.yaml"
    copy.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert load(copy).ruler == before
    assert load(settings(tmp_path, text)).ruler == before


# --- where a school's settings are looked for -------------------------------------------------------------------------


def test_settings_are_found_in_a_folder_and_beside_a_file(tmp_path):
    beside = settings(tmp_path, "")
    workbook = tmp_path / "Autumn.xlsx"

    assert find_settings([tmp_path]) == beside
    assert find_settings([workbook]) == beside


def test_no_settings_are_found_where_there_are_none(tmp_path):
    (tmp_path / "siptrack.yaml").mkdir()

    assert find_settings([tmp_path, tmp_path / "Autumn.xlsx"]) is None
    assert find_settings([]) is None


def test_a_school_may_say_when_the_year_s_progress_begins(tmp_path):
    ours = "years: {windows: {begins: {summer: {value: 2, source: staff meeting}}}}"

    begins = load(settings(tmp_path, ours)).years.year_begins

    assert (begins[Season.SUMMER], begins[Season.AUTUMN], load().years.year_begins[Season.SUMMER]) == (2, 3, 3)
    with pytest.raises(RulesError, match=r"line 1: 'summer' in 'begins'.* expected from 1 to 9"):
        load(settings(tmp_path, ours.replace("value: 2", "value: 0")))
