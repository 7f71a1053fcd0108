"""What is said of each simulated child: by siptrack with its shipped rules, and by two rules that trackers use.

The year rule: the gain since last Summer (since Autumn, where there is no result of last Summer) is less than the
expected gain. The term rule: the gain since last term is less than the line rose in that time; on a scale judged
against the year group, a lower grade than last term's. Neither has a tolerance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from grades import Written
from register import keys_of, register_of
from simulate import JUDGED, LAST_SUMMER, OF_SIX_TERMS, Children, chance_of, children_of, evenly, write

from siptrack.analysis.in_term import judge_term
from siptrack.analysis.progress import overall
from siptrack.analysis.vocabulary import Verdict
from siptrack.school.codes import FlagCode
from siptrack.school.in_pandas import to_pandas

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

    from siptrack.analysis.in_term import InTerm
    from siptrack.rules.model import Rules

SIPTRACK, YEAR_RULE, TERM_RULE = "siptrack", "year rule", "term rule"
SUBJECT = "reading"
_DECIMALS = 6  # a computer's rounding decides nothing


def said(rules: Rules, scale: str, of_each: int, reliability: float, seed: int) -> DataFrame:
    """One row a child: its course and year group, siptrack's verdict, whom each rule names, and each flag by its code.

    `on_scale` says whether the child's true value stays between the ends of the scale.
    """
    chance = chance_of(scale, seed)
    one = rules.scales[scale]
    children = children_of(one, *evenly(one, OF_SIX_TERMS, of_each), reliability, chance)
    written = write(children, chance)
    judged = judge_term(register_of(children, {SUBJECT: written}), rules, JUDGED)
    verdict = _verdicts(judged, children)
    return pd.DataFrame(
        {
            "course": children.course,
            "year_group": children.year_group[:, -1],
            "on_scale": children.on_scale,
            "verdict": verdict,
            SIPTRACK: verdict == Verdict.INSUFFICIENT.value,
            YEAR_RULE: _year_rule(children, written),
            TERM_RULE: _fell_short(children, written, -2),
            **_flags(judged, children),
        }
    )


def _verdicts(judged: InTerm, children: Children) -> NDArray[np.object_]:
    """One verdict a child: insufficient where either window says so, as siptrack itself counts them."""
    verdict = to_pandas(overall(judged.progress)).set_index("pupil")["verdict"]
    return verdict.reindex(keys_of(children)).to_numpy(dtype=object)


def _flags(judged: InTerm, children: Children) -> dict[str, NDArray[np.bool_]]:
    """For each flag that there is, who carries it."""
    keys = pd.Index(keys_of(children))
    flags = to_pandas(judged.flags)
    return {code.value: keys.isin(flags.loc[flags["code"] == code.value, "pupil"]) for code in FlagCode}


def _year_rule(children: Children, written: Written) -> NDArray[np.bool_]:
    since_summer, since_autumn = (_fell_short(children, written, start) for start in (LAST_SUMMER, LAST_SUMMER + 1))
    return np.where(np.isnan(written.reached[:, LAST_SUMMER]), since_autumn, since_summer)


def _fell_short(children: Children, written: Written, start: int) -> NDArray[np.bool_]:
    """Whether the gain from that term to the one judged is less than the line rose."""
    gain = written.reached[:, -1] - written.reached[:, start]
    expected = children.line[:, -1] - children.line[:, start]
    return np.asarray(np.round(gain - expected, _DECIMALS) < 0)
