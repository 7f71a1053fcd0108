"""Each known export is recognised by its headings and named, and what it holds is read.

An example of each lies in tests/exports.
Beside each example lies what is read from it, as in the gallery of tests/workbooks.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from running import siptrack_here as siptrack
from test_workbooks import NOT_YET, told

from registers import usual_rules
from siptrack.reading.read import read

EXAMPLES = Path(__file__).parents[1] / "exports"
EXPORTS = usual_rules().exports
OTHERWISE_NAMED = {"ctf-pupils": "transfer-file.xml", "ctf-results": "transfer-file.xml"}


def expected(path: Path) -> list[str]:
    lines = path.with_name(f"{path.name}.expect").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def example(key: str) -> Path:
    return EXAMPLES / OTHERWISE_NAMED.get(key, f"{key}.csv")


def examples() -> list:
    paths = [path for path in sorted(EXAMPLES.iterdir()) if path.suffix != ".expect"]
    firsts = [path.with_name(f"{path.name}.expect").read_text(encoding="utf-8").partition("\n")[0] for path in paths]
    return [
        pytest.param(
            path,
            id=path.name,
            marks=pytest.mark.xfail(strict=True, reason=first) if first.startswith(NOT_YET) else (),
        )
        for path, first in zip(paths, firsts, strict=True)
    ]


def test_every_known_export_has_an_example():
    assert [key for key in EXPORTS if not example(key).is_file()] == []


@pytest.mark.parametrize("key", EXPORTS)
def test_an_export_is_recognised_by_its_headings_and_named(key):
    register = read([example(key)], usual_rules())

    assert register.exports == ((example(key).name, EXPORTS[key].label),)


@pytest.mark.parametrize("key", EXPORTS)
def test_the_columns_command_names_the_export(key):
    run = siptrack("columns", example(key))

    assert run.code == 0
    assert f"known export: {EXPORTS[key].label}" in run.out


@pytest.mark.parametrize("path", examples())
def test_what_an_export_holds_is_read(path):
    register = read([path], usual_rules())

    assert told(register).splitlines() == expected(path)
    assert register.ledger.balances()


def test_headings_of_two_exports_in_one_sheet_are_an_error_that_names_both(tmp_path):
    both = [EXPORTS["giap-ks1"], EXPORTS["giap-ks2"]]
    headings = list(dict.fromkeys([*both[0].headings, *both[1].headings]))
    with (tmp_path / "mixed.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, ["V999200120003" if h == "UPN" else "" for h in headings]])

    register = read([tmp_path / "mixed.csv"], usual_rules())

    (problem,) = [problem for problem in register.problems if problem.code == "two-layouts"]
    assert (str(problem.severity), problem.place.label) == ("error", "mixed.csv, row 1")
    assert [export.label for export in both if export.label not in problem.found] == []
    assert register.exports == ()
    assert f"known export: {both[0].label}" not in siptrack("columns", tmp_path / "mixed.csv").out
