"""What is said in the draft of the single plan: its priorities, what they rest on, and what the figures come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.plan_tables import Outcome
from siptrack.rendering.numbers import inside, listed, plain_number, plural, quantity, share, signed, thousands
from siptrack.reports.wording.workbook import SheetWords
from siptrack.rules.model import Rules
from siptrack.school.term import Season, Term

NOTICE = (
    "A draft for the school. It names no child, but holds small numbers by which a child may be known: do not publish "
    "it or pass it on as it is. What may be passed on is in the folder 'shareable' of siptrack report."
)
DRAFT = (
    "This is a draft for people to decide on. The priorities are those that the results support; what to do, who does "
    "it and by when stands in no spreadsheet and is left to you. A gap says nothing of its cause."
)
READING = "How to read the figures"
EVIDENCE = "What it rests on"
FIGURES = "Where the children stand, and what the figures come to"
HEAD = "Head of the plan"
ACTIONS = "Actions"
DEVELOPMENT = "Staff development (CPD)"
MATERIALS = "Materials in the catalogue"
REFUSED = "What is no priority here, and why"
OUTCOME, NOW, POINTS = "Outcome", "Now", ("Points", "a term")
PLAN_NUMBER, PRIORITY = "Plan", "Priority"
THEME, OBJECTIVE, TARGET = "Key theme", "Activity or objective", "Priority target"
MID_POINT, FINAL = "Mid-point review", "Final review"
TASKS, DATE, PERSON = "Tasks and actions", "Date", "Person responsible"
OUTCOMES, CRITERIA = "Outcomes", "Success criteria"
MONITORING, MONITORED = "Monitoring", "Date for monitoring"
LEARNING, FOR_WHOM, LINK, EFFECT = (
    "What staff will learn",
    "Who",
    "How it serves this priority",
    "How its effect on children's progress will be seen",
)
GROUP, ATTAINMENT, PROGRESS = "Group", "At expectations", "Progress"
MID_POINT_DATE, FINAL_DATE = "Mid-point date", "Final date"
BY_TERM, OF_CHILDREN, MORE = "By", "Of children", "More (progress: fewer) by then"
LEAST, MOST = "Points a term: the nearest", "Points a term: the last"
TARGETS, TARGETS_AT_ARE = "With a target of the school", "Targets at expectations"
SUBJECT, WHOSE, MEASURE, COUNTED = "Subject", "Whose", "What is counted", "Counted"
OF_PEERS, PEERS_COUNTED, WHY = "Of peers", "Peers counted", "Why it is no priority"
ARITHMETIC = "Success criteria are arithmetic from the results and no targets: change them to what the school aims at."
SHEETS: Mapping[str, SheetWords] = {
    "head": SheetWords(
        "Priorities", "Head of the plan", "A row for each priority: theme, objective, target and reviews", (DRAFT,)
    ),
    "development": SheetWords(
        "Staff development",
        DEVELOPMENT,
        "What staff will learn for each priority, and how its effect on children will be seen",
    ),
    "figures": SheetWords("Figures", FIGURES, "Where the children stand, and what the figures come to by each term"),
    "refused": SheetWords("Refused", REFUSED, "What was looked at and is no priority, with its counts and the reason"),
}


def title(term: Term) -> str:
    """`Draft of the single plan, from the results of Summer 2009`."""
    return f"Draft of the single plan, from the results of {term.label}"


def supported(priorities: int, beyond: int, *, told: bool, compared: bool) -> str:
    """How many priorities the data supports; with none, what was found of progress, if `told`, and of gaps."""
    if not priorities:
        gaps = "no gap is clear" if compared else "no two groups can be compared"
        slow = "insufficient progress is nowhere that of many" if told else "no child's progress can be told"
        alone = " Children are planned for one by one: siptrack analyse names them." if told or compared else ""
        return (
            "The results support no priority for the whole school, a key stage or a year group: among the children "
            f"who will still be here {gaps}, and {slow}.{alone}"
        )
    more = f", and {thousands(beyond)} more for which this plan has no room" if beyond else ""
    return (
        f"The results support {quantity(priorities, 'priority', 'priorities')}{more}, those about most children first."
    )


def numbered(number: int, words: str) -> str:
    """`Priority 1: To close the gap ...`."""
    return f"{PRIORITY} {number}: {words}"


def many(subject: str, where: str, n: int, count: int, rules: Rules) -> str:
    """How many make insufficient progress, and that they are many by the rules of the plan."""
    place = f"{subject}, {where}" if where else subject
    of = share(count, n, rules.groups.small.percentages_from).partition(" (")
    percent = f" ({of[2]}" if of[2] else ""
    return (
        f"{place}: {of[0]} children whose progress can be told{percent} "
        f"{plural(count, 'makes', 'make')} insufficient progress. More than {rules.plan.share:g} % make it a priority."
    )


def also_whole() -> str:
    """Within whom else a gap is clear."""
    return "It is clear within the whole school too."


def explained(groups: Sequence[str]) -> str:
    """That other groups are behind too, and that this gap explains it."""
    return f"Behind too, which this gap explains: {listed(list(groups))}."


def step(outcome: Outcome, more: float | None) -> str:
    """`+6` more at expectations, `-2` fewer with insufficient progress; a dash where no figure says how many."""
    if more is None:
        return "-"
    return signed(-more if outcome is Outcome.PROGRESS else more)


def points(least: float | None, most: float | None) -> str:
    """`1.3 to 2.3`; a dash where it is not known."""
    if least is None or most is None:
        return "-"
    low, high = plain_number(least), plain_number(most)
    return low if low == high else f"{low} to {high}"


def reading(now: Term, terms: Sequence[Term], leaving: int, rules: Rules) -> list[str]:
    """How the figures are to be read, a sentence each."""
    last = terms[-1].label
    here = f"Now: {now.label}, of the children who will still be here in {last}. Year groups are those of {now.label}."
    gone = (
        f" {quantity(leaving, 'child', 'children')} of {rules.years.label(rules.years.highest)} "
        f"{plural(leaving, 'has', 'have')} left by then and {plural(leaving, 'is', 'are')} not counted."
    )
    plus = (
        "With a plus: so many more of them at expectations close the gap, as long as those at expectations now stay "
        "there and the others stand as they do. In all subjects together: so many are short in this priority's "
        "subjects alone."
    )
    points_ = (
        f"Points a term: what the nearest and the last of these children need to be at expectations in {last}; of "
        "progress, what they need above what the line asks."
    )
    no_target = (
        "All of this is arithmetic and no target. Targets are the school's; where your files hold some, they stand "
        "with the figures."
    )
    return [
        f"{here}{gone if leaving else ''}",
        plus,
        f"With a minus: so many fewer, and no more than {rules.plan.share:g} % make insufficient progress.",
        "Spread evenly over the terms. A dash: no figure says how many, so the school does.",
        points_,
        no_target,
    ]


def targets(who: str, term: str, count: int, at_are: int) -> str:
    """What the school's own targets come to."""
    return (
        f"The school's own targets for {term}, {inside(who)}: {thousands(at_are)} of the "
        f"{quantity(count, 'child', 'children')} with one."
    )


