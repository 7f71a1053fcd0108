"""What a child's page and the chain behind it say, in each form and where much or nothing is known."""

from __future__ import annotations

import re

import pytest

from siptrack.documents.child.document import child_document, why_document
from siptrack.documents.child.facts import (
    ChildPage,
    CitedRule,
    Flagged,
    MarksWeighed,
    Membership,
    OddCell,
    SubjectJourney,
    TargetSaid,
    TermResult,
    WindowSaid,
    Written,
)
from siptrack.rendering.html.document import as_html
from siptrack.rendering.markdown import as_markdown
from siptrack.rendering.model import Grid, Items, Notice, Picture
from siptrack.rendering.template import document
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
    told = {"class_name": "3K", "begun": (), "groups": (), "questions": (), "records": (), "odd": (), **other}
    return ChildPage("P1", "", "Cedar, Maxwell", "Year 3", term="Summer 2009", subjects=subjects, **told)


def on_screen(*subjects, width=None, **other):
    return as_text(child_document(page(*subjects, **other), RULER, "table", width=width), width=width, colour=False)


def titles(form, *subjects, **other):
    return [section.title for section in child_document(page(*subjects, **other), RULER, form).sections]


def parts(kind, form, *subjects):
    made = child_document(page(*subjects), RULER, form)
    return [part for section in made.sections for part in section.parts if isinstance(part, kind)]


def test_of_a_child_of_whom_nothing_is_known_the_page_says_who_it_is_and_no_more():
    assert on_screen(class_name="").split("\n")[:-2] == ["Cedar, Maxwell: Year 3", "As of Summer 2009.", ""]


def test_the_page_leads_with_where_the_child_stands_then_what_to_do_and_ends_with_the_rules():
    every = {
        "begun": ("Autumn 2009 has begun.",),
        "groups": (Membership("Gender", "Boys"), Membership("FSM", "not recorded")),
        "questions": ("Look at the work.",),
        "records": ("FLS (Writing), Autumn 2008.",),
        "odd": (OddCell("unknown-grade", "'EX'", "Correct the cell.", Place("Summer 2009.xlsx", "3K", 9, 7)),),
    }

    said = on_screen(reading(result(), progress=[window()], flags=[flag()]), **every)

    assert said.startswith(
        "Cedar, Maxwell: Year 3, class 3K\nAs of Summer 2009. Autumn 2009 has begun.\nGender: Boys; FSM: not recorded\n"
    )
    assert re.findall(r"^(?! )(.+)\n  ", said, re.MULTILINE) == [
        "To ask and to do",
        "Agreed and provided, as the school's records have it",
        "Reading: 2a in Summer 2009, below expectations",
        "Odd in the rows that these results are in",
        "The rules behind this page",
    ]
    assert "Summer 2009.xlsx, sheet 3K, cell G9: found 'EX' (unknown-grade). Correct the cell." in said
    assert "nc-levels.yaml, line 103 (tolerance of nc-levels): how far progress may fall short: 1 point" in said


def test_a_subject_without_a_result_is_told_without_a_table():
    said = on_screen(reading())

    assert "Reading  none" in said
    assert said.count("Reading") == 2
    assert "In the last column" not in said


def test_windows_of_which_the_same_is_said_are_one_sentence():
    both = [window(), window("key_stage", "since the start of Key Stage 2")]

    (said,) = parts(Items, "html", reading(result(), progress=both))[0].nested

    assert said[0] == "Progress this year and since the start of Key Stage 2 is as expected: 2c then, 2a now."


def test_a_flag_stands_with_its_cells_after_what_lies_ahead():
    target = TargetSaid("Summer 2010", "3c", "on course", "Target 3c in Summer 2010: on course", None)
    (said,) = parts(Items, "html", reading(result(), targets=[target], flags=[flag(evidence=(ABSENT,))]))[:1]

    assert said.nested == (
        ("Target 3c in Summer 2010: on course.", ()),
        ("Reading: below it is.", ("Summer 2009: ill, from 'ill' in Summer 2009.xlsx, sheet 3K, cell F9",)),
    )


