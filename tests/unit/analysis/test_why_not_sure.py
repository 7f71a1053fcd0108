"""Why it is not said how sure a child's marks are."""

from __future__ import annotations

import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse

FELL = """
pupil | year group | Spring 2025 | Summer 2025 | Autumn 2025 | Spring 2026 | Summer 2026
Ann   | 4          | GDS         | GDS         | GDS         | EXS         | WTS
"""


@pytest.mark.parametrize("lacking", ["spread", "fall"])
def test_on_a_scale_without_a_spread_or_a_fall_the_reason_names_both(lacking):
    rules = usual_rules()
    evidence = rules.evidence
    without = {
        "spread": evidence._replace(spread={}),
        "fall": evidence._replace(courses=evidence.courses._replace(a_year={})),
    }[lacking]

    found = analyse(register(FELL, scale="teacher-assessment"), rules._replace(evidence=without)).children.evidence

    assert found["reason"].tolist() == [
        "how widely children are spread on this scale, or how far one falls, is not stated"
    ]
