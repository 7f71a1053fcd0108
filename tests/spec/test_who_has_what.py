"""Who has what: the flagged who have nothing, the many things of one child, sessions, cost, and the ratio gain."""

from __future__ import annotations

import pytest

from providing import blank_as_text, provided
from registers import usual_rules
from siptrack.analysis.analyse import Filters
from siptrack.school.errors import NothingToJudgeError

RESULTS = """
pupil | year group | class | Summer 2008 | Spring 2009 | Summer 2009
Ann   | 4          | 4T    | 2a          | 2a          | 2a
Bob   | 4          | 4T    | 2a          | 3c          | 3c
Cat   | 5          | 5R    | 3b          | 3b          | 3b
"""
GIVEN = "pupil | intervention | subject | from | to | planned | attended | minutes | cost"


def given(*rows: str) -> str:
    """Rows of provision with the columns of GIVEN."""
    return "\n".join([GIVEN, *rows])


def said(provision: str, **more) -> list[tuple[str, str, str]]:
    """The findings: code, pupil and subject or intervention."""
    who = blank_as_text(provided(RESULTS, provision, **more).who)
    columns = (who[name] for name in ("code", "pupil", "subject", "intervention"))
    return [
        (code, pupil, subject or things if code != "nobody-attends" else things)
        for code, pupil, subject, things in zip(*columns, strict=True)
    ]


def test_a_flagged_child_who_has_nothing_is_named_and_one_who_has_something_is_not():
    found = said(given("Cat | Boost | reading | Spring 2009 | Summer 2009 | . | . | . | ."))

    assert found == [("flagged-without-provision", "Ann", "reading")]


def test_what_ended_before_this_school_year_is_nothing_now():
    found = said(given("Ann | Boost | reading | Spring 2008 | Summer 2008 | . | . | . | ."))

    assert ("flagged-without-provision", "Ann", "reading") in found


@pytest.mark.parametrize(
    "dates", ["Autumn 2008 | Autumn 2008", "Spring 2008 | .", ". | .", "Autumn 2009 | Spring 2010"]
)
def test_what_was_given_this_year_is_running_still_is_planned_or_has_no_dates_is_something(dates):
    found = said(given(f"Ann | Boost | reading | {dates} | . | . | . | ."))

    assert ("flagged-without-provision", "Ann", "reading") not in found


def test_provision_for_another_subject_is_said_and_provision_that_names_none_is_not():
    another = said(given("Ann | Boost | maths | Spring 2009 | . | . | . | . | ."))
    unnamed = said(given("Ann | Friends | . | Spring 2009 | . | . | . | . | ."))

    assert ("flagged-in-another-subject", "Ann", "reading") in another
    assert [code for code, pupil, _ in unnamed if pupil == "Ann"] == []


def test_three_interventions_and_still_insufficient_is_much():
    rows = [f"Ann | Boost {number} | reading | Autumn 2008 | Autumn 2008 | . | . | . | ." for number in (1, 2, 3)]

    assert ("much-and-not-moving", "Ann", "reading") in said(given(*rows))
    assert ("much-and-not-moving", "Ann", "reading") not in said(given(*rows[:2]))


def test_five_at_once_is_many_and_five_one_after_the_other_is_not():
    at_once = [f"Bob | Boost {number} | reading | Summer 2009 | . | . | . | . | ." for number in range(1, 6)]
    ended = [row.replace("Summer 2009 | .", "Autumn 2008 | Autumn 2008") for row in at_once]

    assert ("many-at-once", "Bob", "Boost 1; Boost 2; Boost 3; Boost 4; Boost 5") in said(given(*at_once))
    assert [code for code, pupil, _ in said(given(*ended)) if pupil == "Bob"] == []


@pytest.mark.parametrize(("attended", "is_said"), [(9, True), (10, False)])
def test_fewer_than_half_of_the_sessions_is_hardly_attended(attended, is_said):
    found = said(given(f"Bob | Boost | reading | Spring 2009 | . | 20 | {attended} | . | ."))

    assert (("nobody-attends", "", "Boost") in found) is is_said


