# a table is as wide as it is
"""The page of one child, on tables that a head teacher can read: the journey, progress, what is needed, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from registers import register, term, typed, usual_rules
from rule_lines import holds
from siptrack.analysis.analyse import analyse
from siptrack.documents.child import view
from siptrack.documents.child.facts import ChildPage, SubjectJourney
from siptrack.documents.child.rows import child_rows
from siptrack.rules.load import load

FILE = "Tracker.xlsx"


def page_of(pupil: str, table: str, *, scale: str = "nc-levels", rules=None) -> ChildPage:
    rules = rules or usual_rules()
    school = register(table, scale=scale)
    school = replace(school, results=school.results.assign(file=FILE), targets=school.targets.assign(file=FILE))
    return view.page_of(pupil, child_rows(analyse(school, rules, typed(table).last_term), rules, [pupil]))


def only_subject(pupil: str, table: str, **more) -> SubjectJourney:
    (subject,) = page_of(pupil, table, **more).subjects
    return subject


def journey(subject: SubjectJourney) -> list[tuple[str, str, float | None, float | None]]:
    return [(one.term, one.grade, one.points, one.line) for one in subject.results]


def test_the_journey_is_told_term_by_term_against_the_line():
    subject = only_subject(
        "Ann",
        """
        pupil | year group | Summer 2007 | Summer 2008 | Spring 2009 | Summer 2009
        Ann   | 4          | 2b          | 2a          | 2a          | 2a
        """,
    )

    assert journey(subject) == [
        ("Summer 2007", "2b", 15, 15),
        ("Summer 2008", "2a", 17, 18),
        ("Spring 2009", "2a", 17, 20),
        ("Summer 2009", "2a", 17, 21),
    ]
    assert subject.standing == "2a in Summer 2009, below expectations, 4 points under the line"
    assert [(one.lead, one.sentence) for one in subject.progress] == [
        ("this year", "is insufficient: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made"),
        (
            "since the start of Key Stage 2",
            "is insufficient: 2b in Summer 2007, 2a now; 6 points were expected, 2 made",
        ),
    ]


def test_what_would_bring_the_child_to_the_line_is_said_with_what_was_made_so_far():
    subject = only_subject(
        "Ann",
        """
        pupil | year group | Summer 2008 | Autumn 2008 | Spring 2009
        Ann   | 4          | 2b          | 2b          | 2a
        """,
    )

    year, stage = subject.needed
    assert (year.short, year.terms, year.line_grade, year.by_term) == (3, 1, "3b", "Summer 2009")
    assert year.sentence.startswith("At expectations by the end of this year (Summer 2009): from 2a to 3b or more, ")
    assert stage.sentence.endswith("in 7 terms (1.3 a term; 1 a term so far)")


def test_every_flag_has_its_cells_and_its_rules():
    page = page_of(
        "Ann",
        """
        pupil | year group | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009
        Ann   | 4          | 2a          | 2a          | 2a          | 2a
        """,
    )
    why = {flag.code: flag for flag in page.flags}

    assert list(why) == ["insufficient-year", "insufficient-key-stage", "fell-below", "no-movement", "below"]
    assert [(cell.term, cell.text, cell.place.cell) for cell in why["insufficient-year"].evidence] == [
        ("Summer 2008", "2a", "A2"),
        ("Summer 2009", "2a", "A5"),
    ]
    assert [cell.term for cell in why["no-movement"].evidence] == ["Autumn 2008", "Spring 2009", "Summer 2009"]
    assert [rule.name for rule in why["insufficient-year"].rules] == [
        "insufficient-year",
        "tolerance of nc-levels",
        "reference line of nc-levels",
        "reference line of nc-levels",
    ]
    assert [rule.says for rule in why["insufficient-year"].rules[2:]] == [
        "18 points are expected in Summer of Year 3",
        "3b (21 points) is expected in Summer of Year 4",
    ]
    assert [(rule.name, rule.says) for rule in why["no-movement"].rules[1:]] == [
        ("terms", "the same grade in 3 terms, this one and those before")
    ]


def test_a_rule_that_the_school_changed_is_cited_from_its_own_settings(tmp_path: Path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text(
        "scales:\n  nc-levels:\n    thresholds:\n      tolerance:\n        value: 2\n"
        'flags:\n  flags:\n    no-movement:\n      terms: {value: 2, source: "governors"}\n'
        '    below:\n      meaning: "Under our line."\n',
        encoding="utf-8",
    )
    page = page_of(
        "Ann",
        """
        pupil | year group | Summer 2008 | Spring 2009 | Summer 2009
        Ann   | 4          | 2a          | 2a          | 2a
        """,
        rules=load(settings),
    )
    cited = {rule.name: rule for flag in page.flags for rule in flag.rules}

    assert str(cited["tolerance of nc-levels"].mark) == "siptrack.yaml, line 5"
    assert str(cited["terms"].mark) == "siptrack.yaml, line 9"
    assert (cited["below"].says, str(cited["below"].mark)) == ("Under our line.", "siptrack.yaml, line 11")
    assert cited["insufficient-year"].mark.file == "flags.yaml"
    assert [rule.name for rule in cited.values() if not holds(rule, school=settings)] == []
    assert len(cited) > 6


def test_a_term_in_which_the_child_alone_has_no_result_is_shown_with_the_line():
    table = """
        pupil | year group | Summer 2008 | Spring 2009 | Summer 2009
        Ann   | 4          | 2a          | .           | A
        Bob   | 4          | 2a          | 3c          | 3c
        Cai   | 4          | .           | .           | 3c
        """

    ann, cai = only_subject("Ann", table), only_subject("Cai", table)

    assert journey(ann) == [
        ("Summer 2008", "2a", 17, 18),
        ("Spring 2009", "", None, 20),
        ("Summer 2009", "A", None, 21),
    ]
    assert [one.written is None for one in ann.results] == [False, True, False]
    assert ann.standing == "no grade in Summer 2009 (A: absent)"
    assert [one.term for one in cai.results] == ["Summer 2009"]
    assert cai.progress[0].sentence == "cannot tell yet: one result only"


def test_a_child_without_any_result_has_a_page_that_says_so():
    page = page_of(
        "Ann",
        """
        pupil | year group | Summer 2008 | Summer 2009
        Ann   | 4          | .           | .
        Bob   | 4          | 2a          | 3c
        """,
    )

    (subject,) = page.subjects
    assert subject.standing == "no result that could be used"
    assert [(one.term, one.written) for one in subject.results] == [("Summer 2009", None)]
    assert [flag.code for flag in page.flags] == ["no-result"]
    assert subject.needed == ()


def test_results_on_two_scales_each_stand_against_their_own_line_and_progress_is_not_told_across_them():
    subject = only_subject(
        "Ann",
        """
        pupil | year group | Summer 2014 | Summer 2015 (teacher-assessment)
        Ann   | 4          | 2a          | EXS
        """,
    )

    assert [(one.scale.split()[0], one.distance) for one in subject.results] == [("National", -1), ("teacher", 0)]
    assert {one.sentence for one in subject.progress} == {"cannot tell yet: the scale changed"}


def test_results_that_crossed_by_a_bridge_say_from_which_scale():
    table = """
        pupil | year group | Summer 2009 (nc-points) | Summer 2010
        Ann   | 4          | 17                      | 2a
        """
    subject = only_subject("Ann", table)

    assert [(one.term, one.crossed_from) for one in subject.results] == [
        ("Summer 2009", usual_rules().scales["nc-points"].label),
        ("Summer 2010", ""),
    ]


def test_tests_stand_beside_the_judgements_by_which_progress_is_told():
    subject = only_subject(
        "Ann",
        """
        pupil | year group | Summer 2024 | Summer 2025 | Summer 2025 (standardised-score)
        Ann   | 4          | EXS         | EXS         | 90
        """,
        scale="teacher-assessment",
    )

    assert [(one.term, one.grade, one.told) for one in subject.results] == [
        ("Summer 2024", "EXS", True),
        ("Summer 2025", "EXS", True),
        ("Summer 2025", "90", False),
    ]


def test_a_child_who_repeats_a_year_is_set_against_the_line_of_the_year_group_then():
    subject = only_subject(
        "Ann",
        """
        pupil | year group 2007-08 | year group | Summer 2008 | Summer 2009
        Ann   | 3                  | 3          | 2b          | 2a
        """,
    )

    assert [(one.year, one.line) for one in subject.results] == [("Year 3", 18), ("Year 3", 18)]


def test_a_target_is_shown_with_its_cell_and_whether_the_child_is_on_course():
    page = page_of(
        "Ann",
        """
        pupil | year group | Summer 2008 | Spring 2009 | target Summer 2009
        Ann   | 4          | 2a          | 2a          | 3b
        """,
    )

    (target,) = page.subjects[0].targets
    assert target.sentence == "Target 3b in Summer 2009: 4 points to go in 1 term; not on course at the present rate"
    assert (target.written.text, target.written.place.cell) == ("3b", "B2")
    behind = next(flag for flag in page.flags if flag.code == "behind-target")
    assert [cell.grade for cell in behind.evidence] == ["2a", "3b"]
    assert [rule.says for rule in behind.rules if rule.name.startswith("reference")] == [
        "20 points are expected in Spring of Year 4",
        "3b (21 points) is expected in Summer of Year 4",
    ]


def test_a_child_on_small_steps_is_told_by_their_own_rule():
    page = page_of(
        "Ann",
        """
        pupil | year group | Summer 2008 | Summer 2009
        Ann   | 4          | P6          | P6
        """,
    )
    flag = next(flag for flag in page.flags if flag.code == "insufficient-year")

    assert [(rule.name, rule.says) for rule in flag.rules[1:]] == [
        ("small steps of nc-levels: expected", "1 small step is expected"),
        ("small steps of nc-levels: within", "in any 3 terms"),
    ]


def test_a_child_on_another_year_group_s_bands_is_told_by_a_year_s_bands_and_how_many_fewer_are_let_pass():
    page = page_of(
        "Ann",
        """
        pupil | year group | Summer 2024 | Summer 2025
        Ann   | 5          | 3At         | 3S
        """,
        scale="point-in-time-sonar",
    )
    flag = next(flag for flag in page.flags if flag.code == "insufficient-year")

    assert "6 small steps were expected, one small step made" in flag.sentence
    assert [(rule.name, rule.says) for rule in flag.rules[1:]] == [
        ("small steps of point-in-time-sonar: expected", "6 small steps are expected"),
        ("small steps of point-in-time-sonar: let_pass", "2 fewer are let pass"),
        ("small steps of point-in-time-sonar: within", "in any 3 terms"),
    ]
    assert all(holds(rule) for rule in flag.rules[1:])


def test_groups_that_nobody_wrote_down_are_not_recorded():
    page = page_of(
        "Ann",
        """
        pupil | year group | gender | fsm | Summer 2009
        Ann   | 4          | girls  | .   | 2a
        """,
    )

    assert [(one.characteristic, one.group) for one in page.groups] == [
        ("Gender", "Girls"),
        ("Free school meals (FSM)", "not recorded"),
    ]


def test_a_page_of_an_earlier_term_knows_nothing_of_what_came_later():
    table = """
        pupil | year group | Summer 2008 | Spring 2009 | Summer 2009
        Ann   | 4          | 2a          | 3c          | 2a
        """
    typed = register(table)
    rules = usual_rules()
    page = view.page_of("Ann", child_rows(analyse(typed, rules, term("Spring 2009")), rules, ["Ann"]))

    assert [one.term for one in page.subjects[0].results] == ["Summer 2008", "Spring 2009"]


def test_where_comparable_children_ended_is_said_where_there_are_enough_of_them():
    def page(children: int) -> SubjectJourney:
        return only_subject(
            "Ann",
            f"""
            children   | pupil | year group 2007-08 | year group 2008-09 | Spring 2008 | Summer 2008 | Spring 2009
            {children} | past  | 4                  | 5                  | 3c          | 3b          | .
            1          | Ann   | 3                  | 4                  | .           | .           | 3c
            """,
        )

    (sentence,) = page(20).forecasts
    assert sentence == (
        "Of 20 children of earlier years who stood about here, 20 were at expectations by the end of the year; "
        "about 100 in 100 such children end at 3b"
    )
    assert page(19).forecasts == ()


def test_a_small_step_made_before_one_was_due_is_said_to_be_early():
    subject = only_subject(
        "Ann",
        """
        pupil | year group | Summer 2008 | Spring 2009
        Ann   | 4          | P6          | P7
        """,
    )

    assert subject.progress[0].sentence == (
        "is as expected: P6 in Summer 2008, P7 now; no small step was expected yet, one small step made"
    )
