"""Small schools with what is right about them, in tests/cases: read, judged, and set against it.

The keys of a `right.yaml`, every one optional but `about`: `files` that are given, in this order (else the folder);
`options`; `exit`, one code or several (else 0); the `term` judged; how many children are `on_roll`; `at_are`, by
subject, children at expectations and assessed; `insufficient`, exactly these children and subjects, and
`not_insufficient`, not these; `groups`, `year_groups` and `classes`, with how many children each has; `says`, patterns
found in the report or among the problems, and `never`, patterns that are not; `first`, patterns in the first 25 lines;
`told`, by command, patterns found in what it prints; `read_or_named`, by heading, what `at_are` gives where its column
is read: if it does not, the heading is in the report and in what `check` prints; `either`, of which one must be right
too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from running import Run, siptrack_here

CASES = Path(__file__).parents[1] / "cases"
INSUFFICIENT = ("insufficient-year", "insufficient-key-stage")
ASSESSED = ("well below", "below", "at", "above")
FIRST_LINES = 25

Right = Mapping[str, Any]  # as YAML has it; a key that is not known fails the case


@dataclass(frozen=True)
class Seen:
    """What siptrack makes of a case's files: the report, and the document where something was judged."""

    report: Run
    document: Mapping[str, Any]
    told: Callable[[str], str] = str

    @property
    def said(self) -> str:
        problems = json.dumps(self.document.get("problems", []), ensure_ascii=False)
        return f"{self.report.out}\n{self.report.err}\n{problems}"


def _cases() -> list[object]:
    """Every case."""
    return [pytest.param(path, id=f"{path.parts[-3]}/{path.parts[-2]}") for path in sorted(CASES.rglob("right.yaml"))]


@pytest.mark.parametrize("case", _cases())
def test_it_is_read_as_is_right(case, monkeypatch):
    right = yaml.safe_load(case.read_text(encoding="utf-8"))
    monkeypatch.chdir(case.parent)
    given = [*(right.get("files") or ["."]), *map(str, right.get("options", []))]
    report = siptrack_here("analyse", *given)
    document = siptrack_here("analyse", *given, "--format", "json").out if report.out else ""

    def told(command: str) -> str:
        run = siptrack_here(command, *given)
        return run.out + run.err

    seen = Seen(report, json.loads(document or "{}"), told)

    ways = [wrong_in(one, seen) for one in right.get("either", [])]

    assert wrong_in({key: said for key, said in right.items() if key not in NOT_COMPARED}, seen, ways=bool(ways)) == []
    assert not ways or [] in ways


NOT_COMPARED = ("about", "files", "options", "either")


def wrong_in(right: Right, seen: Seen, *, ways: bool = False) -> list[str]:
    """Everything in which a case falls short of what is right; the exit code is one of `ways`, where there are any."""
    exits = right.get("exit", None if ways else 0)
    wrong = [] if exits is None or seen.report.code in _several(exits) else [f"exit {seen.report.code}, not {exits}"]
    for key, want in right.items():
        if key != "exit":
            wrong += CHECKS[key](want, seen)
    return wrong


def _several(one: object) -> Sequence[object]:
    return one if isinstance(one, list) else [one]


def _not_said(patterns: Sequence[str], text: str) -> list[str]:
    return [f"does not say /{pattern}/" for pattern in patterns if not re.search(pattern, text, re.IGNORECASE)]


def _said(patterns: Sequence[str], text: str) -> list[str]:
    return [f"says /{pattern}/" for pattern in patterns if re.search(pattern, text, re.IGNORECASE)]


def _pupils(seen: Seen) -> Sequence[Mapping[str, Any]]:
    return seen.document.get("pupils", [])


def _counted(want: Mapping[str, int], values: Sequence[object]) -> list[str]:
    got = Counter(map(str, values))
    return [
        f"{value}: {got[str(value)]} children, not {count}" for value, count in want.items() if got[str(value)] != count
    ]


def _groups(want: Mapping[str, Mapping[str, int]], seen: Seen) -> list[str]:
    return [
        line
        for key, groups in want.items()
        for line in _counted(groups, [pupil["characteristics"].get(key) for pupil in _pupils(seen)])
    ]


def _told(want: Mapping[str, list[str]], seen: Seen) -> list[str]:
    return [
        f"{command} {line}" for command, patterns in want.items() for line in _not_said(patterns, seen.told(command))
    ]


def _read_or_named(want: Mapping[str, Mapping[str, list[int]]], seen: Seen) -> list[str]:
    return [
        f"'{heading}' is not read, nor named"
        for heading, figures in want.items()
        if _at_are(figures, seen)
        and any(heading.casefold() not in text.casefold() for text in (seen.said, seen.told("check")))
    ]


def _at_are(want: Mapping[str, list[int]], seen: Seen) -> list[str]:
    wrong = []
    for subject, figures in want.items():
        rows = [row for row in seen.document.get("progress", []) if row["subject"] == subject]
        known = [one for one in {row["pupil"]: row["attainment"] for row in rows}.values() if one in ASSESSED]
        got = [sum(one in ("at", "above") for one in known), len(known)]
        wrong += [] if got == figures else [f"{subject}: {got} at expectations, not {figures}"]
    return wrong


def _flagged(seen: Seen) -> set[str]:
    names = {pupil["pupil"]: _called(pupil) for pupil in _pupils(seen)}
    flags = seen.document.get("flags", [])
    return {f"{names[flag['pupil']]}: {flag['subject']}" for flag in flags if flag["code"] in INSUFFICIENT}


def _called(pupil: Mapping[str, Any]) -> str:
    """The child as `Surname, Forename`, also where the files have the whole name in one cell."""
    surname, forename = pupil["surname"] or "", pupil["forename"] or ""
    return (
        f"{surname}, {forename}" if surname and forename else ", ".join(reversed(f"{forename}{surname}".rsplit(" ", 1)))
    )


def _equal(want: object, got: object, what: str) -> list[str]:
    return [] if want == got else [f"{what}: {got}, not {want}"]


CHECKS = {
    "term": lambda want, seen: _equal(want, seen.document.get("term", {}).get("label"), "term"),
    "on_roll": lambda want, seen: _equal(want, len(_pupils(seen)), "on roll"),
    "at_are": _at_are,
    "insufficient": lambda want, seen: _equal(set(want), _flagged(seen), "insufficient"),
    "not_insufficient": lambda want, seen: sorted(_flagged(seen).intersection(want)),
    "groups": _groups,
    "year_groups": lambda want, seen: _counted(want, [pupil["year_group"] for pupil in _pupils(seen)]),
    "classes": lambda want, seen: _counted(want, [pupil["class"] for pupil in _pupils(seen)]),
    "says": lambda want, seen: _not_said(want, seen.said),
    "never": lambda want, seen: _said(want, seen.said),
    "told": _told,
    "read_or_named": _read_or_named,
    "first": lambda want, seen: _not_said(want, "\n".join(seen.report.out.splitlines()[:FIRST_LINES])),
}


def test_a_case_that_falls_short_is_seen():
    seen = Seen(Run(0, "12 on roll", ""), {"pupils": [{"class": "4A"}], "progress": [], "flags": []})

    assert wrong_in({"on_roll": 1, "classes": {"4A": 1}, "says": ["on roll"]}, seen) == []
    assert wrong_in({"exit": [3, 6], "on_roll": 2, "classes": {"4A": 2}, "never": ["ROLL"]}, seen) == [
        "exit 0, not [3, 6]",
        "on roll: 1, not 2",
        "4A: 1 children, not 2",
        "says /ROLL/",
    ]
