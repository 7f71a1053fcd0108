"""The tables of the pupils of plain rows, as they are made of rows one after the other elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.calendar import HISTORY_YEARS, NEVER, of_now
from siptrack.reading.characteristics import Said, groups_said
from siptrack.reading.headings import UPN_ROLE
from siptrack.reading.identity.gone import Members, Together
from siptrack.reading.identity.mentions import birthday
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.identity.pupils import report_year_groups
from siptrack.reading.names import NAMELESS, Names, names_in, surname_and_forename
from siptrack.reading.schools import class_with_school
from siptrack.reading.spelling import name_key
from siptrack.school.frame import Frame, numbered, ordered
from siptrack.school.register import HISTORIES, NOT_RECORDED, PLACEMENTS, PUPILS, STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from siptrack.reading.by_columns.laid_out import PlainFile
    from siptrack.reading.findings import Findings
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_NAMES = ("surname", "forename", "name")


class PlainTables(NamedTuple):
    """The tables of pupils, the key of the pupil of each row, and who is together in which year."""

    pupils: Frame
    placements: Frame
    histories: Frame
    keys: Texts
    together: Mapping[Together, Members]


class _Called(NamedTuple):
    """What each pupil is called, and when born."""

    surname: Texts
    forename: Texts
    born: Texts


def tables_of_pupils(file: PlainFile, rules: Rules, findings: Findings) -> PlainTables | None:
    """The tables; None where two pupils have one name and birthday, a birthday is odd, or a class may be renamed."""
    first, last = _first_and_last(file)
    called = _called(file, rules)
    there = np.unique(file.rows.pupil)
    if called is None or _born_alike(file, called, there) or _classes_in_doubt(file, rules, there, last):
        return None
    if _year_groups_clash(file):
        return None
    report_year_groups(file.layouts, rules, findings)
    since, until = _on_roll(file, first, last)
    key = file.plain.pupils.texts[UPN_ROLE]
    best_first = _best_first(file, called, last)
    histories, newest = _histories(file, best_first, last, _said(file, rules, findings), findings)
    order = there[ordered([called.surname[there], called.forename[there], key[there]])]
    pupils = Frame(
        {
            "pupil": key[order],
            "upn": key[order],
            "surname": called.surname[order],
            "forename": called.forename[order],
            "school": file.of_school[order],
            "date_of_birth": called.born[order],
            "on_roll_from": since[order],
            "on_roll_until": until[order],
        }
    )[PUPILS.names]
    in_class = _classes(file)
    return PlainTables(
        pupils.having({name: group[order] for name, group in newest.items()}),
        _placements(file, key, best_first, in_class),
        histories,
        key[file.pupil_of],
        _together(file, in_class, until),
    )


def _called(file: PlainFile, rules: Rules) -> _Called | None:
    """The names and birthdays; None where a birthday is not to be believed."""
    texts, pupils = file.plain.pupils.texts, file.plain.pupils.count
    nothing = Texts.every("", pupils)
    surname, forename = texts.get("surname", nothing), texts.get("forename", nothing)
    if "name" in texts:
        number, first = numbered([surname, forename, texts["name"]])
        told = zip(*(column[first].tolist() for column in (surname, forename, texts["name"])), strict=True)
        both = [surname_and_forename(dict(zip(_NAMES, each, strict=True))) for each in told]  # type: ignore[arg-type]  # none is missing
        surname, forename = (Texts.of(names[at] for names in both)[number] for at in (0, 1))
    else:
        surname, forename = (column.renamed(lambda text: " ".join(text.split())) for column in (surname, forename))
    written = texts.get("date_of_birth", nothing)
    born = {text: birthday(text, file.dated.newest, rules) for text in written.distinct()}
    if any(found is None for found in born.values()):
        return None
    return _Called(surname, forename, written.renamed(born))


def _names_of(file: PlainFile, pupils: Positions) -> dict[int, Names]:
    """The names of these pupils."""
    held = [(role, file.plain.pupils.texts[role][pupils].tolist()) for role in _NAMES if role in file.plain.pupils.texts]
    named = zip(*(texts for _, texts in held), strict=True) if held else [()] * len(pupils)
    roles = [role for role, _ in held]
    found = (names_in(dict(zip(roles, texts, strict=True))) for texts in named)
    return dict(zip(pupils.tolist(), found, strict=True))


def _born_alike(file: PlainFile, called: _Called, there: Positions) -> bool:
    """Whether two pupils of a school have one birthday and a name of each other."""
    born = there[called.born[there] != ""]
    if not len(born):
        return False
    number, _ = numbered([file.of_school[born], called.born[born]])
    several = np.bincount(number)[number] > 1
    names = _names_of(file, born[several])
    times = Counter((on, name) for on, keys in zip(number[several].tolist(), names.values(), strict=True) for name in keys.keys)
    return any(count > 1 for count in times.values())


def _classes_in_doubt(file: PlainFile, rules: Rules, there: Positions, last: Positions) -> bool:
    """Whether in a school year a class is written in two ways, or two share so many children that one may be renamed.

    A child is known by every name, as where classes are followed through their names.
    """
    in_class, pupil = _said_class(file), file.pupil_of
    placed = np.flatnonzero(in_class != "")
    if not len(placed):
        return False
    school, year = file.of_school[pupil[placed]], file.years.academic_year[placed]
    number, first = numbered([school, year, in_class[placed]])
    where = list(zip(school[first].tolist(), year[first].tolist(), strict=True))
    keys = [(*place, name_key(text or "")) for place, text in zip(where, in_class[placed][first].tolist(), strict=True)]
    if len(set(keys)) < len(keys):
        return True
    names = _names_of(file, there)
    held: defaultdict[tuple[object, str], set[tuple[int, int]]] = defaultdict(set)
    for at, who in set(zip(number.tolist(), pupil[placed].tolist(), strict=True)):
        for name in names[who].keys | {names[who].short}:
            held[where[at], name].add((at, who))
    shared: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for members in held.values():
        for (at, who), (other, namesake) in combinations(sorted(members), 2) if len(members) > 1 else ():
            shared[at, other] |= {who, namesake} if at != other else set()
    several = {pair for pair, children in shared.items() if len(children) >= rules.matching.least}
    of_term: defaultdict[int, defaultdict[int, list[Names]]] = defaultdict(lambda: defaultdict(list))
    for at, term, who in set(zip(number.tolist(), last[placed].tolist(), pupil[placed].tolist(), strict=True)):
        of_term[at][term].append(names[who])
    return any(
        _mostly_same_children(of_term[at][term], of_term[other][before], rules)
        for at, other in (*several, *((other, at) for at, other in several))
        for term in of_term[at]
        for before in of_term[other]
        if term != before
    )


def _mostly_same_children(first: Sequence[Names], second: Sequence[Names], rules: Rules) -> bool:
    """Whether most children of either class of a term are in the other."""
    theirs = {name for names in second for name in (*names.keys, names.short)}
    shared = sum(not theirs.isdisjoint((*names.keys, names.short)) for names in first)
    largest = max(len({names.main for names in held}) for held in (first, second))
    return shared >= rules.matching.least and shared > rules.matching.most * largest


def _first_and_last(file: PlainFile) -> tuple[Positions, Positions]:
    """The first and the last term in which each row has a result; without, STILL_HERE and NEVER."""
    written, results = file.layouts.written, of_now(file.layouts, file.dated.known)
    row, term = written.row[results], file.dated.terms[results]
    rows = len(file.dated.rows)
    first, last = np.full(rows, STILL_HERE), np.full(rows, NEVER)
    np.minimum.at(first, row, term)
    np.maximum.at(last, row, term)
    return first, last


def _on_roll(file: PlainFile, first: Positions, last: Positions) -> tuple[Positions, Positions]:
    """From and until when the file shows each pupil on roll, as terms' numbers."""
    terms = np.unique(last[last > NEVER])
    newest = int(terms.max(initial=NEVER))
    years = len(np.unique(terms // SEASONS_IN_A_YEAR))
    lists_those_here = 0 < years < HISTORY_YEARS and not file.plain.table.row_each_result
    this_year = last // SEASONS_IN_A_YEAR == newest // SEASONS_IN_A_YEAR
    of_row = np.where(this_year | lists_those_here, newest, last)
    since, until = np.full(file.plain.pupils.count, STILL_HERE), np.full(file.plain.pupils.count, NEVER)
    np.minimum.at(since, file.pupil_of, first)
    np.maximum.at(until, file.pupil_of, of_row)
    return since, until


def _said(file: PlainFile, rules: Rules, findings: Findings) -> dict[str, Said]:
    """What each row says of each characteristic that the file has a column of."""
    of_row = dict.fromkeys(PupilRow._fields, "") | {"names": NAMELESS, "numbers": frozenset(), "is_list": False}
    rows = [PupilRow(**{**of_row, "row": row}) for row in file.layouts.rows]  # type: ignore[arg-type]  # of each only the row is asked
    return dict(groups_said(rows, file.layouts, rules, findings))


def _best_first(file: PlainFile, called: _Called, last: Positions) -> Positions:
    """The rows in the order in which their words count: the latest first; the rest breaks ties."""
    pupil = file.pupil_of
    names = called.surname[pupil], called.forename[pupil], file.plain.pupils.texts[UPN_ROLE][pupil]
    return ordered([-last, *names, _classes(file)])


def _histories(
    file: PlainFile, best_first: Positions, last: Positions, said: Mapping[str, Said], findings: Findings
) -> tuple[Frame, dict[str, Texts]]:
    """What is said of each pupil's characteristics and when, the newest word first; and the newest word of each.

    Another word than the newest is reported where it first stands.
    """
    key = file.plain.pupils.texts[UPN_ROLE]
    rows = Frame({"at": file.pupil_of, "term": last, "said": file.said_of, "row": file.first_row})[best_first]
    parts, newest = [], {}
    for name, read in said.items():
        recorded = rows.having(group=Texts.of(read.groups)[rows["said"]])
        recorded = recorded[recorded["group"] != NOT_RECORDED]
        _report_clashes(file, recorded, read, findings)
        words = recorded[recorded.first_of("at", "term", "group")]
        words = words.having(pupil=key[words["at"]], characteristic=name)
        parts.append(words[HISTORIES.names] if len(words) else HISTORIES.of([("", name, STILL_HERE, NOT_RECORDED)]))
        first = words[words.first_of("at")]
        place = np.full(len(key), NONE)
        place[first["at"]] = np.arange(len(first))
        newest[name] = first["group"].take(place).filled(NOT_RECORDED)
    return Frame.stacked(parts) if parts else HISTORIES.no_rows(), newest


def _report_clashes(file: PlainFile, recorded: Frame, read: Said, findings: Findings) -> None:
    """Report each other value of a pupil than the one that counts now, once."""
    values = recorded[recorded.first_of("at", "group")]
    others = values[~values.first_of("at")]
    for said, row in others.in_rows("said", "row"):
        found = f"'{read.texts[said]}' under {read.label}, and another value elsewhere"
        findings.add("characteristic-clash", file.plain.table.context.place(row), found, "one value")


def _said_class(file: PlainFile) -> Texts:
    """The class that each row names, as it is written."""
    return Texts.of(row.texts.get("class", "") for row in file.layouts.rows)[file.said_of]


def _classes(file: PlainFile) -> Texts:
    """The class of each row, with its school where there are several."""
    said, school = _said_class(file), file.of_school[file.pupil_of]
    if len(school.distinct()) == 1 or not any(said.words):
        return said
    number, first = numbered([said, school])
    both = zip(said[first].tolist(), school[first].tolist(), strict=True)
    return Texts.of(class_with_school(name or "", of or "") for name, of in both)[number]


def _placements(file: PlainFile, key: Texts, best_first: Positions, in_class: Texts) -> Frame:
    """Year group and class by pupil and academic year: the first of each that is known."""
    pupil, years = file.pupil_of, file.years
    rows = Frame({"pupil": key[pupil], "academic_year": years.academic_year, "year_group": years.year_group})
    rows = rows.having({"class": in_class})[best_first]
    placed = rows[rows.first_of("pupil", "academic_year")].sorted_by("pupil", "academic_year")
    for name, known in (("year_group", ~np.isnan(rows["year_group"])), ("class", rows["class"] != "")):
        told = rows[known]
        found = told.take(placed.found_in(told, "pupil", "academic_year"))[name]
        placed = placed.having({name: found.filled("") if isinstance(found, Texts) else found})
    return placed[PLACEMENTS.names]


def _year_groups_clash(file: PlainFile) -> bool:
    """Whether two year groups stand beside a pupil in one school year."""
    known = ~np.isnan(file.years.year_group)
    of = [file.pupil_of[known], file.years.academic_year[known]]
    if not known.any():
        return False
    return len(numbered([*of, file.years.year_group[known]])[1]) > len(numbered(of)[1])


def _together(file: PlainFile, in_class: Texts, until: Positions) -> Mapping[Together, Members]:
    """The children of every year group and class, as they are asked about where all of them have left."""
    pupil, years = file.pupil_of, file.years
    row = file.first_row
    found: dict[Together, Members] = {}
    year, group, of_class = years.academic_year, years.year_group, in_class
    for named, here in ((False, ~np.isnan(group)), (True, of_class != "")):
        found |= _members(file, here, [year, group, *([of_class] if named else [])], pupil, row, until)
    return found


def _members(
    file: PlainFile,
    here: Flags,
    columns: Sequence[Positions | Texts],
    pupil: Positions,
    row: Positions,
    until: Positions,
) -> dict[Together, Members]:
    """Those who have the same in these columns."""
    at = np.flatnonzero(here)
    if not len(at):
        return {}
    number, first = numbered([column[at] for column in columns])
    _, one_each = numbered([number, pupil[at]])
    count = np.bincount(number[one_each])
    last, top = np.full(len(first), NEVER), np.full(len(first), np.iinfo(np.int64).max)
    np.maximum.at(last, number, until[pupil[at]])
    np.minimum.at(top, number, row[at])
    place = file.plain.table.context.place
    found = {}
    for of, which in enumerate(at[first].tolist()):
        year, group, *named = (column[which : which + 1].tolist()[0] for column in columns)
        together = Together(int(year), None if np.isnan(group) else int(group), *(named or [""]))
        found[together] = Members(place(int(top[of])), int(count[of]), int(last[of]))
    return found
