"""What the manual says of a scale: its kind, its lines and its settings, in the words of a school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siptrack.rendering.numbers import listed, plain_number, plural, quantity
from siptrack.school.groups import Group
from siptrack.school.scale import Choice, Numbers, Option, Scale, ScaleKind, SmallSteps, SpecialCode

_SETTINGS = "siptrack.yaml"
DISAGREE, LINE, MORE = "Where schools disagree", "The reference line", "What else to know"
GRADES, LIMITS, SOURCES = "Grades", "Thresholds", "Sources"
_OPEN_ENDED = 2100  # an era that ends later than this has not ended
_EVERY_ERA = 1900

_KINDS = {
    ScaleKind.CUMULATIVE: "A child must gain points to stand still: the reference line rises.",
    ScaleKind.RELATIVE: "A child is judged against the year group: keeping the same grade is keeping up.",
}


def title(scale: Scale) -> str:
    """`National Curriculum levels (nc-levels)`."""
    return f"{scale.label[:1].upper()}{scale.label[1:]} ({scale.name})"


def facts(scale: Scale) -> Iterator[str]:
    """The scale's kind and era, whose it is, and how a column is recognised."""
    yield _KINDS[scale.kind] if scale.measures_progress else "It is taken once: progress is not measured on it."
    yield "A test's results." if scale.test else "A teacher's judgements."
    if scale.years.start > _EVERY_ERA:
        until = "" if scale.years.stop > _OPEN_ENDED else f" to {scale.years.stop - 1}"
        yield f"In use from {scale.years.start}{until}."
    if scale.subjects:
        yield f"Used in {listed([subject.replace('_', ' ') for subject in scale.subjects])} only."
    if scale.hints:
        words = listed([f"'{hint}'" for hint in scale.hints], "or")
        yield f"A heading, sheet or file that says {words} speaks for it."
    if scale.like:
        yield f"Made like the scale {scale.like}."


def option_name(option: Option, choice: Choice) -> str:
    """An option's name, and whether it is the one in force."""
    if option.name != choice.chosen:
        return option.name
    return f"{option.name} (chosen in {_SETTINGS})" if choice.by_school else f"{option.name} (siptrack's default)"


def how_to_choose(scale: Scale, choice: Choice) -> str:
    """The line of siptrack.yaml that decides a choice."""
    other = next((option.name for option in choice.options if option.name != choice.chosen), choice.chosen)
    return f'In `{_SETTINGS}`: `choices: {{{scale.name}: {{{choice.name}: "{other}"}}}}`'


def numbers(limits: Numbers) -> str:
    """That scores are worth themselves."""
    return f"Any number from {plain_number(limits.low)} to {plain_number(limits.high)} is worth itself."


def year_groups(scale: Scale) -> str:
    """That a grade may name the year group whose work the child does."""
    may = "always names" if scale.names_year_group else "may name"
    grade = scale.grades[-1].code
    return (
        f"A grade {may} the year group whose work it is, as in 3 {grade}; one that names none is of the child's own. "
        f"Points count from there: {plain_number(scale.points_a_year)} for each year group, and the grade's own."
    )


def counted(code: SpecialCode) -> str:
    """Whether a child with a special code stays in the denominator of a percentage."""
    return "counted, not at expectations" if code.counts else "left out"


def no_line() -> str:
    """That nothing is expected on a scale."""
    return "There is no line: siptrack says neither at nor below."


def about_line(scale: Scale) -> str:
    """What the line is, and where it comes from."""
    cited = scale.cited.get("reference")
    where = f" It stands in {cited.place}." if cited else ""
    return (
        f"Points at age-related expectations in each term.{where} Progress is how far a child moved less how far this "
        "line rose."
    )


def special(scale: Scale, bands: Sequence[Group]) -> Iterator[str]:
    """What is told otherwise than by the line, and the notes that reports carry."""
    if scale.small_steps is not None:
        yield _of_small_steps(scale, scale.small_steps)
        if vague := _in_order(scale, scale.small_steps.any_of_them):
            yield f"{listed(vague)} may be any of these, so movement between {listed(vague)} and them is not told."
    if scale.apart:
        lists = " and ".join(f"those of {listed(_in_order(scale, codes))}" for codes in scale.apart)
        yield f"Never compared with each other: {lists}."
    for code, width in scale.wide.items():
        yield (
            f"{code} holds more children than a step does: the true points may lie {plain_number(width.under)} under "
            f"or {plain_number(width.over)} over its own, and a start there is given the benefit of that."
        )
    if scale.prior is not None:
        low, middle, high = (band.label.lower() for band in bands)
        top = f", from {plain_number(scale.prior.high)} {high}" if scale.prior.high is not None else ""
        yield f"As a baseline: under {plain_number(scale.prior.middle)} points {low}, from there {middle}{top}."
    yield from (note.says for note in scale.notes)


def _of_small_steps(scale: Scale, small: SmallSteps) -> str:
    """What is expected of a child below the bands of the year group: a year's work, or one of the grades listed."""
    how = "progress is counted in small steps, grades up the ladder"
    steps = f"{quantity(small.expected, 'step')} in {'each ' if scale.points_a_year else ''}{small.within} terms"
    is_expected = plural(small.expected, "is", "are") + " expected"
    if not scale.points_a_year:
        grades = listed(_in_order(scale, small.grades))
        return f"At {grades} {how}: {steps} {is_expected}, none may be lost, and it is never called accelerated."
    fewer = f", up to {small.let_pass} fewer {plural(small.let_pass, 'is', 'are')} let pass" if small.let_pass else ""
    more = f"{quantity(scale.accelerated, 'step')} more {plural(scale.accelerated, 'is', 'are')} called accelerated"
    return (
        f"At a grade of a year group below the child's own {how}: {steps} {is_expected}{fewer}, none may be lost, and "
        f"{more}. Before {small.within} terms have passed any step up will do, and it is too soon to miss one."
    )


def _in_order(scale: Scale, codes: frozenset[str]) -> list[str]:
    return [grade.code for grade in scale.grades if grade.code in codes]
