"""The page of a review: what the school recorded, as it recorded it, and beside it what the data give."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from test_what_was_read import of

from registers import usual_rules
from siptrack.cycle.review import Reviewed
from siptrack.cycle.review_tables import CHANGES, STEPS, BearsOn
from siptrack.cycle.since_tables import Came
from siptrack.documents.review.view import review_document
from siptrack.rendering.kept import write_document
from siptrack.rendering.template import sentence
from siptrack.school.review import HELD
from siptrack.school.term import Season, Term

MONITORING, TEACHING, *_ = usual_rules().review.headings
THEN, NOW = Term(2025, Season.AUTUMN), Term(2025, Season.SPRING)
PLACE = ("Review.xlsx", "Review", 8)


def held(stage="", written="", evidence="", dated="", step="", heading=MONITORING):
    return ("", heading, stage, written, evidence, dated, step, "", "", "", "", "", *PLACE)


def step(words, said=Came.NOT_DUE, term=NOW, who="", by="", came=""):
    return (term.label, MONITORING, words, who, by, "", came, said.value, *PLACE)


def page(before="", now="", rows=(), steps=(), terms=(THEN, NOW), evidence=(), beside=True, form="table"):  # noqa: FBT002
    """The page of a review of which one heading is filled in, where anything is."""
    made = HELD.of([row for row, _ in rows])
    reviewed = Reviewed(
        register=of().register,
        beside=_beside() if beside else None,
        terms=terms,
        held=made.having(review=[terms.index(term) for _, term in rows]),
        changes=CHANGES.of(
            [(MONITORING, before, now, 0, 0, 0, bool(now or steps)), (TEACHING, "", "", 0, 0, 0, False)]
        ),
        next_steps=STEPS.of(steps),
    )
    document = review_document(reviewed, evidence, usual_rules(), every=False)
    return write_document(document, form, width=None, colour=False)


def _beside():
    """What the data give, of which a page tells whose it is."""
    pupils = SimpleNamespace(children=SimpleNamespace(pupils=range(12)), begun=(), leavers=0, term=NOW)
    return SimpleNamespace(analysis=pupils)


def every_page():
    """Every branch of the template."""
    stages = [(held("developing", "Developing", "Minutes", "2025-11-12"), THEN), (held("", "Nearly", "Books"), NOW)]
    steps = [
        step("Shorten it"),
        step("Ask", who="Ms Ash", by="2026-03-20"),
        step("Look", Came.PAST, who="Mr Elm"),
        step("Pair", Came.REVIEWED, THEN, came="Done"),
        step("Meet", Came.PAST, THEN, by="Easter"),
        step("Write", Came.NOT_DUE, THEN),
        step("Wait", Came.UNDATED, THEN),
    ]
    yield page("Developing", "Nearly", stages, steps, evidence=[BearsOn(MONITORING, "lessons", "Teaching: 3.")])
    yield page("Developing", "Developing", stages[:1], steps, beside=False)
    yield page("", "Developing", terms=(THEN,))
    yield page(steps=steps[:1], terms=(THEN,))
    yield page("", "Developing", terms=(None,))
    yield page(terms=())


@pytest.mark.parametrize(
    ("before", "now", "terms", "said"),
    [
        ("", "Developing", (NOW,), "Recorded by the school: developing in Spring 2026."),
        ("Developing", "Establishing", (THEN, NOW), "developing in Autumn 2025, establishing in Spring 2026."),
        ("Developing", "Developing", (THEN, NOW), "school: developing in Autumn 2025 and in Spring 2026."),
        ("", "Establishing", (THEN, NOW), "school: no stage in Autumn 2025, establishing in Spring 2026."),
        ("Developing", "", (THEN, NOW), "school: developing in Autumn 2025, no stage in Spring 2026."),
        (
            "Focusing; Developing",
            "Nearly",
            (THEN, NOW),
            "focusing and developing in Autumn 2025, 'Nearly' in Spring 2026.",
        ),
        ("", "Developing", (None,), "Recorded by the school: developing in a review without its term."),
    ],
)
def test_what_became_of_the_stage_is_said_in_the_school_s_own_words(before, now, terms, said):
    assert said in page(before, now, terms=terms)


def test_a_heading_that_is_filled_in_without_a_stage_says_so():
    assert "No stage was recorded in Spring 2026." in page(steps=[step("Shorten it")], terms=(NOW,))


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (step("Shorten it"), "  Shorten it"),
        (step("Ask", who="Ms Ash", by="2026-03-20"), "  Ask (Ms Ash; by 20 March 2026)"),
        (step("Ask", by="by Easter"), "  Ask (by Easter)"),
        (step("Look", Came.PAST, who="Mr Elm"), "  Look (Mr Elm): past its date, and nothing is recorded of it"),
        (step("Ask", by="By Easter"), "  Ask (by Easter)"),
        (step("Train all\n\n- phonics"), "  Train all - phonics"),
        (step("Begin", Came.REVIEWED, came="Begun"), "  Begin: Begun"),
        (step("Pair", Came.REVIEWED, THEN, came="Done"), "  Pair: Done"),
        (step("Write", Came.NOT_DUE, THEN), "  Write: not due yet"),
        (step("Wait", Came.UNDATED, THEN), "  Wait: nothing is recorded of it, and no date is set"),
    ],
)
def test_a_next_step_is_said_with_what_came_of_it_once_that_is_due(one, line):
    assert line in page(now="Developing", steps=[one]).split("\n")


def test_the_steps_of_last_time_stand_apart():
    lines = page(now="Developing", steps=[step("Now"), step("Then", Came.NOT_DUE, THEN)]).split("\n")

    assert lines.index("Next steps recorded by the school") < lines.index("  Now")
    assert lines[lines.index("  Then: not due yet") - 1] == (
        "Next steps of Autumn 2025, and what the school recorded of them"
    )


def test_the_stages_stand_in_a_table_by_heading_and_term_and_words_that_are_none_are_held_as_words():
    rows = [
        (held("developing", "Developing"), THEN),
        (held("developing", "Developing"), NOW),
        (held("", "Nearly there", heading=TEACHING), NOW),
    ]
    text = page("Developing", "Developing", rows)

    assert "Autumn 2025, Spring 2026" in next(line for line in text.split("\n") if line.startswith(MONITORING))
    assert f"{TEACHING}: 'Nearly there' (Spring 2026) is none of the stages, and is held as words." in text


def test_what_the_data_give_stands_beside_and_where_there_are_none_that_is_said():
    given = page(now="Developing", evidence=[BearsOn(MONITORING, "lessons", "Teaching: 3.")])

    assert "What the data say (Spring 2026)\n  Teaching: 3." in given
    assert "What the data say (Spring 2026)\n  Nothing in this data bears on it." in given
    assert "No results were read, so nothing can be set beside the review." in page(now="Developing", beside=False)


def test_what_the_data_give_is_said_under_its_first_heading_and_named_under_the_others():
    given = [BearsOn(heading, "progress", "Progress: 3 of 10.") for heading in (MONITORING, TEACHING)]

    both = page(now="Developing", evidence=[*given, BearsOn(TEACHING, "cpd", "CPD: 2.")])

    assert both.count("  Progress: 3 of 10.\n") == 1
    assert "  CPD: 2.\n  And above: Progress.\n" in both
    assert "(Spring 2026)\n  Above: Progress.\n" in page(now="Developing", evidence=given)


def test_what_a_stage_means_stands_beside_its_name_on_the_sheet_to_fill_in():
    stage = next(iter(usual_rules().review.stages.values()))

    assert sentence("means", stage, template="review/words.jinja") == f"{stage.label}: {stage.means}."


def test_words_of_a_school_are_text_and_never_a_mark():
    odd = [(held("focusing", "Focusing", "## Not a heading | - <br> **bold**", "2025-11-12"), NOW)]

    assert "  ## Not a heading | - <br> **bold** (12 November 2025)" in page(now="Focusing", rows=odd).split("\n")
    assert "&lt;br&gt;" in page(now="Focusing", rows=odd, form="html").decode()


def test_the_notice_leads_what_is_kept_and_is_not_on_the_screen():
    notice = "siptrack itself names nobody in it."

    assert notice not in page(now="Focusing")
    assert notice in page(now="Focusing", form="markdown")
    assert notice in page(now="Focusing", form="html").decode()
