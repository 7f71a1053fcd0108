"""The school's own review as it comes back: known by its headings, held as written, and never read as anything else."""

from __future__ import annotations

import pytest
from school_files import aside, problems, register_of, results

from siptrack.rules.load import load
from siptrack.school.errors import InputError
from siptrack.school.register import Register
from siptrack.school.term import Season, Term

RESULTS = """
    UPN           | Surname | Forename | Reading Autumn 2025 | Reading Spring 2026
    H801200001001 | Alder   | Ann      | EXS                 | WTS
"""
PLAN = "The single plan"
MONITORING = "Monitoring, evaluation and review of impact on pupil progress"
SPRING, SUMMER = Term(2025, Season.SPRING), Term(2025, Season.SUMMER)


def school(review: str, name: str = "Self-review Spring 2026.csv", **more: str) -> Register:
    return register_of({"Results.csv": RESULTS, name: review, **more})


def said(register: Register, *columns: str) -> list[tuple[object, ...]]:
    """The rows of the reviews in these columns."""
    return list(register.reviews[list(columns)].itertuples(index=False, name=None))


def codes(register: Register) -> list[str]:
    return [problem.code for problem in register.problems]


def test_a_review_is_held_and_no_result_provision_or_action_comes_of_it():
    register = school("""
        Self-review: Spring 2026
        Heading         | Stage      | Evidence      | Date of evidence | Next step  | Who    | By when
        The single plan | Developing | First page    | 20/03/2026       | Shorten it | Ms Ash | Summer
    """)

    columns = ("heading", "stage", "evidence", "dated", "step", "who", "by_when")
    assert said(register, *columns) == [
        (PLAN, "developing", "First page", "2026-03-20", "Shorten it", "Ms Ash", "Summer")
    ]
    assert said(register, "term", "due") == [(SPRING.number, SUMMER.number)]
    assert results(register) == results(register_of({"Results.csv": RESULTS}))
    assert register.provision is None
    assert register.actions.empty
    assert register.problems == ()
    assert register.ledger.balances()


def test_columns_may_stand_in_any_order_and_under_the_school_s_own_words():
    register = school("""
        What next  | How do we know | Stage of development | Area | RAG
        Shorten it | First page     | ESTABLISHED          | CPD  | green
    """)

    assert said(register, "heading", "stage", "evidence", "step") == [
        (
            "Whole-school systematic continuing professional development (CPD)",
            "establishing",
            "First page",
            "Shorten it",
        )
    ]


def test_a_row_without_a_heading_belongs_to_the_one_above():
    register = school("""
        Heading    | Stage      | Evidence
        Monitoring | Developing | Minutes
        .          | .          | Books
    """)

    assert said(register, "heading", "evidence") == [(MONITORING, "Minutes"), (MONITORING, "Books")]


def test_a_misspelt_stage_is_said_with_its_cell_and_held_as_words_beside_what_is_good():
    register = school("""
        Heading         | Stage        | Evidence
        The single plan | Developping? | First page
        Tracking        | Focussing    | Sheets
    """)

    assert said(register, "stage", "stage_written", "evidence") == [
        ("focusing", "Focussing", "Sheets"),
        ("", "Developping?", "First page"),
    ]
    (problem,) = register.problems
    assert problems(register) == ["review-stage at Self-review Spring 2026.csv, cell B2"]
    assert problem.expected == "Focusing, Developing, Establishing, Enhancing"


def test_a_heading_that_is_none_of_the_guidance_s_is_left_out_with_its_place_and_the_next_is_kept():
    register = school("""
        Heading         | Stage      | Evidence
        Behaviour       | Developing | Calm corridors
        .               | .          | Fewer incidents
        The single plan | Focusing   | First page
    """)

    assert said(register, "heading") == [(PLAN,)]
    assert problems(register) == [
        "review-heading at Self-review Spring 2026.csv, row 2",
        "review-heading at Self-review Spring 2026.csv, row 3",
    ]
    assert aside(register) == {"rows: under no heading of the guidance, in the school's own review": 2}
    assert register.ledger.balances()


