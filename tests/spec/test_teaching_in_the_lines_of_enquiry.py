"""What a school's records of teaching and CPD say to a School Improvement Partner's questions, and what they do not."""

from __future__ import annotations

import pytest

from registers import usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.cycle.enquiry import enquire
from siptrack.cycle.enquiry_tables import Answer
from siptrack.documents.questions.asked import with_names
from siptrack.documents.questions.gathered import gather_evidence
from siptrack.documents.questions.view import questions_document
from siptrack.documents.review.evidence import review_evidence
from siptrack.school.questions import EvidenceKind
from teaching_records import with_teaching

RESULTS = """
    pupil | children | class | year group | Summer 2008 | Autumn 2008 | Summer 2009
    Still | 4        | 5K    | 5          | 3c          | 3c          | 3c
    Moved | 8        | 5K    | 5          | 3c          | 3c          | 3a
    Other | 3        | 6L    | 6          | 3a          | 3a          | 4c
"""
SEEN = """
    class | subject | term        | judgement | kind      | by      | about
    5K    | reading | Autumn 2008 | Good      | Book look | Mrs Oak | .
    6L    | reading | Spring 2009 | Third     | Book look | Mr Fir  | .
    6L    | reading | Summer 2009 | Lively    | Visit     | Mr Fir  | .
    5K    | reading | Summer 2008 | Good      | Book look | Mrs Oak | .
    5K    | reading | .           | Good      | Book look | Mrs Oak | 5K
"""
TRAINED = """
    term        | when        | focus             | subject | staff   | provider | intended     | evaluation
    Autumn 2008 | Autumn 2008 | Coaching, Mrs Oak | reading | Mrs Oak | Mr Fir   | More at ease | .
    Spring 2009 | Spring 2009 | First aid         | .       | All     | .        | .            | .
"""
ON_TEACHING = ("quality-of-teaching", "good-or-better", "judgements-of-teaching")
ON_CPD = ("staff-learning", "cpd-and-priorities", "cpd-evaluated")
STAFF = ("Oak", "Fir")


def gathered(seen="", cpd="", **filters):
    rules, chosen = usual_rules(), Filters(**filters)
    return enquire(analyse(with_teaching(RESULTS, seen, cpd), rules, filters=chosen), rules, chosen)


def asked(seen="", cpd="", **filters):
    """The questions about a school with these records."""
    return with_names(gathered(seen, cpd, **filters), usual_rules(), ())


def lines(questions, kind):
    return list(questions.evidence[kind].lines)


def test_a_record_of_lessons_answers_in_counts_and_says_where_it_and_progress_point_apart():
    questions = asked(SEEN)

    assert questions.evidence[EvidenceKind.TEACHING].says == (
        "3 records of lessons and books this school year, 2 with a grade: good or better 1 of 2 in reading."
    )
    apart, caveat = lines(questions, EvidenceKind.TEACHING)
    assert apart == (
        "5K (Year 5), reading: 1 of 1 record with a grade says good or better, and progress is insufficient for "
        "4 of 12 (33 %). Look into it together."
    )
    assert caveat.endswith("By subject and class: siptrack teaching.")


def test_words_without_a_grade_are_counted_as_records_and_as_no_share():
    lively = SEEN.replace("Good ", "Lively").replace("Third", "Lively")

    assert asked(lively).evidence[EvidenceKind.TEACHING].says == (
        "3 records of lessons and books this school year, none with a grade."
    )


def test_cpd_answers_in_counts_and_says_what_it_was_on():
    questions = asked(cpd=TRAINED)

    assert questions.evidence[EvidenceKind.CPD].says == (
        "2 records of CPD that these results could follow: 1 about reading and 1 with no subject named; "
        "the intended impact is written for 1, and an evaluation for none."
    )
    assert lines(questions, EvidenceKind.CPD)[0] == "On Coaching, Mrs Oak; First aid."


def test_where_all_cpd_is_about_one_subject_its_count_stands_once():
    one = "\n".join(TRAINED.splitlines()[:3])

    assert (
        asked(cpd=one)
        .evidence[EvidenceKind.CPD]
        .says.startswith(
            "1 record of CPD that these results could follow, about reading; the intended impact is written for 1, and"
        )
    )


