"""Pupils' characteristics: each text decoded once, with the term of its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from siptrack.reading.blanks import columns_of, report_blanks
from siptrack.reading.findings import Findings
from siptrack.reading.group_words import SEVERAL, TICK, Cross, GroupReader, RecordedGroup
from siptrack.reading.identity.pupil_rows import PupilRow
from siptrack.reading.layout import Layouts
from siptrack.reading.percents import Percentages
from siptrack.rules.model import Rules
from siptrack.school.groups import Characteristic, GroupRules
from siptrack.school.register import NOT_RECORDED, STILL_HERE
from siptrack.school.texts import Texts


class Word(NamedTuple):
    """What a row says of its pupil's characteristic: a row of the table HISTORIES."""

    pupil: str
    characteristic: str
    term: int
    group: str


class _Different(NamedTuple):
    """The rows that say different things: one of those that share their texts; and for each row which of them it is."""

    rows: Sequence[PupilRow]
    of: Sequence[int]

    @classmethod
    def among(cls, known: Sequence[PupilRow]) -> _Different:
        """Those among these rows."""
        first: dict[int, PupilRow] = {}
        number: dict[int, int] = {}
        for pupil_row in known:
            first.setdefault(id(pupil_row.row.texts), pupil_row)
            number.setdefault(id(pupil_row.row.texts), len(number))
        return cls(list(first.values()), [number[id(pupil_row.row.texts)] for pupil_row in known])


class Wording(NamedTuple):
    """What each of the different rows says of a characteristic: its text, as a person would write it, and the group."""

    label: str
    texts: Sequence[str]
    groups: Sequence[str]


def characteristics_by_term(
    known: Sequence[PupilRow], percentages: Percentages, layouts: Layouts, rules: Rules, findings: Findings
) -> list[Word]:
    """The histories: what each row says of its pupil's characteristics, the word that counts most first.

    A blank is not there; an unknown text is reported and not there either. A characteristic that is a column of the
    files, but blank for all, has one row without a pupil, so that it is still known to be asked about.
    """
    different = _Different.among(known)
    when = ((pupil_row.pupil, STILL_HERE if pupil_row.is_list else pupil_row.last_term) for pupil_row in known)
    moments = list(dict.fromkeys(zip(when, different.of, strict=True)))
    of_pupils: dict[tuple[str, int], PupilRow] = {}
    for pupil_row, at in zip(known, different.of, strict=True):
        of_pupils.setdefault((pupil_row.pupil, at), pupil_row)
    words: list[Word] = []
    read_of = {of.key: whole for of, whole in _read_all(known, different, layouts, rules, findings)}
    for key, characteristic in rules.groups.characteristics.items():
        words += _of_percentages(percentages, characteristic)
        whole = read_of.get(key)
        if whole is None:
            continue
        groups = whole.groups
        _report_clashes(of_pupils, whole, layouts, findings, characteristic.label)
        recorded = ((pupil, key, term, groups[at]) for (pupil, term), at in moments if groups[at] != NOT_RECORDED)
        words += map(Word._make, dict.fromkeys(recorded))
        if all(group == NOT_RECORDED for group in groups):
            words.append(Word("", key, STILL_HERE, NOT_RECORDED))
    report_blanks(layouts, rules, findings)
    return words


def groups_by_wording(
    wording: Sequence[PupilRow], layouts: Layouts, rules: Rules, findings: Findings
) -> Mapping[str, Wording]:
    """What these rows say, all of which say different things, by each characteristic that any speaks of.

    Each has the numbers of all rows that say the same.
    """
    different = _Different(wording, range(len(wording)))
    found = _read_all(wording, different, layouts, rules, findings)
    of_each = {characteristic.key: whole for characteristic, whole in found}
    report_blanks(layouts, rules, findings)
    return of_each


def _read_all(
    known: Sequence[PupilRow], different: _Different, layouts: Layouts, rules: Rules, findings: Findings
) -> Iterator[tuple[Characteristic, Wording]]:
    """What the different rows say of each characteristic that any of them speaks of, in the order of the rules."""
    known_ones = rules.groups.characteristics
    read_of = {
        key: _read(characteristic, known, different, layouts, rules, findings)
        for key, characteristic in known_ones.items()
    }
    for key, characteristic in known_ones.items():
        whole = _followed(read_of[key], read_of.get(characteristic.else_from), characteristic)
        if whole is not None:
            filled = _blanks_filled(whole.groups, different.rows, layouts, characteristic)
            yield characteristic, whole._replace(groups=filled)


def _of_percentages(percentages: Percentages, characteristic: Characteristic) -> Iterator[Word]:
    """What percentages say of pupils, the newest first, then what stands in words where a percentage may."""
    if limit := characteristic.percent:
        for row in percentages.numbers:
            if row.characteristic == characteristic.key:
                yield Word(row.pupil, row.characteristic, row.term, limit.of(row.percent))
        yield from (Word(*word) for word in percentages.in_words if word[1] == characteristic.key)


def newest_characteristics(words: Sequence[Word], pupils: Sequence[str], rules: GroupRules) -> dict[str, Texts]:
    """A column for each characteristic asked about, with a row a pupil: `not_recorded` where no row says anything."""
    newest: dict[str, dict[str, str]] = {}
    for word in words:
        newest.setdefault(word.characteristic, {}).setdefault(word.pupil, word.group)
    return {
        key: Texts.of(newest[key].get(pupil, NOT_RECORDED) for pupil in pupils)
        for key in rules.characteristics
        if key in newest
    }


