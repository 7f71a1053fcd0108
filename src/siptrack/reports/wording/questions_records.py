"""What is said to a School Improvement Partner of a school's own records: actions, provision, teaching, CPD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from siptrack.cycle.provision_tables import Lack
from siptrack.cycle.since_tables import OnList
from siptrack.documents.teaching.sentences import NO_SUBJECT, NOT_KNOWN, TOGETHER
from siptrack.rendering.numbers import inside, listed, plural, quantity, thousands
from siptrack.school.teaching import HEADINGS_CPD, HEADINGS_SEEN

NO_RECORD = "No record of actions is among the files."
NO_EARLIER = "The files hold no earlier term with results, so what was agreed cannot be set beside what came of it."
NO_SHEET = "No sheet of provision is among the files."


def agreed_line(actions: int, children: int, came: str) -> str:
    """`7 actions for 7 children. By the record: 1 past its date ..`."""
    return f"{quantity(actions, 'action')} for {quantity(children, 'child', 'children')}. {came}"


def listed_under(heading: str, children: Sequence[str]) -> str:
    """`Past its date and not said to be done: Billhook, Jamal (4T; ..)`."""
    return f"{heading}: {'; '.join(children)}"


def without_action(terms: int, children: Sequence[str]) -> str:
    """Who is long on the list without any action in the record."""
    return listed_under(f"On the list for {quantity(terms, 'term')} or more, with no action in the record", children)


def long_on_list(name: str, class_name: str, terms: int) -> str:
    """`Mallow, Bethan (6W; 4 terms)`."""
    return agreed_child(name, class_name, "", quantity(terms, "term"))


def agreed_child(name: str, class_name: str, action: str, state: str) -> str:
    """`Billhook, Jamal (4T; guided writing three times a week; on the list still)`."""
    return f"{name} ({'; '.join(filter(None, (class_name, action, state)))})"


def on_list_now(state: OnList) -> str:
    """Where a child is now, behind the name."""
    return {
        OnList.ON: "on the list now",
        OnList.OFF: "not on the list now",
        OnList.UNTOLD: "cannot be told now",
        OnList.ELSEWHERE: "has left the school",
    }[state]


def on_no_list() -> str:
    """Of a child with an action for no named subject who is on the list in none."""
    return "on the list in no subject"


def provided_line(children: int, interventions: int, flagged: int, nothing: int) -> str:
    """How many have what, and how many children with insufficient progress have nothing."""
    has = plural(children, "has", "have")
    first = (
        f"{quantity(children, 'child', 'children')} {has} provision this school year, in "
        f"{quantity(interventions, 'intervention')}."
        if children
        else "Nothing in the sheet of provision runs in this school year."
    )
    if not flagged:
        return first
    none = thousands(nothing) if nothing else "none"
    lack = plural(nothing or 1, "has", "have") if nothing else "is without"
    without = f"{none} {lack} none" if nothing else "none is without"
    return f"{first} Of {quantity(flagged, 'child', 'children')} making insufficient progress {without}."


def who_line(heading: str, said: Sequence[str]) -> str:
    """`Much provision, and progress still insufficient: 1 child. Mallow, Bethan: 5 interventions ..`."""
    return f"{heading}. {' '.join(said)}"


def impact_line(answer: str, moved: str, difference: str) -> str:
    """What can be said of an intervention that was compared."""
    return f"{answer} {moved} {difference}"


def compared_how() -> str:
    """What a comparison is, and what it can never say."""
    return (
        "Each child stands beside all children in nothing for the subject whose marks had gone the same way and who "
        "stood as high (siptrack provision). Why a child was chosen is in no spreadsheet: this is not proof."
    )


def not_compared(interventions: Sequence[tuple[str, str]], fewest: int) -> str:
    """The interventions of which no fair comparison is possible, each with the reason."""
    said = [f"{name} ({_lack(reason, fewest)})" for name, reason in interventions]
    return f"No fair comparison possible: {'; '.join(said)}."


def _lack(reason: str, fewest: int) -> str:
    return f"fewer than {fewest} children with comparable ones" if reason == Lack.TOO_FEW.value else reason


def nothing_compared() -> str:
    """That the sheet names nothing to compare."""
    return "No intervention in the sheet can be looked at for its impact."


def catalogue_line(fits: int, nothing: int) -> str:
    """For how many children and gaps the catalogue has something, and for how many not."""
    return (
        f"Something in it fits {quantity(fits, 'child', 'children')} making insufficient progress, by subject, year "
        f"group and entry level; nothing fits {thousands(nothing)}."
    )


def material_fits(cited: str, children: int, gaps: Sequence[str]) -> str:
    """How many children a material fits, and which gaps."""
    fits = [quantity(children, "child", "children")] if children else []
    return f"{cited}: {'; '.join([*fits, *gaps])}"


def gap_of(children: str, subjects: Sequence[str]) -> str:
    """`the gap of boys in writing`."""
    return f"the gap of {children} in {listed([inside(one) for one in subjects])}"


# --- teaching and CPD -------------------------------------------------------------------------------------------------


def no_lessons() -> str:
    """That the files hold no sheet of lessons and books, and which could be read."""
    return _no_sheet("lessons or books seen", HEADINGS_SEEN)


def no_cpd_sheet() -> str:
    """That the files hold no sheet of CPD, and which could be read."""
    return _no_sheet("CPD", HEADINGS_CPD)


def _no_sheet(of: str, headings: str) -> str:
    return f"No record of {of} is among the files; siptrack could read a sheet with headings such as {headings}."


def recorded_line(records: int, graded: int, good: Mapping[str, str]) -> str:
    """`7 records of lessons and books this school year, 3 with a grade: good or better 2 of 3 in writing.`.

    `good` is in which subject how many of those with a grade are good or better, under an empty text where none is
    named.
    """
    said = f"{quantity(records, 'record')} of lessons and books this school year"
    if not graded:
        return f"{said}, none with a grade."
    each = [f"{counts} {f'in {inside(label)}' if label else 'with no subject named'}" for label, counts in good.items()]
    return f"{said}, {thousands(graded)} with a grade: good or better {listed(each)}."


def together_lead() -> str:
    """What stands before the classes in which records and progress point in different directions."""
    return f"{TOGETHER}:"


def undated_left(records: int) -> str:
    """How many records of lessons and books are of no known term."""
    return f"{quantity(records, 'record')} of no known term: see siptrack teaching."


def trained_line(about: Mapping[tuple[str, ...], int], intended: int, evaluated: int) -> str:
    """`3 records of CPD that these results could follow: 2 about maths and 1 with no subject named; ..`."""
    none = (NO_SUBJECT,)
    named = {of: f"{'with' if of == none else 'about'} {listed([inside(one) for one in of])}" for of in about}
    each = [f"{thousands(about[of])} {named[of]}" for of in sorted(about, key=lambda of: of == none)]
    which = f": {listed(each)}" if len(each) > 1 else f", {next(iter(named.values()))}"
    meant, since = (thousands(count) if count else "none" for count in (intended, evaluated))
    return (
        f"{quantity(sum(about.values()), 'record')} of CPD that these results could follow{which}; the intended impact "
        f"is written for {meant}, and an evaluation for {since}."
    )


def insufficient_line(years: Iterable[tuple[str, str, str]]) -> str:
    """`Insufficient progress: Year 2: then 5 of 29 (17 %), now 4 of 29 (14 %); ..`; empty where nothing is known."""
    return _then_and_now("Insufficient progress", years)


def at_are_line(years: Iterable[tuple[str, str, str]]) -> str:
    """`At age-related expectations: Year 2: then 19 of 29 (66 %), now 22 of 29 (76 %); ..`; empty likewise."""
    return _then_and_now("At age-related expectations", years)


def _then_and_now(what: str, years: Iterable[tuple[str, str, str]]) -> str:
    """Each year group with its counts; one that is not known is left out."""
    said = []
    for year, then, now in years:
        known = [f"{when} {counts}" for when, counts in (("then", then), ("now", now)) if counts != NOT_KNOWN]
        said += [f"{year}: {', '.join(known)}"] if known else []
    return f"{what}: {'; '.join(said)}" if said else ""
