"""The tables of whom siptrack names and what it says of them, beside two rules that trackers use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import report
from report import LAGGARDS, Told
from sections import Section
from simulate import YEAR_GROUPS, Course, year_groups_on
from spread import SPREADS
from verdicts import SIPTRACK, said
from warnings_given import SUBJECTS, share_warned

if TYPE_CHECKING:
    from siptrack.rules.model import Rules

OF_EACH = 4000  # children of each course on each scale
SCHOOLS, IN_A_YEAR_GROUP = 5, 60
PERFECT, USUAL = 1.0, 0.9
BOTH = (PERFECT, USUAL)
RELIABILITIES = (PERFECT, 0.95, USUAL, 0.8)
FLAGS_OF = ("nc-levels", "teacher-assessment")
ON_THE_PAGE = ("nc-levels", "teacher-assessment", "point-in-time", "steps", "standardised-score", "ks-scaled-score")


@dataclass(frozen=True)
class Judged:
    """What was said of the children of each course, by scale and reliability."""

    rules: Rules
    seed: int
    scales: tuple[str, ...]
    told: Told


def judged(rules: Rules, seed: int) -> Judged:
    """Children of every course on every scale that progress can be measured on."""
    scales = tuple(scale for scale in SPREADS if year_groups_on(rules.scales[scale]))
    told = {(scale, at): said(rules, scale, OF_EACH, at, seed) for scale in scales for at in RELIABILITIES}
    return Judged(rules, seed, scales, told)


def sections(children: Judged) -> Iterator[Section]:
    """Every table."""
    yield Section("on-the-line", "Exactly on the line, judged without error", _on_the_line(children))
    yield Section(
        "rules", f"Whom each rule names, at {USUAL}", report.beside_other_rules(children.told, ON_THE_PAGE, USUAL)
    )
    yield from _by_course(children)
    yield from _of_siptrack(children)
    yield from _by_year_group(children)


def _on_the_line(children: Judged) -> str:
    told = [report.of_course(children.told[scale, PERFECT], Course.ON_THE_LINE)[SIPTRACK] for scale in children.scales]
    named, of_all = sum(map(sum, told)), sum(map(len, told))
    return f"of {of_all:,} such children on {len(children.scales)} scales siptrack names {named}"


def _by_course(children: Judged) -> Iterator[Section]:
    titles = {
        Course.KEEPS_UP: "False alarms: children who keep up, and are named",
        Course.ON_THE_LINE: "False alarms: children exactly on the line, and named",
        **{course: f"Detection: children who {course}, and are named" for course in LAGGARDS},
    }
    for course, title in titles.items():
        yield Section("", title, report.named_by_each_rule(children.told, children.scales, course, BOTH))


def _of_siptrack(children: Judged) -> Iterator[Section]:
    told, scales = children.told, children.scales
    yield Section(
        "", "Named by siptrack at each reliability", report.named_at_each_reliability(told, scales, RELIABILITIES)
    )
    for course in (Course.KEEPS_UP, Course.RISES):
        title = f"All that siptrack says of children who {course}, at {USUAL}"
        yield Section("", title, report.all_verdicts(told, scales, course, USUAL))
    yield Section(
        "",
        f"Who carries each flag, at {USUAL}",
        report.flags_carried(told, FLAGS_OF, USUAL),
        "These schools set no targets and leave no result out: nobody is behind a target or without a result.",
    )
    yield Section(
        "",
        f"The ends of the scale: children who keep up, at {PERFECT}",
        report.at_the_ends(told, scales, PERFECT),
        "A child leaves the scale whose true value lies under its lowest grade, or over its highest, in some term.",
    )


def _by_year_group(children: Judged) -> Iterator[Section]:
    scales = children.scales
    for at in BOTH:
        shares = {scale: report.false_alarms_by_year(children.told[scale, at]) for scale in scales}
        yield Section(
            "",
            f"Children who keep up, and are named by siptrack, by year group, at {at}",
            report.by_year_group(scales, shares.__getitem__),
            f"{OF_EACH // len(YEAR_GROUPS)} children in each cell, ± at most 1.8; {OF_EACH} for ks-scaled-score.",
        )
    warned = {
        scale: share_warned(children.rules, scale, SCHOOLS, IN_A_YEAR_GROUP, USUAL, children.seed) for scale in scales
    }
    yield Section(
        "",
        f"Warned that too many are flagged, where everybody keeps up, at {USUAL}",
        report.by_year_group(scales, warned.__getitem__),
        f"Percent of {SCHOOLS * len(SUBJECTS)} year groups, of {IN_A_YEAR_GROUP} children each; ± at most 8.",
    )
