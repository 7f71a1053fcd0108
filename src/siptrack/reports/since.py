"""The page of a look back: what was agreed and what came of it, then who joined, left and stayed, then the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from siptrack.analysis.trend_tables import TRENDS, Trend
from siptrack.analysis.vocabulary import GapVerdict, Measure
from siptrack.cycle.since import Since
from siptrack.cycle.since_tables import COUNTS, Came, Moved, OnList
from siptrack.documents.labels import group_label, subject_label
from siptrack.documents.read import Read
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import quantity, signed
from siptrack.rendering.page import Page
from siptrack.reports.begun import put_begun
from siptrack.reports.cells import Cell, number, records, text
from siptrack.reports.data_problems import ledger_lines, put_alarms, put_problems
from siptrack.reports.looked_back import Agreed, LookedBack, Named, by_class, whole
from siptrack.reports.printed import Printed
from siptrack.reports.trends import put_changes
from siptrack.reports.wording import overall
from siptrack.reports.wording import since as wording
from siptrack.reports.wording.pages import NAMED
from siptrack.rules.model import Rules

_COUNTED = ("then", "stayed", "left", "untold_now", "left_school", "joined", "untold_then", "new_here", "now")
_ALWAYS = ("then", "stayed", "left", "joined", "now")
_WORDS: dict[str, str | tuple[str, ...]] = {
    "stayed": "Stayed",
    "left": "Left",
    "untold_now": ("Not", "told", "now"),
    "left_school": ("Left", "school"),
    "joined": "Joined",
    "untold_then": ("Not", "told", "then"),
    "new_here": ("No", "result", "then"),
}
_APART = (Moved.UNTOLD_THEN, Moved.NEW_HERE, Moved.UNTOLD_NOW, Moved.LEFT_SCHOOL)
_GAP_HEADINGS = (
    ColumnHead("Subject"),
    ColumnHead("Group"),
    ColumnHead("Compared with"),
    ColumnHead(("Same", "children"), numbers=True),
    ColumnHead(("Gap", "then"), numbers=True),
    ColumnHead(("Gap", "now"), numbers=True),
    ColumnHead("Change", numbers=True),
    ColumnHead("Trend"),
)


def since_printed(since: Since, rules: Rules, *, detail: bool = False) -> Printed:
    """The page as a document; with `detail` every gap, and every place of a problem."""
    title = wording.since_title(since.from_term, since.term)
    return Printed(title, lambda page: _put(page, since, rules, detail=detail), rules, NAMED)


def _put(page: Page, since: Since, rules: Rules, *, detail: bool) -> None:
    told = LookedBack(since, rules)
    _put_head(page, told)
    _put_actions(page, told)
    _put_without(page, told)
    _put_counts(page, since, rules)
    for moved in (Moved.STAYED, Moved.JOINED, Moved.LEFT):
        _put_moved(page, told, moved)
    _put_apart(page, told)
    _put_gaps(page, since, rules, every=detail)
    put_problems(page, since.analysis.register, every=detail)


def _put_head(page: Page, told: LookedBack) -> None:
    since, analysis = told.since, told.since.analysis
    put_alarms(page, analysis.register)
    put_begun(page, analysis.begun)
    leavers = None if analysis.filters else analysis.leavers
    for line in ledger_lines(Read(analysis.register, (), len(analysis.children.pupils), leavers)):
        page.say(line, hang=2)
    if analysis.filters:
        page.say(overall.filters_line(analysis.filters), hang=2)
    page.say(told.could_be_told(), hang=2)
    if since.from_term.academic_year != since.term.academic_year:
        page.say(wording.new_year_sentence(), hang=2)


def _put_actions(page: Page, told: LookedBack) -> None:
    """What last term's meeting agreed, those of which nothing came first."""
    since, actions = told.since, told.actions
    page.heading(wording.actions_heading(len(actions), len({text(one.rows[0]["pupil"]) for one in actions})))
    if since.analysis.register.frame("actions").empty:
        page.say(wording.no_record(), hang=2)
        return
    if not actions:
        page.say(wording.no_earlier_action(since.term), hang=2)
    else:
        page.say(wording.came_sentence(Counter(one.came for one in actions)), hang=2)
        page.say(told.effect(), hang=2)
    if since.later_actions:
        page.say(wording.later_actions(since.later_actions, since.term), hang=2)
    for came in Came:
        alike = [one for one in actions if one.came is came]
        if alike:
            page.gap()
            page.say(wording.came_heading(came, len(alike)), style=styles.STRONG)
            _put_agreed(page, told, alike)


