"""What a child's page and the chain behind it say, in each form and where much or nothing is known."""

from __future__ import annotations

import re
from functools import partial
from types import SimpleNamespace

import pytest

from siptrack.analysis.age_tables import AgeLimit, NoRatio, OwnAge
from siptrack.analysis.vocabulary import Course, Verdict
from siptrack.documents.child.document import BesideThePage, child_document, why_document
from siptrack.documents.child.drawing import DrawnTarget
from siptrack.documents.child.evidence import words
from siptrack.documents.child.facts import (
    AgeJourney,
    AgeTest,
    ChildPage,
    Circumstance,
    CitedRule,
    Flagged,
    MarksWeighed,
    Membership,
    Needed,
    OddCell,
    SubjectJourney,
    TargetSaid,
    TermResult,
    WindowSaid,
    Written,
)
from siptrack.documents.labels import STANDS
from siptrack.documents.on_record import ChildRecord
from siptrack.rendering.html.pages import as_html
from siptrack.rendering.markdown import as_markdown
from siptrack.rendering.model import Fold, Grid, Items, Notice, Picture
from siptrack.rendering.template import document, sentence
from siptrack.rendering.terminal import as_text
from siptrack.rules.load import load
from siptrack.school.place import Mark, Place

RULER = load().ruler
RULE = CitedRule("tolerance of nc-levels", "how far progress may fall short: 1 point", Mark("nc-levels.yaml", 103), "")
OWN = CitedRule("below", "Below age-related expectations.", Mark("flags.yaml", 48), "")
THEN = Written("Summer 2008", "2a", "2A", Place("Summer 2008.xlsx", "2B", 9, 6))
NOW = Written("Summer 2009", "2a", "2a", Place("Summer 2009.xlsx", "3K", 9, 6))
ABSENT = Written("Summer 2009", "", "ill", Place("Summer 2009.xlsx", "3K", 9, 6))


def result(term="Summer 2009", **other):
    told = {
        "order": 6026 if term == "Summer 2009" else 6023,
        "year_group": 3,
        "year": "Year 3",
        "told": True,
        "scale": "levels",
        "crossed_from": "",
        "grade": "2a",
        "points": 17.0,
        "line": 18.0,
        "distance": -1.0,
        "attainment": "below",
        "written": NOW,
        **other,
    }
    return TermResult(term=term, **told)


def window(name="year", lead="this year", **other):
    told = {
        "verdict": "expected",
        "sentence": "is as expected: 2c then, 2a now",
        "evidence": (THEN, NOW),
        "rules": (RULE,),
    }
    told |= {"reason": "", "measured": "line", "gain": 3.0, "expected_gain": 3.0, "progress": 0.0, **other}
    return WindowSaid(window=name, lead=lead, **told)


def flag(code="below", evidence=(NOW,), rules=(OWN,)):
    return Flagged(code, f"Reading: {code} it is.", "Look at the work.", evidence, rules)


NEEDED = Needed("year", "Summer 2009", 21.0, "3b", 3.0, 0, None, None, "At expectations: 3 points")


def weighed(**more):
    figures = {"terms": 6, "behind_in_100": 81.4, "noise_in_100": 20.2, "reliability": 0.9, "base_in_100": 20.0}
    said = "Of 100 children with these marks, about 81 have truly fallen behind."
    return MarksWeighed(**{**figures, "reason": "", "sentence": said, **more})


def reading(*results, progress=(), targets=(), flags=(), evidence=None):
    return SubjectJourney(
        subject="reading",
        label="Reading",
        scale="levels",
        unit="point",
        grade="2a" if results else "",
        attainment="below" if results else "",
        standing="2a in Summer 2009, below expectations" if results else "no result that could be used",
        results=tuple(results),
        progress=tuple(progress),
        evidence=evidence,
        needed=(),
        targets=tuple(targets),
        forecasts=(),
        flags=tuple(flags),
    )


def page(*subjects, **other):
    nothing = ("begun", "groups", "circumstances", "ages", "questions", "records", "odd")
    told = {"class_name": "3K", **dict.fromkeys(nothing, ()), **other}
    return ChildPage("P1", "", "Cedar, Maxwell", "Year 3", term="Summer 2009", subjects=subjects, **told)


