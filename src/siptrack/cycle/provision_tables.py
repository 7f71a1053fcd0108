"""The tables of provision, each declared once, and the words that stand in them."""

from __future__ import annotations

from enum import StrEnum

from siptrack.school.provision import PROVISION
from siptrack.school.tables import Column, Table


class Who(StrEnum):
    """The findings on who has what."""

    NOTHING = "flagged-without-provision"
    ANOTHER_SUBJECT = "flagged-in-another-subject"
    MUCH = "much-and-not-moving"
    MANY_AT_ONCE = "many-at-once"
    NOBODY_ATTENDS = "nobody-attends"


class Impact(StrEnum):
    """What can be said of an intervention: never that it was proved."""

    MORE = "moved more"
    LESS = "moved less"
    CANNOT_TELL = "could not be told"
    NO_COMPARISON = "no fair comparison"


class Lack(StrEnum):
    """Why a child, or an intervention, cannot be compared fairly."""

    NO_SUBJECT = "it names no subject"
    NO_RESULTS = "no results in its subject"
    NO_YEAR = "the results name no year"
    NO_DATES = "its dates are not known"
    RUNNING = "it has not ended"
    NO_BEFORE = "no result before"
    NO_AFTER = "no result after"
    OTHER_SCALE = "different scales before and after"
    UNWEIGHED = "its marks cannot be weighed"
    TOO_EARLY = "too few results before it"
    AT_TOP = "the highest grade before it"
    AGAIN = "a second time in it"
    NO_PEER = "no comparable child"
    TOO_FEW = "too few children with comparable ones"
    OTHER_COURSES = "earlier courses do not overlap"


class NoMaterial(StrEnum):
    """Why the catalogue offers nothing."""

    NONE_FITS = "none fits"
    AT_EXPECTATIONS = "at expectations"
    STANDING_UNTOLD = "where it stands cannot be told"
    LOWEST_UNTOLD = "who is lowest cannot be told"


SPELLS = Table(
    "provision",
    "What was provided to the pupils asked about, one row for each row of the school's sheet.",
    (
        *PROVISION.columns,
        Column("academic_year", "integer", "the calendar year in which its school year begins", unit="year"),
        Column("year_group", "number", "the pupil's year group then", unit="year group"),
        Column("this_year", "flag", "whether it is not known to be over before the school year judged"),
        Column("now", "flag", "whether it runs in the term judged"),
        Column("hours", "number", "sessions attended times their length", unit="hours"),
    ),
)

MAP = Table(
    "map",
    "The provision map: one row for each school year, year group, need, wave and intervention.",
    (
        Column(
            "academic_year",
            "integer",
            "the calendar year in which the school year begins",
            unit="year",
        ),
        Column("year_group", "number", "year group then", unit="year group"),
        Column("need", "text", "the need or subject as the school wrote it"),
        Column("subject", "text", "the subject's key"),
        Column("wave", "integer", "wave 1, 2 or 3", unit="wave"),
        Column("intervention", "text", "the intervention", always=True),
        Column("children", "integer", "children who had it", always=True, unit="pupils"),
        Column("now", "integer", "of these, those who have it in the term judged", always=True, unit="pupils"),
        Column("planned", "number", "sessions planned, where attendance is known too", unit="sessions"),
        Column("attended", "number", "of these, sessions attended", unit="sessions"),
        Column(
            "hours",
            "number",
            "sessions attended times their length, where known",
            unit="hours",
        ),
        Column("cost", "number", "what it cost, where known", unit="as written"),
    ),
)

CHILDREN = Table(
    "children",
    "What each child has this school year, and what it takes: children with provision or with insufficient progress.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("year_group", "number", "year group in the term", unit="year group"),
        Column("class", "text", "class"),
        Column("interventions", "integer", "interventions this school year", always=True, unit="interventions"),
        Column("now", "integer", "of these, those that run in the term judged", always=True, unit="interventions"),
        Column("insufficient", "integer", "subjects in which progress is insufficient", always=True, unit="subjects"),
        Column("planned", "number", "sessions planned, where attendance is known too", unit="sessions"),
        Column("attended", "number", "of these, sessions attended", unit="sessions"),
        Column("hours", "number", "hours, where known", unit="hours"),
        Column("cost", "number", "cost, where known", unit="as written"),
    ),
)

