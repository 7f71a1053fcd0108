"""The families of comparisons: which gaps are held together, so that among many few are called clear by chance."""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """Whom a comparison is held together with."""

    PRIMARY = "primary"  # the characteristics that every school is asked about, in attainment
    SECONDARY = "secondary"  # every other group of the whole school, in attainment
    PROGRESS = "progress"  # the primary characteristics, in progress
    PAIRS = "pairs"  # groups of several characteristics, beyond what these predict
    FEW = "few"  # groups too small to judge
    THERE = "there"  # key stages, year groups and classes: where a gap lies
    POOLED = "pooled"  # a year group with the same year group of earlier years