def circumstance(near):
    return Circumstance(words("out_of_year", "Year 3", "Year 4" if near else "Year 9", near))


def known(**more):
    return BesideThePage(
        **{
            "circumstances": (),
            "others": (),
            "questions": (),
            "records": (),
            "targets": {},
            "newer": {},
            "most": 9,
            **more,
        }
    )


def made(form, *subjects, beside=None, detail=False, **other):
    return child_document(page(*subjects, **other), beside or known(), RULER, form, detail=detail)


def on_screen(*subjects, width=None, **other):
    return as_text(made("table", *subjects, **other), width=width, colour=False)


def test_a_newer_mark_that_shows_more_stands_beside_the_verdict():
    text = on_screen(reading(result(), progress=[window()]), beside=known(newer={"reading": "Autumn 2009 already: 2a"}))

    assert "  Autumn 2009 already: 2a." in text.splitlines()


def titles(form, *subjects, **other):
    return [section.title for section in made(form, *subjects, **other).sections]


def parts(kind, form, *subjects, **other):
    return [
        part for section in made(form, *subjects, **other).sections for part in section.parts if isinstance(part, kind)
    ]


def items(form, *subjects, **other):
    return [item.words for listed in parts(Items, form, *subjects, **other) for item in listed.items]


def behind(*subjects, **other):
    """What is folded on a page for a browser."""
    (fold,) = parts(Fold, "html", *subjects, **other)
    return fold


def test_of_a_child_of_whom_nothing_is_known_the_page_says_who_it_is_and_no_more():
    assert on_screen(class_name="").split("\n")[:-2] == ["Cedar, Maxwell: Year 3", "Summer 2009", ""]


def test_the_page_leads_with_the_finding_then_how_sure_what_is_on_record_and_what_to_ask():
    beside = known(
        circumstances=("boy", "FSM"),
        questions=("What does the work show?",),
        records=((ChildRecord("FLS (Writing), Autumn 2008."), ()),),
    )

    said = on_screen(
        reading(result(), progress=[window()], evidence=weighed()), beside=beside, begun=("Autumn begins.",)
    )

    assert said.split("\n")[:-2] == [
        "Cedar, Maxwell: Year 3, class 3K",
        "Summer 2009 · boy · FSM",
        "Progress: as expected in reading.",
        "Autumn begins.",
        "",
        "Grade by term, with points over (+) or under (-) the line",
        "         Summer 2009",
        "Reading  2a -1",
        "",
        "Reading: 2a, below expectations",
        "  Progress this year is as expected: 2c then, 2a now.",
        "  Of 100 children with these marks, about 81 have fallen behind.",
        "",
        "Agreed and provided, by the school's records",
        "  FLS (Writing), Autumn 2008.",
        "",
        "To ask",
        "  What does the work show?",
        "",
        "Where this comes from",
        "Behind this page: 1 result, 0 flags and 1 rule (--detail, --why).",
        "",
    ]


def test_the_subjects_stand_together_by_how_they_went_the_insufficient_first():
    subjects = [
        reading(result(), progress=[window(verdict=verdict, reason="one result only")])._replace(label=label)
        for label, verdict in (
            ("Reading", "cannot tell"),
            ("Writing", "expected"),
            ("Maths", "insufficient"),
            ("Science", "insufficient"),
            ("Art", "accelerated"),
        )
    ]

    said = on_screen(*subjects).split("\n")

    assert said[2] == (
        "Progress: insufficient in maths and science; as expected in writing; accelerated in art; "
        "cannot tell yet in reading."
    )
    assert "  Cannot tell yet how progress goes: one result only." in said


