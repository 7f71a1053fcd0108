"""The questions asked about a school, and what in its data may bear on each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from siptrack.school.codes import FlagCode


class EvidenceKind(StrEnum):
    """One kind of evidence, as questions.yaml names it."""

    CHILDREN = "children"  # those making insufficient progress, by name
    PROGRESS = "progress"  # how many they are, by subject
    GROUPS = "groups"  # the gaps that are clear
    CLOSERS = "closers"  # the children who would close them
    TRENDS = "trends"  # what became of gaps
    COMBINED = "combined"  # reading, writing and maths together
    JUDGEMENTS = "judgements"  # what `siptrack check` asks
    ACTIONS = "actions"  # what was agreed for children, and what came of it
    PROVISION = "provision"  # interventions and their impact
    CATALOGUE = "catalogue"  # what the catalogue offers
    TEACHING = "teaching"  # records of lessons and books, beside progress
    CPD = "cpd"  # records of CPD, beside results before and after
    GRADING = "grading"  # in which classes results are written, and how finely
    BARRIERS = "barriers"  # what stands in the way, by the record of actions
    PROGRAMMES = "programmes"  # what is provided that the catalogue knows
    PRIORITIES = "priorities"  # those of the plan that came back filled in
    MONITORING = "monitoring"  # how that plan is monitored and reviewed
    SERVED = "served"  # its priorities, and the CPD that serves them


class QuestionRule(NamedTuple):
    """A question about the school in the guidance's words, its heading, and what in the data bears on it.

    `about` is the key of the heading. `today` is the question without the names of what has ended since, empty where it
    has none. `ask` and `look_at` are for what the data cannot tell.
    """

    key: str
    about: str
    heading: str
    asks: str
    today: str
    evidence: tuple[EvidenceKind, ...]
    ask: str
    look_at: str


class BookRules(NamedTuple):
    """Whose books a visit looks at: so many of `each` year group and subject, with the marks of so many `terms`.

    `look_for` says by flag what to look for in them, the first that holds of a child; `otherwise` where none does.
    """

    each: int = 0
    terms: int = 0
    look_for: Mapping[FlagCode, str] = {}
    otherwise: str = ""


class QuestionPage(NamedTuple):
    """What a page of questions shows: so many `lines` of an answer, with so many names in one (`named`).

    It begins with those `worth` most, of those in `first`. `guidance` is the year of the source
    of the questions, `lacking` are the codes that say that there is too little to judge a child by.
    Rules that were kept before there was such a page show everything.
    """

    guidance: int = 0
    lines: int | None = None
    named: int | None = None
    worth: int = 0
    first: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class QuestionRules(NamedTuple):
    """The lines of enquiry of a School Improvement Partner, in order, their headings, and where they are taken from."""

    headings: Mapping[str, str]
    questions: Mapping[str, QuestionRule]
    source: str
    page: QuestionPage
    books: BookRules
