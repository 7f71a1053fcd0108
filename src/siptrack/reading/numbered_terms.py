"""Terms that are only counted, Term 2 or T4: which seasons they are is known when all files are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from siptrack.reading.findings import Findings
from siptrack.reading.layout import Layouts
from siptrack.reading.rows import Written
from siptrack.rules.model import NumberedTerms
from siptrack.school.term import Season


def count_terms(layouts: Layouts, rules: NumberedTerms, findings: Findings) -> None:
    """Give each result of a counted term its season: as the school says, else of six where the files count so far.

    Else of three; where no earlier school year shows that three are all, that is asked.
    """
    written = [one for one in layouts.written if one.term.number is not None and one.term.season is None]
    seasons = _seasons(written, rules)
    if written and not rules.counted and seasons == rules.three and not _whole_year_of(written, len(rules.three)):
        place = layouts.tables[layouts.rows[written[0].row].table].heading_place(written[0].column - 1)
        found = f"terms that are counted and not named, read as {', '.join(season.label for season in seasons)}"
        findings.add("numbered-terms", place, found, "the season, such as Spring 2026")
    layouts.written = [replace(one, term=one.term.counted(seasons)) for one in layouts.written]


def _seasons(written: Sequence[Written], rules: NumberedTerms) -> Sequence[Season]:
    highest = rules.counted or max((one.term.number or 0 for one in written), default=0)
    return rules.three if highest <= len(rules.three) else rules.six


def _whole_year_of(written: Sequence[Written], terms: int) -> bool:
    """Whether a school year before the newest ends with the last of so many terms."""
    highest: defaultdict[int, int] = defaultdict(int)
    for one in written:
        year = one.term.academic_year
        if year is not None and not one.is_target:
            highest[year] = max(highest[year], one.term.number or 0)
    return any(highest[year] == terms for year in sorted(highest)[:-1])