def test_sessions_time_and_cost_add_up_and_what_is_not_known_is_not_nothing():
    table = provided(
        RESULTS,
        given(
            "Ann | Boost | reading | Spring 2009 | . | 20 | 18 | 30 | 40",
            "Bob | Boost | reading | Spring 2009 | . | 20 | .  | 30 | .",
            "Cat | Other | reading | Spring 2009 | . | .  | .  | .  | .",
        ),
    ).interventions.set_index("intervention")

    boost, other = table.loc["Boost"], table.loc["Other"]
    assert (boost["children"], boost["planned"], boost["attended"], boost["attendance"]) == (2, 20, 18, 90)
    assert (boost["hours"], boost["cost"], boost["cost_a_child"]) == (9, 40, 40)  # 18 times 30 minutes; Bob's not known
    assert other[["planned", "attended", "hours", "cost"]].isna().all()


def test_each_child_s_time_and_cost_are_of_this_school_year():
    children = provided(
        RESULTS,
        given(
            "Ann | Boost | reading | Spring 2009 | .           | 20 | 18 | 30 | 40",
            "Ann | Old   | reading | Spring 2008 | Summer 2008 | 20 | 18 | 30 | 40",
        ),
    ).children.set_index("pupil")

    ann = children.loc["Ann"]
    assert (ann["interventions"], ann["now"], ann["insufficient"], ann["hours"], ann["cost"]) == (1, 1, 1, 9, 40)
    assert "Bob" not in children.index


def test_the_map_counts_children_by_year_year_group_need_wave_and_intervention():
    provision = """pupil | intervention | subject | need | wave | from | to
        Ann | Boost | reading | Reading | 2 | Spring 2009 | .
        Bob | Boost | reading | Reading | 2 | Spring 2009 | .
        Cat | Boost | reading | Reading | 2 | Spring 2008 | Summer 2008"""

    rows = provided(RESULTS, provision).map.to_dict("records")

    names = ("academic_year", "year_group", "need", "subject", "wave", "intervention", "children", "now")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (2007, 4, "Reading", "reading", 2, "Boost", 1, 0),
        (2008, 4, "Reading", "reading", 2, "Boost", 2, 2),
    ]


def test_the_ratio_gain_is_months_gained_by_months_passed_and_only_of_ages():
    provision = """pupil | intervention | subject | from | to | start | end | entry_months | exit_months
        Ann | Recovery | reading | Spring 2009 | Summer 2009 | 2009-01-12 | 2009-06-13 | 62 | 72
        Bob | Recovery | reading | Spring 2009 | Summer 2009 | 2009-01-12 | 2009-06-13 | 64 | .
        Cat | Other    | reading | Spring 2009 | Summer 2009 | 2009-01-12 | 2009-06-13 | .  | ."""

    table = provided(RESULTS, provision).interventions.set_index("intervention")

    months = 152 / (365.25 / 12)  # 12 January to 13 June
    assert table.loc["Recovery", ["ages", "months_gained"]].tolist() == [1, 10]
    assert table.loc["Recovery", "ratio_gain"] == pytest.approx(10 / months)
    assert table.loc["Other", "ages"] == 0
    assert table.loc[["Other"], "ratio_gain"].isna().all()


def test_a_filter_speaks_of_those_children_only():
    provision = given(
        "Ann | Boost | reading | Spring 2009 | . | . | . | . | .",
        "Cat | Boost | reading | Spring 2009 | . | . | . | . | .",
    )

    found = provided(RESULTS, provision, filters=Filters(years=frozenset({5})))

    assert set(found.spells["pupil"]) == set(found.children["pupil"]) == set(found.compared["pupil"]) == {"Cat"}


def test_without_a_sheet_of_provision_there_is_nothing_to_judge():
    from registers import register
    from siptrack.analysis.analyse import analyse
    from siptrack.cycle.provision import provide

    analysis = analyse(register(RESULTS), usual_rules())

    with pytest.raises(NothingToJudgeError, match="No sheet of provision"):
        provide(analysis, usual_rules())