def outcome(kind: Outcome, children: str, subject: str) -> str:
    """What would be different, in the column of outcomes."""
    if kind is Outcome.GAP:
        return f"Gap: {children} have caught up with their peers in {subject}"
    if kind is Outcome.COMBINED:
        return f"Combined attainment: more {children} at expectations in {subject}"
    if kind is Outcome.ATTAINMENT:
        return f"Attainment: more {children} at expectations in {subject}"
    return f"Progress: fewer {children} make insufficient progress in {subject}"


def criteria(kind: Outcome, now: str, steps: Sequence[tuple[str, int | None]]) -> str:
    """`Now 35 of 58 (60 %). 6 more by Autumn 2009, 12 by Spring 2010, 17 by Summer 2010.`."""
    told = [(term, more) for term, more in steps if more is not None]
    if not told:
        return f"Now {now}. How many by when: for the school to say."
    if not told[-1][1]:
        return f"Now {now}. These figures ask for none; for the school to say."
    word = "fewer" if kind is Outcome.PROGRESS else "more"
    (first, count), *rest = told
    then = "".join(f", {thousands(more or 0)} by {term}" for term, more in rest)
    return f"Now {now}. {thousands(count or 0)} {word} by {first}{then}."


def mid_point(term: Term) -> str:
    """When the mid-point review is, to the half-term; siptrack knows no dates."""
    return f"{_season(term)}, at half-term"


def final(term: Term) -> str:
    """When the final review is: a half-term later."""
    return f"{_season(term)}, at the end of term"


def _season(term: Term) -> str:
    return term.label if term.dated else Season(term.season).label


def with_date(when: str) -> str:
    """When, and room for the date."""
    return f"{when}. Date:"


def choose(words: Sequence[str]) -> str:
    """What is offered to choose from."""
    return f"For the school to choose: {listed([inside(word) for word in words], 'or')}."


def to_write() -> str:
    """What people write, which is not shown on a screen."""
    columns = (THEME, OBJECTIVE, TARGET, TASKS, DATE, PERSON, MONITORING, DEVELOPMENT)
    said = listed([inside(column) for column in columns])
    return f"Left to you: {said}. There is room for them in -o plan.docx and -o plan.xlsx."


def named_slow(children: int, subject: str) -> str:
    """How many children making insufficient progress are named elsewhere, and where; `subject` is the key."""
    make = plural(children, "makes", "make")
    who = f"{thousands(children)} of the children named by siptrack analyse PATHS --subject {subject}"
    return f"{who} {make} insufficient progress here."


def named_closers(children: int) -> str:
    """How many children nearest to closing gaps are named elsewhere, and where."""
    count = quantity(children, "child", "children")
    return f"Named by siptrack analyse PATHS --table closers: {count}, the nearest to closing it where it is clear."


def historical(until: int) -> str:
    """That the materials are of their time."""
    return f"As they were offered until {until}; whether the school has them, and uses them, is for you to say."


def material(cited: str, wave: int | None) -> str:
    """A material of the catalogue in a line."""
    return f"{cited} (Wave {wave})" if wave else cited