def test_the_window_of_most_weight_is_told_and_the_other_beside_it():
    since = "since the start of Key Stage 2"
    short = window(verdict="cannot tell", sentence="cannot tell yet: one result only", reason="one result only")
    behind = {"verdict": "insufficient", "sentence": "is insufficient: 3b then"}

    def first(*windows):
        return items("table", reading(result(), progress=windows))[0]

    assert first(window(), window("key_stage", since)) == (
        "Progress this year and since the start of Key Stage 2 is as expected: 2c then, 2a now."
    )
    assert first(window(), window("key_stage", since, **behind)) == (
        "Progress since the start of Key Stage 2 is insufficient: 3b then. This year: as expected."
    )
    fast = window(verdict="accelerated", sentence="is accelerated: 2c then")
    assert first(fast, window("key_stage", since)) == (
        "Progress this year is accelerated: 2c then. Since the start of Key Stage 2: as expected."
    )
    assert first(short, window("key_stage", since)).endswith("This year: cannot tell yet (one result only).")
    assert first(
        window(**behind), window("key_stage", since, **{**behind, "sentence": "is insufficient: 2b"})
    ).endswith("Since the start of Key Stage 2: insufficient too.")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"behind_in_100": 0.4}, "Of 100 children with these marks, under 1 have fallen behind."),
        (
            {"behind_in_100": None, "reason": "too early to be sure: results in too few terms", "terms": 2},
            "marks of 2 terms.",
        ),
        ({"behind_in_100": None, "reason": "the scale changed"}, "Cannot tell how sure: the scale changed."),
    ],
)
def test_how_sure_the_marks_are_is_a_number_or_why_there_is_none(more, said):
    assert items("html", reading(result(), evidence=weighed(**more)))[0].endswith(said)


def test_the_nearest_target_is_told_and_whether_the_child_is_on_course_for_it():
    near, far = (
        TargetSaid(f"Summer {year}", "3c", course, f"Target {year} in full", None)
        for year, course in (("2010", "cannot tell"), ("2011", "on course"))
    )

    assert items("html", reading(result(), targets=[near, far])) == [
        "Target 3c in Summer 2010: cannot tell yet whether on course."
    ]
    assert items("html", reading(result(), targets=[far])) == ["Target 3c in Summer 2011: on course."]
    (listed,) = (part for part in behind(reading(result(), targets=[near, far])).parts if isinstance(part, Items))
    assert [item.words for item in listed.items][1:] == ["Target 2010 in full.", "Target 2011 in full."]


def test_of_provision_it_is_told_between_which_grades_it_ran():
    ends = (result("Summer 2008", grade="2c"), result(mark="+"))

    said = items("table", beside=known(records=((ChildRecord("FLS (Writing)."), ends),)))

    assert said == ["FLS (Writing). 2c in Summer 2008, 2a+ in Summer 2009."]


@pytest.mark.parametrize(
    ("mark", "said"), [("+", "2a+ -1"), ("(mod)", "2a (mod) -1"), ("sec", "2a sec -1"), ("", "2a -1")]
)
def test_a_grade_stands_with_its_mark_and_its_distance(mark, said):
    (table,) = parts(Grid, "docx", reading(result(mark=mark)))[:1]

    assert table.groups[0].rows == (("Reading", said),)


def test_a_term_without_a_result_says_so_and_one_over_the_line_has_a_plus():
    journey = reading(result("Summer 2008", distance=1.0), result(distance=None, written=None))

    (table,) = parts(Grid, "markdown", journey)

    assert [head.words for head in table.heads] == ["", ("Summer", "2008"), ("Summer", "2009")]
    assert table.groups[0].rows == (("Reading", "2a +1", "none"),)


def test_of_a_subject_whose_grade_is_set_against_no_line_the_page_says_what_it_can():
    none = reading(result(), progress=[window()])._replace(attainment="not known", standing="no grade (A: absent)")

    assert titles("html", reading(), none)[1:3] == [
        "Reading: no result that could be used",
        "Reading: no grade (A: absent)",
    ]


