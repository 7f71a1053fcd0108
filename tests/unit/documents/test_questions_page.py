"""The page of questions and its sentences: each where it belongs, and none where it would be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from providing import with_provision
from registers import register, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.shareable import share
from siptrack.cycle.enquiry import enquire
from siptrack.cycle.enquiry_tables import BOOKS, Answer
from siptrack.documents.questions.asked import BOOKS_ALONE, Questions, asked_about, with_names
from siptrack.documents.questions.evidence import EvidenceText, few_of, silent, words
from siptrack.documents.questions.view import questions_document
from siptrack.rendering.terminal import as_text
from siptrack.school.place import Place
from siptrack.school.problem import Problem, Severity
from siptrack.school.questions import EvidenceKind, QuestionPage
from siptrack.school.term import Season, Term

RESULTS = "pupil | year group | class | Summer 2008 | Summer 2009\nAnn | 4 | 4T | 2a | 2a\nBob | 4 | 4T | 2a | 3b"
RULES = usual_rules()
NOW = Term(2008, Season.SUMMER)
SILENT = dict.fromkeys(EvidenceKind, silent("Nothing is known."))


def page(evidence, *, every=False, about=(), table=RESULTS, scale="nc-levels", mode="", **asked):
    """The page of a small school, in lines; the data says what `evidence` holds and no more."""
    chosen = Filters(**asked)
    analysis = analyse(register(table, scale=scale), RULES, filters=chosen)
    shared = share(analysis, RULES, RULES.sharing.modes[mode]) if mode else None
    questions = Questions(analysis, RULES, asked_about(RULES, about), {**SILENT, **evidence}, shared)
    return as_text(questions_document(questions, every=every), width=None, colour=False).splitlines()


def test_an_answer_stands_once_and_others_lead_to_it():
    lines = page({EvidenceKind.TEACHING: EvidenceText("Two records.", ("By Mrs Oak.",))})

    assert sum("two records." in line for line in lines) == 1
    assert [line.strip().partition(".")[0] for line in lines if "Teaching: see 2. Look at " in line] == ["5", "6"]
    assert "  Teaching: two records." in lines
    assert "    By Mrs Oak." in lines


def test_lines_beyond_the_most_are_counted_with_the_command_that_has_them():
    found = EvidenceText("Gaps.", tuple(f"Gap {at}." for at in range(9)))

    assert "  Groups: gaps. (9 lines in all: --detail, or siptrack analyse PATHS --table gaps.)" in page(
        {EvidenceKind.GROUPS: found}
    )
    assert sum("    Gap " in line for line in page({EvidenceKind.GROUPS: found})) == RULES.enquiry.page.lines - 1
    assert sum("    Gap " in line for line in page({EvidenceKind.GROUPS: found}, every=True)) == 9


def test_what_is_worth_most_leads_in_the_order_of_the_rules_and_is_no_more_than_three():
    found = {
        kind: EvidenceText("Said.", worth=f"{kind}.")
        for kind in (EvidenceKind.PROGRESS, EvidenceKind.PROVISION, EvidenceKind.TEACHING, EvidenceKind.JUDGEMENTS)
    }
    lines = page(found)
    at = lines.index("Most worth the hour")

    assert [line.strip() for line in lines[at + 1 : at + 5]] == [
        "judgements. Question 10.",
        "progress. Question 16.",
        "teaching. Question 2.",
        "",
    ]
    assert "Most worth the hour" not in page(SILENT)


def test_one_finding_leads_to_one_question():
    lines = page({kind: EvidenceText("Said.", worth="A gap.") for kind in (EvidenceKind.GROUPS, EvidenceKind.PROGRESS)})

    assert [line.strip() for line in lines if " Question " in line] == ["A gap. Question 13."]


def test_what_the_data_cannot_answer_is_gathered_with_what_is_missing_and_what_to_look_at():
    lines = page(SILENT)
    at = lines.index("To ask in school")

    assert lines[at + 1].startswith("Nothing is known. (1, 2, 4, 5, 6, ")
    assert sum(line.lstrip()[:1].isdigit() for line in lines[at:]) == 29
    assert any("bears on none of the 29 questions" in line for line in lines)


def test_under_one_heading_are_its_questions_alone():
    lines = page({EvidenceKind.CPD: EvidenceText("One record.")}, about=("development",))

    assert any("bears on 3 of the 5 questions" in line for line in lines)
    assert not any(line.startswith("The single plan") for line in lines)


def test_todays_words_are_for_results_of_today_and_the_guidance_s_for_its_time():
    today = RESULTS.replace("2008", "2025").replace("2009", "2026").replace("2a", "EXS").replace("3b", "GDS")
    then, now = page(SILENT), page(SILENT, table=today, scale="teacher-assessment")

    assert any("APP processes" in line for line in then)
    assert not any("in today's words" in line for line in then)
    assert any("; those about materials of 2009 are in today's words." in line for line in now)
    assert not any(name in line for line in now for name in ("APP", "Primary Framework", "National Strateg"))


def test_results_on_a_scale_of_any_time_are_of_the_time_of_their_term():
    scores = "pupil | year group | class | Summer 2008 | Summer 2009\nAnn | 4 | 4T | 100 | 101"
    later = scores.replace("2009", "2026").replace("2008", "2025")

    assert any("APP" in line for line in page(SILENT, table=scores, scale="standardised-score"))
    assert not any("APP" in line for line in page(SILENT, table=later, scale="standardised-score"))


def test_a_copy_to_share_names_what_is_left_out_and_asks_it_in_school():
    left_out = EvidenceText("Left out.", answer=Answer.LEFT_OUT)
    found = {**dict.fromkeys(EvidenceKind, left_out), EvidenceKind.PROGRESS: EvidenceText("Some.", ("More.",) * 9)}
    lines = page(found, mode="public")

    assert any(line.startswith("To share with the public: no names.") for line in lines)
    assert sum("    More." in line for line in lines) == 9  # what is hidden stands in no other command
    assert any("is left out of this copy (1, 2, 4, 5, 7, " in line for line in lines)
    assert not any("eft out." in line for line in lines)


def test_it_says_of_whom_it_speaks_and_what_is_odd():
    of_staff = questions_document(
        with_names(enquire(analyse(register(RESULTS), RULES), RULES), RULES, ()), every=False
    ).notice

    assert of_staff.startswith("This report names children.")
    assert "of staff" not in of_staff
    lines = page({EvidenceKind.TEACHING: EvidenceText("Two records.")}, years=frozenset({4}))
    assert "Only year 4." in lines


def test_a_list_ends_with_how_many_more_there_are():
    most = RULES.enquiry.page.named

    assert few_of(["A"] * most, RULES) == ["A"] * most
    assert few_of(["A"] * (most + 2), RULES) == [*["A"] * most, "and 2 more"]


@pytest.mark.parametrize(
    ("macro", "view", "says"),
    [
        ("children_counted", [0], "No child whose progress can be judged makes insufficient progress."),
        ("children_counted", [1], "1 child makes insufficient progress in at least one subject."),
        ("named_child", ["Ann", ["Reading", "Maths"], 0, None], "Ann (reading and maths)"),
        ("named_child", ["Ann", ["Reading"], 3, 72.4], "Ann (reading; 72 in 100; 3 terms)"),
        ("held", ["nothing", "actions"], "No action in the record"),
        ("held_by", ["No action", 2], "No action: 2 children"),
        ("strongest", [["A", "B"]], "The strongest marks: A; B."),
        ("among_them", [["A", "B"]], "Among them: A; B."),
        (
            "on_list_note",
            [3],
            "Terms behind a name: on the list for so many terms in a row, where these are 3 or more.",
        ),
        ("by_year", ["Reading", "3 of 4", {}], "Reading 3 of 4."),
        ("by_year", ["", "3 of 4", {"Year 1": "1 of 2", "Year 2": "2 of 2"}], "Year 1: 1 of 2; Year 2: 2 of 2."),
        ("by_year", ["Reading", "3 of 4", {"Year 1": "1 of 2"}], "Reading 3 of 4. Year 1: 1 of 2."),
        ("together", ["All", "3 of 12 (25 %)"], "All: 3 of 12 children (25 %) are at expectations in all of them."),
        ("together", ["All", "1 of 4"], "All: 1 of 4 children are at expectations in all of them."),
        ("closer", ["Ann", {("SEN",): ["Reading"], ("Boys",): ["Maths"]}], "Ann (reading: SEN; maths: Boys)"),
        ("no_closers", [True], "Nobody is named, because the clear gaps are not ones that single children close."),
        ("agreed", [1, 1, "By the record: 1 done."], "1 action for 1 child. By the record: 1 done."),
        ("without_action", [3], "On the list for 3 terms or more, with no action in the record"),
        ("now", ["not on roll"], "has left the school"),
        ("provided", [0, 0, 0, 0], "Nothing in the sheet of provision runs in this school year."),
        (
            "provided",
            [2, 1, 3, 0],
            (
                "2 children have provision this school year, in 1 intervention. Of 3 children making "
                "insufficient progress none is without."
            ),
        ),
        (
            "provided",
            [0, 0, 1, 1],
            (
                "Nothing in the sheet of provision runs in this school year. Of 1 child making "
                "insufficient progress 1 has none."
            ),
        ),
        ("impact", ["Boost", "could not be told"], "Boost: cannot tell whether it made a difference."),
        ("nothing_compared", [], "No intervention in the sheet can be looked at for its impact."),
        (
            "catalogue",
            [1, 2],
            (
                "Something in it fits 1 child making insufficient progress, by subject, year group and "
                "entry level; nothing fits 2."
            ),
        ),
        ("material_fits", ["M", 1, {}], "M: 1 child"),
        ("material_fits", ["M", 1, {"boys": ["Writing"]}], "M: 1 child; the gap of boys in writing"),
        (
            "material_fits",
            ["M", 0, {"boys": ["Writing"], "girls": ["Maths"]}],
            "M: the gap of boys in writing; the gap of girls in maths",
        ),
        ("seen", [3, 0, {}], "3 records of lessons and books this school year, none with a grade."),
        (
            "seen",
            [3, 2, {"Reading": "1 of 1", "": "1 of 1"}],
            (
                "3 records of lessons and books this school year, 2 with a grade: good or better 1 of 1 "
                "in reading and 1 of 1 with no subject named."
            ),
        ),
        ("nothing_seen", [], "Nothing was recorded of lessons or books this school year."),
        ("class_in", ["", ["Year 4"], "Maths"], "The whole of Year 4, maths"),
        ("class_in", ["4T", ["Year 4", "Year 5"], "Maths"], "4T (Year 4 and Year 5), maths"),
        (
            "apart",
            ["4T, maths", 1, 1, "2 of 9"],
            (
                "4T, maths: 1 of 1 record with a grade says good or better, and progress is insufficient "
                "for 2 of 9. Look into it together."
            ),
        ),
        ("no_cpd", [], "Nothing was recorded of CPD that these results could follow."),
        (
            "trained",
            [{("Maths",): 2, ("",): 1}, 1, 0],
            (
                "3 records of CPD that these results could follow: 2 about maths and 1 with no subject "
                "named; the intended impact is written for 1, and an evaluation for none."
            ),
        ),
        (
            "trained",
            [{("Maths", "Reading"): 1}, 0, 1],
            (
                "1 record of CPD that these results could follow, about maths and reading; the intended "
                "impact is written for none, and an evaluation for 1."
            ),
        ),
        ("focus", [["A", "B"]], "On A; B."),
        ("graded", [1, 1, ["Reading"]], "The class has results this term in reading."),
        ("graded", [1, 3, ["Reading", "Maths"]], "1 of 3 classes has results this term in all of reading and maths."),
        ("without_results", [{"Reading": ["4T"]}], "No result this term, and most had one before: reading: 4T."),
        (
            "broad_grades",
            [{"Reading": ["4T"]}],
            "Whole levels alone, where other classes have finer grades: reading: 4T.",
        ),
        ("lacking", [{"Reading": ["4T 1 of 2"]}], "Insufficient evidence to judge by: reading: 4T 1 of 2."),
        ("lacking_in", ["4T", 1, 2], "4T 1 of 2"),
        ("graded", [2, 2, ["Reading"]], "All 2 classes have results this term in reading."),
        ("no_barriers", [], "The record of actions names no barrier this school year."),
        ("barriers", [2, 3, 1], "1 barrier written for 2 of the 3 children with an action this school year."),
        ("barrier", ["Attendance", 2, ["Ann", "Bob"]], "Attendance: 2 children. Ann; Bob."),
        ("barriers_singly", [["A (Ann)"]], "Of one child each: A (Ann)."),
        ("barrier_of", ["A", "Ann"], "A (Ann)"),
        (
            "programmes",
            [1, 2, 1],
            "1 programme that the catalogue knows runs this school year, for 2 children; 1 other is the school's own.",
        ),
        ("programme", ["FLS", 2, ["Writing"], ["Year 5"]], "FLS (2 children, writing, Year 5)"),
        ("known_programmes", [["FLS (1 child)"]], "FLS (1 child)."),
        ("own_programmes", [["A"]], "The school's own: A."),
        ("priorities", [2, NOW], "2 priorities in the plan, drafted from Summer 2009."),
        (
            "priority",
            ["Reading", ["target"], 0, 0, False],
            "Reading: objective written, no target; no action; the results do not support it now.",
        ),
        ("priority", ["Own", [], 1, 1, None], "Own: objective and target written; 1 action, 1 with who and by when."),
        ("monitoring", [0, 2, None], "Monitoring is written for none of 2 actions in the plan."),
        ("monitoring", [1, 2, None], "Monitoring is written for 1 of 2 actions in the plan."),
        ("priority_number", [1], "Priority 1"),
        (
            "monitored",
            ["Priority 1", 2, 1, ["May"], {"mid": ("Easter", True), "final": ("July", False)}],
            "Priority 1: 1 of 2 actions; dates past: May; mid-point review Easter (past); final review July.",
        ),
        ("served", ["Priority 1", [], []], "Priority 1: none."),
        ("nearly_alike", [{"Reading": ["4T", "5R"]}], "Nearly all with one grade: reading: 4T, 5R."),
        ("no_classes", [], "No class is named in these files, or none has a result this term."),
        ("programmes", [0, 0, 0], "None that runs this school year is known to the catalogue."),
        ("programme", ["FLS", 1, [], []], "FLS (1 child)"),
        ("priorities", [1, None], "1 priority in the plan."),
        (
            "priority",
            ["Reading", ["objective", "target"], 1, 0, True],
            "Reading: no objective and no target; 1 action, none with who and by when; the results still support it.",
        ),
        (
            "monitored",
            ["1. Reading", 2, 0, [], {"mid": ("", False)}],
            "1. Reading: none of 2 actions; mid-point review not dated.",
        ),
        ("monitored", ["Library", 0, 0, [], {}], "Library: no action."),
        ("serving", [0, 2], "None of 2 priorities in the plan has staff development or CPD for it."),
        ("serving", [2, 2], "2 of 2 priorities in the plan have staff development or CPD for them."),
        ("served", ["1. Reading", ["A"], ["B", "C"]], "1. Reading: planned: A. held: B; C."),
        ("serves_none", [["A"]], "Serves no priority: A."),
        ("slowed", ["Maths", "3 of 9"], "Most insufficient progress in a subject without any: maths, 3 of 9."),
        (
            "not_compared",
            [["A (no dates)"]],
            ("No fair comparison possible: A (no dates). Why, and how the others were compared: siptrack provision."),
        ),
        ("worth_children", [2, []], "2 children make insufficient progress."),
        (
            "worth_children",
            [1, ["No action in the record: 1 child"]],
            "1 child makes insufficient progress. No action in the record: 1 child.",
        ),
        ("worth_judgements", [0], ""),
        ("worth_judgements", [2], "2 comparisons ask how sound the judgements are."),
        ("worth_actions", [0, 3], ""),
        ("worth_actions", [1, 3], "1 child is on the list for 3 terms or more with no action in the record."),
        ("worth_provision", [0, 3], ""),
        ("worth_provision", [2, 3], "2 of 3 children making insufficient progress have no provision."),
        ("worth_teaching", [0], ""),
        ("worth_teaching", [1], "In 1 class the records of lessons and books and the progress point apart."),
        ("left_out", ["children"], "Left out of this copy, because it names children."),
        ("left_out", ["trends"], "Left out of this copy, because it counts a few children."),
        ("of_those", [25, 204, ""], "25 of 204 (12 %)"),
        ("of_those", [2, 9, "[u]"], "2 of 9 [u]"),
        (
            "shared_progress",
            [{"Reading": "[c]", "Maths": "1 of 2"}],
            ("Insufficient progress, of the children whose progress can be judged: reading [c]; maths 1 of 2."),
        ),
        ("every_year", [], "Every year group"),
        (
            "shared_gap",
            ["Maths", "At expectations", {"A": "1 of 2", "B": "2 of 2"}, -50],
            "Maths, at expectations: A 1 of 2, B 2 of 2; a gap of 50 percentage points.",
        ),
        ("shared_gaps", [0], "No gap between groups that may be shared is clear."),
        ("shared_gaps", [1], "1 gap between groups is clear, of those that may be shared."),
        ("shared_not_clear", [2], "2 other gaps are not clear: chance could account for as much."),
        (
            "no_sheet_of",
            ["CPD", "Date"],
            ("No record of CPD is among the files; siptrack could read a sheet with headings such as Date."),
        ),
        (
            "hardly_attended",
            ["Spelling Club", "81 of 360 (23 %)"],
            "Spelling Club: 81 of 360 (23 %) sessions attended. What it does cannot be seen from this.",
        ),
        (
            "has_much",
            ["many-at-once", ["Ann: 4 interventions (A, B, C, D)"]],
            "In many interventions at once: 1 child. Ann: 4 interventions (A, B, C, D).",
        ),
        (
            "no_trends",
            [],
            ("No gap can be followed: the files hold no earlier term in which the same children were assessed."),
        ),
    ],
)
def test_each_sentence_says_what_it_counts(macro, view, says):
    assert words(macro, *view) == says


@pytest.mark.parametrize("macro", ["no_plan", "nothing_to_compare", "no_earlier", "need_not", "no_progress"])
def test_what_is_missing_is_said_in_a_sentence(macro):
    assert words(macro).endswith(".")


def test_counts_are_of_one_or_of_several():
    assert words("terms", 3) == "3 terms"
    assert words("closers_counted", 1).startswith("1 child stands nearest to closing the clear gaps: ")


def test_what_is_provided_for_other_subjects_and_what_is_odd_in_the_data_is_said():
    provision = "pupil | intervention | subject | from | to\nAnn | Boost | reading | Summer 2009 | Summer 2009"
    school = with_provision(RESULTS, provision)
    odd = Problem("no-such-pupil", Severity.QUERY, Place("Results.xlsx"), "found", "expected", "Look.", "")
    analysis = analyse(replace(school, problems=[odd]), RULES, filters=Filters(subjects=frozenset({"reading"})))
    lines = as_text(
        questions_document(Questions(analysis, RULES, asked_about(RULES, ()), SILENT), every=False),
        width=None,
        colour=False,
    ).splitlines()

    assert "What is provided for other subjects is not counted here." in lines
    assert "In the data: 1 query to check; siptrack check PATHS lists them." in lines


def test_whose_books_to_look_at_stands_on_a_page_of_its_own_or_before_the_questions_asked_about():
    books = BOOKS.of(
        [
            (4, "4T", "a", "Fog", "Ann", "reading", "2a 2a", 96, 3, "what is new"),
            (None, "", "b", "Mist", "", "maths", "- 3b", None, 1, "more"),
        ]
    )
    analysis = analyse(register(RESULTS), RULES)

    def lines(about, books=books):
        asked = asked_about(RULES, about)
        questions = Questions(analysis, RULES, asked, SILENT, books=books, with_books=True)
        return as_text(questions_document(questions, every=False), width=None, colour=False).splitlines()

    alone = lines((BOOKS_ALONE,))
    assert any(" ".join(line.split()) == "Fog, Ann (4T) Reading: 2a 2a (96) what is new" for line in alone)
    assert any(" ".join(line.split()) == "Mist Maths: - 3b more" for line in alone)
    assert "To ask in school" not in alone
    assert "Look at these children's books with me" in lines((BOOKS_ALONE, "tracking"))
    assert any("no book is named here" in line for line in lines((BOOKS_ALONE,), BOOKS.no_rows()))


def test_rules_that_were_kept_before_there_was_such_a_page_show_everything():
    before = RULES._replace(enquiry=RULES.enquiry._replace(page=QuestionPage()))
    found = {**SILENT, EvidenceKind.GROUPS: EvidenceText("Gaps.", ("Gap.",) * 9, worth="Gaps.")}
    analysis = analyse(register(RESULTS), before)
    lines = as_text(
        questions_document(Questions(analysis, before, asked_about(before, ()), found), every=False),
        width=None,
        colour=False,
    ).splitlines()

    assert sum(line == "    Gap." for line in lines) == 9
    assert few_of(["A"] * 20, before) == ["A"] * 20
    assert "Most worth the hour" not in lines
