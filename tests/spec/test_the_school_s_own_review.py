"""The school's own reviews: what changed from one to the next, and what can be said of a next step."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from registers import usual_rules
from siptrack.cycle.review import Reviewed, review
from siptrack.reading.read import read_reviews_alone
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.term import Season, Term

HEADINGS = "Heading;Stage;Evidence;Date of evidence;Next step;Who;By when;Last time: next step;What came of it"


def reviewed(reviews: dict[str, list[str]], until: Term | None = None) -> Reviewed:
    """The reviews of the terms named, each a few rows with the columns of HEADINGS, beside no results."""
    with TemporaryDirectory() as folder:
        for term, rows in reviews.items():
            (Path(folder) / f"Self-review {term}.csv").write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
        held = read_reviews_alone([Path(folder)], usual_rules())
    return review(held, usual_rules(), until)


def stages(found: Reviewed, heading: str) -> tuple[str, str]:
    """The stage before and now."""
    (row,) = found.changes[found.changes["heading"].str.startswith(heading)].to_dict("records")
    return row["before"], row["now"]


def steps(found: Reviewed) -> dict[str, str]:
    """What is said of each next step."""
    return {row["step"]: row["came"] or row["said"] for row in found.next_steps.to_dict("records")}


def test_what_changed_is_told_heading_by_heading():
    found = reviewed(
        {
            "Autumn 2025": ["Monitoring;Developing", "CPD;Focusing"],
            "Spring 2026": ["Monitoring;Establishing", "Plan;Enhancing"],
        }
    )

    assert stages(found, "Monitoring") == ("Developing", "Establishing")
    assert stages(found, "Whole-school") == ("Focusing", "")
    assert stages(found, "The single plan") == ("", "Enhancing")
    assert stages(found, "Review of attainment") == ("", "")
    assert list(found.changes["filled"]) == [True, False, False, True, False]


def test_the_two_newest_reviews_are_set_side_by_side_and_every_one_is_held():
    found = reviewed(
        {"Summer 2025": ["CPD;Enhancing"], "Autumn 2025": ["CPD;Focusing"], "Spring 2026": ["CPD;Developing"]}
    )

    assert [term.label for term in found.terms if term] == ["Summer 2025", "Autumn 2025", "Spring 2026"]
    assert stages(found, "Whole-school") == ("Focusing", "Developing")
    assert len(found.held) == 3


def test_reviews_after_a_term_that_is_named_are_left_out():
    found = reviewed({"Autumn 2025": ["CPD;Focusing"], "Spring 2026": ["CPD;Developing"]}, Term(2025, Season.AUTUMN))

    assert stages(found, "Whole-school") == ("", "Focusing")


def test_two_stages_of_one_term_are_both_told_and_none_is_made_of_them():
    found = reviewed({"Spring 2026": ["CPD;Focusing", "CPD;Enhancing"]})

    assert stages(found, "Whole-school") == ("", "Focusing; Enhancing")


def test_a_next_step_of_last_time_has_what_came_of_it_or_is_past_its_date_or_is_not_due_yet():
    found = reviewed(
        {
            "Autumn 2025": [
                "CPD;Focusing;;;Visit Willowmere;;Spring 2026",
                "CPD;;;;Read together;Ms Ash;Spring 2026",
                "CPD;;;;Buy books;;Summer 2026",
                "CPD;;;;Talk",
            ],
            "Spring 2026": ['CPD;Developing;;;;;;"Read together (Ms Ash; by Spring 2026)";Every Monday'],
        }
    )

    assert steps(found) == {
        "Visit Willowmere": "past its date",
        "Read together": "Every Monday",
        "Buy books": "not due yet",
        "Talk": "no date and no outcome",
    }
    assert found.overdue == 1


def test_a_step_to_take_by_the_end_of_the_term_in_which_it_is_agreed_is_not_past():
    assert steps(reviewed({"Spring 2026": ["CPD;Focusing;;;Visit;;Spring 2026"]})) == {"Visit": "not due yet"}


def test_what_came_of_a_step_whose_words_were_changed_is_not_lost():
    found = reviewed(
        {
            "Autumn 2025": ["CPD;Focusing;;;Visit Willowmere;;Autumn 2026"],
            "Spring 2026": ["CPD;Focusing;;;;;;Visiting Willowmere;Two went"],
        }
    )

    assert steps(found) == {"Visit Willowmere": "not due yet", "Visiting Willowmere": "Two went"}


def test_what_came_beside_a_step_of_its_own_is_about_that_step():
    assert steps(reviewed({"Spring 2026": ["CPD;Focusing;;;Visit;;;;Done"]})) == {"Visit": "Done"}


def test_evidence_is_counted_with_and_without_a_date():
    found = reviewed({"Spring 2026": ["CPD;Focusing;Minutes;12/02/2026", "CPD;;What staff say"]})

    (row,) = found.changes[found.changes["filled"]].to_dict("records")
    assert (row["evidence"], row["dated"]) == (2, 1)


def test_neither_a_review_nor_a_result_is_nothing_to_judge():
    with pytest.raises(NothingToJudgeError):
        reviewed({})