def test_what_is_behind_the_page_is_folded_for_a_browser_and_elsewhere_left_to_be_asked_for():
    every = {
        "beside": known(others=(Membership("First language", "Polish"), Membership("SEN", "not recorded"))),
        "odd": (OddCell("unknown-grade", "'EX'", "Correct the cell.", Place("Summer 2009.xlsx", "3K", 9, 7)),),
    }
    subject = reading(
        result(),
        progress=[window(), window("key_stage", "since then", sentence="is as expected: 1a then")],
        flags=[flag(evidence=(ABSENT,))],
    )
    subject = subject._replace(needed=(NEEDED,), forecasts=("Of 20 children 10 were",))

    fold, said = behind(subject, **every), on_screen(subject, detail=True, **every)

    assert fold.words == "1 result, 1 flag and 2 rules"
    assert said.split("Where this comes from\n")[1].split("\n")[:-3] == [
        "Also recorded: First language: Polish; SEN: not recorded.",
        "",
        "Reading",
        "  2a in Summer 2009, below expectations.",
        "  Progress since then is as expected: 1a then.",
        "  At expectations: 3 points.",
        "  Of 20 children 10 were.",
        "  Reading: below it is.",
        "    Summer 2009: ill, from 'ill' in Summer 2009.xlsx, sheet 3K, cell F9",
        "",
        "Reading: every result (levels)",
        "Term         Year    Grade  Points  Line  From line  Attainment  Written in",
        "Summer 2009  Year 3  2a         17    18         -1  below       Summer 2009.xlsx, sheet 3K, cell F9",
        "",
        "Odd in the rows that these results are in",
        "  Summer 2009.xlsx, sheet 3K, cell G9: found 'EX' (unknown-grade). Correct the cell.",
        "",
        "The rules behind this page",
        "  nc-levels.yaml, line 103 (tolerance of nc-levels): how far progress may fall short: 1 point",
        "  flags.yaml, line 48 (below): Below age-related expectations.",
    ]
    assert "First language" not in on_screen(subject, **every)


def test_results_of_another_scale_and_those_that_stand_beside_have_a_table_each():
    crossed, test = result(scale="bands", crossed_from="levels"), result(scale="scores", told=False)
    nothing = result(scale="", line=None, points=None, distance=None, written=None)

    tables = [
        part for part in behind(reading(test, result("Summer 2008"), crossed, nothing)).parts if isinstance(part, Grid)
    ]

    assert [table.caption for table in tables] == [
        "Reading: every result (levels)",
        "Reading: every result (bands, written on levels)",
        "Reading: every result",
        "Reading: every result (scores; beside, progress does not rest on it)",
    ]
    assert tables[2].groups[0].rows == (("Summer 2009", "Year 3", "no result", "", "", "", "", ""),)


def test_a_page_for_a_browser_has_a_picture_that_says_what_it_shows():
    journey = [
        result("Summer 2008", points=13.0, attainment="well below", distance=-5.0),
        result(points=None),
        result(),
    ]

    (picture,) = parts(Picture, "html", reading(*journey))
    html = as_html(made("html", reading(*journey)), back="../report.html").decode()

    assert picture.words == "Summer 2008: 2a, well below expectations; Summer 2009: 2a, below expectations."
    assert f'-text">{picture.words}</desc>\n<polyline' in html
    assert '<p><a href="../report.html">Back to the report</a></p>' in html
    assert not any(parts(Picture, form, reading(*journey)) for form in ("table", "markdown", "docx"))


def test_a_picture_is_whole_on_the_narrowest_screen_with_the_newest_terms_and_the_target_in_it():
    terms = [result(f"Summer {2000 + at}", order=6000 + at, grade=f"{at}a", points=float(at)) for at in range(12)]

    (picture,) = parts(
        Picture, "html", reading(*terms), beside=known(targets={"reading": [DrawnTarget(6014, 20, "9c")]})
    )

    shapes = picture.drawing.shapes
    assert picture.drawing.width <= 358  # of 390, less the margins of a page
    assert re.findall(r'class="label"[^>]*>([^<]+)<', shapes) == [f"{at}a" for at in range(3, 12)]
    assert ">target 9c<" in shapes
    assert all(0 <= float(x) <= picture.drawing.width for x in re.findall(r' c?x="([\d.-]+)"', shapes))


def test_a_grade_is_named_in_a_picture_where_it_changes_and_at_the_end():
    grades = ["2b", "2b", "2a", "2a", "2a"]
    terms = [result(f"Summer {2000 + at}", order=6000 + at, grade=grade) for at, grade in enumerate(grades)]

    (picture,) = parts(Picture, "html", reading(*terms))

    assert re.findall(r'class="label"[^>]*>([^<]+)<', picture.drawing.shapes) == ["2b", "2a", "2a"]


@pytest.mark.parametrize("results", [[result()], [result("Summer 2008", line=None), result(line=None)]])
def test_one_result_and_results_without_a_line_make_no_picture(results):
    assert parts(Picture, "html", reading(*results)) == []


def test_what_may_be_passed_on_names_children_and_says_so():
    assert len(parts(Notice, "html", reading())) == 1
    assert "This report names children." in as_markdown(made("markdown"))
    assert "This report names children." not in on_screen()


