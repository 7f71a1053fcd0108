"""`siptrack init`: a siptrack.yaml to start from, which siptrack itself accepts."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from running import SAMPLES
from running import siptrack_here as siptrack

from siptrack.rules.load import load

BANDS = "Surname,Forename,Class,Reading Autumn 2025,Reading Summer 2026\nThistledown,Tobermory,4K,EXS,WTS\n"


def test_every_setting_that_schools_disagree_about_is_in_the_file_with_its_options(tmp_path):
    written = tmp_path / "siptrack.yaml"

    run = siptrack("init", "--defaults", "-o", written)

    assert (run.code, run.out) == (0, "")
    text = written.read_text(encoding="utf-8")
    for scale in load().scales.values():
        for choice in scale.choices:
            assert f"    # {choice.question}" in text
            assert [option.name for option in choice.options if f"    #   {option.name}: " not in text] == []
            assert f'    {choice.name}: "{choice.default}"' in text
    assert [
        (name, choice.name)
        for name, scale in load(written).scales.items()
        for choice in scale.choices
        if not choice.by_school
    ] == []


def test_with_files_only_what_their_scales_leave_open_is_asked_and_it_lies_beside_them(tmp_path):
    (tmp_path / "school.csv").write_text(BANDS, encoding="utf-8")

    siptrack("init", tmp_path / "school.csv", "--defaults")

    text = (tmp_path / "siptrack.yaml").read_text(encoding="utf-8")
    assert "  teacher-assessment:" in text
    assert "  nc-levels:\n    #" not in text


def test_a_choice_named_on_the_command_line_is_in_force_and_the_report_no_longer_says_it_is_siptracks(tmp_path):
    (tmp_path / "school.csv").write_text(BANDS, encoding="utf-8")
    before = siptrack("analyse", tmp_path).out

    siptrack("init", tmp_path, "--choose", "teacher-assessment.basis=end-of-year")

    after = siptrack("analyse", tmp_path).out
    assert "Schools disagree on this, so siptrack takes" in before
    assert "siptrack's default" not in after
    assert load(tmp_path / "siptrack.yaml").scales["teacher-assessment"].choices[0].chosen == "end-of-year"


@pytest.mark.parametrize("choice", ["steps.end-of-year=z", "steps.end=w", "step.end-of-year=w", "steps"])
def test_a_choice_that_is_none_is_a_mistake_that_lists_them_all(tmp_path, choice):
    run = siptrack("init", "--choose", choice, "-o", tmp_path / "siptrack.yaml")

    assert (run.code, run.out) == (2, "")
    assert "steps.end-of-year=s|w" in run.err
    assert not (tmp_path / "siptrack.yaml").exists()


def test_settings_that_are_there_are_not_written_over_unless_forced(tmp_path):
    written = tmp_path / "siptrack.yaml"
    written.write_text("use: {reading: nc-levels}\n", encoding="utf-8")

    assert siptrack("init", "-o", written).code == 5
    assert written.read_text(encoding="utf-8") == "use: {reading: nc-levels}\n"
    assert siptrack("init", "-o", written, "--force").code == 0


def test_what_can_be_added_is_right_once_its_hashes_are_taken_away(tmp_path):
    written = tmp_path / "siptrack.yaml"
    siptrack("init", "--defaults", "-o", written)
    text = written.read_text(encoding="utf-8")
    head, _, more = text.partition("# More that can be said here. Take away the # in front of what you need.\n")

    written.write_text(head + "\n".join(line.removeprefix("# ") for line in more.splitlines() if line != "#"), "utf-8")

    rules = load(written)
    assert (rules.bridges[-1].name, rules.use["writing"]) == ("key-stage-1", "teacher-assessment")
    assert "Dinner entitlement" in rules.groups.characteristics["fsm"].headings


def test_at_a_keyboard_each_choice_is_asked_with_its_options(tmp_path):
    """On a terminal of its own: `w` is typed for the one question that a file of steps leaves open."""
    (tmp_path / "school.csv").write_text(BANDS.replace("EXS,WTS", "4b,4w+"), encoding="utf-8")
    keyboard, terminal = pty.openpty()
    os.write(keyboard, b"w\n")

    done = subprocess.run(
        [sys.executable, "-m", "siptrack", "init", str(tmp_path)],
        stdin=terminal,
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert b"Which step is expected at the end of the year?" in done.stderr
    assert load(tmp_path / "siptrack.yaml").scales["steps"].choices[0].chosen == "w"


def test_a_sample_school_is_judged_as_before_by_the_defaults_written_out(tmp_path):
    written = tmp_path / "siptrack.yaml"
    siptrack("init", "--defaults", "-o", written)

    def progress(*config: object) -> list[str]:
        table = siptrack("analyse", SAMPLES / "levels", "--table", "progress", "--format", "csv", *config).out
        return [line.rsplit(",", 1)[0] for line in table.splitlines()]

    assert progress("--config", written) == progress()


def test_the_folder_of_a_file_named_is_where_it_is_written(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "school.csv").write_text(BANDS, encoding="utf-8")

    siptrack("init", tmp_path / "in")

    assert (tmp_path / "in" / "siptrack.yaml").is_file()
