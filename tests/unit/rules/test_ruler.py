"""The ruler: which rules were in force, saved with their texts, read back to the letter, and refused when changed."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from siptrack.rules.load import RuleBook, load
from siptrack.rules.model import RuleFile, Ruler
from siptrack.rules.ruler import RuleFiles, read_rule_files, saved_ruler
from siptrack.school.errors import RulesError
from siptrack.school.term import Term

WIDER = 'scales: {nc-levels: {thresholds: {tolerance: {value: 2, source: "governors"}}}}\n'
OWN_WORDS = """\
scales: {stars: {like: standardised-score, label: "our stars"}}
bridges: {to-stars: {old: nc-levels, new: stars, grades: {2b: 100}, source: "staff"}}
"""
UNCOMMON = ("Cc", "Cs", "Cn", "Zl", "Zp")  # controls, and the line breaks that no keyboard has
LINES = st.lists(st.text(st.characters(exclude_categories=UNCOMMON), max_size=12), max_size=6).map("\n".join)
ODD_TEXTS = {
    "nothing": "",
    "no final newline": "use: {}",
    "one final newline": "use: {}\n",
    "several final newlines": "use: {}\n\n\n",
    "newlines alone": "\n\n",
    "trailing blanks": "use: {}  \n# x \n  ",
    "lines of blanks at the end": "use: {}\n  \n    \n",
    "first line indented": "   use: {}\nheadings: {}\n",
    "first line empty": "\n   use: {}\n",
    "a remark first": "# ours\nuse: {}\n",
    "quotes": "'use': {\"reading\": 'nc-levels'}\n\"\"\"\n'''",
    "not ASCII": "# Łódź, £5, 三年级 🌟\n",
    "YAML within": "---\n- |\n  a\n...\n%YAML 1.1\n? !!str &a *a\n",
    "other ends of lines": "# a\u2028b\u2029c\x85d\n",
    "tabs": "\t# x\n\t\n",
}


def saved(folder: Path, files: RuleFiles, name: str = "ruler.yaml") -> Path:
    path = folder / name
    path.write_text(saved_ruler(files, "1.2"), encoding="utf-8")
    return path


def files_with(folder: Path, text: str, name: str = "siptrack.yaml") -> RuleFiles:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_rule_files(path)


def with_hashes(ours: dict[str, str]) -> RuleFiles:
    """Rule files as another siptrack might have had them, hashed here by hand."""
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(ours.items())}
    whole = "".join(f"{name} {digest}\n" for name, digest in hashes.items())
    files = tuple(RuleFile(name, digest) for name, digest in hashes.items())
    return RuleFiles(ours, None, "siptrack.yaml", Ruler(hashlib.sha256(whole.encode()).hexdigest(), files))


def test_the_hash_is_of_the_names_and_hashes_of_the_files_in_order():
    files = read_rule_files()

    assert with_hashes(dict(reversed(files.ours.items()))).ruler == files.ruler


def test_the_name_of_the_settings_file_does_not_change_the_ruler(tmp_path):
    usual, other = (files_with(tmp_path, WIDER, name) for name in ("siptrack.yaml", "our rules 2026.yaml"))

    assert (other.ruler, other.school) == (usual.ruler, WIDER)
    assert (usual.school_name, other.school_name) == ("siptrack.yaml", "our rules 2026.yaml")
    assert "siptrack.yaml" in [file.name for file in other.ruler.files]


# --- saved and read again ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_every_text_is_read_again_as_it_was_saved(tmp_path, text):
    files = files_with(tmp_path, text)

    assert files.school == text
    assert read_rule_files(saved=saved(tmp_path, files)) == files


@given(LINES)
@example("\ufeff# a mark within\n")
def test_any_lines_that_a_keyboard_can_write_are_read_again_as_they_were_saved(text):
    files = with_hashes({"years.yaml": text, "scales/ours.yaml": f"{text}\n"})
    with tempfile.TemporaryDirectory() as folder:
        again = read_rule_files(saved=saved(Path(folder), files))

    assert (again.ours["years.yaml"], again.ours["scales/ours.yaml"]) == (text, f"{text}\n")
    assert again.ruler == files.ruler


def test_siptracks_own_rules_are_read_again_without_settings(tmp_path):
    files = read_rule_files()

    assert read_rule_files(saved=saved(tmp_path, files)) == files
    assert files.school is None


def test_a_saved_ruler_is_yaml_that_any_program_reads(tmp_path):
    files = files_with(tmp_path, WIDER)

    assert yaml.safe_load(saved_ruler(files, "1.2")) == {
        "ruler": "siptrack/ruler/1",
        "version": "1.2",
        "sha256": files.ruler.sha256,
        "files": {**files.ours, "siptrack.yaml": WIDER},
    }


# --- judged by its own texts ------------------------------------------------------------------------------------------


def test_a_saved_ruler_judges_by_its_own_texts_whatever_siptrack_says_today(tmp_path):
    ours = dict(read_rule_files().ours)
    today = "tolerance: {value: 1,"
    assert today in ours["scales/nc-levels.yaml"]
    ours["scales/nc-levels.yaml"] = ours["scales/nc-levels.yaml"].replace(today, "tolerance: {value: 5,")
    old = with_hashes(ours)

    rules = load(ruler=saved(tmp_path, old))

    assert (rules.scales["nc-levels"].tolerance, load().scales["nc-levels"].tolerance) == (5, 1)
    assert rules.ruler == old.ruler


def test_the_schools_settings_within_a_saved_ruler_are_in_force(tmp_path):
    settings = tmp_path / "ours.yaml"
    settings.write_text(WIDER, encoding="utf-8")

    frozen = load(ruler=saved(tmp_path, read_rule_files(settings)))

    assert frozen.scales["nc-levels"].tolerance == 2
    assert frozen == load(settings)


def test_a_schools_own_scales_and_bridges_are_still_its_own(tmp_path):
    frozen = load(ruler=saved(tmp_path, files_with(tmp_path, OWN_WORDS)))

    assert frozen.own_scales == {"stars"}
    assert [bridge.name for bridge in frozen.bridges if bridge.by_school] == ["to-stars"]


def test_the_rules_of_a_saved_ruler_change_on_their_dates_too(tmp_path):
    ruler = saved(tmp_path, read_rule_files())

    points = [
        load(ruler=ruler, term=Term.named(term)).scales["ks-scaled-score"].by_code["BLW"].points
        for term in ("Summer 2016", "Summer 2017", "Summer 2019")
    ]

    assert points == [70, 71, 62]


def test_a_rule_file_newer_than_the_ruler_is_siptracks_and_a_newer_scale_is_not_there(tmp_path):
    today = read_rule_files()
    ours = {name: text for name, text in today.ours.items() if name not in ("forecasts.yaml", "scales/pira.yaml")}
    old = with_hashes(ours)

    files = read_rule_files(saved=saved(tmp_path, old))

    assert files.ours == {**ours, "forecasts.yaml": today.ours["forecasts.yaml"]}
    assert files.ruler == old.ruler


def test_the_version_of_siptrack_is_no_part_of_the_rules(tmp_path):
    files = read_rule_files()
    path = saved(tmp_path, files)
    path.write_text(path.read_text(encoding="utf-8").replace('version: "1.2"', 'version: "9"'), encoding="utf-8")

    assert read_rule_files(saved=path) == files


# --- codes that came or went since -----------------------------------------------------------------------------------


def without(text: str, name: str) -> str:
    """A rule file without the entry of that name in its table."""
    lines = text.splitlines(keepends=True)
    begin = lines.index(f"  {name}:\n")
    end = next((at for at in range(begin + 1, len(lines)) if not lines[at].startswith("    ")), len(lines))
    return "".join((*lines[:begin], *lines[end:]))


@pytest.mark.parametrize(
    ("file", "code"),
    [("flags.yaml", "fell-back"), ("checks.yaml", "handover"), ("problems.yaml", "no-term")],
)
def test_a_code_that_came_after_the_ruler_was_saved_is_siptracks(tmp_path, file, code):
    today = read_rule_files()
    old = with_hashes({**today.ours, file: without(today.ours[file], code)})

    rules = load(ruler=saved(tmp_path, old))

    ours = load()
    held = {"flags.yaml": rules.flags.flags, "checks.yaml": rules.checks, "problems.yaml": rules.problems}[file]
    assert list(held)[-1] == code
    assert rules.ruler == old.ruler
    assert set(held) == set({"flags.yaml": ours.flags.flags, "checks.yaml": ours.checks}.get(file, ours.problems))


def test_a_problem_that_is_no_more_is_left_out_and_a_flag_that_is_no_more_is_refused(tmp_path):
    today = read_rule_files()
    problem = today.ours["problems.yaml"].replace("  no-term:\n", "  no-terms-at-all:\n")
    flag = today.ours["flags.yaml"].replace("  fell-back:\n", "  fell-back-a-bit:\n")

    rules = load(ruler=saved(tmp_path, with_hashes({**today.ours, "problems.yaml": problem})))

    assert rules.problems == load().problems
    with pytest.raises(
        RulesError, match=r"^flags\.yaml, line \d+: 'fell-back-a-bit' in 'flags' in flags\.yaml is no flag"
    ):
        load(ruler=saved(tmp_path, with_hashes({**today.ours, "flags.yaml": flag})))


@pytest.mark.parametrize(
    ("file", "code", "what"),
    [
        ("flags.yaml", "fell-back", "flag"),
        ("checks.yaml", "handover", "check"),
        ("problems.yaml", "no-term", "problem"),
    ],
)
def test_a_code_that_siptracks_own_files_lack_is_told_with_the_file(file, code, what):
    today = read_rule_files()
    table = file.removesuffix(".yaml")
    book = RuleBook(with_hashes({**today.ours, file: without(today.ours[file], code)}))

    with pytest.raises(
        RulesError, match=rf"^{table}\.yaml, line \d+: '{table}' in {table}\.yaml lacks the {what} '{code}'"
    ):
        book.at()