def test_a_document_to_write_in_has_room_for_what_is_agreed():
    assert not any(table.room for table in parts(Grid, "markdown", reading(result())))
    room = parts(Grid, "docx", reading(result()))[-1]
    assert (room.room, len(room.groups[0].rows)) == (True, 2)


def test_the_chain_has_each_flag_and_each_window_that_no_flag_tells_with_its_cells_and_rules():
    held = [
        window(verdict="insufficient", evidence=(NOW,)),
        window("key_stage", "since the start of Key Stage 2"),
    ]
    subject = reading(
        result(), progress=held, flags=[flag(), flag("well-below"), flag("fell-back", (THEN, NOW), (RULE,))]
    )

    said = as_text(why_document(page(subject), RULER), width=None, colour=False)

    assert said.split("\n")[3:-3] == [
        "Reading",
        "below: Reading: below it is.",
        "well-below: Reading: well-below it is.",
        "  cell: Summer 2009: 2a, from '2a' in Summer 2009.xlsx, sheet 3K, cell F9",
        "  rule: flags.yaml, line 48 (below): Below age-related expectations.",
        "",
        "fell-back: Reading: fell-back it is.",
        "  cell: Summer 2008: 2a, from '2A' in Summer 2008.xlsx, sheet 2B, cell F9",
        "  cell: Summer 2009: 2a, from '2a' in Summer 2009.xlsx, sheet 3K, cell F9",
        "  rule: nc-levels.yaml, line 103 (tolerance of nc-levels): how far progress may fall short: 1 point",
        "",
        "Progress since the start of Key Stage 2 is as expected: 2c then, 2a now.",
        "  cell: Summer 2008: 2a, from '2A' in Summer 2008.xlsx, sheet 2B, cell F9",
        "  cell: Summer 2009: 2a, from '2a' in Summer 2009.xlsx, sheet 3K, cell F9",
        "  rule: nc-levels.yaml, line 103 (tolerance of nc-levels): how far progress may fall short: 1 point",
    ]


def test_how_sure_the_marks_are_leads_the_chain_with_what_says_so():
    sure = reading(result(), progress=[window()], flags=[flag()], evidence=weighed())

    chain = as_text(why_document(page(sure, begun=("Autumn has begun.",)), RULER), width=None, colour=False)

    assert chain.split("\n")[1] == "As of Summer 2009. Autumn has begun."
    assert chain.split("\n")[3:7] == [
        "Reading",
        "Of 100 children with these marks, about 81 have truly fallen behind.",
        (
            "  from: 6 terms with a result on this scale, marks of a reliability of 0.90, and 20 of 100 children "
            "falling (evidence.yaml; how, and an example to follow by hand: docs/evidence.md)"
        ),
        (
            "  beside: of 100 children with marks like these who keep up, the rule would name about 20 by the ups and "
            "downs of marks"
        ),
    ]


def test_without_a_number_the_chain_says_why_and_no_more():
    early = weighed(behind_in_100=None, noise_in_100=None, sentence="It is too early to be sure.")
    none = weighed(noise_in_100=None)

    said = [
        as_text(why_document(page(reading(result(), flags=[flag()], evidence=one)), RULER), width=None, colour=False)
        for one in (early, none)
    ]

    assert "It is too early to be sure.\n" in said[0]
    assert [("  from: " in one, "  beside: " in one) for one in said] == [(False, False), (True, False)]


def test_where_there_is_nothing_to_trace_the_chain_says_so():
    said = as_text(why_document(page(reading(result(), progress=[window(rules=())])), RULER), width=None, colour=False)

    assert "There is nothing to trace: no flag, and no progress that can be judged." in said
    assert "Reading" not in said


def test_a_school_s_own_words_are_never_a_mark_of_the_page():
    beside = known(questions=("## Not a section",), records=((ChildRecord("- a | b"), ()),))

    assert titles("html", beside=beside) == ["", "Agreed and provided, by the school's records", "To ask"]
    assert items("html", beside=beside) == ["- a | b", "## Not a section"]


