"""`siptrack rules`: the ruler shown, kept and compared, and last year's analysis made again with last year's ruler."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import REPOSITORY, SAMPLES
from running import siptrack_here as siptrack

LEVELS = SAMPLES / "levels"
DATED = """
scales:
  nc-levels:
    thresholds:
      tolerance: {from: "Autumn 2008", value: 99, source: "agreed with governors, July 2008"}
"""
WIDER = 'scales: {nc-levels: {thresholds: {tolerance: {value: 99, source: "agreed with governors"}}}}\n'


@pytest.fixture(name="settings")
def _settings(tmp_path: Path) -> Path:
    path = tmp_path / "siptrack.yaml"
    path.write_text(WIDER, encoding="utf-8")
    return path


# --- shown ------------------------------------------------------------------------------------------------------------


def test_the_rules_are_shown_with_their_hash_which_is_that_of_every_output():
    shown = siptrack("rules").out
    digest = json.loads(siptrack("rules", "--format", "json").out)["sha256"]

    assert digest in shown
    assert digest[:12] in siptrack("analyse", LEVELS, "--table", "summary").out
    assert json.loads(siptrack("analyse", LEVELS, "--format", "json").out)["ruler"]["sha256"] == digest


def test_every_scale_choice_bridge_and_flag_is_in_the_page():
    document = json.loads(siptrack("rules", "--format", "json").out)
    page = siptrack("rules", "--format", "markdown").out.replace("\\", "")

    assert [name for name in document["scales"] if name not in page] == []
    for said in ("steps: end-of-year", "levels-and-points", "insufficient-year", "scales/nc-levels.yaml"):
        assert said in page


def test_a_scales_page_is_the_page_of_the_manual():
    manual = (REPOSITORY / "docs" / "scales" / "steps.md").read_text(encoding="utf-8")
    _, _, page = manual.partition("\n\n")

    assert siptrack("rules", "steps", "--format", "markdown").out == page


def test_a_scale_that_is_none_is_a_mistake_that_lists_the_scales():
    run = siptrack("rules", "step")

    assert (run.code, run.out) == (2, "")
    assert "Did you mean 'steps'" in run.err


def test_a_slip_in_the_settings_stops_with_its_line(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text("scales:\n  nc-levels:\n    tolerence: 2\n", encoding="utf-8")

    run = siptrack("rules", "--config", settings)

    assert (run.code, run.out) == (4, "")
    assert "siptrack.yaml, line 3: a name here is not known in the scale 'nc-levels'" in run.err


@pytest.mark.parametrize("words", ["last summer", "summer", "this spring", "last term", "Summer, last year"])
def test_a_term_is_named_by_the_words_of_any_term_and_the_page_says_which_it_is(words):
    run = siptrack("rules", "--term", words)
    label = run.out.splitlines()[0].removeprefix("The rules in force in ")

    assert run.code == 0
    assert run.out == siptrack("rules", "--term", label).out
    assert label.split()[1].isdecimal()


@pytest.mark.parametrize(("term", "points"), [("Summer 2016", 70), ("Summer 2018", 71), ("Summer 2026", 62)])
def test_a_term_has_the_rules_that_were_in_force_in_it(term, points):
    page = siptrack("rules", "ks-scaled-score", "--term", term, "--format", "markdown").out

    assert f"| BLW | {points} |" in page


# --- kept and compared ------------------------------------------------------------------------------------------------


def test_last_years_analysis_with_last_years_ruler_gives_the_same_bytes(tmp_path, settings):
    saved = tmp_path / "ruler 2025-26.yaml"
    kept = siptrack("rules", "--config", settings, "--save", saved)
    before = {
        form: siptrack("analyse", LEVELS, "--config", settings, "--format", form).out for form in ("table", "json")
    }

    settings.write_text("flags: {flags: {below: {active: false}}}\n", encoding="utf-8")
    again = {form: siptrack("analyse", LEVELS, "--ruler", saved, "--format", form).out for form in before}

    assert (kept.code, kept.out) == (0, "")
    assert again == before
    assert siptrack("analyse", LEVELS, "--config", settings).out != before["table"]


def test_a_ruler_that_was_changed_after_it_was_saved_is_refused(tmp_path, settings):
    saved = tmp_path / "ruler.yaml"
    siptrack("rules", "--config", settings, "--save", saved)
    saved.write_text(saved.read_text(encoding="utf-8").replace("value: 99", "value: 98"), encoding="utf-8")

    run = siptrack("analyse", LEVELS, "--ruler", saved)

    assert (run.code, run.out) == (4, "")
    assert "was changed after it was saved" in run.err


def test_a_ruler_is_not_written_over_unless_forced(tmp_path):
    saved = tmp_path / "ruler.yaml"
    saved.write_text("mine", encoding="utf-8")

    assert siptrack("rules", "--save", saved).code == 5
    assert saved.read_text(encoding="utf-8") == "mine"
    assert siptrack("rules", "--save", saved, "--force").code == 0


def test_settings_and_a_saved_ruler_together_are_a_mistake(tmp_path, settings):
    saved = tmp_path / "ruler.yaml"
    siptrack("rules", "--save", saved)

    run = siptrack("analyse", LEVELS, "--ruler", saved, "--config", settings)

    assert (run.code, run.out) == (2, "")
    assert "--config and --ruler cannot go together" in run.err


def test_what_changed_since_a_ruler_was_saved_is_said_in_words(tmp_path, settings):
    saved = tmp_path / "ruler.yaml"
    siptrack("rules", "--save", saved)

    same, changed = siptrack("rules", "--diff", saved), siptrack("rules", "--config", settings, "--diff", saved)

    assert (same.code, same.out) == (0, "No rule differs.\n")
    assert changed.code == 1
    assert "scales/nc-levels.yaml, thresholds, tolerance: was 1 (Half a step" in changed.out
    assert "is 99 (agreed with governors) now." in " ".join(changed.out.split())
    document = json.loads(siptrack("rules", "--config", settings, "--diff", saved, "--format", "json").out)
    assert [change["path"] for change in document["changes"]] == [["thresholds", "tolerance"]]


# --- dates ------------------------------------------------------------------------------------------------------------


def test_an_earlier_term_is_judged_by_the_rules_then_in_force(settings):
    """With a tolerance of 99 points nobody's progress is insufficient; before it held, it changes nothing."""
    settings.write_text(DATED, encoding="utf-8")

    def table(term: str, *more: object) -> str:
        run = siptrack("analyse", LEVELS, "--term", term, "--table", "progress", "--format", "csv", *more)
        assert run.code == 0
        return "\n".join(line.rsplit(",", 1)[0] for line in run.out.splitlines())  # without the ruler's hash

    assert table("Summer 2008", "--config", settings) == table("Summer 2008")
    assert ",insufficient," in table("Autumn 2008")
    assert ",insufficient," not in table("Autumn 2008", "--config", settings)