INTERVENTIONS = Table(
    "interventions",
    "Each intervention over all its years: children, sessions, time, cost, and the ratio gain where there are ages.",
    (
        Column("intervention", "text", "the intervention", always=True),
        Column("wave", "integer", "wave 1, 2 or 3", unit="wave"),
        Column("children", "integer", "children who had it", always=True, unit="pupils"),
        Column("rows", "integer", "rows of the school's sheet", always=True, unit="rows"),
        Column("now", "integer", "children who have it in the term judged", always=True, unit="pupils"),
        Column("planned", "number", "sessions planned, where attendance is known too", unit="sessions"),
        Column("attended", "number", "of these, sessions attended", unit="sessions"),
        Column("attendance", "number", "attended in percent of planned", unit="percent"),
        Column("hours", "number", "hours of children's time, where known", unit="hours"),
        Column("cost", "number", "cost, where known", unit="as written"),
        Column("cost_a_child", "number", "cost divided by the children whose cost is known", unit="as written"),
        Column(
            "ages",
            "integer",
            "rows with ages before and after and both days",
            always=True,
            unit="rows",
        ),
        Column("months_gained", "number", "months of age gained, on average", unit="months"),
        Column("months", "number", "months from the first day to the last, on average", unit="months"),
        Column("ratio_gain", "number", "months gained divided by months", unit="months a month"),
    ),
)

WHO = Table(
    "who",
    "Who has what and should be looked at: one row for each child and subject, or for an intervention.",
    (
        Column("code", "text", "what is said", tuple(Who), always=True),
        Column("pupil", "text", "the pupil's key; empty for an intervention"),
        Column("subject", "text", "the subject in which progress is insufficient"),
        Column("intervention", "text", "the intervention, or those that the child has"),
        Column(
            "count",
            "number",
            "what the child has; or sessions attended",
            unit="interventions or sessions",
        ),
        Column("of", "number", "sessions planned of an intervention", unit="sessions"),
    ),
)

IMPACT = Table(
    "impact",
    "Each intervention in each subject and on each scale, beside comparable children; progress is against the line.",
    (
        Column("intervention", "text", "the intervention", always=True),
        Column("subject", "text", "the subject's key; empty where none is named"),
        Column("scale", "text", "the scale; empty where no child has results before and after"),
        Column("children", "integer", "children who had it", always=True, unit="pupils"),
        Column("measured", "integer", "of these, children with results before and after", always=True, unit="pupils"),
        Column("moved", "number", "their progress meanwhile, compared with nobody", unit="points"),
        Column("compared", "integer", "of these, children with comparable children", always=True, unit="pupils"),
        Column("comparable", "integer", "comparable children, each once a stretch", always=True, unit="pupils"),
        Column("before", "number", "earlier progress of the children compared, on average", unit="points"),
        Column("peers_before", "number", "the same of the comparable children", unit="points"),
        Column("during", "number", "progress from the result before to the result after, on average", unit="points"),
        Column("expected", "number", "what was to be expected: halfway between the next two", unit="points"),
        Column("expected_alone", "number", "progress that the marks of each child by itself let expect", unit="points"),
        Column("expected_together", "number", "the same by the marks of all children in it", unit="points"),
        Column("peers_during", "number", "progress of the comparable children meanwhile", unit="points"),
        Column("peers_expected", "number", "what their marks let expect", unit="points"),
        Column(
            "difference", "number", "during minus expected, minus the same of the comparable children", unit="points"
        ),
        Column("low", "number", "lower end of its interval (Welch's t)", unit="points"),
        Column("high", "number", "upper end", unit="points"),
        Column("chance", "number", "how often chance alone makes as much (Welch's t)", unit="probability, 0 to 1"),
        Column("q", "number", "the same over all compared (Benjamini-Hochberg)", unit="probability, 0 to 1"),
        Column("after_compared", "integer", "children with a later result on both sides", always=True, unit="pupils"),
        Column("after", "number", "progress from the result after to the later one, on average", unit="points"),
        Column("peers_after", "number", "the same of the comparable children", unit="points"),
        Column("others", "integer", "all children of these year groups in nothing", always=True, unit="pupils"),
        Column("others_moved", "number", "their progress meanwhile", unit="points"),
        Column("verdict", "text", "what can be said", tuple(Impact), always=True),
        Column("reason", "text", "why there is no fair comparison", tuple(Lack)),
    ),
)