def test_where_nobody_fits_those_who_come_near_are_listed():
    near = [{"key": "P1", "name": "Cedar, Ann", "year": "Year 3", "class_name": "3K", "left": ""}]
    lines = [
        as_text(document("child/choices.jinja", "", fits=False, fit=fit), width=None, colour=False).split("\n")[0]
        for fit in (near, near * 2)
    ]

    assert lines == [
        "No child fits. 1 name comes near. Name one by the key in the first column.",
        "No child fits. 2 names come near. Name one by the key in the first column.",
    ]


def test_those_who_fit_are_listed_with_whether_they_are_here():
    fit = [{"key": "P1", "name": "Cedar, Ann", "year": "Year 3", "class_name": "3K", "left": ""}]
    fit.append({**fit[0], "key": "P2", "left": "Spring 2009"})

    said = as_text(document("child/choices.jinja", "", fits=True, fit=fit), width=None, colour=False)

    assert said.split("\n") == [
        "2 children fit. Name one by the key in the first column.",
        "Key  Name        Year    Class  On roll",
        "P1   Cedar, Ann  Year 3  3K     yes",
        "P2   Cedar, Ann  Year 3  3K     left; last in Spring 2009",
        "",
    ]


# --- the sentences that are data too ---------------------------------------------------------------------------------

say = partial(sentence, template="child/sentences.jinja")
LEVELS = SimpleNamespace(unit="point", no_grades={"A": "absent"})


def last(**other):
    usual = {"term": "Summer 2009", "grade": "2a", "mark": "", "scale": "levels", "attainment": "below", "lean": 0}
    return SimpleNamespace(**{**usual, "distance": None, "reference": None, **other})


@pytest.mark.parametrize(
    ("newest", "before", "said"),
    [
        (None, None, "no result that could be used"),
        (last(term="Spring 2009"), None, "no result in Summer 2009; the last is 2a in Spring 2009"),
        (last(grade="A", mark="(ill)"), None, "no grade in Summer 2009 (A (ill): absent)"),
        (last(), None, "2a in Summer 2009, below expectations"),
        (last(distance=0, reference=18), None, "2a in Summer 2009, below expectations, on the line"),
        (last(distance=-1, reference=18), None, "2a in Summer 2009, below expectations, 1 point under the line"),
        (last(distance=2, reference=18), None, "2a in Summer 2009, below expectations, 2 points over the line"),
        (last(), last(scale="bands", lean=1), "2a in Summer 2009, below expectations"),
        (
            last(mark="-", lean=-1),
            last(term="Spring 2009", mark="+", lean=1),
            (
                "2a- in Summer 2009, below expectations; lower within the band than 2a+ in Spring 2009, "
                "which changes no verdict"
            ),
        ),
        (
            last(lean=None),
            last(term="Spring 2009", mark="-", lean=-1),
            (
                "2a in Summer 2009, below expectations; higher within the band than 2a- in Spring 2009, "
                "which changes no verdict"
            ),
        ),
    ],
)
def test_where_a_child_stands_is_told_by_the_last_result(newest, before, said):
    assert say("standing", newest, before, "Summer 2009", LEVELS, STANDS) == said


@pytest.mark.parametrize(
    ("verdict", "moved", "said"),
    [
        (Verdict.CANNOT_TELL, "", "cannot tell yet: one result only"),
        (Verdict.CANNOT_TELL, "2a then", "cannot tell yet: one result only (2a then)"),
        (Verdict.EXPECTED, "2a then", "is as expected: 2a then; 3 made"),
        (Verdict.ACCELERATED, "2a then", "is accelerated: 2a then; 3 made"),
    ],
)
def test_how_a_window_went_goes_on_after_the_window(verdict, moved, said):
    row = SimpleNamespace(verdict=verdict.value, reason="one result only")

    assert say("progress", row, Verdict, moved, "3 made") == said


