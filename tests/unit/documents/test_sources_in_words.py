"""How files find each other's children, a line for each file."""

from __future__ import annotations

from siptrack.documents.read import sources_alike
from siptrack.rendering.template import sections
from siptrack.school.sources import SourceFound


def source_lines(sources):
    (section,) = sections("sources", sources_alike(sources))
    assert section.title == "How the files find each other's children"
    return [part.words for part in section.parts]


def found(source: str, found_in: str, count: int, *, apart: bool = False, **by: int) -> SourceFound:
    of = {f"by_{name}": by.get(name, 0) for name in ("upn", "number", "birth", "name", "likeness")}
    return SourceFound(source, found_in, 24, count, **of, apart=apart)


def test_files_in_which_the_same_children_are_found_in_the_same_way_share_a_line():
    lines = source_lines(
        [
            found("Tracker.xlsx", "Roll.csv", 24, upn=20, name=4),
            found("Tracker.xlsx", "Spring.csv", 24, upn=20, name=4),
            found("Tracker.xlsx", "PP.csv", 3, number=2, likeness=1, apart=True),
        ]
    )

    assert list(lines) == [
        (
            "Tracker.xlsx: 3 of 24 children found in PP.csv: 2 by number and 1 by another file, a name much alike or "
            "siptrack.yaml. Too few."
        ),
        "Tracker.xlsx: 24 of 24 children found in Roll.csv and Spring.csv: 20 by UPN and 4 by name.",
    ]


def test_a_file_of_which_nobody_is_found_gives_no_evidence():
    assert (source_lines([found("A.csv", "B.csv", 0, apart=True)])) == [
        "A.csv: 0 of 24 children found in B.csv. Too few."
    ]
