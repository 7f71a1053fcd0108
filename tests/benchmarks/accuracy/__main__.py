"""How often siptrack names a child who keeps up, and how often it finds one who falls behind.

Run it with `python tests/benchmarks/accuracy`. It prints tables in Markdown, the same at each run, and asserts nothing.
simulate.py says what is assumed of children, teachers and tests; verdicts.py which rules siptrack is set beside.
"""

from __future__ import annotations

import gaps
import report
from report import LAGGARDS
from simulate import YEAR_GROUPS, Course, year_groups_on
from spread import SPREADS
from verdicts import SIPTRACK, said
from warnings_given import SUBJECTS, share_warned

from siptrack.rules.load import load

SEED = 20261124
OF_EACH = 1000  # children of each course on each scale
SCHOOLS, IN_A_YEAR_GROUP = 5, 60
PERFECT, USUAL = 1.0, 0.9
RELIABILITIES = (PERFECT, 0.95, USUAL, 0.8)
NULL_SCHOOLS, SIZES, PLANTED = 200, (15, 30, 60, 210, 420), (20, 30, 40)
FLAGS_OF = ("nc-levels", "teacher-assessment")


def section(title: str, table: str, note: str = "") -> None:
    """Print one table under its title."""
    print(f"\n## {title}\n")
    if note:
        print(f"{note}\n")
    print(table)


def main() -> None:
    """Simulate, judge and print every table."""
    rules = load()
    scales = [scale for scale in SPREADS if year_groups_on(rules.scales[scale])]
    told = {(scale, at): said(rules, scale, OF_EACH, at, SEED) for scale in scales for at in RELIABILITIES}
    warned = {scale: share_warned(rules, scale, SCHOOLS, IN_A_YEAR_GROUP, USUAL, SEED) for scale in scales}
    both = (PERFECT, USUAL)

    on_the_line = [report.of_course(told[scale, PERFECT], Course.ON_THE_LINE)[SIPTRACK] for scale in scales]
    named, of_all = sum(map(sum, on_the_line)), sum(map(len, on_the_line))
    print("# How often siptrack is right\n")
    print(
        "Percent of simulated children of Years 2 to 6 (ks-scaled-score: Year 6), judged in Summer after two years of\n"
        f"termly results. Each figure rests on {OF_EACH} children, as many of each year group, or on the number\n"
        "given. 1.0 and the like are reliabilities: 1.0 is without error. Named: said to make insufficient progress.\n"
        "Year rule: a gain under the expected gain since last Summer; term rule: the same since last term.\n\n"
        f"Exactly on the line, judged without error, and named by siptrack: {named} of {of_all} children on\n"
        f"{len(scales)} scales. It must be 0."
    )
    section(
        "False alarms: children who keep up, and are named",
        report.named_by_each_rule(told, scales, Course.KEEPS_UP, both),
    )
    section(
        "False alarms: children exactly on the line, and named",
        report.named_by_each_rule(told, scales, Course.ON_THE_LINE, both),
    )
    for course in LAGGARDS:
        section(
            f"Detection: children who {course}, and are named", report.named_by_each_rule(told, scales, course, both)
        )
    section("Named by siptrack at each reliability", report.named_at_each_reliability(told, scales, RELIABILITIES))
    for course in (Course.KEEPS_UP, Course.RISES):
        section(
            f"All that siptrack says of children who {course}, at {USUAL}",
            report.all_verdicts(told, scales, course, USUAL),
        )
    section(
        f"Who carries each flag, at {USUAL}",
        report.flags_carried(told, FLAGS_OF, USUAL),
        "These schools set no targets and leave no result out: nobody is behind a target or without a result.",
    )
    section(
        f"The ends of the scale: children who keep up, at {PERFECT}",
        report.at_the_ends(told, scales, PERFECT),
        "A child leaves the scale whose true value lies under its lowest grade, or over its highest, in some term.",
    )
    for at in both:
        shares = {scale: report.false_alarms_by_year(told[scale, at]) for scale in scales}
        section(
            f"Children who keep up, and are named by siptrack, by year group, at {at}",
            report.by_year_group(scales, shares.__getitem__),
            f"{OF_EACH // len(YEAR_GROUPS)} children in each cell; {OF_EACH} for ks-scaled-score.",
        )
    section(
        f"Warned that too many are flagged, where everybody keeps up, at {USUAL}",
        report.by_year_group(scales, warned.__getitem__),
        f"Percent of {SCHOOLS * len(SUBJECTS)} year groups, of {IN_A_YEAR_GROUP} children each.",
    )
    found = {
        count: [gaps.share_found(rules, count, points, NULL_SCHOOLS // 2, SEED) for points in PLANTED]
        for count in SIZES[2:]
    }
    alarms = {count: gaps.share_with_any_clear(rules, count, NULL_SCHOOLS, SEED) for count in SIZES}
    section(
        "Gaps: schools in which no group differs, with any gap called clear; and planted gaps found",
        report.of_gaps(alarms, found, PLANTED),
        f"Percent of {NULL_SCHOOLS} schools of each size, which must not be over 5; and of {NULL_SCHOOLS // 2} in\n"
        "which boys are behind girls in writing by so many percentage points at ARE.",
    )


if __name__ == "__main__":
    main()
