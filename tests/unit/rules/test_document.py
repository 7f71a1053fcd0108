"""What the strict reading of YAML keeps: every text as it stands, with its line."""

from __future__ import annotations

import time

import pytest
import yaml
from rule_texts import plain

from siptrack.rules.document import LONGEST_TEXT, MOST_CHARACTERS, MOST_ENTRIES, parse, suggestion
from siptrack.school.errors import RulesError
from siptrack.school.place import Mark


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


DEEP = {
    "brackets": "a: " + "[" * 100_000 + "]" * 100_000,
    "brackets that stay open": "a: " + "[" * 200_000,
    "braces": "a: " + "{a: " * 50_000,
    "braces on lines of their own": "a:\n" + " {a:\n" * 40_000,
    "brackets on lines of their own": "a:\n" + " [\n" * 80_000,
    "hyphens": "- " * 100_000,
    "names of names": "? " * 100_000,
    "blocks": "\n".join(" " * depth + "a:" for depth in range(700)),
    "tags on every level": "a: " + "[! " * 80_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_is_nested_thousands_deep_is_refused_at_the_first_level_too_many(text):
    """The parser itself would take minutes for the whole of it."""
    began = time.process_time()

    with pytest.raises(RulesError, match=r"nested more than 20 deep|tags \(!\) are not used"):
        parse(text, "rules.yaml")

    assert time.process_time() - began < 1


@pytest.mark.parametrize("kind", ["C", "Python"])
def test_a_bomb_of_anchors_is_refused_at_its_first_anchor_by_either_parser(monkeypatch, kind):
    if kind == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    text = "a: &a [x]\n" + "".join(f"{name}: &{name} [*a, *a]\n" for name in "bcdefgh")

    with pytest.raises(RulesError, match=r"^rules\.yaml, line 1: anchors \(&\) and aliases \(\*\) are not used here"):
        parse(text, "rules.yaml")


def test_more_names_and_values_than_anybody_writes_are_refused():
    text = "\n".join(f"n{number}: x" for number in range(MOST_ENTRIES))

    with pytest.raises(RulesError, match=r"^rules\.yaml, line 10000: a rule file has at most 20,000 names and values"):
        parse(text, "rules.yaml")


@pytest.mark.parametrize("text", ['a: "{}"', '"{}": a', "a: |\n  {}", "a: [{}]"])
def test_a_text_that_goes_on_and_on_is_refused_and_not_quoted(text):
    with pytest.raises(RulesError) as refused:
        parse(text.format("x" * (LONGEST_TEXT + 1)), "rules.yaml")

    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [b, c", "a comma or the closing ] is missing"),
        ("a: {b: c", "a comma or the closing } is missing"),
        ("a: [b, , c]", "a value is expected here"),
        ('a: "b', "a quotation mark that is opened here is not closed"),
        ('a: "\\q"', "a backslash stands between double quotation marks"),
        ("a:\n\tb: c", "a tab, or a sign such as @ or %, stands before a text"),
        ("a: @b", "a tab, or a sign such as @ or %, stands before a text"),
        ("a: b: c", "a colon is not expected here"),
        ("a: - b", "a hyphen is not expected here"),
        ("a:\n  b: c\n d: e", "a name with a colon is expected here"),
        ("- a\nb: c", "a hyphen is expected here"),
        ("a: !b!c d", "look at the quotation marks, brackets, colons and spaces"),
    ],
)
def test_what_is_no_yaml_is_told_in_words_that_say_what_to_do(text, said):
    with pytest.raises(RulesError, match=r"^rules\.yaml, line \d: this is not YAML: ") as refused:
        parse(text, "rules.yaml")

    assert said in str(refused.value)


def test_a_text_that_is_not_closed_is_told_where_it_begins():
    with pytest.raises(RulesError, match=r"^rules\.yaml, line 2: this is not YAML: a quotation mark that is opened"):
        parse('a: b\nc: "d\ne: f\ng: h\n', "rules.yaml")


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
