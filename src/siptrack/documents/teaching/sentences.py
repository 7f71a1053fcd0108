"""What is said of teaching and CPD beside progress: counts and questions, never a verdict on anybody's teaching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siptrack.cycle.teaching_tables import Asks
from siptrack.rendering.numbers import inside, listed, percent_after, plural, quantity, share, thousands
from siptrack.school.teaching import TeachingRules
from siptrack.school.term import Term

RECORDED = "Good or better: what is recorded, and by whom"
TOGETHER = "To look into together"
BY_CLASS = "Class by class"
ELSEWHERE = "Records of no one class, or of no known term"
WITHOUT = "Without a record this school year"
CPD = "CPD, and the results of its subject before and after"
NO_SUBJECT = "No subject named"
NO_DATE = "without a date"
NO_TERM = "of no known term"
NOTICE = (
    "This report speaks of classes, and of staff as your records name them. No child is named, but the counts of a "
    "small class may tell of one: keep it among those who lead the school."
)
NOT_FROM_IT = (
    "What came after a lesson, a book look or a course need not have come from it; and how many children are found "
    "insufficient varies with the term of the year too."
)
NOT_HOW_GOOD = (
    "How good teaching is cannot be known from these files. What can be told is what was recorded this school year, by "
    "whom, and the progress of the same classes."
)
NOT_KNOWN = "-"
ADD_DETAIL = "add --detail"
IN_THE_REPORT = "see siptrack teaching --detail"
HOW_TO_READ = (
    "Records of teaching stand here beside the progress of the children who were taught, for people to talk about "
    "both. Classes are in order of year group and name; nothing is ranked, averaged or scored, and a class is more "
    f"than its teacher. {NOT_FROM_IT}"
)


def title(term: Term) -> str:
    """`Teaching and CPD beside progress: Summer 2009 (school year 2008-09)`."""
    year = term.academic_year_label
    return f"Teaching and CPD beside progress: {term.label}" + (f" (school year {year})" if year else "")


def held_line(observations: int | None, cpd: int | None, later: int, term: Term) -> str:
    """How many records there are, None where there is no sheet of them, and how many are of a later term."""
    seen = quantity(observations or 0, "record") + " of lessons and books"
    trained = quantity(cpd or 0, "record") + " of CPD"
    held = (
        f"{'No sheet of lessons or books seen' if observations is None else seen}; "
        f"{'no sheet of CPD' if cpd is None else trained}."
    )
    if not later:
        return held
    return f"{held} {quantity(later, 'more is', 'more are')} of a later term than {term.label}, and left aside."


def year_heading(academic_year: int, term: Term) -> str:
    """`Class by class in 2007-08`, an earlier school year."""
    if term.dated:
        return f"{BY_CLASS} in {academic_year}-{(academic_year + 1) % 100:02d}"
    return f"{BY_CLASS}, {quantity(term.academic_year - academic_year, 'year', 'years')} ago"


def asked(question: str, source: str) -> str:
    """The guidance's own question."""
    return f"The guidance asks: “{question}” ({source.partition(':')[0]}.) {NOT_HOW_GOOD}"


def no_grades() -> str:
    """That nothing recorded carries a grade."""
    return (
        "No record of this school year carries a grade that siptrack knows, so there is no share of good or better "
        "to tell. Words are worth as much: what was seen stands below, beside progress."
    )


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
    unsure = "" if rules.sure else " These words are recalled, not read where they were published."
    return (
        f"Counted as good or better: {listed(known, 'or')}, however spelt in config/teaching.yaml; any other words are "
        f"kept as words.{unsure} A school need not grade lessons."
    )


def class_line(class_name: str, first: str, last: str) -> str:
    """`4/5M (Year 4 and Year 5)`; `The whole of Year 4` for a year group."""
    years = first if first == last else f"{first} and {last}"
    return f"{class_name} ({years})" if class_name else f"The whole of {years}"


def record_line(when: str, kind: str, by: str, judgement: str, notes: str) -> str:
    """`12 November 2008: lesson observation by Mrs Iris: “Good”. Pace.`."""
    what = inside(kind) if kind else "record"
    who = f" by {by}" if by else ""
    seen = [f"“{judgement}”" if judgement else "", notes]
    return f"{when or NO_DATE}, {what}{who}: {'; '.join(filter(None, seen))}"


def about(text: str, line: str) -> str:
    """A record with what it is about, as written."""
    return f"{text}: {line}" if text else line


def counts_sentence(row: Mapping[str, int], from_term: str, to_term: str, percentages_from: int) -> str:
    """How many of the same children made insufficient progress, and were at ARE, then and now."""
    if not to_term:
        return "there are no results in that time."
    if not row["children"]:
        return "none of these children is in the results of that time."
    progress = _then_and_now(row, ("insufficient", "told"), from_term, to_term, percentages_from)
    met = _then_and_now(row, ("at_are", "assessed"), from_term, to_term, percentages_from)
    insufficient = f"insufficient for {progress}" if progress else "cannot be told"
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


def beside(counts: str) -> str:
    """What stands beside the records of a class in a subject."""
    return f"Progress of these children: {counts}"


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
        f"A class stands here where every record with a grade says good or better and progress is insufficient for "
        f"{rules.many:g} % or more, or none says so and it is for {rules.few:g} % or fewer; from {percentages_from} "
        "children on. The limits are siptrack's choice. Neither the record nor the results need be wrong."
    )


def nothing_to_ask() -> str:
    """That nowhere the two point in different directions."""
    return "Nowhere do records with a grade and progress point in different directions."


def without_any(classes: Sequence[str]) -> str:
    """The classes of which nothing was recorded."""
    return f"Nothing recorded at all: {listed(classes)}."


def without_subject(label: str, classes: Sequence[str]) -> str:
    """The classes of which something was recorded, and nothing in this subject."""
    return f"{label}: nothing recorded of {listed(classes)}."


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


def cpd_note(after: int) -> str:
    """How the tables are read."""
    return f"{cpd_terms(after)} ARE: age-related expectations; a dash: not known."


def cpd_terms(after: int) -> str:
    """Which terms are compared, and of whom."""
    return (
        f"Then is the last term with results before, now the last within {quantity(after, 'term')} after. Every year "
        "group is shown, whoever took part."
    )


def of_those(counted: int, of: int, percentages_from: int) -> str:
    """`20 of 29 (69 %)`; a dash of nobody."""
    return share(counted, of, percentages_from) if of else NOT_KNOWN