@pytest.mark.parametrize(
    ("more", "stage", "rates", "said"),
    [
        (
            {"short": 0.0},
            "",
            True,
            "At expectations by the end of this year (Summer 2009): 3b or more, which 2a is already",
        ),
        (
            {},
            "Key Stage 2",
            True,
            ("by the end of Key Stage 2 (Summer 2009): 3b or more was needed, 3 points more than 2a; no term is left"),
        ),
        ({"terms": 2, "line_grade": ""}, "", False, "(Summer 2009): from 2a to 21 or more, 3 points in 2 terms"),
        ({"terms": 2, "needed": 1.5}, "", True, "from 2a to 3b or more, 3 points in 2 terms (1.5 a term)"),
        ({"terms": 2, "needed": 1.5, "made": 0.5}, "", True, "3 points in 2 terms (1.5 a term; 0.5 a term so far)"),
    ],
)
def test_what_is_needed_stands_beside_what_was_made(more, stage, rates, said):
    assert say("needed", NEEDED._replace(**more), "2a", LEVELS, stage, rates).endswith(said)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"course": "met"}, "Target 3b in Summer 2010: met"),
        ({"distance": -4, "terms": 3}, "4 points to go in 3 terms; not on course at the present rate"),
        ({"distance": -4, "terms": 0, "course": "not met"}, "4 points to go; not met"),
        (
            {"course": "cannot tell", "reason": "why"},
            "Target 3b in Summer 2010: cannot tell whether on course (why)",
        ),
    ],
)
def test_a_target_is_told_with_what_is_left(more, said):
    usual = {"target_grade": "3b", "target_term": "Summer 2010", "distance": 1, "terms": 3, "course": "not on course"}
    row = SimpleNamespace(**{**usual, "reason": "", **more})

    assert say("target", row, "point", Course).endswith(said)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"low_grade": "3b", "high_grade": "3b"}, "of the year; about 80 in 100 such children end at 3b"),
        ({}, "of the year; about 80 in 100 such children end between 95 and 105"),
    ],
)
def test_where_comparable_children_ended_is_one_grade_or_a_run(more, said):
    usual = {"comparable": 20, "met": 12, "low": 95, "high": 105, "low_grade": "", "high_grade": "", "chance": 80.4}

    assert say("forecast", SimpleNamespace(**{**usual, **more}), "").endswith(said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("threshold", "how far", None, "point"), "how far: none"),
        (("threshold", "how far", 1, "point"), "how far: 1 point"),
        (("line_at", "EXS", 8, "Summer", "Year 3"), "EXS (8 points) is expected in Summer of Year 3"),
        (("line_at", "", 18, "Summer", "Year 3"), "18 points are expected in Summer of Year 3"),
        (("small_step", "within", 3), "in any 3 terms"),
        (("small_step", "let_pass", 2), "2 fewer are let pass"),
        (("small_step", "expected", 6), "6 small steps are expected"),
        (("same_grade", 3), "the same grade in 3 terms, this one and those before"),
    ],
)
def test_a_rule_is_told_with_its_figure(words, said):
    assert say(*words) == said


@pytest.mark.parametrize(
    ("near", "line"),
    [
        (True, "Taught in Year 3, while the birthday fits Year 4: judged by the year group taught."),
        (
            False,
            (
                "The birthday fits Year 9, which is far from Year 3: judged as Year 3; "
                "look whether the date of birth is right."
            ),
        ),
    ],
)
def test_a_child_out_of_year_group_is_said_to_be_judged_by_the_year_group_taught(near, line):
    said = on_screen(reading(result()), circumstances=(circumstance(near),))

    assert said.split("\n")[2] == f"  {line}"


ATTENDANCE = load().groups.characteristics["attendance"]
SAID = SimpleNamespace(period="Spring 2026", percent=90.0)
BEFORE = SimpleNamespace(period="", percent=96.44)


@pytest.mark.parametrize(
    ("told", "group", "line"),
    [
        (
            (SAID, BEFORE),
            "persistently_absent",
            (
                "Attendance 90 % in Spring 2026, 96.44 %: persistently absent (90 % or less), which is said beside "
                "progress and not as its cause."
            ),
        ),
        ((BEFORE,), "not_persistently_absent", "Attendance 96.44 %."),
        ((BEFORE,), "not_recorded", "Attendance 96.44 %."),
    ],
)
def test_attendance_is_said_with_its_time_and_never_as_a_cause(told, group, line):
    assert words("percentages", ATTENDANCE, told, ATTENDANCE.groups.get(group)) == line


def test_what_is_said_beside_progress_stands_below_the_term_and_with_its_cell_among_what_it_comes_from():
    line = words("still_stands", "Reading", "Autumn 2008", "a/a")
    beside = (Circumstance(line, NOW.place),)

    said = on_screen(reading(result()), circumstances=beside, detail=True).split("\n")

    assert line == "Reading: the judgement of Autumn 2008 still stands ('a/a'), and nothing was judged anew."
    assert said[2] == f"  {line}"
    assert f"  {NOW.place.label}: {line}" in said


