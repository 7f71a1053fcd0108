"""What in a school's data may bear on a question that is asked about the school."""

from __future__ import annotations

from enum import StrEnum


class Evidence(StrEnum):
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
