"""Terms that are only counted, Term 2 or T4: which seasons they are is known when all files are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.reading.written import Slot
from siptrack.rules.model import NumberedTerms
from siptrack.school.term import Season


def count_terms(layouts: Layouts, rules: NumberedTerms, findings: Findings) -> None:
    """Give each result of a counted term its season: as the school says, else of six where the files count so far.

    Else of three; where no earlier school year shows that three are all, that is asked.
    """
    slots = [slot for slot in layouts.written.slots if slot.term.number is not None and slot.term.season is None]
    seasons = _seasons(slots, rules)
    if slots and not rules.counted and seasons == rules.three and not _whole_year_of(slots, len(rules.three)):
        place = layouts.tables[slots[0].table].heading_place(slots[0].column - 1)
        found = f"terms that are counted and not named, read as {', '.join(season.label for season in seasons)}"
        findings.add("numbered-terms", place, found, "the season, such as Spring 2026")
    layouts.written = layouts.written.in_terms(lambda term: term.counted(seasons))
    layouts.beside = layouts.beside.in_terms(lambda term: term.counted(seasons))


def _seasons(slots: Sequence[Slot], rules: NumberedTerms) -> Sequence[Season]:
    highest = rules.counted or max((slot.term.number or 0 for slot in slots), default=0)
    return rules.three if highest <= len(rules.three) else rules.six


def _whole_year_of(slots: Sequence[Slot], terms: int) -> bool:
    """Whether a school year before the newest ends with the last of so many terms."""
    highest: defaultdict[int, int] = defaultdict(int)
    for slot in slots:
        year = slot.term.academic_year
        if year is not None and not slot.is_target:
            highest[year] = max(highest[year], slot.term.number or 0)
    return any(highest[year] == terms for year in sorted(highest)[:-1])
