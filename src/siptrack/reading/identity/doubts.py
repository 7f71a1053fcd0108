"""What was doubtful about who a row's pupil is, reported with both cells and, where a line settles it, that line."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.reading.findings import Findings
from siptrack.reading.headings import UPN_ROLE
from siptrack.reading.identity.identified import Identified
from siptrack.reading.identity.numbers import role_of

_CELLS_NAMED = 4


def report_doubts(found: Identified, findings: Findings) -> None:
    """Everything that a person should look at: numbers of two children, names much alike, classes renamed."""
    _report_numbers(found, findings)
    _report_near(found, findings)
    _report_renamed(found, findings)


def _report_numbers(found: Identified, findings: Findings) -> None:
    """Numbers that are of two children, in one sheet or in two, and children of two numbers."""
    expected = "one pupil under one number"
    for doubled in found.settled.doubled:
        first, *others = (found.place(row, doubled.role) for row in doubled.rows)
        cells = _listed([place.cell for place in others])
        findings.add(
            "number-of-two-children", first, f"the same {_word(doubled.role)} as another child's in {cells}", expected
        )
    for kind, row, other in found.matching.contradicted:
        role = role_of(kind)
        what = f"the same {_word(role)} as that of a child of another name in {found.place(other, role).label}"
        findings.add("number-of-two-children", found.place(row, role), what, expected)
    for row in found.matching.conflicts:
        what = "a name and birthday that stand under another number elsewhere"
        findings.add("two-identities", found.place(row), what, expected)


def _listed(cells: Sequence[str]) -> str:
    """The first of a list of cells, and how many more there are."""
    more = len(cells) - _CELLS_NAMED
    return ", ".join(cells[:_CELLS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _word(role: str) -> str:
    return "UPN" if role == UPN_ROLE else "number"


def _report_near(found: Identified, findings: Findings) -> None:
    for near in found.matching.near:
        first, second = found.place(near.first), found.place(near.second)
        if near.joined:
            how = f"a name {near.likeness:.0%} like that in"
            if near.born_alike:
                how = "the same birthday and one of the two names of a child in"
            what = f"{how} {second.label}, taken for one child"
            findings.add("name-variant", first, what, "one spelling for one child")
            continue
        how = "the same name as" if near.likeness == 1 else f"a name {near.likeness:.0%} like that"
        line = f'"{first.label}": "{second.label}"'
        what = f"{how} in {second.label}; if it is one child, write under pupils in siptrack.yaml: {line}"
        findings.add("uncertain-match", first, what, "one spelling for one child")


def _report_renamed(found: Identified, findings: Findings) -> None:
    """Each class that has two names, once."""
    rows = {node: index for index, node in reversed(list(enumerate(found.nodes))) if node}
    reported = set()
    for renamed in found.classes.renamed:
        names = found.classes.texts[renamed.before], found.classes.texts[renamed.now]
        key = renamed.before[:2], frozenset(names)
        if key not in reported:
            reported.add(key)
            place = found.place(rows[renamed.now], "class")
            file, elsewhere = (found.place(rows[node]).file for node in (renamed.now, renamed.before))
            was = f"was '{names[0]}' in {found.when(rows[renamed.before])}"
            called = f"is '{names[0]}' in {elsewhere}"
            same_time = renamed.now[3][0] == renamed.before[3][0] or renamed.now[3][1] >= 0
            which = called if same_time and file != elsewhere else was
            what = f"class '{names[1]}', which {which}: most of its children are the same"
            findings.add("class-renamed", place, what, "one name for one class")
