import dataclasses

import pytest
from rich.cells import cell_len

from hand_built import analysis, flag, frame, gap, problem, pupil, rules
from siptrack.analysis.group_tables import LEFT_OUT
from siptrack.analysis.model import Warned
from siptrack.analysis.tables import SUMMARY
from siptrack.analysis.vocabulary import LeftOut
from siptrack.documents.analyse.whole import whole_report
from siptrack.documents.findings import code_to_explain
from siptrack.rendering.terminal import as_text
from siptrack.school.place import Place
from siptrack.school.problem import Severity

A_PART = LeftOut.A_PART.value
LONG = "Featherstonehaugh-" * 11 + "Smythe"
HOSTILE = {
    "Smith [/]": "Smith [/]",
    "[bold]x": "[bold]x",
    ":smiley: Jo": ":smiley: Jo",
    "Jo\x1b[2J": r"Jo\x1b[2J",
    "Jo\x1b]52;c;cGF5\x07": r"Jo\x1b]52;c;cGF5\x07",
    '=HYPERLINK("http://x")': '=HYPERLINK("http://x")',
    "Jo\u202egnp": r"Jo\u202egnp",
    "王小明": "王小明",
    "محمد": "محمد",
    LONG: LONG,
}


def shown(whole=None, width=None, *, colour=False, detail=False, steps=()):
    page = whole_report(whole or analysis(), rules(), detail=detail, once=width is not None)
    return as_text(page, width=width, colour=colour, steps=steps)


@pytest.mark.parametrize("width", [None, 40, 80, 120])
@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_of_any_kind_is_shown_whole_and_never_obeyed(name, width):
    text = shown(analysis(pupils=[pupil(name=name, class_name=name)]), width)
    whole = "".join(text.split())
    assert whole.count("".join(HOSTILE[name].split())) == 2
    assert "\x1b" not in text
    assert "…" not in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_is_wider_than_the_screen_or_ends_in_blanks(width):
    whole = analysis(pupils=[pupil(name=LONG + " 王小明" * 20)], gaps=[gap()], problems=[problem()])
    lines = shown(whole, width, detail=True).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_pipe_gets_plain_lines_without_folds_or_boxes():
    text = shown(analysis(pupils=[pupil(name=LONG)], gaps=[gap()]))
    assert f"  {LONG}\n" in text
    assert "─" not in text
    assert (
        "Writing  Boys 14 of 30 (47 %)  Girls 24 of 30 (80 %)  -33 (-52 to -9)       -10           66  clear\n" in text
    )


def test_colour_only_repeats_what_the_words_say():
    coloured = shown(width=80, colour=True)
    assert "\x1b[1m" in coloured
    assert "\x1b[" not in shown(width=80)


def test_the_whole_report_reads_from_what_was_read_to_the_rules():
    flags = [flag(), flag("well-below", from_term="", window="")]
    text = shown(analysis(flags=flags))
    choices = rules().scales["nc-levels"].choices
    notes = "; ".join(f"{choice.says} (others: {' or '.join(choice.others)})" for choice in choices)
    expected = EXPECTED.replace("RULER", rules().ruler.sha256[:12])
    assert text == expected.replace(
        "NOTES", f"Schools disagree on this, so siptrack takes: {notes}. To set yours: siptrack init."
    )


EXPECTED = """\
Pupil progress: Summer 2009 (school year 2008-09)
Read 2 files. 1,265 rows: 1,262 used, 3 set aside (3: headings repeated). 40 results: all used.
1 child on roll; 11 have left.

In short
1 of 1 child makes insufficient progress in at least one subject.
At age-related expectations: writing 0 of 1.

How it is judged
About National Curriculum levels
  NOTES

At a glance
Year    Subject  On roll  Assessed  At ARE  Insufficient  Accelerated  Cannot tell
Year 5  Writing        1         1       0             1          [z]          [z]
ARE: age-related expectations; the percentage is of those assessed. The rest is about progress.
[z] does not apply: progress is judged in single subjects only.

Children making insufficient progress: 1 child
5K (Year 5): 1 of 1 child
  Smith, Jo
    Writing, this year: 2a in Summer 2008, still 2a now; 3 points were expected, 0 made.
    Below expectations: writing 2a (well below)

Rules: RULER (siptrack 0.1.0).
"""


