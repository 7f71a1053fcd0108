"""The library's front door: `siptrack.read` and `siptrack.analyse`."""

from __future__ import annotations

import re

import pytest
from running import SAMPLES

import siptrack
from siptrack.school.errors import ChoiceError, InputError, NothingToJudgeError

LEVELS = SAMPLES / "levels"
MANUAL = SAMPLES.parent / "docs"


def test_a_folder_is_read_into_a_register_of_tables():
    register = siptrack.read(LEVELS)

    assert len(register.pupils) == 248
    assert register.ledger.balances()
    assert register.problems == ()


def test_a_folder_is_analysed_in_its_newest_term_or_in_the_one_named():
    assert siptrack.analyse(LEVELS).term.label == "Summer 2009"
    assert siptrack.analyse(LEVELS, term="Spring 2009").term.label == "Spring 2009"
    assert siptrack.analyse(LEVELS, term="Autumn").term.label == "Autumn 2008"


def test_an_analysis_holds_tables_that_are_joined_by_the_pupil():
    analysis = siptrack.analyse(LEVELS)

    assert set(analysis.flags["pupil"]) <= set(analysis.pupils["pupil"])
    assert analysis.gaps.loc[analysis.gaps["verdict"] == "clear", "subject"].tolist().count("writing") >= 1


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
        ((LEVELS,), {"term": "Spring 1999"}, NothingToJudgeError),
    ],
)
def test_what_a_user_can_put_right_is_an_error_of_siptracks_own(arguments, options, error):
    with pytest.raises(error):
        siptrack.analyse(*arguments, **options)


def test_the_example_in_the_manual_adds_schools_together(monkeypatch):
    (example,) = re.findall(r"```python\n(.*?)```", (MANUAL / "gaps.md").read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(SAMPLES.parent)

    made: dict = {}
    exec(example, made)  # noqa: S102  # our own manual

    of_girls = made["gaps"].query("characteristic == 'gender' and subject == 'writing' and measure == 'at_are'")
    apart = [school.gaps.query("characteristic == 'gender' and subject == 'writing'") for school in made["schools"]]
    whole = sum(int(gaps.query("among == 'all' and measure == 'at_are'")["n"].iloc[0]) for gaps in apart)
    assert int(of_girls.query("among == 'all'")["n"].iloc[0]) == whole