COMPARED = Table(
    "compared",
    "Each child of an intervention beside all comparable children, or why there are none.",
    (
        Column("intervention", "text", "the intervention", always=True),
        Column("subject", "text", "the subject's key"),
        Column("scale", "text", "the scale"),
        Column("pupil", "text", "the pupil's key", always=True),
        Column("year_group", "number", "year group at the result before", unit="year group"),
        Column("earlier_term", "text", "the term of the first result that counts"),
        Column("before_term", "text", "the term of the last result before it"),
        Column("after_term", "text", "the term of the first result at its end"),
        Column("later_term", "text", "the term of the later result"),
        Column("results", "integer", "results that count, up to the one before", always=True, unit="terms"),
        Column("stands", "number", "how high it stands, as its marks have it", unit="standard deviations"),
        Column("heading", "number", "of 100 with these marks: those who rise minus those who fall", unit="pupils"),
        Column("comparable", "integer", "children who were comparable", always=True, unit="pupils"),
        Column("start", "number", "distance from the line at the result before", unit="points"),
        Column("peers_start", "number", "the same of the comparable children, on average", unit="points"),
        Column("earlier", "number", "progress from the first result that counts to the one before", unit="points"),
        Column("peers_earlier", "number", "the same of the comparable children", unit="points"),
        Column("during", "number", "progress from the result before to the result after", unit="points"),
        Column("expected", "number", "what was to be expected", unit="points"),
        Column("peers_during", "number", "progress of the comparable children meanwhile", unit="points"),
        Column("peers_expected", "number", "what was to be expected of them", unit="points"),
        Column(
            "difference", "number", "during minus expected, minus the same of the comparable children", unit="points"
        ),
        Column("later", "number", "progress from the result after to the later one", unit="points"),
        Column("peers_later", "number", "the same of the comparable children", unit="points"),
        Column("reason", "text", "why the child is beside nobody", tuple(Lack)),
    ),
)

SUGGESTIONS = Table(
    "suggestions",
    "What the catalogue offers to each child with insufficient progress and to each clear gap, or that nothing fits.",
    (
        Column("pupil", "text", "the pupil's key; empty for a gap"),
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "the characteristic of the group behind, or of one that the child is in"),
        Column("group", "text", "the group"),
        Column("material", "text", "the entry's key in the catalogue; empty when none fits"),
        Column("title", "text", "its title"),
        Column("reference", "text", "its reference"),
        Column("wave", "integer", "its wave", unit="wave"),
        Column("years", "text", "the year groups that it is for; empty for all"),
        Column("enters", "text", "who enters, as its source states it: for the teacher to check"),
        Column("result", "text", "what came of it, as its source states it"),
        Column("security", "text", "how secure that is, as its source states it"),
        Column("dated", "text", "when that was, as its source states it"),
        Column("caution", "text", "why it is offered after the others"),
        Column("entry_grade", "text", "the child's grade that lets it in"),
        Column("entry_term", "text", "the term of that grade"),
        Column("reason", "text", "why nothing is offered", tuple(NoMaterial)),
    ),
)