def test_with_detail_each_sentence_has_its_cells():
    assert "0 made.\n      Before.xlsx, sheet 4K, cell F16; Summer.xlsx, sheet 5K, cell F17\n" in shown(detail=True)


def test_both_windows_from_one_start_are_one_sentence():
    text = shown(analysis(flags=[flag(), flag("insufficient-key-stage", window="key_stage")]))
    assert "Writing, this year and since the start of Key Stage 2: 2a in Summer 2008" in text
    assert text.count("3 points were expected") == 1


def test_a_child_has_one_entry_however_many_subjects_and_flags():
    pupils = [pupil(), pupil("P2", "Fern, Al"), pupil("P3", "Moss, Di", class_name="5A"), pupil("P4", "Oak, Ed")]
    flags = [
        flag(),
        flag(subject="maths"),
        flag("below"),
        flag("below", "P2"),
        flag("fell-back", "P2", from_grade="3c"),
        flag("no-result", "P3", grade="A"),
    ]
    text = shown(analysis(pupils=pupils, flags=flags))
    assert [text.count(name) for name in ("Smith, Jo", "Fern, Al", "Moss, Di", "Oak, Ed")] == [1, 1, 1, 0]
    assert "5K (Year 5): 1 of 3 children\n  Smith, Jo\n    Writing, this year" in text
    assert (
        "  Fern, Al: writing 2a; lower than last term (check the earlier judgement first): writing 2a (3c in " in text
    )
    assert "5A (Year 5): 1 of 1 child\n  Moss, Di: no grade this term: writing (A: absent)\n" in text


def test_two_children_of_one_name_in_a_class_are_told_apart():
    text = shown(analysis(pupils=[pupil(), pupil("P2")], flags=[flag(), flag(key="P2")]))
    assert "  Smith, Jo (P1)\n" in text
    assert "  Smith, Jo (P2)\n" in text


def without_verdicts(whole):
    """The analysis, the progress of everybody not told."""
    return whole.having(progress=whole.children.progress.having(verdict="cannot tell"))


def test_nobody_listed_is_not_said_of_children_whose_progress_cannot_be_told():
    untold = without_verdicts(analysis(flags=[]))
    assert (
        "None among the children whose progress can be judged.\n"
        "Cannot tell yet for 1 of 1 child, in any subject: they are not on this list.\n"
    ) in shown(untold)


def test_below_expectations_with_unknown_progress_is_said_so():
    whole = without_verdicts(analysis(flags=[flag("below")]))
    assert "  Smith, Jo: writing 2a (progress cannot be judged)\n" in shown(whole)


def test_groups_have_clear_gaps_as_sentences_and_compared_ones_in_a_table():
    gaps = [gap(), gap("not clear", subject="maths"), gap("too few", subject="reading")]
    text = shown(analysis(pupils=[pupil(gender="not_recorded")], gaps=gaps), 80)
    assert "Boys behind girls. Writing: 14 of 30 (47 %) and 24 of 30 (80 %) are at" in text
    assert "1 other comparison of the whole school is not clear" in text
    assert "1 more has fewer than 11" in text
    assert "Not recorded, of 1 child: Gender for 1." in text
    assert "\nWriting " in text
    assert "\nMaths " not in text
    in_detail = shown(analysis(pupils=[pupil(gender="not_recorded")], gaps=gaps), 80, detail=True)
    assert "\nMaths " in in_detail
    assert "\nReading " not in in_detail


def test_unusable_files_and_warnings_stand_at_the_top():
    whole = analysis(warned=(Warned(5, "writing", 14, 30),), filters={"class": "5K"})
    unusable = problem("file-unusable", found="a password")._replace(place=Place("Spring.xlsx"))
    whole = dataclasses.replace(whole, register=dataclasses.replace(whole.register, unusable=(unusable,)))
    lines = shown(whole).split("\n")
    assert lines[1] == "Not read: Spring.xlsx: a password. Correct the cell."
    assert lines[4] == "Only class 5K."
    assert lines[5].startswith("Year 5, writing: 14 of 30 (47 %) children are flagged")


def test_problems_of_one_kind_are_one_line_errors_first_and_every_place_is_a_detail():
    many = [problem(sheet=f"{number}K", found=f"'x{number:02}'") for number in range(12)]
    query = problem("a-query", severity=Severity.QUERY)
    text = shown(analysis(problems=[query, *many]))
    assert text.index("Error unknown-grade, 12 times: 'x00' in ") < text.index("Query a-query: ")
    assert "more places: " in text
    assert "\nsiptrack check PATHS --detail lists every place.\n" in text
    detailed = shown(analysis(problems=many), detail=True)
    assert [f"sheet {number}K, cell F17: found 'x{number:02}'" in detailed for number in range(12)] == [True] * 12
    assert "lists every place" not in detailed + shown(analysis(problems=[query]))


