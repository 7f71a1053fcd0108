"""What the strict reading of YAML keeps: every text as it stands, with its line."""

from __future__ import annotations

import pytest

from siptrack.rules.document import MOST_CHARACTERS, Entry, parse, suggestion
from siptrack.school.errors import RulesError
from siptrack.school.place import Mark


def plain(entry: Entry) -> object:
    """An entry without its lines."""
    if isinstance(entry.value, str):
        return entry.value
    if isinstance(entry.value, tuple):
        return [plain(item) for item in entry.value]
    return {name: plain(value) for name, value in entry.value.items()}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("tolerance: 1", {"tolerance": "1"}),
        ("code: 0012", {"code": "0012"}),
        ("code: 1_000", {"code": "1_000"}),
        ("when: 2025-09-01", {"when": "2025-09-01"}),
        ("counts: false", {"counts": "false"}),
        ('code: "NO"', {"code": "NO"}),
        ("code: 'yes'", {"code": "yes"}),
        ('blank: ""', {"blank": ""}),
        ("grades: {2b: 15, 1e3: 7}", {"grades": {"2b": "15", "1e3": "7"}}),
        ("words: ['N', N/A, Łódź]", {"words": ["N", "N/A", "Łódź"]}),
        ("", {}),
        ("# only a remark\n", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_value_is_kept_as_the_text_that_was_written(text, holds):
    assert plain(parse(text, "rules.yaml")) == holds


def test_each_entry_and_each_name_knows_its_line():
    text = "first: 1\n\nsecond:\n  - a\n  - b\n"

    entry = parse(text, "rules.yaml")

    second = entry.value["second"]
    assert [str(item.mark) for item in second.value] == ["rules.yaml, line 4", "rules.yaml, line 5"]
    assert entry.keys == {"first": Mark("rules.yaml", 1), "second": Mark("rules.yaml", 3)}


@pytest.mark.parametrize("word", ["yes", "Yes", "NO", "no", "on", "Off", "y", "N", "~", "null"])
def test_a_word_that_yaml_takes_for_true_or_false_must_be_quoted(word):
    text = f"spellings: [{word}]"

    with pytest.raises(
        RulesError, match=r"rules\.yaml, line 1: .* without quotes means true, false or nothing in YAML"
    ):
        parse(text, "rules.yaml")


def test_bytes_that_yaml_does_not_allow_are_no_yaml():
    with pytest.raises(RulesError, match=r"^rules\.yaml.*: this is not YAML: "):
        parse("label: a\x01b", "rules.yaml")


def test_a_file_beyond_any_that_a_person_reads_is_refused_before_it_is_parsed():
    text = "#" * (MOST_CHARACTERS + 1)

    with pytest.raises(RulesError, match=r"^rules\.yaml: a rule file has at most 256 kB; this one is longer\.$"):
        parse(text, "rules.yaml")


def test_thousands_of_brackets_are_too_deep_and_do_no_harm():
    text = "a: " + "[" * 5000 + "]" * 5000

    with pytest.raises(RulesError, match="nested more than 20 deep"):
        parse(text, "rules.yaml")


def test_a_file_laid_over_another_changes_what_it_names_and_nothing_else():
    ours = parse("a: {x: 1, v: 2}\nwords: [1, 2]\ncompared: [1, 2]\n", "ours.yaml")
    school = parse("a: {v: 3, z: 4}\nwords: [9]\ncompared: [9]\n", "school.yaml")

    merged = ours.overlaid(school)

    assert plain(merged) == {
        "a": {"x": "1", "v": "3", "z": "4"},
        "words": ["1", "2", "9"],  # a list of words grows
        "compared": ["9"],  # a list that is an order is replaced
    }
    assert {name: str(entry.mark) for name, entry in merged.value["a"].value.items()} == {
        "x": "ours.yaml, line 1",
        "v": "school.yaml, line 1",
        "z": "school.yaml, line 1",
    }


@pytest.mark.parametrize(
    ("word", "said"),
    [("tolerence", " Did you mean 'tolerance'?"), ("stepp", " Did you mean 'step'?"), ("colour", "")],
)
def test_a_suggestion_is_made_only_when_something_known_is_near(word, said):
    assert suggestion(word, ["step", "tolerance"]) == said
