"""The results of children who moved between schools, from both, on the scales that both mean alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from siptrack.analysis.across.counting import RESULTS_KEPT
from siptrack.school.frame import Frame
from siptrack.session import open_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from siptrack.many.found import SchoolFiles
    from siptrack.many.run import JudgedSchools
    from siptrack.rules.model import Rules


def results_of_movers(judged: JudgedSchools, files: Sequence[SchoolFiles], rules: Rules, config: Path | None) -> Frame:
    """The results of all who moved (RESULTS_KEPT), those of the school in which each is now first.

    Of the term judged only theirs: what a school wrote of a child who had left it is no result of now. A result on a
    scale that the school has made its own counts as on none.
    """
    if judged.term is None or not judged.moved:
        return RESULTS_KEPT.no_rows()
    now, came = judged.term.number, judged.movers.newcomers
    paths = {school.name: school.paths for school in files}
    rulers = {school.name: school.ruler for school in judged.schools}
    here, before = [RESULTS_KEPT.no_rows()], []
    for name, kept in judged.moved.items():
        results = kept
        if rulers[name] != rules.ruler.sha256:
            own = open_rules(paths[name], config=config).newest.scales
            alike = {key for key, scale in own.items() if scale == rules.scales.get(key)}
            results = kept.having(scale=kept["scale"].where(kept["scale"].isin(alike), ""))
        is_here = np.array([came[who] == name for who in results["who"].tolist()], dtype=np.bool_)
        here.append(results[is_here])
        before.append(results[~is_here & (results["term"] < now)])
    return Frame.stacked([*here, *before])