def test_several_alarms_of_one_kind_are_one_line_at_the_top_and_not_told_again_below():
    words = "columns of results were not used"
    one = problem("results-not-used", found="'Rdg X' (24 cells, such as WTS), not used: 'x' is not known")
    other = problem("results-not-used", row=18, found="'Wtg X' (12 cells), not used: 'x' is not known")
    alarms = [each._replace(alarm=words) for each in (one, other)]
    text = shown(analysis(problems=alarms))
    assert text.split("\n")[1] == (
        "Check first: 2 columns of results were not used: 'Rdg X' (24 cells, such as WTS) in Summer.xlsx, sheet 5K, "
        "cell F17, not used: 'x' is not known; 'Wtg X' (12 cells) in cell F18. Correct the cell."
    )
    assert "Error results-not-used, 2 times: see above.\n" in text
    assert (
        shown(analysis(problems=alarms[:1]))
        .split("\n")[1]
        .startswith("Check first: Summer.xlsx, sheet 5K, cell F17: 'Rdg X' (24 cells, such as WTS), not used")
    )


def test_without_flags_or_problems_there_is_nothing_to_explain():
    assert code_to_explain(analysis(flags=[]), rules()) == ""
    assert code_to_explain(analysis(flags=[], problems=[problem("a-query")]), rules()) == "a-query"


def test_a_command_to_go_on_with_stands_last_and_is_never_folded():
    command = f"siptrack analyse {'a-long-folder/' * 10} --detail"

    text = shown(width=40, steps=[("What lies behind it:", command)])

    assert text.endswith(f"What lies behind it:\n  {command}\n")


def test_the_same_analysis_gives_the_same_text_whatever_the_order_of_its_rows():
    pupils = [pupil(), pupil("P2", "Fern, Al"), pupil("P3", "Moss, Di", class_name="")]
    flags = [flag(), flag("below", "P2"), flag(key="P3", subject="maths")]
    one = analysis(pupils=pupils, flags=flags)
    other = analysis(pupils=pupils[::-1], flags=flags[::-1])
    assert shown(one) == shown(other)


def test_names_stand_as_in_a_register_whatever_their_capitals_and_accents():
    names = ["Evans, Al", "Évans, Bo", "Fern, Cy", "van der Reed, Di", "Young, Ed"]
    pupils = [pupil(f"P{at}", name) for at, name in enumerate(names)]
    text = shown(analysis(pupils=pupils[::-1], flags=[flag(key=row["pupil"]) for row in pupils]))
    assert [line.strip() for line in text.split("\n") if line.strip() in names] == names


def left_out(*rows):
    names = ("year_group", "subject", "reason", "count")
    summary = {"year_group": 5.0, "subject": "writing", "n": 12, "assessed": 9, "at_are": 6}
    return analysis(
        summary=frame(SUMMARY, [{**summary, "at_are_low": 50.0, "at_are_high": 75.0}]),
        left_out=frame(LEFT_OUT, [dict(zip(names, row, strict=True)) for row in rows]),
    )


def test_who_is_in_no_percentage_is_summed_up_once_a_child_and_subject():
    whole = left_out((5.0, "writing", "absent", 1), (5.0, "writing", "no result", 2), (5.0, "rwm", A_PART, 3))
    assert "3 judgements are missing from the percentages (2 no result and 1 absent). --detail says where" in shown(
        whole
    )


def test_where_only_the_combined_subject_is_asked_for_its_children_are_those_summed_up():
    assert f"3 judgements are missing from the percentages (3 {A_PART})." in shown(left_out((5.0, "rwm", A_PART, 3)))


def test_the_detail_tells_where_and_between_what_each_percentage_would_lie():
    text = shown(left_out((5.0, "writing", "absent", 1), (5.0, "writing", "no result", 2)), detail=True)
    assert "Year 5  Writing         3  2 no result and 1 absent  50 to 75 %\n" in text


def test_nothing_is_said_where_everybody_is_assessed():
    assert "missing from the percentages" not in shown()
