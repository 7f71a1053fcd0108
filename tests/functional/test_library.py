"""The library's front door: `siptrack.read` and `siptrack.analyse`."""

from __future__ import annotations

import pickle

import pytest
from running import SAMPLES

import siptrack
from siptrack.documents.analysis import of_an_analysis
from siptrack.documents.as_pandas import AnalysisTables, CheckedTables, ProvidedTables, SinceTables, Tables
from siptrack.documents.registry import KINDS
from siptrack.school.cells import cells_of
from siptrack.school.errors import ChoiceError, InputError, NothingToJudgeError
from siptrack.school.term import Term

LEVELS = SAMPLES / "levels"
MANUAL = SAMPLES.parent / "docs"
ANALYSED, CHECKED = KINDS["analysis"].by_name, KINDS["check"].by_name


def attributes(of: type[Tables]) -> list[str]:
    """The tables that a type checker knows of, in order."""
    return [name for one in (of, Tables) for name, kind in one.__annotations__.items() if kind == "DataFrame"]


def test_a_folder_is_read_into_a_register_of_tables():
    register = siptrack.read(LEVELS)

    assert len(register.pupils) == 248
    assert register.ledger.balances()
    assert [problem.code for problem in register.problems] == ["out-of-year-group"]  # the child who repeats Year 3


def test_a_folder_is_analysed_in_its_newest_term_or_in_the_one_named():
    assert siptrack.analyse(LEVELS).term.label == "Summer 2009"
    assert siptrack.analyse(LEVELS, term="Spring 2009").term.label == "Spring 2009"
    assert siptrack.analyse(LEVELS, term="Autumn").term.label == "Autumn 2008"


def test_an_analysis_holds_tables_that_are_joined_by_the_pupil():
    analysis = siptrack.analyse(LEVELS)

    assert set(analysis.flags["pupil"]) <= set(analysis.pupils["pupil"])
    assert analysis.gaps.loc[analysis.gaps["verdict"] == "clear", "subject"].tolist().count("writing") >= 1


@pytest.fixture(name="levels", scope="module")
def _levels():
    return siptrack.analyse(LEVELS)


def test_every_table_is_an_attribute_told_to_type_checkers_and_the_same_as_the_command_writes(levels):
    assert attributes(AnalysisTables) == list(ANALYSED)
    assert attributes(CheckedTables) == list(CHECKED)
    assert set(dir(levels)) >= set(ANALYSED)
    for name, frame in levels.tables().items():
        (written,) = of_an_analysis(levels.analysis, levels.rules).tables(name)
        assert cells_of(frame) == list(written.rows)
        assert getattr(levels, name) is frame


def test_every_column_has_the_type_that_it_is_declared_with_also_where_there_is_no_row(levels):
    types = {"text": "string", "integer": "Int64", "number": "float64", "flag": "boolean"}
    for name, frame in {**levels.tables(), "checks": siptrack.check(LEVELS).checks}.items():
        declared = {column.name: types[column.kind] for column in {**ANALYSED, **CHECKED}[name].columns}
        made = frame.dtypes.astype("str").to_dict()
        assert {column: made[column] for column in declared} == declared
        assert set(made.values()) <= set(types.values())
    assert levels.paradoxes.empty


def test_what_is_missing_is_missing_and_no_empty_text(levels):
    for frame in levels.tables().values():
        assert not any((frame[name] == "").fillna(value=False).any() for name in frame.select_dtypes("string"))


def test_what_else_the_analysis_knows_is_reached_by_its_name(levels):
    assert (levels.term.label, dict(levels.filters)) == ("Summer 2009", {})
    assert levels.register.ledger.balances()
    with pytest.raises(AttributeError):
        _ = levels.gap
    assert "gaps" in repr(levels)
    assert len(pickle.loads(pickle.dumps(levels)).gaps) == len(levels.gaps)  # noqa: S301  # our own


def test_filters_and_peers_are_arguments_each_one_or_several():
    chosen = siptrack.analyse(LEVELS, year=[3, "4"], class_="3K", subject="writing", group=("boys",), peers="65%")

    assert dict(chosen.filters) == {"year": "3, 4", "class": "3K", "subject": "writing", "group": "boys"}
    assert set(chosen.pupils["year_group"]) == {3}
    assert set(chosen.pupils["gender"]) == {"boys"}
    assert set(chosen.gaps["peers"]) <= {"rate"}


def test_a_check_has_its_tables():
    checked = siptrack.check(LEVELS, year=6)

    assert set(checked.checks["subject"]) <= {"reading", "writing", "maths"}
    assert list(checked.tables()) == list(CHECKED)
    assert "checks" in repr(checked)


def test_a_look_back_has_its_tables_and_may_be_narrowed():
    since = siptrack.since(LEVELS, from_term="Autumn 2008", to_term="Spring 2009", subject="writing")

    assert (since.since.from_term.label, since.since.term.label) == ("Autumn 2008", "Spring 2009")
    assert list(since.tables()) == list(KINDS["since"].by_name)
    assert set(since.list["subject"]) == {"writing"}
    assert attributes(SinceTables) == list(KINDS["since"].by_name)


def test_provision_has_its_tables_and_may_be_narrowed():
    provision = siptrack.provision(SAMPLES / "today", year=2)

    assert list(provision.tables()) == list(KINDS["provision"].by_name)
    assert set(provision.who["pupil"]) <= set(provision.provided.analysis.pupils["pupil"])
    assert attributes(ProvidedTables) == list(KINDS["provision"].by_name)


def test_a_file_is_read_by_the_settings_and_the_term_named(tmp_path):
    (tmp_path / "results.csv").write_text("Surname,Forename,Class,Reading\nThistledown,Tobermory,5K,EXS\n")

    register = siptrack.read(tmp_path / "results.csv", term="Spring 2026")

    assert [Term.numbered(int(number)).label for number in register.results["term"]] == ["Spring 2026"]


def test_settings_are_taken_from_a_file_named(tmp_path):
    rules = tmp_path / "ours.yaml"
    rules.write_text("flags: {flags: {below: {active: false}}}\n", encoding="utf-8")

    codes = set(siptrack.analyse(LEVELS, config=rules).flags["code"])

    assert "below" not in codes
    assert "well-below" in codes


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        (("gone.xlsx",), {}, InputError),
        ((LEVELS,), {"term": "Wednesday"}, ChoiceError),
        ((LEVELS,), {"year": 14}, ChoiceError),
        ((LEVELS,), {"peers": "most"}, ChoiceError),
        ((LEVELS,), {"term": "Spring 1999"}, NothingToJudgeError),
    ],
)
def test_what_a_user_can_put_right_is_an_error_of_siptracks_own(arguments, options, error):
    with pytest.raises(error):
        siptrack.analyse(*arguments, **options)