def _read(
    characteristic: Characteristic,
    known: Sequence[PupilRow],
    different: _Different,
    layouts: Layouts,
    rules: Rules,
    findings: Findings,
) -> Wording | None:
    """What the rows say of a characteristic; None where no sheet has a column of it. An unknown text is reported."""
    key = characteristic.key
    if not any(key in pupil_row.row.texts for pupil_row in different.rows):
        return None
    cells = [(pupil_row.row.table, pupil_row.row.texts.get(key, "")) for pupil_row in different.rows]
    each = dict.fromkeys(cells)
    reader = GroupReader(characteristic, rules.groups, rules.columns)
    crosses = _crosses(each, layouts, reader, findings, characteristic.label)
    decoded = {cell: reader.several(cell[1], crosses.get(cell[0], Cross.YES)) for cell in each}
    groups_read = [decoded[cell] for cell in cells]
    shown_as = {cell: _shown(cell[1]) for cell in each}
    shown = [shown_as[cell] for cell in cells]
    if any(recorded.unknown or recorded.clash for recorded in decoded.values()):
        texts = [(groups_read[at], shown[at]) for at in different.of]
        _report_values(texts, known, layouts, findings, characteristic.label)
    return Wording(characteristic.label, shown, [recorded.group for recorded in groups_read])


def _shown(text: str) -> str:
    """What several columns say as a person would write it: `E, EHCP: Yes` of a status beside a ticked column."""
    return ", ".join(part.replace(TICK, ": ") for part in text.split(SEVERAL))


def _crosses(
    cells: Iterable[tuple[int, str]], layouts: Layouts, reader: GroupReader, findings: Findings, label: str
) -> Mapping[int, Cross]:
    """What a cross means in each table that has one; where it means no beside a tick, there is one finding."""
    parts: defaultdict[int, set[str]] = defaultdict(set)
    for table, text in cells:
        parts[table].update(text.split(SEVERAL))
    crosses = {}
    for table, of_table in sorted(parts.items()):
        cross = reader.cross_in(part.rpartition(TICK)[2] for part in of_table)
        if cross is not Cross.YES:
            crosses[table] = cross
        if cross is Cross.NO:
            found = f"crosses beside ticks under {label}; a cross was read as no"
            findings.add("cross-for-no", layouts.tables[table].context.place(), found, "one sign for yes")
    return crosses


def _blanks_filled(
    groups: Sequence[str], rows: Sequence[PupilRow], layouts: Layouts, characteristic: Characteristic
) -> Sequence[str]:
    """The groups, with what a blank means in a table with a column of the characteristic, if the school says so."""
    if not characteristic.blank_is:
        return groups
    key = characteristic.key
    listed = {number for number, table in enumerate(layouts.tables) if columns_of(table, key)}
    return [
        characteristic.blank_is
        if group == NOT_RECORDED and pupil_row.row.table in listed and not pupil_row.row.texts.get(key)
        else group
        for group, pupil_row in zip(groups, rows, strict=True)
    ]


def _followed(own: Wording | None, other: Wording | None, characteristic: Characteristic) -> Wording | None:
    """What the rows say of a characteristic; where a row does not say it, what the one that it follows says of it."""
    if other is None:
        return own
    members = {member: group.key for group in characteristic.groups.values() for member in group.members}
    rest = next((group.key for group in characteristic.groups.values() if not group.members), NOT_RECORDED)
    wider = {**members, NOT_RECORDED: NOT_RECORDED}
    followed = Wording(characteristic.label, other.texts, [wider.get(group, rest) for group in other.groups])
    if own is None:
        return followed
    silent = [group == NOT_RECORDED for group in own.groups]
    return Wording(own.label, _filled(own.texts, followed.texts, silent), _filled(own.groups, followed.groups, silent))


def _filled(own: Sequence[str], other: Sequence[str], silent: Sequence[bool]) -> list[str]:
    """One's own, and the other's where one is silent."""
    return [second if missing else first for first, second, missing in zip(own, other, silent, strict=True)]


def _report_values(
    texts: Sequence[tuple[RecordedGroup, str]],
    known: Sequence[PupilRow],
    layouts: Layouts,
    findings: Findings,
    label: str,
) -> None:
    """Report the texts that are not known, and rows in which several columns disagree."""
    for row, (recorded, text) in zip(known, texts, strict=True):
        if not (recorded.unknown or recorded.clash):
            continue
        for place in layouts.places(row.row):
            for unknown in recorded.unknown:
                findings.add("unknown-value", place, f"'{unknown}' under {label}", "a known code or word")
            if recorded.clash:
                findings.add("characteristic-clash", place, f"'{text}' under {label}, which disagree", "one value")


def _report_clashes(
    of_pupils: Mapping[tuple[str, int], PupilRow], read: Wording, layouts: Layouts, findings: Findings, label: str
) -> None:
    """Report each other value of a pupil than the one that counts now, once.

    `of_pupils` is the first row in which each of the different texts stands for each pupil.
    """
    values: defaultdict[str, set[str]] = defaultdict(set)
    for (pupil, at), pupil_row in of_pupils.items():
        group = read.groups[at]
        if group == NOT_RECORDED:
            continue
        others = values[pupil]
        if others and group not in others:
            found = f"'{read.texts[at]}' under {label}, and another value elsewhere"
            findings.add("characteristic-clash", layouts.place(pupil_row.row), found, "one value")
        others.add(group)
