"""The gallery of workbooks: how each good and odd one is understood, and in which words each bad one is refused.

Each file or folder of tests/workbooks/{good,odd,bad} lies beside its `NAME.expect`; adding a case is adding both.
For the good and odd it is the whole of what was read, as `told` prints it, with `#` before remarks; a first line
that begins `# Not yet:` says what siptrack gets wrong today. For the bad it is the exit code and the words to be said.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from running import siptrack_here as siptrack

from registers import usual_rules
from siptrack.reading.read import read
from siptrack.school.register import NOT_RECORDED, Register
from siptrack.school.term import Season, Term

GALLERY = Path(__file__).parents[1] / "workbooks"
NOT_YET = "# Not yet:"
PRIVATE = ("Thistledown", "Tobermory")


def cases(*folders: str) -> list:
    found = [path for folder in folders for path in sorted((GALLERY / folder).glob("*.expect"))]
    return [pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=_marks(path)) for path in found]


def _marks(path: Path) -> list[pytest.MarkDecorator]:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return [pytest.mark.xfail(strict=True, reason=first)] if first.startswith(NOT_YET) else []


def told(register: Register) -> str:
    """The ledger, the pupils, their results and the problems, a line each."""
    ledger = register.ledger
    lines = [f"rows: {ledger.rows_read} read, {ledger.rows_used} used"]
    lines += [f"  {entry.reason}: {entry.count}" for entry in ledger.set_aside if entry.of == "rows"]
    lines += [f"results: {ledger.results_read} read, {ledger.results_used} used"]
    lines += [f"  {entry.reason}: {entry.count}" for entry in ledger.set_aside if entry.of == "results"]
    lines += sorted(_pupils(register)) + sorted(_results(register))
    lines += [f"{problem.severity}: {problem.code} at {problem.place.label}" for problem in register.problems]
    return "\n".join(lines) + "\n"


def _pupils(register: Register) -> list[str]:
    """`A1: Year 5 and class 5K in 2025-26; fsm, girls`."""
    placed: dict[str, list[str]] = {}
    table = register.placements.astype({"year_group": object})
    rows = table.where(table.notna(), None).itertuples(index=False, name=None)
    for pupil, year, year_group, school_class in rows:
        said = [] if year_group is None else [f"Year {year_group:g}"]
        said += [f"class {school_class}"] if school_class else []
        autumn = Term(year, Season.AUTUMN)
        label = autumn.academic_year_label or autumn.label.removeprefix("Autumn, ")
        placed.setdefault(pupil, []).append(
            f"{' and '.join(said) or 'no year group'} {'in ' if autumn.dated else ''}{label}"
        )
    asked = [column for column in register.pupils.columns if column in usual_rules().groups.characteristics]
    groups = {
        row.pupil: [f"{key} {group.replace('_', ' ')}" if group == NOT_RECORDED else group for key, group in said]
        for row in register.pupils.itertuples()
        for said in ([(key, getattr(row, key)) for key in asked],)
    }
    return [
        f"{pupil}: {'; '.join(filter(None, (', '.join(placed.get(pupil, [])), ', '.join(groups[pupil]))))}"
        for pupil in register.pupils["pupil"]
    ]


def _results(register: Register) -> list[str]:
    rows = register.results[["pupil", "subject", "term", "grade"]].itertuples(index=False)
    return [f"{pupil}, {subject}, {Term.numbered(term).label}: {grade}" for pupil, subject, term, grade in rows]


@pytest.mark.parametrize("folder", ["good", "odd", "bad"])
def test_every_case_lies_beside_its_expectation(folder):
    names = {path.name for path in (GALLERY / folder).iterdir()}

    assert {name for name in names if not name.endswith(".expect")} == {
        name.removesuffix(".expect") for name in names if name.endswith(".expect")
    }


@pytest.mark.parametrize("case", cases("good", "odd"))
def test_it_is_understood_as_expected_and_all_is_accounted_for(case):
    expected = [line for line in case.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    register = read([case.with_suffix("")], usual_rules())

    assert told(register).splitlines() == expected
    assert register.ledger.balances()
    assert case.parent.name == "odd" or [line for line in expected if line.startswith("error")] == []


@pytest.mark.parametrize("case", cases("bad"))
def test_a_bad_one_ends_in_plain_words(case):
    first, *words = case.read_text(encoding="utf-8").splitlines()

    run = siptrack("analyse", case.with_suffix(""))

    assert f"exit {run.code}" == first, run.err
    assert [word for word in words if word not in run.err + run.out] == []
    assert [name for name in PRIVATE if name in run.err] == []


def test_two_settings_files_beside_the_data_are_refused(tmp_path):
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "siptrack.yaml").write_text("use: {}\n", encoding="utf-8")
        (tmp_path / name / "results.csv").write_text("Adno,Reading Autumn 2025\nA1,EXS\n", encoding="utf-8")

    run = siptrack("analyse", tmp_path / "north", tmp_path / "south")

    assert run.code == 4
    assert "Two settings files lie beside the data" in run.err
    assert "--config" in run.err
