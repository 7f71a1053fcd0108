"""Any school, written out in any layout, format and spelling, is read back as the same school."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trip_files import FORMATS
from round_trip_layouts import SHAPES, Layout
from round_trip_layouts import UNREAD as UNREAD_HEADINGS
from round_trip_school import School, schools

from how_many import examples
from registers import usual_rules
from siptrack.reading.read import read
from siptrack.school.errors import InputError
from siptrack.school.problem import Severity

UNREAD = "results-not-used"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@settings(derandomize=True, max_examples=examples(8), report_multiple_bugs=False)
@given(schools(), st.sampled_from(FORMATS), st.booleans(), st.integers(0, 10**6))
def test_what_was_written_is_what_is_read(shape, school, write, listed, seed):
    check(shape, school, write, listed=listed, seed=seed)


def check(shape, school: School, write, *, listed: bool, seed: int) -> None:
    random = Random(seed)  # noqa: S311  # to spread spellings, not to keep secrets
    layout = Layout(school, random, listed=listed)
    pages = [*shape(layout), *(layout.pupil_list() if listed else [])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(pages, folder, random)
        files = random.sample(sorted(folder.iterdir()), len(list(folder.iterdir())))
        if not school.children:
            with pytest.raises(InputError):
                read(files, usual_rules())
            return
        register = read(files, usual_rules())
    assert errors_in(register) == []
    assert unread_in(register) == layout.unread
    assert register.ledger.balances()
    assert pupils_in(register) == pupils_of(school)
    assert results_in(register) == school.results
    newest = {place: said for place, said in placements_in(register).items() if place[1] == school.newest_year}
    assert newest == newest_placements(school)
    assert wrong_placements(school, register) == {}


def errors_in(register) -> list[str]:
    errors = (p for p in register.problems if p.severity is Severity.ERROR and p.code != UNREAD)
    return [f"{p.code} {p.place.label}: {p.found}" for p in errors]


def unread_in(register) -> set[str]:
    """The headings of the columns that are named because they were not read."""
    found = {p.found.split("'")[1] for p in register.problems if p.code == UNREAD}
    return {next((name for name in UNREAD_HEADINGS if heading.endswith(name)), heading) for heading in found}


def pupils_of(school: School) -> dict[str, tuple[object, ...]]:
    groups = {school.key(child): tuple(child.groups[key] for key in sorted(school.asked)) for child in school.children}
    return {
        school.key(child): (child.surname, child.forename, child.born.isoformat(), *groups[school.key(child)])
        for child in school.children
    }


def pupils_in(register) -> dict[str, tuple[object, ...]]:
    table = register.pupils
    asked = [column for column in table.columns if column in usual_rules().groups.characteristics]
    known = table[["pupil", "surname", "forename", "date_of_birth", *sorted(asked)]]
    return {pupil: tuple(rest) for pupil, *rest in known.itertuples(index=False)}


def results_in(register) -> set[tuple[object, ...]]:
    table = register.results[["pupil", "subject", "term", "scale", "grade", "points"]]
    return set(table.astype(object).where(table.notna(), None).itertuples(index=False, name=None))


def placements_in(register) -> dict[tuple[str, int], tuple[float, str]]:
    table = register.placements.astype({"year_group": object})
    rows = table.where(table.notna(), None).itertuples(index=False, name=None)
    return {(pupil, year): (year_group, school_class) for pupil, year, year_group, school_class in rows}


def newest_placements(school: School) -> dict[tuple[str, int], tuple[float, str]]:
    year = school.newest_year
    return {
        (school.key(child), year): (school.year_group(child, year), school.class_name(child, year))
        for child in school.children
    }


def wrong_placements(school: School, register) -> dict[tuple[str, int], tuple[object, str]]:
    """Where a child is said to have been in a year, but was not. Not said is not wrong."""
    by_key = {school.key(child): child for child in school.children}
    return {
        (key, year): (year_group, school_class)
        for (key, year), (year_group, school_class) in placements_in(register).items()
        if key not in by_key
        or year_group not in (None, school.year_group(by_key[key], year))
        or school_class not in ("", school.class_name(by_key[key], year))
    }
