"""What is said of teaching and CPD beside progress: counts and questions, never a verdict on anybody's teaching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.teaching_tables import Asks
from siptrack.rendering.numbers import listed, percent_after, plural, quantity, share, thousands
from siptrack.school.teaching import TeachingRules

TOGETHER = "To look into together"
NO_SUBJECT = "No subject named"
NO_DATE = "without a date"
NO_TERM = "of no known term"
NOT_FROM_IT = (
    "What came after a lesson, a book look or a course need not have come from it. How many children make insufficient "
    "progress varies with the term of the year too."
)
NOT_HOW_GOOD = (
    "How good teaching is cannot be known from these files. They hold what was recorded this school year, by whom, "
    "and the progress of the same classes."
)
NOT_KNOWN = "-"
IN_THE_REPORT = "see siptrack teaching --detail"


def nothing_this_year() -> str:
    """That nothing was recorded this year."""
    return "Nothing was recorded of lessons or books this school year."


def recorded_so(label: str, good: int, graded: int, records: int, percentages_from: int) -> str:
    """`Writing: 9 of 12 records with a grade (75 %) say good or better; 2 more carry words only.`."""
    if not graded:
        return f"{label}: {quantity(records, 'record')}, none with a grade."
    words = records - graded
    more = f"; {thousands(words)} more {plural(words, 'carries', 'carry')} words only" if words else ""
    percent = percent_after(good, graded, percentages_from)
    of_graded = f"{thousands(good)} of {quantity(graded, 'record')} with a grade{percent}"
    return f"{label}: {of_graded} {plural(good, 'says', 'say')} good or better{more}."


def how_known(by: str, kinds: str) -> str:
    """By whom and by which kinds of evidence it was recorded."""
    return f"Recorded by {by or 'nobody named'}. {f'Kinds: {kinds}' if kinds else 'No kind of evidence is named'}."


def progress_there(classes: int, counts: str) -> str:
    """The progress in the classes that records are about."""
    return f"Progress in {'that class' if classes == 1 else f'those {classes} classes'}: {counts}"


def no_class_to_set_beside() -> str:
    """That the records name no class."""
    return "No class or year group is named, so no progress stands beside."


def no_subject_to_set_beside() -> str:
    """That the records name no subject."""
    return "No subject is named, so no progress stands beside."


def no_results(label: str) -> str:
    """That a subject has no results."""
    return f"{label} has no results in these files, so no progress stands beside it."


def few_for_percentages(percentages_from: int) -> str:
    """From how many on there is a percentage."""
    return (
        f"A percentage stands from {percentages_from} records, or children, on. A record may name two subjects, and "
        "then counts in both."
    )


def grades_note(rules: TeachingRules) -> str:
    """What is counted as good or better, and where it comes from."""
    known = [grade.label for grade in rules.grades.values() if grade.good_or_better]
    unsure = "" if rules.sure else ", recalled and not read where they were published"
    return (
        f"Good or better: {listed(known, 'or')}, as spelt in config/teaching.yaml{unsure}; other words are kept as "
        "words. A school need not grade lessons."
    )


def class_line(class_name: str, first: str, last: str) -> str:
    """`4/5M (Year 4 and Year 5)`; `The whole of Year 4` for a year group."""
    years = first if first == last else f"{first} and {last}"
    return f"{class_name} ({years})" if class_name else f"The whole of {years}"


def counts_sentence(row: Mapping[str, int], from_term: str, to_term: str, percentages_from: int) -> str:
    """How many of the same children made insufficient progress, and were at ARE, then and now."""
    if not to_term:
        return "there are no results in that time."
    if not row["children"]:
        return "none of these children is in the results of that time."
    progress = _then_and_now(row, ("insufficient", "told"), from_term, to_term, percentages_from)
    met = _then_and_now(row, ("at_are", "assessed"), from_term, to_term, percentages_from)
    insufficient = f"insufficient for {progress}" if progress else "cannot tell whose progress is insufficient"
    return f"{insufficient}. At age-related expectations: {met or 'nobody was assessed'}."


def _then_and_now(
    row: Mapping[str, int], names: tuple[str, str], from_term: str, to_term: str, percentages_from: int
) -> str:
    """`3 of 26 (12 %) in Summer 2008, 7 of 29 (24 %) in Summer 2009`; empty where nothing is known of either."""
    counted, of = names
    terms = ((from_term, f"{counted}_then", f"{of}_then"), (to_term, counted, of))
    counts = [(term, row[some], row[among]) for term, some, among in terms if term]
    known = [f"{share(count, among, percentages_from)} in {term}" for term, count, among in counts if among]
    unknown = [term for term, _, among in counts if not among]
    return ", ".join(known) + (f" ({unknown[0]}: not known)" if known and unknown else "")


def asks_sentence(asks: Asks, where: str, row: Mapping[str, int], percentages_from: int) -> str:
    """Where records and progress point in different directions, as something to look into."""
    good, graded, insufficient, judged = (row[name] for name in ("good", "graded", "insufficient", "told"))
    recorded = f"{thousands(good)} of {quantity(graded, 'record')} with a grade {plural(graded, 'says', 'say')}"
    percent = percent_after(insufficient, judged, percentages_from)
    progress = f"insufficient for {thousands(insufficient)} of {thousands(judged)} children{percent}"
    questions = {
        Asks.GOOD_AND_NOT_MOVING: "What was looked at, and what do these children's books and answers show?",
        Asks.NOT_GOOD_AND_MOVING: "What helps these children to move, and how sure are the results?",
    }
    return f"{where}: {recorded} good or better, and progress is {progress}. {questions[asks]}"


def asks_note(rules: TeachingRules, percentages_from: int) -> str:
    """When a class stands in this list."""
    return (
        f"Listed where every record with a grade says good or better and {rules.many:g} % or more make insufficient "
        f"progress, or none says so and {rules.few:g} % or fewer do; from {percentages_from} children on. The limits "
        "are siptrack's choice. Neither the record nor the results need be wrong."
    )


def others_left(observations: int, where: str) -> str:
    """How many records of earlier years are not shown, and where they are."""
    return f"{quantity(observations, 'record')} of earlier school years: {where}."


def cpd_left(rows: int, where: str) -> str:
    """How many rows of CPD are not shown, and where they are."""
    return f"{quantity(rows, 'record')} of CPD whose following terms lie in earlier school years: {where}."


def no_cpd() -> str:
    """That nothing was recorded of CPD."""
    return "Nothing was recorded of CPD that these results could follow."


def cpd_line(when: str, focus: str, about: Sequence[str], intended: str, evaluation: str) -> str:
    """`14 January 2009: Talk for Writing (All staff; 3 hours; LA consultant). Intended: “...”`."""
    more = "; ".join(filter(None, about))
    parts = [f"{when or NO_DATE}: {focus}" + (f" ({more})" if more else "")]
    parts += [f"Intended: “{intended}”"] if intended else []
    parts += [f"Written of it since: “{evaluation}”"] if evaluation else []
    return ". ".join(parts)


def hours(value: float | None) -> str:
    """`3 hours`; empty where it is not known."""
    return "" if value is None else quantity(value, "hour")


def cpd_caption(subject: str, from_term: str, to_term: str) -> str:
    """`Writing, the same children: Spring 2008 (then) and Summer 2009 (now)`."""
    return f"{subject}, the same children: {f'{from_term} (then) and ' if from_term else ''}{to_term} (now)"


def cpd_heading(subjects: Sequence[str], when: str) -> str:
    """`Writing: CPD in Summer 2008`."""
    return f"{listed(subjects)}: CPD {when if when == NO_TERM else f'in {when}'}"


def without_results(label: str, when: str) -> str:
    """That no results stand beside CPD."""
    return f"{label}: no results follow {when} within the terms looked at."


def cpd_terms(after: int) -> str:
    """Which terms are compared, and of whom."""
    return (
        f"Then is the last term with results before, now the last within {quantity(after, 'term')} after. Every year "
        "group is shown, whoever took part."
    )


def of_those(counted: int, of: int, percentages_from: int) -> str:
    """`20 of 29 (69 %)`; a dash of nobody."""
    return share(counted, of, percentages_from) if of else NOT_KNOWN
