"""The names that rule files and the program share: one that only one of them knows is a slip, and stops every run."""

from __future__ import annotations

from enum import StrEnum


class FlagCode(StrEnum):
    """Every flag there is; its rule stands in flags.yaml, its finder in analysis/flags.py, its words in reports."""

    INSUFFICIENT_YEAR = "insufficient-year"
    INSUFFICIENT_KEY_STAGE = "insufficient-key-stage"
    FELL_BELOW = "fell-below"
    NO_LONGER_ABOVE = "no-longer-above"
    NO_MOVEMENT = "no-movement"
    FELL_BACK = "fell-back"
    BEHIND_TARGET = "behind-target"
    WELL_BELOW = "well-below"
    BELOW = "below"
    BEHIND_OWN_AGE = "behind-own-age"
    NO_RESULT = "no-result"


class CheckCode(StrEnum):
    """Every question there is about judgements; its rule stands in checks.yaml."""

    TEACHER_AND_TEST = "teacher-and-test"
    BEYOND_ERROR = "beyond-error"
    HANDOVER = "handover"
    CEILING = "ceiling"
    NO_SPREAD = "no-spread"
    COPIED_FORWARD = "copied-forward"
    SCORES_REPEATED = "scores-repeated"
    END_OF_KEY_STAGE = "end-of-key-stage"


# Every oddity that siptrack may report; what it means, and what to do, stands in problems.yaml.
PROBLEM_CODES = (
    "action-no-pupil",
    "action-no-term",
    "action-two-pupils",
    "age-unread",
    "ages-differ",
    "ambiguous-pupil",
    "birthday-misfit",
    "blanks-for-no",
    "broken-cell",
    "characteristic-clash",
    "class-as-date",
    "class-gone",
    "class-renamed",
    "cpd-hours",
    "cpd-no-focus",
    "cross-for-no",
    "file-away",
    "file-in-use",
    "file-unusable",
    "files-apart",
    "files-short",
    "formula-without-result",
    "grade-of-another-scale",
    "guessed-encoding",
    "heading-clash",
    "heading-misspelt",
    "heading-words",
    "hidden",
    "implausible-date",
    "judgement-settled",
    "marked-grade",
    "name-variant",
    "no-pupil",
    "no-school",
    "no-subject",
    "no-term",
    "no-text",
    "not-in-list",
    "number-of-two-children",
    "numbered-terms",
    "nothing-stands",
    "out-of-year-group",
    "own-age-misfit",
    "pivot-table",
    "plan-in-word",
    "plan-no-term",
    "plan-number",
    "plan-twice",
    "provision-alike",
    "provision-dates",
    "provision-no-pupil",
    "provision-sessions",
    "provision-spellings",
    "provision-two-pupils",
    "provision-unnamed",
    "provision-unread",
    "quote-astray",
    "repeated-result",
    "results-not-used",
    "review-heading",
    "review-no-term",
    "review-stage",
    "review-two-stages",
    "row-uneven",
    "rows-of-several",
    "scale-by-default",
    "settings-misfit",
    "sheet-each-pupil",
    "sheet-empty",
    "sheet-unused",
    "tables-side-by-side",
    "teaching-no-class",
    "teaching-no-term",
    "teaching-nothing-recorded",
    "two-identities",
    "two-layouts",
    "two-results",
    "uncertain-match",
    "unknown-grade",
    "unknown-scale",
    "unknown-term",
    "unknown-value",
    "upn-check-letter",
    "year-group-clash",
    "year-group-out-of-range",
    "year-groups-misfit",
    "year-only",
    "years-apart",
    "zero-mark",
)

# What a column may hold about a pupil or a result, as columns.yaml heads it; further ones there are passed over.
ROLES = (
    *("upn", "admission_number", "student_number", "id", "matching_reference"),
    *("surname", "forename", "name", "legal_surname", "legal_forename", "former_surname"),
    *("preferred_surname", "preferred_forename", "preferred_name"),
    *("date_of_birth", "year_group", "class", "leaving_date", "enrolment"),
    *("academic_year", "term", "date", "subject", "result"),
    *("school", "urn", "dfe_number", "establishment_number"),
)
