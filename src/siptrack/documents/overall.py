"""What is said of the whole: the title, what was read, warnings about rules, and which rules were in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.analysis.model import Beside, Crossing, Warned
from siptrack.documents.labels import subject_label
from siptrack.rendering.numbers import inside, listed, plural, quantity, share, thousands
from siptrack.rules.model import Rules
from siptrack.school.scale import Choice
from siptrack.school.term import Term

_SETTINGS = "siptrack.yaml"
_NAMED = 3  # sheets of which a term was taken; the ledger of the JSON has them all
INSUFFICIENT = "Children making insufficient progress"
BELOW = "Below expectations, progress not insufficient"
OTHERS = "Other children to look at"
AT_A_GLANCE = "At a glance"
NOT_APPLICABLE = "[z]"  # the Government Statistical Service's shorthand for "does not apply"


def title(term: Term) -> str:
    """`Pupil progress in Summer 2009, school year 2008-09`."""
    year = term.academic_year_label
    return f"Pupil progress: {term.label}" + (f" (school year {year})" if year else "")


def filters_line(filters: Mapping[str, str]) -> str:
    """`Only: year 5; class 5K`."""
    return f"Only {'; '.join(f'{name} {text}' for name, text in filters.items())}."


def exports_line(exports: Sequence[tuple[str, str]]) -> str:
    """`Recognised: Pupils.csv as SIMS roster`."""
    return f"Recognised: {'; '.join(f'{file} as {label}' for file, label in exports)}."


def warned_sentence(warned: Warned, rules: Rules) -> str:
    """That so many children are flagged that the rule is the first thing to doubt."""
    who = f"{rules.years.label(warned.year_group)}, {inside(subject_label(warned.subject, rules))}"
    flagged = share(warned.flagged, warned.n, rules.groups.small.percentages_from)
    are = plural(warned.n, "child is", "children are")
    return (
        f"{who}: {flagged} {are} flagged, more than {rules.flags.too_many:g} %. "
        "The rule, not the children, may be wrong: check the scale and its reference line before acting on the list."
    )


def notes_heading(scale: str) -> str:
    """What leads the notes of a scale in use."""
    return f"About {scale}:"


def choice_notes(choices: Sequence[Choice]) -> list[str]:
    """The settings on which schools disagree: siptrack's defaults with what others take, and the school's own."""
    defaults = [f"{choice.says} (or: {listed(choice.others, 'or')})" for choice in choices if not choice.by_school]
    own = [choice.says for choice in choices if choice.by_school]
    notes = [f"As {_SETTINGS} has it: {'; '.join(own)}."] if own else []
    if defaults:
        notes.append(
            f"siptrack's default, since schools disagree: {'; '.join(defaults)}. siptrack init asks for yours."
        )
    return notes


def crossing_sentence(crossing: Crossing, rules: Rules) -> str:
    """Where children's results were on another scale before, and what becomes of their progress."""
    children = quantity(crossing.children, "child", "children")
    old, new = rules.scales[crossing.old].label, rules.scales[crossing.new].label
    bridge = next((bridge for bridge in rules.bridges if bridge.name == crossing.bridge), None)
    where = f"{subject_label(crossing.subject, rules)}: earlier results of {children} are on {old}, now {new}"
    if bridge is None:
        return (
            f"{where}. Grades of two scales are not compared: progress begins again with the first result on the new."
        )
    whose = f"your {_SETTINGS}'s" if bridge.by_school else "siptrack's"
    return f"{where}. Progress crosses by {whose} bridge {bridge.name} ({bridge.source})."


def beside_sentence(beside: Beside, rules: Rules) -> str:
    """That tests stand beside judgements, and which of the two progress is told by."""
    label = subject_label(beside.subject, rules)
    kept = f"{quantity(beside.count, 'test result')} stand beside the teachers' judgements, by which progress is told"
    if not beside.tests:
        kept = f"{quantity(beside.count, 'teacher judgement')} stand beside the tests, by which progress is told"
    return f"{label}: {kept}. siptrack check sets the two against each other."


def below_note() -> str:
    """Why children are listed whose progress is not insufficient."""
    return (
        "Where it can be told, these children's progress is as expected or better. "
        "They are listed because keeping up does not bring them to expectations."
    )


def nobody_insufficient() -> str:
    """That there is nobody to list, which is not the same as everybody being judged."""
    return "None among the children whose progress can be told."


def cannot_tell_sentence(count: int, n: int) -> str:
    """How many children are not listed because nothing can be said of their progress in any subject."""
    return (
        f"The progress of {thousands(count)} of {quantity(n, 'child', 'children')} cannot be told in any subject, "
        "so they are not among these."
    )


def list_heading(title: str, children: int) -> str:
    """`Children making insufficient progress: 12 children`."""
    return f"{title}: {quantity(children, 'child', 'children')}"


def class_heading(class_name: str, year_label: str, listed_children: int, children: int) -> str:
    """`5K (Year 5): 6 of 29 children`."""
    of_class = quantity(children, "child", "children")
    return f"{class_label(class_name, year_label)}: {thousands(listed_children)} of {of_class}"


def class_label(class_name: str, year_label: str) -> str:
    """`5K (Year 5)`."""
    return f"{class_name} ({year_label})" if class_name else f"{year_label}, class not known"


def at_are_note() -> str:
    """What the columns of the table are of."""
    return "ARE: age-related expectations; the percentage is of those assessed. The rest is about progress."


def not_applicable_note() -> str:
    """What the shorthand in a table means."""
    return f"{NOT_APPLICABLE} does not apply: progress is told of single subjects only."
