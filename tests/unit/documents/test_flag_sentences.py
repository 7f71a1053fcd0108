import pytest

from hand_built import finding, rules
from siptrack.documents.clauses import child_clauses
from siptrack.documents.flags import both_windows_sentence, flag_sentence

BANDS, SCORES = "teacher-assessment", "standardised-score"
LOST_BAND = {"from_grade": "EXS", "grade": "WTS", "gain": -1, "expected_gain": 0}


def scale(name):
    return rules().scales[name]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Writing, this year: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made."),
        (
            {"from_grade": "3b", "grade": "3c", "gain": -2},
            "Writing, this year: 3b in Summer 2008, 3c now; 3 points were expected, 2 lost.",
        ),
        (
            {"expected_gain": 1, "gain": -1, "grade": "2b"},
            "Writing, this year: 2a in Summer 2008, 2b now; 1 point was expected, 1 lost.",
        ),
        (
            {"scale": scale(BANDS), **LOST_BAND},
            "Writing, this year: EXS in Summer 2008, WTS now; keeping the same band was expected, one band was lost.",
        ),
        (
            {"scale": scale(BANDS), **LOST_BAND, "grade": "PK6", "gain": -2},
            "Writing, this year: EXS in Summer 2008, PK6 now; keeping the same band was expected, 2 bands were lost.",
        ),
        (
            {"scale": scale(SCORES), "from_grade": "112", "grade": "101", "gain": -11, "expected_gain": 0},
            (
                "Writing, this year: 112 in Summer 2008, 101 now; "
                "staying about the same was expected, 11 score points were lost."
            ),
        ),
        (
            {"from_term": "Summer, last year"},
            "Writing, this year: 2a in Summer last year, still 2a now; 3 points were expected, 0 made.",
        ),
    ],
)
def test_insufficient_progress_is_said_in_the_units_of_its_scale(known, said):
    assert flag_sentence(finding(**known), rules()) == said


@pytest.mark.parametrize(
    ("code", "known", "said"),
    [
        (
            "insufficient-key-stage",
            {"key_stage": "Key Stage 2"},
            "Writing, since the start of Key Stage 2: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made.",
        ),
        (
            "fell-below",
            {"from_grade": "3b", "grade": "3c"},
            "Writing: at age-related expectations in Summer 2008 (3b), below them now (3c).",
        ),
        (
            "no-longer-above",
            {"from_grade": "3c", "grade": "4c"},
            "Writing: above age-related expectations in Summer 2008 (3c), no longer above them now (4c).",
        ),
        (
            "no-movement",
            {},
            "Writing: 2a in Summer 2008, still 2a now; no movement for 3 terms; was it judged afresh each time?",
        ),
        (
            "fell-back",
            {"from_term": "Spring 2009", "from_grade": "3b", "grade": "3c"},
            "Writing: 3b in Spring 2009, 3c now; check the earlier judgement first, it may have been too high.",
        ),
        (
            "behind-target",
            {"from_term": "Summer 2010", "from_grade": "4b"},
            "Writing: 2a now; with expected progress from here, the target of 4b for Summer 2010 would be missed.",
        ),
        ("well-below", {}, "Writing: 2a now, well below age-related expectations (7 points under the reference line)."),
        (
            "below",
            {"reference": 18},
            "Writing: 2a now, below age-related expectations (1 point under the reference line).",
        ),
        ("no-result", {"grade": "A"}, "Writing: no grade this term (A: absent)."),
        ("no-result", {"grade": "", "scale": None}, "Writing: no grade this term."),
        ("a-flag-of-tomorrow", {}, "Writing: a-flag-of-tomorrow"),
    ],
)
def test_each_flag_has_its_sentence(code, known, said):
    assert flag_sentence(finding(code, **known), rules()) == said


def test_every_flag_of_the_rules_has_a_sentence_of_its_own():
    meanings = {rule.meaning for rule in rules().flags.flags.values()}
    assert not any(
        meaning in flag_sentence(finding(code), rules()) for code in rules().flags.flags for meaning in meanings
    )


def test_two_windows_from_one_result_make_one_sentence():
    key_stage = finding("insufficient-key-stage", key_stage="Key Stage 2")
    assert both_windows_sentence(finding(), key_stage) == (
        "Writing, this year and since the start of Key Stage 2: "
        "2a in Summer 2008, still 2a now; 3 points were expected, 0 made."
    )


def test_where_a_child_stands_is_one_clause_for_all_subjects():
    findings = [
        finding("fell-below", from_grade="3b"),
        finding("below"),
        finding("well-below", subject="maths", label="Maths", grade="1a", with_progress=False),
    ]
    assert child_clauses(findings, rules()) == [
        (
            "below expectations: "
            "writing 2a (at expectations in Summer 2008, 3b), maths 1a (well below; progress cannot be judged)"
        )
    ]


def test_other_findings_are_one_clause_each():
    findings = [
        finding("no-longer-above", from_grade="3c", grade="4c"),
        finding("no-movement"),
        finding("fell-back", from_grade="3b", grade="3c"),
        finding("behind-target", from_grade="4b", from_term="Summer 2010"),
        finding("no-result", grade="A"),
        finding("a-flag-of-tomorrow"),
    ]
    assert child_clauses(findings, rules()) == [
        "no longer above expectations: writing 4c (3c in Summer 2008)",
        "no movement for 3 terms: writing 2a since Summer 2008",
        "lower than last term (check the earlier judgement first): writing 3c (3b in Summer 2008)",
        "expected progress from here would miss the target: writing 2a (target 4b in Summer 2010)",
        "no grade this term: writing (A: absent)",
        "a-flag-of-tomorrow: writing 2a",
    ]