def test_both_say_that_what_came_after_need_not_have_come_from_it():
    questions = asked(SEEN, TRAINED)

    for kind in (EvidenceKind.TEACHING, EvidenceKind.CPD):
        assert any("need not have come from it" in line for line in lines(questions, kind))


def test_the_sentence_in_short_names_no_child_and_no_member_of_staff():
    questions = asked(SEEN, TRAINED)

    for kind in (EvidenceKind.TEACHING, EvidenceKind.CPD):
        says = questions.evidence[kind].says
        assert not any(name in says for name in (*STAFF, "Still", "Moved", "Other", "5K")), says


@pytest.mark.parametrize(
    ("seen", "cpd", "silent"),
    [
        ("", "", (*ON_TEACHING[:2], "staff-learning", "cpd-and-priorities", "cpd-evaluated")),
        (SEEN, "", ("staff-learning", "cpd-and-priorities", "cpd-evaluated")),
        ("", TRAINED, ON_TEACHING[:2]),
        (SEEN, TRAINED, ()),
    ],
    ids=["neither sheet", "lessons only", "CPD only", "both sheets"],
)
def test_a_question_without_its_sheet_cannot_be_answered_from_this_data(seen, cpd, silent):
    questions = asked(seen, cpd)
    about = [rule for rule in questions.asked.values() if rule.key in ON_TEACHING + ON_CPD]

    assert {rule.key for rule in about if questions.answer(rule) is Answer.SILENT} == set(silent)


def test_without_a_sheet_it_says_which_could_be_read():
    questions = asked()

    assert questions.evidence[EvidenceKind.TEACHING].says == (
        "No record of lessons or books seen is among the files; siptrack could read a sheet with headings such as "
        "Date, Class, Subject, Judgement, Type and Observer."
    )
    assert "headings such as Date, CPD focus, Subject, Staff and Hours." in questions.evidence[EvidenceKind.CPD].says


def test_records_of_other_years_only_say_that_there_is_none_of_this_one():
    early = "class | subject | term | judgement | by\n5K | reading | Summer 2008 | Good | Mrs Oak"
    questions = asked(early, "term | focus | subject\nAutumn 2006 | Phonics | reading")

    assert (
        questions.evidence[EvidenceKind.TEACHING].says == "Nothing was recorded of lessons or books this school year."
    )
    assert questions.evidence[EvidenceKind.CPD].says == "Nothing was recorded of CPD that these results could follow."
    assert not any(
        "Year" in line for kind in (EvidenceKind.TEACHING, EvidenceKind.CPD) for line in lines(questions, kind)
    )


def test_a_filter_narrows_the_records_too():
    questions = asked(SEEN, TRAINED, years=frozenset({6}))

    assert questions.evidence[EvidenceKind.TEACHING].says.startswith("2 records of lessons and books this school year")
    assert "Year 5" not in " ".join([*lines(questions, EvidenceKind.TEACHING), *lines(questions, EvidenceKind.CPD)])


def test_a_page_that_is_kept_says_that_it_speaks_of_staff_where_it_does():
    assert "of staff as your records name them" in questions_document(asked(SEEN), every=False).notice
    assert "of staff" not in questions_document(asked(), every=False).notice


def test_the_school_s_own_review_has_the_counts_under_the_headings_they_bear_on_and_no_name():
    rules = usual_rules()
    rows = review_evidence(gather_evidence(gathered(SEEN, TRAINED), rules), rules)

    def of_heading(title):
        return [one.sentence for one in rows if one.heading == title]

    titles = rules.enquiry.headings
    under = {key: [one for one in of_heading(title) if "CPD: 2" in one] for key, title in titles.items()}
    taught = {key: [one for one in of_heading(title) if "Teaching: 3" in one] for key, title in titles.items()}

    assert {key for key, said in taught.items() if said} == {"monitoring", "teaching"}
    assert {key for key, said in under.items() if said} == {"development"}
    assert not any(name in " ".join(row.sentence for row in rows) for name in STAFF)