def test_a_school_s_own_words_are_known_from_its_settings(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text(
        'review:\n  columns: {step: {headings: ["Our promise"]}}\n'
        '  stages: {focusing: {spellings: ["Just begun"]}}\n'
        '  headings: {development: {spellings: ["Staff learning"]}}\n',
        encoding="utf-8",
    )
    review = "Heading | Stage | Our promise\nStaff learning | Just begun | Coaching\nCPD | . | Visits"
    register = register_of({"Results.csv": RESULTS, "Review Spring 2026.csv": review}, load(settings))

    assert said(register, "stage", "step") == [("focusing", "Coaching"), ("", "Visits")]
    assert register.problems == ()


@pytest.mark.parametrize(
    ("review", "name", "term"),
    [
        ("Heading|Stage|Evidence\nTracking|Focusing|Sheets", "Review Summer 2026.csv", SUMMER),
        ("Self-review: Summer 2026\nHeading|Stage|Evidence\nTracking|Focusing|Sheets", "review.csv", SUMMER),
        ("Heading|Stage|Evidence|Date of review\nTracking|Focusing|Sheets|12/05/2026", "review.csv", SUMMER),
        ("Heading|Stage|Evidence|Term\nTracking|Focusing|Sheets|Summer 2026", "Review Spring 2026.csv", SUMMER),
    ],
    ids=["file", "title", "date in a column", "term in a column"],
)
def test_the_term_is_read_from_a_column_else_from_what_surrounds_the_table(review, name, term):
    register = school(review, name)

    assert said(register, "term") == [(term.number,)]
    assert register.problems == ()


def test_a_review_that_names_no_term_is_said_once_and_kept_before_the_others():
    dated = "Heading|Stage|Evidence\nTracking|Developing|Sheets"
    register = school("Heading|Stage|Evidence\nTracking|Focusing|A\n.|.|B", "review.csv", **{"Spring 2026.csv": dated})

    assert said(register, "evidence") == [("A",), ("B",), ("Sheets",)]
    assert codes(register) == ["review-no-term"]


def test_two_stages_in_one_term_are_both_kept_and_said():
    head = "Heading|Stage|Evidence\nTracking|Developing|Of the head"
    sip = "Heading|Stage|Evidence\nTracking|Focusing|Of the SIP"
    register = school(head, "Head Spring 2026.csv", **{"SIP Spring 2026.csv": sip})

    assert said(register, "stage", "evidence") == [("developing", "Of the head"), ("focusing", "Of the SIP")]
    assert problems(register) == ["review-two-stages at SIP Spring 2026.csv, cell B2"]


def test_a_grid_with_a_column_for_each_stage_is_read_by_its_mark_and_words_in_it_are_evidence():
    register = school("""
        Heading         | Focusing | Developing | Establishing | Enhancing | Next steps
        The single plan | .        | x          | .            | .         | Shorten it
        Tracking        | .        | .          | A sheet each | .         | .
        CPD             | x        | x          | .            | .         | .
        Monitoring      | .        | .          | .            | .         | .
    """)

    assert said(register, "stage", "stage_written", "evidence", "step") == [
        ("establishing", "Establishing", "A sheet each", ""),
        ("developing", "Developing", "", "Shorten it"),
        ("", "Focusing; Developing", "", ""),
    ]
    assert problems(register) == ["review-stage at Self-review Spring 2026.csv, cell B4"]
    assert aside(register) == {"rows: nothing written, in the school's own review": 1}


def test_a_blank_review_is_counted_and_is_no_review():
    register = school("Heading|Stage|Evidence\nTracking|.|.\nThe single plan|-|.")

    assert register.reviews.empty
    assert aside(register) == {"rows: nothing written, in the school's own review": 2}
    assert register.ledger.balances()


@pytest.mark.parametrize(
    "sheet",
    [
        "UPN | Heading | Stage | Evidence\nH801200001001 | Tracking | EXS | Book",
        "Surname | Forename | Section | Stage | Next steps\nAlder | Ann | A | EXS | Read",
        "Heading | Evidence | Next step\nTracking | Sheets | Read",
    ],
)
def test_a_sheet_that_names_children_or_has_no_stage_is_no_review(sheet):
    assert school(sheet).reviews.empty


def test_a_review_alone_is_refused_by_every_other_command_with_what_to_do():
    with pytest.raises(InputError, match="it holds the school's own review, and no pupils' results"):
        register_of({"Review Spring 2026.csv": "Heading|Stage|Evidence\nTracking|Focusing|Sheets"})
