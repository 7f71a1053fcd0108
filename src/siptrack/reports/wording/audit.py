"""What is said by the audit that opens a school year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.audit_tables import Lacks
from siptrack.cycle.since_tables import OnList
from siptrack.cycle.year_opened import YearOpened
from siptrack.documents.labels import STANDS
from siptrack.rendering.numbers import (
    in_sentence,
    inside,
    listed,
    percent_after,
    plain_number,
    plural,
    quantity,
    share,
    thousands,
)
from siptrack.school.scale import Attainment, Scale
from siptrack.school.term import Term
from siptrack.school.working_groups import WorkingGroup

IN_SHORT = "In short"
PRIOR_HEADING = "Prior attainment of each year group"
STANDING_HEADING = "Where each year group stands"
GAPS_HEADING = "Gaps inherited"
TARGETS_HEADING = "Targets, beside start and pace"
LINES_HEADING = "Where no target is set: the reference line"
MISSING_HEADING = "What the data does not hold"
NOTHING_MISSING = "Nothing that siptrack looks for is missing."
NOT_KNOWN = "Not known"
ON_ROLL = "On roll"
NO_FIGURE = "-"
NO_ACTION = "no action"


def title(year: YearOpened) -> str:
    """`Opening the school year 2009-10`; with the term where the year is under way."""
    label = year.term.academic_year_label
    opened = f"Opening the school year {label}" if label else "Opening a school year"
    return opened if year.moved_up else f"{opened}, as at {in_sentence(year.newest.label)}"


def roll_sentence(year: YearOpened, children: int, new: int, highest: str) -> str:
    """Who the children are: those of the year before, a year group up, or those on roll now.

    `highest` is the year group that left; empty where only some of the children were asked about.
    """
    counted = quantity(children, "child", "children")
    if not year.moved_up:
        some = f"{thousands(new)} of them {plural(new, 'has', 'have')} no result"
        later = f"; {some if new < children else 'none has a result'} from before this school year"
        return f"{counted} on roll in {in_sentence(year.newest.label)}{later if new else ''}."
    then = in_sentence(year.newest.label)
    are = plural(year.leaving, "is", "are")
    left = f" The {quantity(year.leaving, 'child', 'children')} who finished {highest} {are} left out."
    return (
        f"{counted}: those of {then}, each a year group up and in the class of that term."
        f"{left if year.leaving and highest else ''} "
        f"Children who are new in {in_sentence(year.term.label)} are not in these files."
    )


def carried_line(children: int, n: int, told: int, before: Term | None, percentages_from: int) -> str:
    """`48 of 177 children (27 %) carry over from the list of Summer 2009`, or that this cannot be told."""
    if before is None:
        return "Nobody can be said to carry over from last year's list: the files hold no results from the year before."
    then = in_sentence(before.label)
    if not told:
        return (
            f"Nobody can be said to carry over from last year's list: in {then} progress could be told of none of "
            "these children."
        )
    untold = n - told
    rest = f" Of {quantity(untold, 'child', 'children')} it could not be told then." if untold else ""
    if not children:
        return f"Nobody here was on the list of insufficient progress in {then}.{rest}"
    was = plural(children, "was", "were")
    after = percent_after(children, n, percentages_from)
    return (
        f"{thousands(children)} of {quantity(n, 'child', 'children')}{after} {was} on the list of insufficient "
        f"progress in {then}.{rest}"
    )


def at_expectations_line(term: Term, counts: Sequence[tuple[str, int, int]], percentages_from: int) -> str:
    """`At age-related expectations in Summer 2009: reading 130 of 176 (74 %); writing ..`."""
    if not counts:
        return f"No result of {in_sentence(term.label)} can be set against age-related expectations."
    said = [f"{inside(label)} {share(at, n, percentages_from)}" for label, at, n in counts]
    return f"At age-related expectations in {in_sentence(term.label)}: {'; '.join(said)}."


def targets_line(with_target: int, n: int, not_on_course: int) -> str:
    """`Targets: 60 of 177 children have one; 12 are not on course for one or more`."""
    if not with_target:
        return "The files hold no target for these children: the reference line stands in its place, further down."
    have = plural(with_target, "has", "have")
    first = f"{thousands(with_target)} of {quantity(n, 'child', 'children')} {have} a target"
    are = plural(not_on_course, "is", "are")
    return (
        f"{first}; {thousands(not_on_course) if not_on_course else 'none'} of them {are} not on course for one or more."
    )


def prior_note() -> str:
    """What the table of prior attainment rests on."""
    return "By the last result before the key stage that each child is in this year."


def at_are_in(term: Term) -> str:
    """What leads the table of those at expectations."""
    return f"At age-related expectations in {in_sentence(term.label)}"


def working_groups_in(term: Term) -> str:
    """What leads the table of the working groups."""
    return f"Working groups by the results of {in_sentence(term.label)}, in children"


def groups_meant(groups: Sequence[WorkingGroup]) -> str:
    """What each working group is."""
    return " ".join(f"{group.label}: {group.meaning}." for group in groups)


def no_such_grade(scale: str, labels: Sequence[str]) -> str:
    """That on a scale nobody can be in some groups."""
    return f"On {scale} no grade leads to {listed([f'“{label}”' for label in labels], 'or')}."


def carried_heading(before: Term, children: int) -> str:
    """`Carried over from the list of Summer 2009: 48 children`."""
    return f"Carried over from the list of {in_sentence(before.label)}: {quantity(children, 'child', 'children')}"


def carried_note(*, record: bool) -> str:
    """In which order the children stand."""
    first = "The longest on the list first."
    more = " “No action” means that the school's record holds none for the child."
    return first + (more if record else "")


def year_heading(label: str, children: int, n: int) -> str:
    """`Year 4: 12 of 32 children`."""
    return f"{label}: {thousands(children)} of {quantity(n, 'child', 'children')}"


def carried_subject(subject: str, terms: int, grade: str, attainment: str, now: str) -> str:
    """`writing for 3 terms (2a, below expectations; still on the list)`."""
    nows: Mapping[str, str] = {
        OnList.ON: "still on the list",
        OnList.OFF: "no longer on it",
        OnList.UNTOLD: "cannot be told now",
    }
    run = f" for {quantity(terms, 'term')}" if terms > 1 else ""
    stands = STANDS.get(Attainment(attainment), "") if attainment else ""
    stood = ", ".join(filter(None, (grade, stands)))
    further = "; ".join(filter(None, (stood, nows.get(now, ""))))
    return f"{inside(subject)}{run}{f' ({further})' if further else ''}"


def no_gaps(before: Term | None, compared: int | None) -> str:
    """That no gap is inherited: nothing is known of the year before, or of the gaps `compared` then none was clear."""
    if before is None:
        return "The files hold no results from the year before, so no gap can be said to be inherited."
    if compared is None:
        return f"No graded result of these children stands in {in_sentence(before.label)}, so no gap can be told."
    if compared:
        return f"No gap was clear in {in_sentence(before.label)} among the children who are here now."
    return (
        f"No gap of {in_sentence(before.label)} can be told: no group is recorded, or no result to compare groups by."
    )


def gaps_note(before: Term) -> str:
    """Between whom and when the gaps are."""
    return (
        f"The gaps that were clear in {in_sentence(before.label)}, among the children who are here now; year groups "
        "and key stages are those of that term."
    )


def other_gaps(count: int, before: Term, clear: int) -> str:
    """How many gaps are not told, beside the `clear` ones that are, and where they stand."""
    return (
        f"{quantity(count, 'more comparison' if clear else 'comparison')} {plural(count, 'was', 'were')} not clear, or "
        f'had too few children to tell: siptrack analyse PATHS --term "{before.label}" says more of them.'
    )


def course_note() -> str:
    """What on course means."""
    return (
        "On course: at the points a term made so far the target would be reached, whatever the width of a grade hides; "
        "not on course: it would not. The targets are the school's own."
    )


def not_on_course(children: int) -> str:
    """`Not on course at the present rate: 12 children`."""
    return f"Not on course at the present rate: {quantity(children, 'child', 'children')}"


def not_met(children: int) -> str:
    """`Not met, its term being over: 3 children`."""
    return f"Target not met, its term being over: {quantity(children, 'child', 'children')}"


def behind_target(
    subject: str,
    grades: tuple[str, str],
    term: str,
    short: float | None,
    terms: int,
    rates: tuple[float | None, float | None],
    scale: Scale | None,
) -> str:
    """`maths 2a, target 3b in Summer 2010 (4 points in 3 terms, 1.3 a term; 0.3 a term so far)`."""
    grade, target = grades
    lead = f"{inside(subject)} {grade}, target {target} in {term}"
    if short is None or scale is None:
        return lead
    needed, made = rates
    within = f" in {quantity(terms, 'term')}" if terms else ""
    pace = ""
    if scale.grows and needed is not None and made is not None:
        pace = f", {plain_number(needed)} a term; {plain_number(made)} a term so far"
    return f"{lead} ({quantity(short, scale.unit)}{within}{pace})"


def child_line(name: str, class_name: str, said: Sequence[str]) -> str:
    """`Finch, Amelia (3K): maths ..; writing ..`."""
    return f"{name}{f' ({class_name})' if class_name else ''}: {'; '.join(said)}"


def without_target(years: Sequence[str], subjects: Sequence[str]) -> str:
    """`No target: Year 2 and Year 3 in reading, writing and maths`."""
    return f"No target: {listed(years)} in {listed([inside(subject) for subject in subjects])}."


def lines_note(by_term: str) -> str:
    """What the table of the line shows."""
    return f"What is at age-related expectations in {by_term}, and how many of those with a grade have it already."


def so_many_of(count: int, n: int) -> str:
    """`7 of 32`."""
    return f"{thousands(count)} of {thousands(n)}"


def at_least(grade: str, line: float) -> str:
    """`3b or more`."""
    return f"{grade or plain_number(line)} or more"


def no_results_at_all(term: str, years: Mapping[str, Sequence[str]]) -> str:
    """`No results of Summer 2025 for Year 1 in reading, writing and maths`."""
    said = [f"{year} in {listed([inside(one) for one in subjects])}" for year, subjects in years.items()]
    return f"No results of {term} at all: {'; '.join(said)}."


def some_results(term: str, counts: Sequence[tuple[str, str, int]]) -> str:
    """`Results of Summer 2025 missing for some children: Year 2, 1 in reading and 1 in maths`."""
    years: dict[str, list[str]] = {}
    for year, subject, children in counts:
        years.setdefault(year, []).append(f"{children} in {inside(subject)}")
    said = [f"{year}, {listed(parts)}" for year, parts in years.items()]
    return f"Results of {term} missing for some children: {'; '.join(said)}."


_WITHOUT: Mapping[Lacks, str] = {
    Lacks.PRIOR: "No prior attainment (no result from before the key stage)",
    Lacks.UPN: "No UPN",
    Lacks.BIRTH: "No date of birth",
}


def without(what: Lacks, said: Sequence[str]) -> str:
    """`No UPN: Year 3 van-der-Reed, Đan; Year 5 all 42 children`."""
    return f"{_WITHOUT[what]}: {'; '.join(said)}."


def how_many_of(year: str, children: int, of: int, names: Sequence[str]) -> str:
    """`Year 4: Finch, Amelia`, `Year 2: all 30 children`, or `Year 5: 41 of 42`."""
    if children == of:
        return f"{year}: all {quantity(of, 'child', 'children')}" if of > 1 else f"{year}: the only child"
    return f"{year}: {' and '.join(names)}" if names else f"{year}: {thousands(children)} of {thousands(of)}"


def characteristics(some: Sequence[tuple[str, int]], n: int) -> str:
    """`Not recorded of some of the 177 children: Gender of 3, ..`."""
    said = [f"{label} of {thousands(children)}" for label, children in some]
    return f"Not recorded, of {quantity(n, 'child', 'children')}: {'; '.join(said)}."


def not_in_files(labels: Sequence[str]) -> str:
    """`Not in the files at all: Looked after, Mobility`."""
    return f"Not in these files for any child: {'; '.join(labels)}."