def _put_agreed(page: Page, told: LookedBack, actions: Sequence[Agreed]) -> None:
    """The actions by class and child."""
    before: tuple[int | None, str] | None = None
    name = ""
    for one in actions:
        place = one.child.year_group, one.child.class_name
        if place != before:
            page.say(_class(*place, told.rules), indent=2, style=styles.CLASS)
        if place != before or one.child.name != name:
            page.say(one.child.name, indent=4, style=styles.STRONG)
        before, name = place, one.child.name
        _put_action(page, told, one)


def _put_action(page: Page, told: LookedBack, one: Agreed) -> None:
    row = one.rows[0]
    subjects = [told.subject(each) for each in one.rows if each["named"]]
    said = [text(row[name]) for name in ("action", "who", "by_when", "meeting")]
    page.say(wording.action_line(subjects, said[0], said[1], said[2], said[3]), indent=6, hang=2)
    further = wording.record_line(*(text(row[name]) for name in ("barrier", "outcome", "status")))
    if further:
        page.say(further, indent=8, hang=2)
    for each in one.rows:
        then, now = OnList(text(each["then"])), OnList(text(each["now"]))
        if not each["subject"]:
            page.say(wording.nothing_listed(now), indent=8, hang=2)
            continue
        label = told.subject(each) if len(one.rows) > 1 or not each["named"] else ""
        movement = told.movement(each)
        page.say(wording.came_to_child(label, then, now, whole(each["terms"]), movement), indent=8, hang=2)


def _put_without(page: Page, told: LookedBack) -> None:
    """Who is long on the list while the school's records hold no action, or no provision, of those it keeps."""
    long, register = told.rules.actions.long, told.since.analysis.register
    kept = [(wording.NO_ACTION, told.long_without_action)] if len(register.frame("actions")) else []
    if register.optional_frame("provision") is not None:
        kept.append((wording.NO_PROVISION, told.long_without_provision))
    for what, children in kept:
        if not children:
            continue
        page.gap()
        page.say(wording.without_heading(long, what, len(children)), style=styles.STRONG)
        for child in children:
            subjects = {told.subject(row): whole(row["terms"]) for row in child.rows}
            page.say(wording.without_line(child.name, child.class_name, subjects), indent=2, hang=2)


def _put_counts(page: Page, since: Since, rules: Rules) -> None:
    """How many joined, left and stayed: the whole school by subject, then each class."""
    rows = records(since.frame("counts"), COUNTS.names)
    told = [term for term, n in ((since.from_term, since.told_then), (since.term, since.told_now)) if n]
    if not rows and not told:
        return
    page.heading(wording.LIST_HEADING)
    if not rows:
        page.say(wording.nobody_listed(told), hang=2)
        return
    columns = [name for name in _COUNTED if name in _ALWAYS or any(whole(row[name]) for row in rows)]
    present = {text(row["subject"]) for row in rows}
    several = len({(row["year_group"], row["class"]) for row in rows}) > 1
    totals = [_total(subject, rows) for subject in since.analysis.subjects if subject in present] if several else []
    lines = [
        (
            _class_cell(row, rules),
            subject_label(text(row["subject"]), rules),
            *(str(whole(row[one])) for one in columns),
        )
        for row in (*totals, *rows)
    ]
    ends = {"then": since.from_term, "now": since.term}
    words = {**_WORDS, **{name: tuple(wording.inside(term).split(" ", 1)) for name, term in ends.items()}}
    counted = (ColumnHead(words[name], numbers=True) for name in columns)
    page.table((ColumnHead("Class"), ColumnHead("Subject"), *counted), lines)
    page.say(wording.LIST_NOTE, hang=2)


def _total(subject: str, rows: Sequence[dict[str, Cell]]) -> dict[str, Cell]:
    of_subject = [row for row in rows if row["subject"] == subject]
    summed: dict[str, Cell] = {name: sum(whole(row[name]) for row in of_subject) for name in _COUNTED}
    return {**summed, "subject": subject, "class": wording.EVERY_CLASS, "year_group": None}


def _class_cell(row: dict[str, Cell], rules: Rules) -> str | tuple[str, ...]:
    """A class's name, with its year group where the name does not begin with it and nothing else."""
    name, year = text(row["class"]), number(row["year_group"])
    if name == wording.EVERY_CLASS or (year is not None and name[:-1] == f"{int(year)}"):
        return name
    label = rules.years.label(None if year is None else int(year))
    return (name, f"({label})") if name else label