def age(**told):
    usual = {
        "when": "12 September 2025",
        "tested": "2025-09-12",
        "test": "",
        "term": "Autumn 2025",
        "age": "7:06",
        "months": 90,
        "limit": "",
        "own_age": "9:00",
        "own_months": 108,
        "own_by": OwnAge.BY_DAY,
        "difference": -18,
        "gain": None,
        "since": None,
        "ratio_gain": None,
        "no_ratio": "",
        "place": Place("Ages.csv", "", 2, 5),
    }
    return AgeTest(**{**usual, **told})


def ages(*tests, flags=(), old=""):
    return (AgeJourney("reading", "Reading age", tests, old, flags),)


BEHIND = Flagged("behind-own-age", "Reading age 7:06, 18 months behind.", "Ask.", (), ())


def test_a_reading_age_stands_beside_the_child_s_own_with_what_was_gained_and_its_cell():
    before = age(when="Autumn 2024", age="7:00", own_age="8:03", own_by=OwnAge.BY_TERM, difference=-15)
    near = age(when="June 2025", gain=6, no_ratio=NoRatio.NO_DAY, own_by=OwnAge.BY_MONTH, test="Salford")
    last = age(gain=-1, since=4.3, ratio_gain=-0.2, difference=0)

    lines = on_screen(reading(result()), ages=ages(before, near, last, flags=(BEHIND,)), detail=True).split("\n")

    at = lines.index("Reading age")
    assert lines[at + 1] == BEHIND.sentence
    assert [" ".join(line.split()) for line in lines[at + 2 : at + 6]] == [
        "Tested Reading age Own age Months behind (-), ahead (+) Months gained In months A month",
        "Autumn 2024 7:00 8:03 (start of term) -15",
        "June 2025, Salford 7:06 9:00 (start of month) -18 +6",
        "12 September 2025 7:06 9:00 0 -1 4.3 -0.2",
    ]
    whole = " ".join(lines)
    assert "1 a month is keeping pace" in whole
    assert "Not said what was gained a month: the day of a test is not known." in whole
    assert "at the start of its term, when the child was youngest" in whole
    assert "12 September 2025: 7:06, Ages.csv, cell E2" in whole


@pytest.mark.parametrize(
    ("told", "difference"),
    [
        ({"limit": AgeLimit.AT_MOST, "age": "<6:00", "difference": -37}, "at least -37"),
        ({"limit": AgeLimit.AT_MOST, "age": "<9:06", "difference": 5}, "cannot tell"),
        ({"limit": AgeLimit.AT_LEAST, "age": "12+", "difference": 36}, "at least +36"),
        ({"limit": AgeLimit.AT_LEAST, "age": "8+", "difference": -12}, "cannot tell"),
        ({"own_age": "", "own_months": None, "own_by": OwnAge.NOT_KNOWN, "difference": None}, "cannot tell"),
    ],
)
def test_a_limit_settles_which_way_a_child_lies_or_it_cannot_be_told(told, difference):
    text = on_screen(reading(result()), ages=ages(age(**told)))

    assert difference in text
    assert "Months gained" not in text
    assert ("Own age not known: no birthday" in text) == (told.get("own_age") == "")


def test_the_name_of_the_test_stands_once_where_all_are_of_one():
    text = on_screen(reading(result()), ages=ages(age(test="Salford"), age(test="Salford")))

    assert text.count("Salford") == 1
    assert "Reading age (Salford)" in text


def test_an_own_age_as_written_and_a_test_of_an_earlier_year_are_said():
    text = on_screen(reading(result()), ages=ages(age(own_by=OwnAge.WRITTEN), old="Summer 2024"))

    assert "9:00 (as written)" in text
    assert "The newest reading age is of Summer 2024, before this school year: nothing is said of it." in text


def test_the_chain_behind_a_page_has_the_flags_of_ages():
    text = as_text(why_document(page(ages=ages(age(), flags=(BEHIND,))), RULER), width=None, colour=False)

    assert "behind-own-age: Reading age 7:06, 18 months behind." in text


def test_the_rule_of_an_age_behind_says_its_months():
    assert words("behind_by", 12) == "more than 12 months behind the child's own age"
