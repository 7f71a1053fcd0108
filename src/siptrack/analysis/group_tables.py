"""The tables about groups: how each stands, the gaps, who would close them, and who is in no percentage."""

from __future__ import annotations

from siptrack.analysis.vocabulary import GapVerdict, Measure, Within
from siptrack.school.families import Family
from siptrack.school.tables import Column, Table

GROUPS = Table(
    "groups",
    "How each group stands in each subject; not recorded is a group of its own.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column(
            "among", "text", "all, a key stage such as ks2, or year_3 and the like: whose groups these are", always=True
        ),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key, or not_recorded", always=True),
        Column("n", "integer", "pupils on roll", always=True, unit="pupils"),
        Column("assessed", "integer", "pupils in the denominator of the percentage at ARE", unit="pupils"),
        Column("at_are", "integer", "pupils at or above age-related expectations", unit="pupils"),
        Column("judged", "integer", "pupils whose progress can be told in a window", unit="pupils"),
        Column("insufficient", "integer", "pupils whose progress is insufficient in either window", unit="pupils"),
    ),
)

GAPS = Table(
    "gaps",
    "Each group compared with its peers on one measure; within year groups and key stages where both are large enough.",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column(
            "among", "text", "all, a key stage such as ks2, or year_3 and the like: whose groups these are", always=True
        ),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key", always=True),
        Column(
            "peers",
            "text",
            "the group compared with, rest (everybody else whose value is known), or rate (a percentage named)",
            always=True,
        ),
        Column("measure", "text", "at_are, insufficient, mean_distance or mean_progress", tuple(Measure), always=True),
        Column("n", "integer", "pupils of the group in the denominator", always=True, unit="pupils"),
        Column(
            "count",
            "integer",
            "of these, how many are at ARE or make insufficient progress; empty for a mean",
            unit="pupils",
        ),
        Column(
            "value",
            "number",
            "the percentage, or the mean in points; empty when there are too few for one",
            unit="percent or points",
        ),
        Column("peers_n", "integer", "peers in the denominator", unit="pupils"),
        Column("peers_count", "integer", "of these, how many", unit="pupils"),
        Column(
            "peers_value",
            "number",
            "the percentage or mean; empty when there are too few for one",
            unit="percent or points",
        ),
        Column(
            "gap",
            "number",
            "the group's minus the peers', in percentage points or points",
            unit="percentage points or points",
        ),
        Column(
            "low",
            "number",
            "lower end of the interval of the gap (Newcombe; of a mean, Welch)",
            unit="percentage points or points",
        ),
        Column("high", "number", "upper end", unit="percentage points or points"),
        Column("children", "integer", "the gap in children of the group, cut to whole ones", unit="pupils"),
        Column(
            "close",
            "integer",
            "how many children of the side behind would have to move to close the gap",
            unit="pupils",
        ),
        Column("reverse", "integer", "how many children's results would reverse it", unit="pupils"),
        Column(
            "placebo",
            "number",
            "how often a random split of the same children shows such a gap; 0 to 1",
            unit="probability, 0 to 1",
        ),
        Column(
            "family",
            "text",
            "whom it is held together with: primary, secondary, progress, pairs, few, or there (a part of the school)",
            tuple(Family),
        ),
        Column(
            "p",
            "number",
            "how often chance makes such a difference in the order of grades; of a pair, beyond what is predicted",
            unit="probability, 0 to 1",
        ),
        Column("p_adjusted", "number", "the same after Holm within the family", unit="probability, 0 to 1"),
        Column(
            "index",
            "number",
            "gap index, 10 times Cliff's delta: -10 to 10; of the measures in points",
            unit="index, -10 to 10",
        ),
        Column("index_low", "number", "lower end of its interval (Feng and Cliff)", unit="index, -10 to 10"),
        Column("index_high", "number", "upper end", unit="index, -10 to 10"),
        Column(
            "like_gap", "number", "the gap among children of equal start, pooled", unit="percentage points or points"
        ),
        Column(
            "like_low",
            "number",
            "lower end of its interval (Miettinen and Nurminen; of a mean, least squares)",
            unit="percentage points or points",
        ),
        Column("like_high", "number", "upper end", unit="percentage points or points"),
        Column("like_n", "integer", "pupils of the group with peers of equal start", unit="pupils"),
        Column("like_peers_n", "integer", "those peers", unit="pupils"),
        Column(
            "verdict",
            "text",
            "clear; clear there (in a part, judged by itself); not clear; too few; too few but far behind",
            tuple(GapVerdict),
            always=True,
        ),
        Column(
            "explained_by",
            "text",
            "the stronger gap that explains it, as characteristic=group; empty where it is a finding of its own",
        ),
    ),
)

CLOSERS = Table(
    "closers",
    "The children nearest to closing the clear gaps: the fewest who would, each once a subject and measure.",
    (
        Column("pupil", "text", "the pupil's key", always=True),
        Column("subject", "text", "the subject's key", always=True),
        Column("measure", "text", "at_are or insufficient", tuple(Measure), always=True),
        Column(
            "away",
            "number",
            "points below the line, or progress short of the line; negative; empty if not known",
            unit="points",
        ),
        Column(
            "groups", "text", "the groups behind that the child is in: characteristic=group; and so on", always=True
        ),
    ),
)

PARADOXES = Table(
    "paradoxes",
    "Gaps at ARE that go one way over everybody and the other way within its parts, pooled (Simpson's paradox).",
    (
        Column("subject", "text", "the subject's key", always=True),
        Column("characteristic", "text", "the characteristic's key", always=True),
        Column("group", "text", "the group's key", always=True),
        Column("peers", "text", "the group compared with, or rest", always=True),
        Column("within", "text", "year_group, or start (bands of equal start)", tuple(Within), always=True),
        Column("gap", "number", "the gap over everybody, in percentage points", always=True, unit="percentage points"),
        Column(
            "pooled",
            "number",
            "the gap within the parts in which both sides are large enough, pooled (Mantel and Haenszel)",
            always=True,
            unit="percentage points",
        ),
        Column("n", "integer", "the group's pupils in these parts", always=True, unit="pupils"),
        Column("peers_n", "integer", "the peers in them", always=True, unit="pupils"),
        Column("parts", "integer", "parts in which both sides are large enough", always=True, unit="parts"),
        Column("other_way", "integer", "of these, in how many the gap goes the other way", always=True, unit="parts"),
    ),
    order=(
        "subject",
        "characteristic",
        "group",
        "within",
    ),
)

LEFT_OUT = Table(
    "left_out",
    "Pupils on roll who are in no percentage at ARE, and why; with those assessed they add up to those on roll.",
    (
        Column(
            "year_group", "integer", "year group; Reception is 0, Nursery -1; empty when not known", unit="year group"
        ),
        Column("subject", "text", "the subject's key", always=True),
        Column("reason", "text", "what the special code means, or why there is no grade", always=True),
        Column("count", "integer", "how many pupils", always=True, unit="pupils"),
    ),
    order=(
        "year_group",
        "subject",
        "reason",
    ),
)
