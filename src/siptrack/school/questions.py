"""The questions asked about a school, and what in its data may bear on each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


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


class QuestionPage(NamedTuple):
    """What a page of questions shows: so many `lines` of an answer, with so many names in one (`named`).

    It begins with those `worth` most, of those in `first`. `guidance` is the year of the source
    of the questions. Rules that were kept before there was such a page show everything.
    """

    guidance: int = 0
    lines: int | None = None
    named: int | None = None
    worth: int = 0
    first: tuple[str, ...] = ()


class QuestionRules(NamedTuple):
    """The lines of enquiry of a School Improvement Partner, in order, their headings, and where they are taken from."""

    headings: Mapping[str, str]
    questions: Mapping[str, QuestionRule]
    source: str
    page: QuestionPage
