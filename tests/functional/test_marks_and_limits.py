"""What a report says of marks beside grades and of scores told as limits."""

from __future__ import annotations

import pytest
from running import as_json
from running import siptrack_here as siptrack

TESTS = """Surname,Forename,Year,Class,Maths standardised score Summer 2025,Maths standardised score Spring 2026
Ash,Ann,5,5K,<70,<70
Birch,Bob,5,5K,99,<70
Cedar,Cat,5,5K,145,>130
Dean,Dee,5,5K,<70,98
Elm,Eve,5,5K,<70,60
Fir,Flo,5,5K,73,under 70
Gorse,Gus,5,5K,>130,>130
Hazel,Hal,5,5K,>130,95
"""
BANDS = """Surname,Forename,Year,Class,Reading Summer 2025,Reading Autumn 2025,Reading Spring 2026
Ash,Ann,5,5K,EXS+,EXS,EXS-
Birch,Bob,5,5K,WTS-,WTS,Absent (ill)
"""


def test_progress_is_told_only_where_the_true_score_could_not_turn_it_round(tmp_path):
    (tmp_path / "tests.csv").write_text(TESTS, encoding="utf-8")

    rows = as_json(tmp_path)["progress"]

    year = {row["pupil"]: row["verdict"] for row in rows if row["window"] == "year"}
    assert year == {
        "Ash, Ann (5K)": "cannot tell",
        "Birch, Bob (5K)": "insufficient",
        "Cedar, Cat (5K)": "cannot tell",
        "Dean, Dee (5K)": "accelerated",
        "Elm, Eve (5K)": "cannot tell",
        "Fir, Flo (5K)": "cannot tell",
        "Gorse, Gus (5K)": "expected",
        "Hazel, Hal (5K)": "insufficient",
    }


@pytest.mark.parametrize(
    ("child", "sentences"),
    [
        (
            "Ash",
            ["EXS- in Spring 2026, at expectations", "lower within the band than EXS in Autumn 2025", "as expected"],
        ),
        ("Birch", ["no grade in Spring 2026 (A (ill): absent)", "WTS-", "A (ill)"]),
    ],
)
def test_a_mark_is_shown_in_the_journey_and_changes_no_verdict(tmp_path, child, sentences):
    (tmp_path / "bands.csv").write_text(BANDS, encoding="utf-8")

    page = siptrack("child", tmp_path, child, "--term", "Spring 2026", "--detail").out

    assert [one for one in sentences if one not in page] == []