def _class(year_group: int | None, name: str, rules: Rules) -> str:
    label = rules.years.label(year_group)
    return f"{name} ({label})" if name else label


def _put_moved(page: Page, told: LookedBack, moved: Moved) -> None:
    """A part of the list by class and child, with a sentence for each subject."""
    children = told.moved(moved)
    if not children:
        return
    page.heading(wording.moved_heading(moved, len(children)))
    page.say(wording.moved_note(moved, told.since), hang=2)
    longest_first = (lambda child: -child.terms) if moved is Moved.STAYED else (lambda _: 0)
    for year, name, of_class in by_class(children, longest_first):
        page.gap()
        counted = quantity(len(of_class), "child", "children")
        page.say(f"{_class(year, name, told.rules)}: {counted}", style=styles.CLASS, hang=2)
        for child in of_class:
            _put_child(page, told, child, moved)


def _put_child(page: Page, told: LookedBack, child: Named, moved: Moved) -> None:
    page.say(child.name, indent=2, style=styles.STRONG)
    for row in child.rows:
        subject, movement = told.subject(row), told.movement(row)
        stayed = moved is Moved.STAYED
        words = (
            wording.stayed_words(subject, whole(row["terms"]), text(row["since"]), movement)
            if stayed
            else wording.subject_words(subject, movement)
        )
        page.say(wording.sentences(words, told.recovered(row)), indent=4, hang=2)
    if given := told.given(child):
        page.say(wording.given_words(given, len(child.rows)), indent=4, hang=2)


def _put_apart(page: Page, told: LookedBack) -> None:
    """Those on one of the lists who neither joined nor left: who came to the school or left it, or cannot be told."""
    parts = [(moved, reason, children) for moved in _APART for reason, children in told.by_reason(moved).items()]
    if not parts:
        return
    page.heading(wording.APART_HEADING)
    for moved, reason, children in parts:
        page.gap()
        page.say(wording.apart_line(moved, reason, told.since.from_term, len(children)), style=styles.STRONG, hang=2)
        for child in children:
            subjects = [wording.with_newer(told.subject(row), told.recovered(row)) for row in child.rows]
            page.say(wording.apart_child(child.name, child.class_name, subjects), indent=2, hang=2)


def _put_gaps(page: Page, since: Since, rules: Rules, *, every: bool) -> None:
    """The gaps that are clear now or have clearly changed, then and now on the same children."""
    gaps, analysis, small = since.frame("gaps"), since.analysis, rules.groups.small
    if gaps.empty:
        return
    page.heading(wording.gaps_heading(since.from_term))
    put_changes(page, gaps, analysis.characteristics, rules)
    rows = records(gaps[gaps["measure"] == Measure.AT_ARE.value], TRENDS.names)
    enough = [row for row in rows if min(whole(row["n"]), whole(row["peers_n"])) >= small.compared_from]
    clear = _clear_now(since)
    shown = [row for row in enough if every or row["trend"] != Trend.CANNOT_TELL or _gap_key(row) in clear]
    if shown:
        page.gap()
        page.say(wording.gaps_note() if not every else wording.every_gap_note(), hang=2)
        page.table(_GAP_HEADINGS, [_gap_line(row, since, rules) for row in shown])
    if len(shown) < len(enough):
        page.say(wording.other_gaps(len(enough) - len(shown)), hang=2)


def _gap_key(row: dict[str, Cell]) -> tuple[Cell, ...]:
    return row["subject"], row["characteristic"], row["group"], row["peers"]


def _clear_now(since: Since) -> set[tuple[Cell, ...]]:
    gaps = since.analysis.compared.gaps
    chosen = gaps[
        (gaps["among"] == "all")
        & (gaps["measure"] == Measure.AT_ARE.value)
        & (gaps["verdict"] == GapVerdict.CLEAR.value)
    ]
    return {_gap_key(row) for row in records(chosen, ["subject", "characteristic", "group", "peers"])}


def _gap_line(row: dict[str, Cell], since: Since, rules: Rules) -> tuple[str | tuple[str, ...], ...]:
    characteristic = since.analysis.characteristics[text(row["characteristic"])]
    then, now, change, low, high = (number(row[name]) or 0 for name in ("gap_then", "gap_now", "change", "low", "high"))
    return (
        subject_label(text(row["subject"]), rules),
        group_label(characteristic, text(row["group"])),
        group_label(characteristic, text(row["peers"])),
        f"{whole(row['n'])}, {whole(row['peers_n'])}",
        signed(then),
        signed(now),
        (signed(change), f"({signed(low)} to {signed(high)})"),
        text(row["trend"]),
    )
