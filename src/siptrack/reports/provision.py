"""The report of `siptrack provision`: the map, who has what, what it takes, and what became of the children."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from siptrack.cycle.provision import Provided
from siptrack.cycle.provision_tables import CHILDREN, INTERVENTIONS, MAP, WHO, Who
from siptrack.documents import overall
from siptrack.documents import provision_words as wording
from siptrack.documents.evidence import strongest_numbers
from siptrack.documents.in_short import untold
from siptrack.documents.labels import subject_label
from siptrack.documents.pages import NAMED
from siptrack.documents.provision.catalogue import put_suggestions
from siptrack.documents.provision.impact import put_compared, put_impact
from siptrack.documents.pupil_names import PupilNames, names_of
from siptrack.documents.read import Read
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.page import Page
from siptrack.reports.data_problems import ledger_lines, put_alarms, put_begun, put_problems
from siptrack.reports.printed import Printed
from siptrack.reports.wording.questions import named_child
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text

_MAP = (
    ColumnHead("Year group"),
    ColumnHead("Need"),
    ColumnHead("Wave"),
    ColumnHead("Intervention"),
    ColumnHead("Children", numbers=True),
    ColumnHead("Now", numbers=True),
    ColumnHead("Sessions attended"),
    ColumnHead("Hours", numbers=True),
    ColumnHead("Cost", numbers=True),
)
_TAKES = (
    ColumnHead("Intervention"),
    ColumnHead("Children", numbers=True),
    ColumnHead("Sessions attended"),
    ColumnHead("Hours", numbers=True),
    ColumnHead("Cost", numbers=True),
    ColumnHead("A child", numbers=True),
)
_CHILDREN = (
    ColumnHead("Child"),
    ColumnHead("Class"),
    ColumnHead("Interventions", numbers=True),
    ColumnHead("Sessions attended"),
    ColumnHead("Hours", numbers=True),
    ColumnHead("Cost", numbers=True),
)


@dataclass(frozen=True)
class Wanted:
    """What to put beside the usual: `suggest` what the catalogue offers, `detail` each child beside comparable ones."""

    suggest: bool = False
    detail: bool = False


def provision_printed(provided: Provided, rules: Rules, wanted: Wanted) -> Printed:
    """The report as a document."""
    title = wording.title(provided.analysis.term)
    return Printed(title, lambda page: _put(page, provided, rules, wanted), rules, NAMED, wide=True)


def _put(page: Page, provided: Provided, rules: Rules, wanted: Wanted) -> None:
    analysis, names = provided.analysis, names_of(provided.analysis)
    leavers = None if analysis.filters else analysis.leavers
    put_alarms(page, analysis.register)
    put_begun(page, analysis.begun)
    for line in ledger_lines(Read(analysis.register, (), len(analysis.children.pupils), leavers)):
        page.say(line, hang=2)
    if analysis.filters:
        page.say(overall.filters_line(analysis.filters), hang=2)
    spells = provided.frame("spells")
    children, interventions = (len(spells[name].distinct()) for name in ("pupil", "intervention"))
    page.say(wording.held_line(len(spells), children, interventions), hang=2)
    _put_map(page, provided, rules)
    _put_who(page, provided, names, rules)
    if wanted.suggest:
        put_suggestions(page, provided, names, rules)
    _put_takes(page, provided, rules)
    if wanted.detail:
        _put_children(page, provided, names)
    put_impact(page, provided.frame("impact"), rules)
    if wanted.detail:
        put_compared(page, provided.frame("compared"), names, rules)
    put_problems(page, analysis.register, every=wanted.detail)


def _put_map(page: Page, provided: Provided, rules: Rules) -> None:
    """The provision of this school year, by year group, need, wave and intervention."""
    year = provided.analysis.term.academic_year
    rows = records(provided.frame("map"), MAP.names)
    here = [row for row in rows if row["academic_year"] in (None, year) or row["now"]]
    page.heading(wording.MAP)
    if not here:
        page.say(wording.nothing_this_year(len(rows)))
        return
    here.sort(key=lambda row: (number(row["year_group"]) or 0, text(row["need"]), text(row["intervention"])))
    page.table(_MAP, [_map_row(row, rules) for row in here])
    if len(here) < len(rows):
        page.say(wording.earlier_years(len(rows) - len(here)))


def _map_row(row: Mapping[str, Cell], rules: Rules) -> list[str]:
    year = number(row["year_group"])
    return [
        rules.years.label(None if year is None else int(year)),
        text(row["need"]) or (subject_label(text(row["subject"]), rules) if row["subject"] else "-"),
        wording.wave(number(row["wave"])),
        text(row["intervention"]),
        text(row["children"]),
        text(row["now"]),
        *_costs(row),
    ]


def _costs(row: Mapping[str, Cell]) -> list[str]:
    """Sessions, hours and cost of a row."""
    sessions = wording.sessions(number(row["attended"]), number(row["planned"]))
    return [sessions, wording.hours(number(row["hours"])), wording.money(number(row["cost"]))]


def _put_who(page: Page, provided: Provided, names: PupilNames, rules: Rules) -> None:
    """Each list of who has what, in the order of importance."""
    page.heading(wording.WHO)
    rows = records(provided.frame("who"), WHO.names)
    if not rows:
        told = untold(provided.analysis) < len(provided.analysis.children.pupils)
        page.say(
            wording.nobody_to_name(with_progress=told, slow=bool(provided.frame("children")["insufficient"].any())),
            hang=2,
        )
    for code in Who:
        of_code = [row for row in rows if row["code"] == code.value]
        if not of_code:
            continue
        page.gap()
        page.say(wording.who_heading(code.value, len({row["pupil"] for row in of_code})), style=styles.STRONG, hang=2)
        if code is Who.NOBODY_ATTENDS:
            for row in of_code:
                attended, planned = number(row["count"]) or 0, number(row["of"]) or 0
                page.say(wording.hardly_attended(text(row["intervention"]), attended, planned), indent=2, hang=2)
        elif code in (Who.NOTHING, Who.ANOTHER_SUBJECT):
            _put_by_class(page, of_code, names, rules, strongest_numbers(provided.analysis, rules))
        else:
            _put_each(page, of_code, names, rules)


def _subjects_of(rows: Iterable[Mapping[str, Cell]], rules: Rules) -> dict[str, list[str]]:
    """The labels of the subjects of each pupil, in the order of the rows."""
    found: dict[str, list[str]] = {}
    for row in rows:
        subjects = found.setdefault(text(row["pupil"]), [])
        if row["subject"]:
            subjects.append(subject_label(text(row["subject"]), rules))
    return found


def _put_by_class(
    page: Page, rows: Sequence[Mapping[str, Cell]], names: PupilNames, rules: Rules, numbers: Mapping[str, float]
) -> None:
    """The children of each class, those with the strongest marks first."""
    subjects = _subjects_of(rows, rules)
    for label, pupils in names.by_class(subjects, rules):
        strongest_first = sorted(pupils, key=lambda pupil: -numbers.get(pupil, 0))
        words = [named_child(names[pupil], subjects[pupil], number=numbers.get(pupil)) for pupil in strongest_first]
        page.say(f"{label}: {'; '.join(words)}", indent=2, hang=2)


def _put_each(page: Page, rows: Sequence[Mapping[str, Cell]], names: PupilNames, rules: Rules) -> None:
    subjects = _subjects_of(rows, rules)
    has = {text(row["pupil"]): text(row["intervention"]).split("; ") for row in rows}
    for _, pupils in names.by_class(subjects, rules):
        for pupil in pupils:
            page.say(wording.has_many(names[pupil], has[pupil], subjects[pupil]), indent=2, hang=2)


def _put_takes(page: Page, provided: Provided, rules: Rules) -> None:
    """What each intervention takes over all its years, and the ratio gains."""
    rows = records(provided.frame("interventions"), INTERVENTIONS.names)
    if not rows:
        return
    page.heading(wording.TAKES)
    page.table(
        _TAKES,
        [
            [text(row["intervention"]), text(row["children"]), *_costs(row), wording.money(number(row["cost_a_child"]))]
            for row in rows
        ],
    )
    for row in rows:
        ratio = number(row["ratio_gain"])
        if ratio is not None:
            gained, lasted = number(row["months_gained"]) or 0, number(row["months"]) or 0
            rows_of, rules_of = int(number(row["ages"]) or 0), rules.provision.ratio_gain
            page.say(
                wording.ratio_sentence(text(row["intervention"]), rows_of, gained, lasted, ratio, rules_of), hang=2
            )


def _put_children(page: Page, provided: Provided, names: PupilNames) -> None:
    """What each child with provision has this year, and what it takes."""
    rows = [row for row in records(provided.frame("children"), CHILDREN.names) if row["interventions"]]
    if rows:
        page.gap()
        page.table(
            _CHILDREN,
            [
                [names[text(row["pupil"])], text(row["class"]), text(row["interventions"]), *_costs(row)]
                for row in sorted(rows, key=lambda row: names.order(text(row["pupil"])))
            ],
        )
