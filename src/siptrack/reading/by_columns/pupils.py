"""The tables of the pupils of plain rows, as they are made of rows one after the other elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.calendar import HISTORY_YEARS, NEVER, of_now
from siptrack.reading.characteristics import groups_said
from siptrack.reading.headings import UPN_ROLE
from siptrack.reading.identity.gone import Members, Together
from siptrack.reading.identity.mentions import birthday
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.identity.pupils import report_year_groups
from siptrack.reading.names import NAMELESS, names_in, surname_and_forename
from siptrack.reading.schools import class_with_school
from siptrack.reading.spelling import name_key
from siptrack.school.frame import Frame, numbered, ordered
from siptrack.school.register import HISTORIES, NOT_RECORDED, PUPILS, STILL_HERE
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
    called = _called(file, rules)
    there = np.unique(file.rows.pupil)
    if called is None or _born_alike(file, called, there) or _classes_in_doubt(file, rules, there):
        return None
    report_year_groups(file.layouts, rules, findings)
    first, last = _first_and_last(file)
    since, until = _on_roll(file, first, last)
    key = file.plain.pupils.texts[UPN_ROLE]
    groups = _groups(file, rules, findings)
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
    in_class = _classes(file, there)
    return PlainTables(
        pupils.having({name: group[order] for name, group in groups.items()}),
        _placements(file, key, in_class),
        _histories(file, called, last, groups),
        key[file.pupil_of],
        _together(file, in_class, until),
    )


def _called(file: PlainFile, rules: Rules) -> _Called | None:
    """The names and birthdays; None where a birthday is not to be believed."""
    texts, pupils = file.plain.pupils.texts, len(file.plain.pupils)
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


def _names_of(file: PlainFile, pupils: Positions) -> dict[int, frozenset[str]]:
    """Every key of the names of these pupils."""
    held = [(role, file.plain.pupils.texts[role][pupils].tolist()) for role in _NAMES if role in file.plain.pupils.texts]
    named = zip(*(texts for _, texts in held), strict=True) if held else [()] * len(pupils)
    roles = [role for role, _ in held]
    found = (names_in(dict(zip(roles, texts, strict=True))) for texts in named)
    return {pupil: names.keys | {names.short} - {""} for pupil, names in zip(pupils.tolist(), found, strict=True)}


def _born_alike(file: PlainFile, called: _Called, there: Positions) -> bool:
    """Whether two pupils of a school have one birthday and a name of each other."""
    born = there[called.born[there] != ""]
    if not len(born):
        return False
    number, _ = numbered([file.of_school[born], called.born[born]])
    several = np.bincount(number)[number] > 1
    names = _names_of(file, born[several])
    times = Counter((on, name) for on, keys in zip(number[several].tolist(), names.values(), strict=True) for name in keys)
    return any(count > 1 for count in times.values())


def _classes_in_doubt(file: PlainFile, rules: Rules, there: Positions) -> bool:
    """Whether a class is written in two ways, or enough children of one are called as children of another are."""
    said = [texts.get("class", "") for texts in file.plain.pupils.said]
    if not any(said):
        return False
    number, first = numbered([file.of_school[there], Texts.of(said)[file.plain.pupils.alike[there]]])
    of = list(zip(file.of_school[there][first].tolist(), (said[at] for at in file.plain.pupils.alike[there][first].tolist()), strict=True))
    keys = [(school, name_key(text)) for school, text in of]
    if len(set(keys)) < len(keys):
        return True
    classes: defaultdict[tuple[str | None, str], set[int]] = defaultdict(set)
    pupils: Counter[tuple[str | None, str]] = Counter()
    for at, names in zip(number.tolist(), _names_of(file, there).values(), strict=True):
        for name in names:
            classes[keys[at][0], name].add(at)
            pupils[keys[at][0], name] += 1
    shared: Counter[str | None] = Counter()
    for (school, name), held in classes.items():
        shared[school] += pupils[school, name] if len(held) > 1 else 0
    return any(count >= rules.matching.least for count in shared.values())


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
    since, until = np.full(len(file.plain.pupils), STILL_HERE), np.full(len(file.plain.pupils), NEVER)
    np.minimum.at(since, file.pupil_of, first)
    np.maximum.at(until, file.pupil_of, of_row)
    return since, until


def _groups(file: PlainFile, rules: Rules, findings: Findings) -> dict[str, Texts]:
    """The group of each pupil by each characteristic that the file has a column of."""
    of_row = dict.fromkeys(PupilRow._fields, "") | {"names": NAMELESS, "numbers": frozenset(), "is_list": False}
    rows: Sequence[PupilRow] = [PupilRow(**{**of_row, "row": row}) for row in file.layouts.rows]  # type: ignore[arg-type]  # of each only the row is asked
    found = groups_said(rows, file.layouts, rules, findings)
    place = np.full(len(file.plain.pupils.said), NONE)  # of those said of pupils of the school spoken of
    place[np.unique(file.plain.pupils.alike[file.rows.pupil])] = np.arange(len(rows))
    return {key: Texts.of(groups).take(place[file.plain.pupils.alike]) for key, groups in found.items()}


def _histories(file: PlainFile, called: _Called, last: Positions, groups: Mapping[str, Texts]) -> Frame:
    """What is said of each pupil's characteristics and when, the newest word first."""
    pupil = file.pupil_of
    key = file.plain.pupils.texts[UPN_ROLE]
    order = ordered([-last, called.surname[pupil], called.forename[pupil], key[pupil]])
    words = Frame({"pupil": key[pupil], "at": pupil, "term": last})[order]
    words = words[words.first_of("pupil", "term")]
    parts = []
    for name, group in groups.items():
        of_each = words.having(characteristic=name, group=group[words["at"]])
        recorded = of_each[of_each["group"] != NOT_RECORDED]
        nobody = HISTORIES.of([("", name, STILL_HERE, NOT_RECORDED)])
        parts.append(recorded[HISTORIES.names] if len(recorded) else nobody)
    return Frame.stacked(parts) if parts else HISTORIES.no_rows()


def _classes(file: PlainFile, there: Positions) -> Texts:
    """The class of each pupil, with its school where there are several."""
    several = len(file.of_school[there].distinct()) > 1
    said = Texts.of(texts.get("class", "") for texts in file.plain.pupils.said)[file.plain.pupils.alike]
    if not several or not any(said.words):
        return said
    number, first = numbered([said, file.of_school])
    with_school = [class_with_school(*both) for both in zip(said[first].tolist(), file.of_school[first].tolist(), strict=True)]  # type: ignore[arg-type]  # none is missing
    return Texts.of(with_school)[number]


def _placements(file: PlainFile, key: Texts, in_class: Texts) -> Frame:
    """Year group and class by pupil and academic year."""
    pupil, years = file.pupil_of, file.years
    _, first = numbered([key[pupil], years.academic_year])
    columns = {
        "pupil": key[pupil[first]],
        "academic_year": years.academic_year[first],
        "year_group": years.year_group[first],
        "class": in_class[pupil[first]],
    }
    return Frame(columns)


def _together(file: PlainFile, in_class: Texts, until: Positions) -> Mapping[Together, Members]:
    """The children of every year group and class, as they are asked about where all of them have left."""
    pupil, years = file.pupil_of, file.years
    row = np.full(len(pupil), np.iinfo(np.int64).max)
    np.minimum.at(row, file.rows.together, file.rows.number)
    found: dict[Together, Members] = {}
    year, group, of_class = years.academic_year, years.year_group, in_class[pupil]
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
