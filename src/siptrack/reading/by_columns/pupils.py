"""The tables of the pupils of plain rows, as they are made of rows one after the other elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from siptrack.reading.calendar import HISTORY_YEARS, NEVER
from siptrack.reading.characteristics import Wording, groups_by_wording
from siptrack.reading.headings import UPN_ROLE
from siptrack.reading.identity.gone import Members, Together, together_in
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.identity.pupils import match_rows, report_year_groups
from siptrack.reading.names import NAMELESS, surname_and_forename
from siptrack.reading.pupil_tables import KnownChildren, known_children
from siptrack.reading.schools import ALL, class_with_school
from siptrack.school.ages import AGES
from siptrack.school.frame import Frame, numbered, ordered, standing
from siptrack.school.register import HISTORIES, NOT_RECORDED, PERCENTAGES, PLACEMENTS, PUPILS, STILL_HERE
from siptrack.school.term import SEASONS_IN_A_YEAR
from siptrack.school.texts import NONE, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from siptrack.reading.by_columns.laid_out import PlainFile
    from siptrack.reading.calendar import Points
    from siptrack.reading.findings import Findings
    from siptrack.reading.layout import Layouts
    from siptrack.reading.pupil_tables import ChildDetails
    from siptrack.reading.rows import Row
    from siptrack.rules.model import Rules
    from siptrack.school.frame import Positions
    from siptrack.school.texts import Flags

_NAMES = ("surname", "forename", "name")
_DETAILS = ("surname", "forename", "upn", "id", "date_of_birth")


class PlainTables(NamedTuple):
    """The tables of pupils, the key of the pupil of each row, and who is together in which year.

    `used` are the rows whose pupil is known.
    """

    pupils: Frame
    placements: Frame
    histories: Frame
    percentages: Frame
    ages: Frame
    keys: Texts
    together: Callable[[], Mapping[Together, Members]]
    used: Sequence[Row]


class _Called(NamedTuple):
    """What each pupil, or the pupil of each row, is called, by which numbers, and when born."""

    surname: Texts
    forename: Texts
    upn: Texts
    id: Texts
    born: Texts

    def beside(self, others: Iterable[ChildDetails | PupilRow]) -> _Called:
        """The same with others beneath."""
        beneath = list(others)
        columns = (Texts.of(getattr(child, name) for child in beneath) for name in _DETAILS)
        return _Called(*(Texts.stacked([own, column]) for own, column in zip(self, columns, strict=True)))

    def of(self, at: Positions) -> _Called:
        """The same of the pupils in these positions."""
        return _Called(*(column[at] for column in self))


class _Others(NamedTuple):
    """The children of the rows of which it was weighed whose they are; and of each row the child, NONE for several."""

    known: KnownChildren
    child: Positions
    layouts: Layouts


def tables_of_pupils(file: PlainFile, rules: Rules, findings: Findings) -> PlainTables:
    """The tables of all pupils of the school spoken of."""
    first, last = file.first_and_last
    there = standing(file.rows.pupil)
    called = _called(file, rules)
    wording = file.layouts.rows[: len(file.layouts.rows) - len(file.others)]
    report_year_groups(replace(file.layouts, rows=wording), rules, findings)
    others = _others(file, rules, findings)
    children = others.known.called
    who = np.concatenate([file.pupil_of, np.where(others.child == NONE, NONE, others.child + len(called.upn))])
    of_rows = called.of(file.pupil_of).beside(others.known.rows)
    called = called.beside(children.values())
    key = Texts.stacked([called.upn[: file.plain.pupils.how_many], Texts.of(children)])
    since, until = _on_roll(file, who, len(key), first, last)
    in_class = Texts.stacked([_classes(file), Texts.of(row.in_class for row in others.known.rows)])
    best_first = ordered([-last, *of_rows, in_class])
    best_first = best_first[who[best_first] != NONE]
    read = _wordings(file, others, rules, findings)
    histories, newest = _histories(file, key, who, best_first, last, read, findings)
    there = np.concatenate([there, np.arange(file.plain.pupils.how_many, len(key))])
    order = there[ordered([called.surname[there], called.forename[there], key[there]])]
    school = Texts.stacked([file.of_school, Texts.of(child.school for child in children.values())])
    pupils = Frame(
        {
            "pupil": key[order],
            "upn": called.upn[order],
            "surname": called.surname[order],
            "forename": called.forename[order],
            "school": school[order],
            "date_of_birth": called.born[order],
            "on_roll_from": since[order],
            "on_roll_until": until[order],
        }
    )[PUPILS.names]
    of_plain = best_first[best_first < file.rows.how_many]
    placements = Frame.stacked([_placements(file, key, of_plain, in_class), others.known.placements])
    left = dict(zip(key.tolist(), until.tolist(), strict=True))
    known = [row for row in others.known.rows if row.who is not None]
    used = [*wording, *(row.row for row in known)]
    return PlainTables(
        pupils.having({name: group[order] for name, group in newest.items()}),
        placements.sorted_by("pupil", "academic_year"),
        histories,
        PERCENTAGES.no_rows(),
        AGES.no_rows(),
        key.take(who),
        lambda: _added(_together(file, in_class, until), together_in(known, left, others.layouts)),  # type: ignore[arg-type]  # no key is missing
        used,
    )


def _others(file: PlainFile, rules: Rules, findings: Findings) -> _Others:
    """The rows of which it has to be weighed whose they are, matched as all rows are elsewhere."""
    layouts, dated = file.of_others()
    rows = match_rows(layouts, dated, rules, findings)[0] if file.others else []
    known = known_children(rows, layouts, rules, findings)
    place = {key: at for at, key in enumerate(known.called)}
    child = np.array([NONE if row.who is None else place[row.pupil] for row in known.rows], dtype=np.int64)
    return _Others(known, child, layouts)


def _added(together: Mapping[Together, Members], others: Mapping[Together, Members]) -> Mapping[Together, Members]:
    """The children of every year group and class, also those of others; the first row is the one that stands first."""
    both = dict(together)
    for group, members in others.items():
        if (own := both.get(group)) is not None:
            place, until = min(own.place, members.place), max(own.until, members.until)
            both[group] = Members(place, own.children + members.children, until)
        else:
            both[group] = members
    return both


def _called(file: PlainFile, rules: Rules) -> _Called:
    """What the pupils are called, by which number and when born."""
    texts, pupils = file.plain.pupils.texts, file.plain.pupils.how_many
    nothing = Texts.every("", pupils)
    surname, forename = texts.get("surname", nothing), texts.get("forename", nothing)
    if "name" in texts:
        number, first = numbered([surname, forename, texts["name"]])
        given = zip(*(column[first].tolist() for column in (surname, forename, texts["name"])), strict=True)
        both = [surname_and_forename(dict(zip(_NAMES, each, strict=True))) for each in given]
        surname, forename = (Texts.of(names[at] for names in both)[number] for at in (0, 1))
    else:
        surname, forename = (column.renamed(lambda text: " ".join(text.split())) for column in (surname, forename))
    return _Called(surname, forename, texts[UPN_ROLE], nothing, file.birthdays(rules))


def _on_roll(
    file: PlainFile, who: Positions, pupils: int, first: Positions, last: Positions
) -> tuple[Positions, Positions]:
    """From and until when the file shows each pupil on roll, as terms' numbers."""
    known = who != NONE
    who, first, last = who[known], first[known], last[known]
    terms = np.unique(last[last > NEVER])
    newest = int(terms.max(initial=NEVER)) if file.whole is None else file.whole.newest
    years = len(np.unique(terms // SEASONS_IN_A_YEAR))
    lists_those_here = 0 < years < HISTORY_YEARS and not file.plain.table.row_each_result
    this_year = last // SEASONS_IN_A_YEAR == newest // SEASONS_IN_A_YEAR
    of_row = np.where(this_year | lists_those_here, newest, last)
    since, until = np.full(pupils, STILL_HERE), np.full(pupils, NEVER)
    np.minimum.at(since, who, first)
    np.maximum.at(until, who, of_row)
    return since, until


def _wordings(file: PlainFile, others: _Others, rules: Rules, findings: Findings) -> dict[str, Wording]:
    """What each row says of each characteristic that the file has a column of; what nobody says is not asked."""
    of_row = dict.fromkeys(PupilRow._fields, "") | {"names": NAMELESS, "numbers": frozenset(), "is_list": False}
    unknown = {id(row.row) for row in others.known.rows if row.who is None}
    rows = [PupilRow(**{**of_row, "row": row}) for row in file.layouts.rows if id(row) not in unknown]  # type: ignore[arg-type]  # of each only the row is asked
    return dict(groups_by_wording(rows, file.layouts, rules, findings))


def _histories(
    file: PlainFile,
    key: Texts,
    who: Positions,
    best_first: Positions,
    last: Positions,
    wording: Mapping[str, Wording],
    findings: Findings,
) -> tuple[Frame, dict[str, Texts]]:
    """What is said of each pupil's characteristics and when, the newest word first; and the newest word of each.

    Another word than the newest is reported where it first stands.
    """
    wording_of, known = file.wording_of, who != NONE
    of_others = len(wording_of) - len(file.others)
    wording_of[of_others:] -= np.cumsum(~known[of_others:])  # what nobody says was not asked
    rows = Frame({"at": who, "term": last, "wording": wording_of, "row": file.first_row})[best_first]
    parts, newest = [], {}
    for name, read in wording.items():
        recorded = rows.having(group=Texts.of(read.groups)[rows["wording"]])
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


def _report_clashes(file: PlainFile, recorded: Frame, read: Wording, findings: Findings) -> None:
    """Report each other value of a pupil than the one that counts now, once."""
    values = recorded[recorded.first_of("at", "group")]
    others = values[~values.first_of("at")]
    for wording, row in others.in_rows("wording", "row"):
        found = f"'{read.texts[wording]}' under {read.label}, and another value elsewhere"
        findings.add("characteristic-clash", file.plain.table.context.place(row), found, "one value")


def _classes(file: PlainFile) -> Texts:
    """The class of each row, with its school where there are several."""
    wording, school = file.class_written, file.of_school[file.pupil_of]
    if file.school != ALL or len(file.schools.names) <= 1 or not any(wording.words):
        return wording
    number, first = numbered([wording, school])
    both = zip(wording[first].tolist(), school[first].tolist(), strict=True)
    return Texts.of(class_with_school(name or "", of or "") for name, of in both)[number]


def _placements(file: PlainFile, key: Texts, best_first: Positions, in_class: Texts) -> Frame:
    """Year group and class by pupil and academic year: the first of each that is known."""
    pupil, plain = file.pupil_of, slice(file.rows.how_many)
    year, group = file.years.academic_year[plain], file.years.year_group[plain]
    rows = Frame({"pupil": key[pupil], "academic_year": year, "year_group": group})
    rows = rows.having({"class": in_class[plain]})[best_first]
    placed = rows[rows.first_of("pupil", "academic_year")].sorted_by("pupil", "academic_year")
    for name, known in (("year_group", ~np.isnan(rows["year_group"])), ("class", rows["class"] != "")):
        given = rows[known]
        found = given.take(placed.found_in(given, "pupil", "academic_year"))[name]
        placed = placed.having({name: found.filled("") if isinstance(found, Texts) else found})
    return placed[PLACEMENTS.names]


def _together(file: PlainFile, in_class: Texts, until: Positions) -> Mapping[Together, Members]:
    """The children of every year group and class, as they are asked about where all of them have left."""
    plain = slice(file.rows.how_many)
    year, group, of_class = file.years.academic_year[plain], file.years.year_group[plain], in_class[plain]
    of_groups = _members(file, ~np.isnan(group), year, group, Texts.every("", len(year)), until)
    return of_groups | _members(file, of_class != "", year, group, of_class, until)


def _members(
    file: PlainFile, here: Flags, year: Positions, group: Points, in_class: Texts, until: Positions
) -> dict[Together, Members]:
    """Those of these rows who have the same year, year group and class."""
    at, pupil, row = np.flatnonzero(here), file.pupil_of, file.first_row
    if not len(at):
        return {}
    number, first = numbered([year[at], group[at], in_class[at]])
    _, each_once = numbered([number, pupil[at]])
    count = np.bincount(number[each_once])
    last, top = np.full(len(first), NEVER), np.full(len(first), np.iinfo(np.int64).max)
    np.maximum.at(last, number, until[pupil[at]])
    np.minimum.at(top, number, row[at])
    place = file.plain.table.context.place
    found = {}
    for of, which in enumerate(at[first].tolist()):
        of_group = None if np.isnan(group[which]) else int(group[which])
        together = Together(int(year[which]), of_group, in_class.text_at(which) or "")
        found[together] = Members(place(int(top[of])), int(count[of]), int(last[of]))
    return found