def test_on_a_screen_each_term_is_drawn_beside_the_line():
    (table,) = parts(Grid, "table", reading(result("Summer 2008", distance=1.0), result()))[1:]

    assert [head.words for head in table.heads][-1] == ("Against", "line")
    assert [row[5:] for row in table.groups[0].rows] == [("+1", "below", "...|--o"), ("-1", "below", "o--|...")]


def test_results_that_are_set_against_no_line_are_drawn_beside_none():
    (table,) = parts(Grid, "table", reading(result(line=None, distance=None, scale="", written=None)))[1:]

    assert table.caption == "Reading: every result"
    assert table.groups[0].rows == (("Summer 2009", "Year 3", "no result", "17", "", "", ""),)


@pytest.mark.parametrize("form", ["html", "markdown", "docx"])
def test_where_it_is_kept_the_table_says_where_each_result_is_written(form):
    (table,) = [one for one in parts(Grid, form, reading(result(mark="+"))) if "every result" in one.caption]

    assert table.heads[-1].words == "Written in"
    assert table.groups[0].rows[0] == (
        *("Summer 2009", "Year 3", "2a+", "17", "18", "-1", "below"),
        "Summer 2009.xlsx, sheet 3K, cell F9",
    )


def test_results_of_another_scale_and_those_that_stand_beside_have_a_table_each():
    crossed, test = result(scale="bands", crossed_from="levels"), result(scale="scores", told=False)
    tables = parts(Grid, "html", reading(test, result("Summer 2008"), crossed))[1:]

    assert [table.caption for table in tables] == [
        "Reading: every result (levels)",
        "Reading: every result (bands, written on levels)",
        "Reading: every result (scores; beside, progress is not told by it)",
    ]


def test_a_page_for_a_browser_has_a_picture_that_says_what_it_shows():
    journey = [result("Summer 2008", points=13.0, attainment="well below", distance=-5.0), result()]

    (picture,) = parts(Picture, "html", reading(*journey))
    html = as_html(child_document(page(reading(*journey)), RULER, "html"), back="../report.html").decode()

    assert picture.words == "Summer 2008: 2a, well below expectations; Summer 2009: 2a, below expectations."
    assert f'<desc id="part-2-1-text">{picture.words}</desc>\n<polyline' in html
    assert '<p><a href="../report.html">Back to the report</a></p>' in html
    assert not any(parts(Picture, form, reading(*journey)) for form in ("table", "markdown", "docx"))


@pytest.mark.parametrize("results", [[result()], [result("Summer 2008", line=None), result(line=None)]])
def test_one_result_and_results_without_a_line_make_no_picture(results):
    assert parts(Picture, "html", reading(*results)) == []


def test_what_may_be_passed_on_names_children_and_says_so():
    assert len(parts(Notice, "html", reading())) == 1
    assert "This report names children." in as_markdown(child_document(page(), RULER, "markdown"))
    assert "This report names children." not in on_screen()


def test_a_document_to_write_in_has_room_for_what_is_agreed():
    assert "What is agreed" not in titles("markdown", reading(result()))
    assert titles("docx", reading(result()))[-1] == "What is agreed"
    room = parts(Grid, "docx", reading(result()))[-1]
    assert (room.room, len(room.groups[0].rows)) == (True, 3)


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


def test_how_sure_the_marks_are_stands_on_the_page_and_leads_the_chain_with_what_says_so():
    sure = reading(result(), progress=[window()], flags=[flag()], evidence=weighed())

    chain = as_text(why_document(page(sure), RULER), width=None, colour=False)

    assert "  Of 100 children with these marks, about 81 have truly fallen behind.\n" in on_screen(sure)
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

    assert "There is nothing to trace: no flag, and no progress that can be told." in said
    assert "Reading" not in said


def test_a_school_s_own_words_are_never_a_mark_of_the_page():
    said = parts(Items, "html", reading(result(), flags=[flag("- a\n## b | c")]))[0].nested

    assert said[0][0] == "Reading: - a ## b | c it is."
    assert titles("html", questions=("## Not a section",)) == ["", "To ask and to do"]


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
