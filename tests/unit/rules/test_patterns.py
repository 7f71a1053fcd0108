"""A pattern in a rule file is let through where its time cannot run away, and refused with what to write instead."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest

from siptrack.rules.document import parse
from siptrack.rules.load import load
from siptrack.rules.patterns import LONGEST, matches, pattern_of
from siptrack.rules.section import RuleSection
from siptrack.school.errors import RulesError


def let_through(pattern: str) -> str:
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return pattern_of(RuleSection(parse(f'rest: "{quoted}"', "siptrack.yaml"), "groups.yaml"), "rest")


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "",
            "A",
            "W[A-Z]{3}",
            "WBRI|WIRI",
            "(A|B)*C",
            "(AB|AC)+",
            "[A-Z]+-[0-9]+",
            r"\d+ of \d+",
            "^A.*$",
            r"\bA\b.*",
        ),
        *(
            "A*B*C*",
            "[^-]*-[^-]*-.*",
            ".*A.*",
            "A*A*B",
            "(A{3}){4}",
            "A?B?C?D?",
            "(?:Mr|Mrs) .*",
            "x*?y",
            "(A+)?B",
            r"(\w|\d)*x",
        ),
        *("(A|[^A])*B", "[^\\W\\d_](?:[^\\W\\d_]|[ ,'()/&-]){1,39}", "\\S+@\\S+"),
    ],
)
def test_an_honest_pattern_is_let_through_as_it_is_written(pattern):
    assert let_through(pattern) == pattern


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a+)+b", "repeats what repeats itself"),
        ("(a*)*b", "repeats what repeats itself"),
        ("((a+)b?)+", "repeats what repeats itself"),
        ("(?:(?:a{1,9}){2}){3}", "repeats what repeats itself"),
        ("(a?){40}", "repeats what repeats itself"),
        ("(a+?)+?b", "repeats what repeats itself"),
        (r"(\w+\s?)*1", "repeats what repeats itself"),
        ("(?:(?:){1000}){1000}", "repeats what repeats itself"),
        ("(^)*a", "repeats what repeats itself"),
        ("(a|a)*b", "repeats alternatives that may begin alike"),
        ("(a|ab)*c", "repeats alternatives that may begin alike"),
        ("(a|b|ab)*c", "repeats alternatives that may begin alike"),
        ("(?:.|aa)*b", "repeats alternatives that may begin alike"),
        (r"(?:\wa|\db)*c", "repeats alternatives that may begin alike"),
        (r"(?:[^b]a|[^c]b)*c", "repeats alternatives that may begin alike"),
        ("(?:aa|(?:a|b)c)*d", "repeats alternatives that may begin alike"),
        ("(?:(?:a|ab){2}){3}", "repeats alternatives that may begin alike"),
        ("(a|)*b", "repeats"),
        ("a*a*a*b", "fits a text in too many ways"),
        (".*a.*b.*", "fits a text in too many ways"),
        (r"\w*\d*\w*x", "fits a text in too many ways"),
        ("a?" * 30 + "a" * 30, "fits a text in too many ways"),
        ("(?:a|aa)" * 20 + "b", "fits a text in too many ways"),
        ("(?:a+)?(?:a+)?(?:a+)?b", "fits a text in too many ways"),
        (r"(a)\1", "refers back"),
        ("(?P<n>a)(?P=n)", "refers back"),
        ("(a)(?(1)b|c)", "refers back"),
        ("(?<=a)b", "looks ahead or behind"),
        ("(?<!a)b", "looks ahead or behind"),
        ("a(?=b)", "looks ahead or behind"),
        ("a(?!b)", "looks ahead or behind"),
        ("(?i)a", "holds signs for the whole of it"),
        ("(?x) a", "holds signs for the whole of it"),
        ("(?i:a)b", "holds signs for the whole of it"),
        ("(?i:a)+b", "holds signs for the whole of it"),
        ("a++b", "holds more than"),
        ("(?>a)b", "holds more than"),
        ("[a-z", "is not a regular expression"),
        ("(a", "is not a regular expression"),
        ("a{99999999999}", "is not a regular expression"),
        ("[[a]", "is not a regular expression"),  # Python would warn of it on standard error
        ("a" * 201, "has more than 200 characters"),
        ("(" * 100 + ")" * 100 + "a", "has more than 200 characters"),
    ],
)
def test_a_pattern_whose_time_could_run_away_is_refused_with_its_line(pattern, why):
    with pytest.raises(RulesError) as refused:
        let_through(pattern)

    assert str(refused.value).startswith(f"siptrack.yaml, line 1: 'rest' in groups.yaml {why}")


@pytest.mark.parametrize(
    "pattern",
    [
        "".join(["(?:"] * 25 + ["a"] + ["){2}"] * 25),
        "(?:a|b" * 12 + "c" + "){2}" * 12,
        r"\d?\s?" * 30,
        r"[^\W\da]?" * 20,
    ],
)
def test_the_judging_itself_takes_no_time_to_speak_of(pattern):
    began = time.process_time()

    with suppress(RulesError):
        let_through(pattern)

    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("pattern", ["a*a*b", ".*a.*", "a?" * 9 + "a" * 20, "(?:a|aa)" * 9 + "b", "(?:aaa){3,}a*b"])
def test_the_worst_of_what_is_let_through_takes_milliseconds(pattern):
    assert let_through(pattern)
    began = time.process_time()

    for _ in range(10):
        matches(pattern, "a" * 30_000 + "!")

    assert time.process_time() - began < 0.5


def test_a_text_is_cut_before_it_is_matched():
    assert matches("a+", "a" * LONGEST + "b")
    assert not matches("a+", "a" * (LONGEST - 1) + "b")


def test_each_pattern_that_siptrack_ships_is_judged_when_it_is_loaded():
    rules = load()
    groups = [group for one in rules.groups.characteristics.values() for group in one.groups.values()]
    shipped = [group.rest for group in groups if group.rest]
    shipped += [one.open.written for one in rules.groups.characteristics.values() if one.open and one.open.written]
    shipped += [export.pattern for export in rules.exports.values() if export.pattern]

    assert len(shipped) > 7
    assert [let_through(pattern) for pattern in shipped] == shipped
    assert all(re.compile(pattern) for pattern in shipped)
