"""What stands beside a grade or in its place: pluses and minuses, limits, and reasons for no mark."""

from __future__ import annotations

import pytest
from school_files import aside, problems, register_of, results, usual_rules

from siptrack.reading.grades import Decoded, ScaleReader


def decode(scale: str, text: str) -> Decoded | None:
    rules = usual_rules()
    return ScaleReader(rules.scales[scale], rules.years, rules.columns).decode(text)


@pytest.mark.parametrize(
    ("scale", "text", "grade", "lean"),
    [
        ("teacher-assessment", "WTS-", "WTS", -1), ("teacher-assessment", "EXS+", "EXS", 1),
        ("teacher-assessment", "EXS \u2013", "EXS", -1), ("teacher-assessment", "gds\u2212", "GDS", -1),
        ("teacher-assessment", "EX+", "EXS", 1), ("teacher-assessment", "PK3+", "PK3", 1),
        ("point-in-time", "On track -", "On track", -1), ("point-in-time", "OT+", "On track", 1),
        ("emerging-developing-secure", "Developing+", "Developing", 1), ("three-steps", "3D-", "3D", -1),
        ("nc-levels", "2b+", "2b", 1), ("nc-levels", "2-", "2", -1), ("nc-levels", "Level 3+", "3", 1),
        ("steps", "3w-", "3w", -1), ("point-in-time-sonar", "3At+", "3At", 1),
    ],
)  # fmt: skip
def test_a_plus_or_minus_is_kept_beside_the_band_it_stands_behind(scale, text, grade, lean):
    found = decode(scale, text)

    assert found is not None
    assert (found.grade, found.lean, bool(found.mark), found.counts) == (grade, lean, True, True)
    assert found.points is not None


@pytest.mark.parametrize(("text", "grade"), [("3w+", "3w+"), ("3b+", "3b+")])
def test_a_grade_of_its_own_that_is_so_written_comes_first(text, grade):
    assert decode("steps", text).grade == grade
    assert decode("steps", text).mark == ""


@pytest.mark.parametrize(
    ("scale", "text"),
    [
        ("teacher-assessment", "A+"),
        ("teacher-assessment", "L-"),
        ("nc-levels", "D-"),
        ("teacher-assessment", "+"),
        ("nc-levels", "-"),
    ],
)
def test_a_code_has_no_band_to_be_high_or_low_in(scale, text):
    assert decode(scale, text) is None


@pytest.mark.parametrize(
    ("text", "grade", "points", "lean"),
    [
        ("<70", "<70", 69, -1), ("< 70", "<70", 69, -1), ("under 70", "<70", 69, -1), ("Below 70", "<70", 69, -1),
        ("less than 70", "<70", 69, -1), ("<=70", "\u226470", 70, -1), ("\u226470", "\u226470", 70, -1),
        ("70-", "\u226470", 70, -1), ("70 or below", "\u226470", 70, -1), ("up to 70", "\u226470", 70, -1),
        (">130", ">130", 131, 1), ("over 130", ">130", 131, 1), ("Above 130", ">130", 131, 1),
        (">=130", "\u2265130", 130, 1), ("130+", "\u2265130", 130, 1), ("130 or more", "\u2265130", 130, 1),
        ("at least 130", "\u2265130", 130, 1),
    ],
)  # fmt: skip
def test_a_score_told_as_a_limit_counts_as_the_nearest_that_it_can_be(text, grade, points, lean):
    found = decode("standardised-score", text)

    assert found is not None
    assert (found.grade, found.points, found.lean, found.counts) == (grade, points, lean, True)


@pytest.mark.parametrize(("scale", "text"), [("standardised-score", "<7"), ("standardised-score", ">200"),
                                             ("teacher-assessment", "<70"), ("ks-scaled-score", "<70"),
                                             ("standardised-score", "<x"), ("standardised-score", "70<")])  # fmt: skip
def test_a_limit_beyond_the_scores_of_its_scale_is_none_of_them(scale, text):
    assert decode(scale, text) is None


REASONS = """Absent|abs|Ill|Left|Not enrolled|Not on roll|New to school|Did not sit|DNS|Not assessed|N/A|n.a.|
Not required|Missing|Disapplied|Withdrawn|Excluded|No mark|Just arrived|Absent (ill)|Absent - ill|Left: July""".replace(
    "\n", ""
)


@pytest.mark.parametrize("scale", list(usual_rules().scales))
def test_a_reason_for_no_mark_is_known_on_every_scale_and_is_no_grade(scale):
    found = {text: decode(scale, text) for text in REASONS.split("|")}

    assert [text for text, one in found.items() if one is None or one.points is not None] == []


def test_a_reason_counts_as_the_scales_own_code_for_it_does():
    assert decode("ks-scaled-score", "Ill") == Decoded("A", None, counts=True)
    assert decode("teacher-assessment", "Ill") == Decoded("A", None, counts=False)
    assert decode("phonics", "Did not sit") == Decoded("D", None, counts=True)
    assert decode("teacher-assessment", "Did not sit") == Decoded("Did not sit", None, counts=False)
    assert (
        decode("ks-scaled-score", "New to school").counts is False
    )  # who came from the next town has not just arrived


@pytest.mark.parametrize("text", ["Below", "unable to access", "working below the level", "Abs 2b", "ill-prepared"])
def test_what_tells_how_a_child_works_is_no_reason(text):
    assert decode("teacher-assessment", text) is None


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("IE", Decoded("IE", None, counts=False)),
        ("Insufficient evidence", Decoded("IE", None, counts=False)),
        ("BL", Decoded("BL", None, counts=True)),
    ],
)
def test_the_codes_of_app(text, decoded):
    assert decode("nc-levels", text) == decoded


def test_pks_is_below_and_its_standard_is_not_said():
    assert decode("teacher-assessment", "PKS").grade == "PKS"
    assert decode("teacher-assessment", "Pre-key stage").grade == "PKS"
    assert decode("teacher-assessment", "Pre-key stage 4").grade == "PK4"
    assert decode("ks-scaled-score", "PKS").points < 80


def test_marks_are_said_once_a_column_and_every_child_is_kept():
    register = register_of("""
        Adno | Reading Autumn 2025 | Maths Autumn 2025
        A1   | EXS+                | EXS
        A2   | WTS-                | Not required
        A3   | EXS+                | EXS
        A4   | GDS                 | WTS*
    """)

    assert problems(register) == ["marked-grade at school.csv, column B", "marked-grade at school.csv, column C"]
    assert register.problems[0].found == (
        "marks or limits in 3 of the column's cells, read so: 'EXS+' as EXS, 'WTS-' as WTS"
    )
    assert aside(register) == {}
    assert "A2, maths, Autumn 2025: Not required" in results(register)
    kept = register.results.set_index(["pupil", "subject"])[["mark", "lean"]]
    assert [tuple(kept.loc[("A1", "reading")]), tuple(kept.loc[("A2", "reading")])] == [("+", 1), ("-", -1)]
    assert tuple(kept.loc[("A4", "maths")]) == ("*", 0)


def test_numbers_with_marks_and_limits_may_be_of_any_test_and_make_no_scale():
    register = register_of("Adno | Reading Autumn 2025\nA1 | 2+\nA2 | 3-\nA3 | <70\nA4 | 3")

    assert set(register.results["scale"]) == {""}
