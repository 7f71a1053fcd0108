"""Where a newer term that has only begun is said: in every output that chooses the term by itself."""

from __future__ import annotations

import json

import pytest
from running import siptrack_here

SAYS = 'Summer 2026 has begun: 1 of 4 children has a result; --term "Summer 2026" judges it.'
FIRST_LINES = 4


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    path = tmp_path_factory.mktemp("school") / "5K.csv"
    rows = [f"{name},5,5K,EXS,EXS,{'WTS,EXS' if name == 'Tess' else 'EXS,'}" for name in ("Ann", "Bob", "Cai", "Tess")]
    headings = "Name,Year group,Class,Reading Summer 2025,Reading Autumn 2025,Reading Spring 2026,Reading Summer 2026"
    path.write_text("\n".join([headings, *rows]))
    return str(path)


@pytest.mark.parametrize("command", ["analyse", "check", "since", "plan", "questions", "audit", "review"])
def test_the_first_lines_say_it(command, school):
    assert SAYS in siptrack_here(command, school).out.splitlines()[:FIRST_LINES]


def test_the_page_of_a_child_says_it_and_that_the_child_has_recovered(school):
    page = siptrack_here("child", school, "Tess").out

    assert SAYS in page.splitlines()[:4]
    assert page.count("Summer 2026 already: EXS.") == 1
    assert "already" not in siptrack_here("child", school, "Ann").out


@pytest.mark.parametrize("command", ["analyse", "check", "since", "plan", "questions", "audit", "review"])
def test_the_document_holds_it_and_is_silent_where_a_term_is_named(command, school):
    def begun(*more):
        found = json.loads(siptrack_here(command, school, "--format", "json", *more).out)["begun"]
        return [(one["term"]["label"], one["children"], one["of"]) for one in found]

    term = "--to" if command == "since" else "--term"
    assert begun() == [("Summer 2026", 1, 4)]
    assert begun(term, "Spring 2026") == []


@pytest.mark.parametrize(
    "output",
    [
        ("analyse", "--table", "flags", "--format", "csv"),
        ("analyse", "--share", "governors"),
        ("questions", "--share", "governors"),
        ("check", "--table", "checks"),
        ("since", "--format", "ndjson"),
    ],
)
def test_tables_and_copies_to_share_leave_it_to_standard_error(output, school):
    command, *more = output
    run = siptrack_here(command, school, *more)

    assert SAYS in run.err.splitlines()
    assert "has begun" not in run.out


def test_a_report_says_it_when_it_is_written_and_on_its_named_pages(school, tmp_path):
    run = siptrack_here("report", school, "-o", str(tmp_path / "report"))

    assert SAYS in run.err.splitlines()
    pages = {path.name: path.read_text() for path in tmp_path.rglob("*.html")}
    assert {name for name, text in pages.items() if "Summer 2026 has begun" in text} == set(pages) - {"summary.html"}
