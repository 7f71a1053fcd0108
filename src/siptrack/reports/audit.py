"""The page that opens a school year: who the children are, how they stand, who carries over, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.cycle.audit import Audit
from siptrack.cycle.audit_tables import CARRIED, PRIOR
from siptrack.documents import overall
from siptrack.documents.labels import group_label
from siptrack.documents.pages import NAMED
from siptrack.documents.read import Read
from siptrack.rendering import styles
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import share
from siptrack.rendering.page import Page
from siptrack.reports.audit_missing import put_missing
from siptrack.reports.audit_targets import put_lines, put_targets
from siptrack.reports.audited import Row, Told, by_year, whole
from siptrack.reports.data_problems import ledger_lines, put_alarms, put_begun, put_problems
from siptrack.reports.group_gaps import put_clear_gaps
from siptrack.reports.printed import Printed
from siptrack.reports.wording import audit as wording
from siptrack.rules.model import Rules
from siptrack.school.cells import records, text
from siptrack.school.register import NOT_RECORDED
from siptrack.school.scale import Attainment
from siptrack.school.term import Term


def audit_printed(audit: Audit, rules: Rules, *, detail: bool = False) -> Printed:
    """The page as a document; with `detail` every place of a problem."""
    told = Told(audit, rules)
    return Printed(wording.title(audit.year), lambda page: _put(page, told, detail=detail), rules, NAMED, wide=True)


def _put(page: Page, told: Told, *, detail: bool) -> None:
    audit, rules = told.audit, told.rules
    put_alarms(page, audit.register)
    put_begun(page, audit.year.begun)
    ledger = ledger_lines(Read(audit.register, (), len(told.children)))
    page.say(ledger[0], hang=2)
    highest = rules.years.label(rules.years.highest)
    new = sum(bool(row["new"]) for row in told.children.values())
    page.say(wording.roll_sentence(audit.year, len(told.children), new, "" if audit.filters else highest), hang=2)
    if audit.filters:
        page.say(overall.filters_line(audit.filters), hang=2)
    _put_in_short(page, told)
    _put_prior(page, told)
    _put_standing(page, told)
    _put_carried(page, told)
    _put_gaps(page, told)
    put_targets(page, told)
    put_lines(page, told)
    put_missing(page, told)
    put_problems(page, audit.register, every=detail)


def _put_in_short(page: Page, told: Told) -> None:
    audit = told.audit
    page.heading(wording.IN_SHORT)
    carried, with_target = (len(audit.frame(name)["pupil"].distinct()) for name in ("carried_over", "targets"))
    n = len(told.children)
    page.say(wording.carried_line(carried, n, audit.with_progress, audit.year.before, told.small), hang=2)
    for term in _terms(told):
        page.say(wording.at_expectations_line(term, _whole_school(told, term), told.small), hang=2)
    page.say(wording.targets_line(with_target, n, audit.behind), hang=2)


def _terms(told: Told) -> list[Term]:
    """The terms of the table of standings, the earlier first."""
    labels = {row["term"] for row in told.standing}
    return [term for term in (told.audit.year.before, told.audit.year.now) if term is not None and term.label in labels]


def _whole_school(told: Told, term: Term) -> list[tuple[str, int, int]]:
    """Each subject with how many of all year groups are at expectations, of those assessed."""
    counts: dict[str, tuple[int, int]] = {}
    for row in told.standing:
        if row["term"] == term.label:
            at, of = counts.get(told.subject(row), (0, 0))
            counts[told.subject(row)] = (at + whole(row["at_are"]), of + whole(row["assessed"]))
    return [(subject, at, of) for subject, (at, of) in counts.items() if of]


def _put_prior(page: Page, told: Told) -> None:
    prior = told.rules.groups.prior
    rows = records(told.audit.frame("prior"), PRIOR.names)
    years: dict[str, list[Row]] = {}
    for row in rows:
        years.setdefault(told.year(row), []).append(row)
    page.heading(wording.PRIOR_HEADING)
    page.say(wording.prior_note(), hang=2)
    keys = [text(row["group"]) for row in next(iter(years.values()))]
    labels = [wording.NOT_KNOWN if key == NOT_RECORDED else group_label(prior, key) for key in keys]
    page.table(
        (
            ColumnHead("Year"),
            ColumnHead(wording.ON_ROLL, numbers=True),
            *(ColumnHead(tuple(label.split(" ")), numbers=True) for label in labels),
        ),
        [[year, text(of[0]["n"]), *(text(row["children"]) for row in of)] for year, of in years.items()],
    )


def _put_standing(page: Page, told: Told) -> None:
    """At expectations in each term, and the working groups by the newest results."""
    terms = _terms(told)
    page.heading(wording.STANDING_HEADING)
    for term in terms:
        page.say(wording.at_are_in(term), style=styles.STRONG)
        _put_at_are(page, told, term)
        page.gap()
    groups = list(told.rules.working_groups.groups.values())
    page.say(wording.working_groups_in(terms[-1]), style=styles.STRONG)
    page.table(
        (
            *(ColumnHead("Year"), ColumnHead("Subject")),
            *(ColumnHead(tuple(group.label.split(" ")), numbers=True) for group in groups),
            ColumnHead(tuple(wording.NOT_KNOWN.split(" ")), numbers=True),
        ),
        [
            [
                *(told.year(row), told.subject(row)),
                *(text(row[group.attainment.name.lower()]) for group in groups),
                text(row[Attainment.NOT_KNOWN.name.lower()]),
            ]
            for row in told.standing
            if row["term"] == terms[-1].label and row[Attainment.NOT_KNOWN.name.lower()] is not None
        ],
    )
    page.say(wording.groups_meant(groups), hang=2)
    for scale, missing in _no_such_grade(told).items():
        page.say(wording.no_such_grade(scale, missing), hang=2)


def _put_at_are(page: Page, told: Told, term: Term) -> None:
    """A row a year group and a column a subject."""
    rows = [row for row in told.standing if row["term"] == term.label]
    subjects = list(dict.fromkeys(told.subject(row) for row in rows))
    years: dict[str, dict[str, str]] = {}
    for row in rows:
        years.setdefault(told.year(row), {})[told.subject(row)] = _at_are(row, told)
    page.table(
        (ColumnHead("Year"), *(ColumnHead(subject) for subject in subjects)),
        [[year, *(of.get(subject, wording.NO_FIGURE) for subject in subjects)] for year, of in years.items()],
    )


def _at_are(row: Row, told: Told) -> str:
    if not row["assessed"]:
        return wording.NO_FIGURE
    return share(whole(row["at_are"]), whole(row["assessed"]), told.small)


def _no_such_grade(told: Told) -> dict[str, list[str]]:
    """By scale in use the working groups that no grade on it leads to."""
    groups = told.rules.working_groups.groups.values()
    found = {}
    for name in told.audit.frame("working_groups")["scale"].distinct():
        scale = told.rules.scales.get(name)
        lines = {} if scale is None else {Attainment.WELL_BELOW: scale.well_below, Attainment.ABOVE: scale.above}
        none = [kind for kind, limit in lines.items() if limit.usual is None and not limit.by_year]
        if scale is not None and none:
            found[scale.label] = [group.label for group in groups if group.attainment in none]
    return found


def _put_carried(page: Page, told: Told) -> None:
    """Who was on the list at the end of the year before, the longest first in each year group."""
    audit = told.audit
    rows = records(audit.frame("carried_over"), CARRIED.names)
    if not rows or audit.year.before is None:
        return
    record = audit.recorded > 0
    children: dict[str, list[Row]] = {}
    for row in rows:
        children.setdefault(text(row["pupil"]), []).append(row)
    page.heading(wording.carried_heading(audit.year.before, len(children)))
    page.say(wording.carried_note(record=record), hang=2)
    longest = sorted(children.values(), key=lambda of: -max(whole(row["terms"]) for row in of))
    for label, of_year in by_year(longest, told):
        page.gap()
        page.say(wording.year_heading(label, len(of_year), told.size(label)), style=styles.CLASS)
        for of in of_year:
            page.say(_carried_child(of, told, record=record), indent=2, hang=2)


def _carried_child(rows: Sequence[Row], told: Told, *, record: bool) -> str:
    subjects = [
        wording.carried_subject(
            told.subject(row), whole(row["terms"]), text(row["grade"]), text(row["attainment"]), text(row["now"])
        )
        for row in rows
    ]
    first = rows[0]
    action = [wording.NO_ACTION] if record and not first["actions"] else []
    return wording.child_line(told.names[text(first["pupil"])], text(first["class"]), [*subjects, *action])


def _put_gaps(page: Page, told: Told) -> None:
    audit = told.audit
    page.heading(wording.GAPS_HEADING)
    if audit.end is None or audit.year.before is None:
        page.say(wording.no_gaps(audit.year.before, None), hang=2)
        return
    every, clear = len(audit.end.frame("gaps")), len(audit.frame("gaps"))
    if not clear:
        page.say(wording.no_gaps(audit.year.before, every), hang=2)
    else:
        page.say(wording.gaps_note(audit.year.before), hang=2)
    put_clear_gaps(page, audit.end, told.rules)
    if others := every - clear:
        page.say(wording.other_gaps(others, audit.year.before, clear), hang=2)
