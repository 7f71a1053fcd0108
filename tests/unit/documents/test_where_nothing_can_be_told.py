"""Where the files can tell nothing, the reports say that, and claim nothing of the children."""

from __future__ import annotations

import pytest

from providing import with_provision
from registers import register, usual_rules
from siptrack.analysis.analyse import Filters, analyse
from siptrack.analysis.model import Warned
from siptrack.cycle.enquiry import enquire
from siptrack.cycle.enquiry_tables import Answer
from siptrack.cycle.plan import draft
from siptrack.documents.in_short import warned_sentence
from siptrack.documents.plan.view import plan_document
from siptrack.documents.questions.asked import with_names
from siptrack.rendering.terminal import as_text
from siptrack.school.errors import NothingToJudgeError
from siptrack.school.questions import EvidenceKind

# One term is noise: of nobody here can progress be told.
TOO_SOON = "pupil | year group | class | Spring 2009 | Summer 2009\nAnn | 4 | 4T | 2a | 3c\nBob | 4 | 4T | 3c | 3b"
KEEPING_UP = "pupil | year group | class | Summer 2008 | Summer 2009\nAnn | 4 | 4T | 2a | 3b\nBob | 4 | 4T | 2a | 3b"
BOOST = "pupil | intervention | subject | from | to\nAnn | Boost | reading | Summer 2009 | Summer 2009"


def planned(table: str) -> str:
    drafted = draft(analyse(register(table), usual_rules()), usual_rules())
    return as_text(plan_document(drafted, usual_rules(), room=False, every=False), width=None, colour=False)


def test_a_plan_of_results_that_tell_no_progress_says_so_and_not_that_it_is_nowhere_insufficient():
    text = planned(TOO_SOON)

    assert "no two groups can be compared, and no child's progress can be judged." in text
    assert "siptrack analyse names them" not in text


def test_a_plan_says_that_progress_is_nowhere_that_of_many_where_it_can_be_told():
    assert "no two groups can be compared, and insufficient progress is nowhere that of many." in planned(KEEPING_UP)


@pytest.mark.parametrize(
    ("table", "says", "answer"),
    [
        (TOO_SOON, "No child's progress can be judged from these files.", Answer.SILENT),
        (KEEPING_UP, "No child whose progress can be judged makes insufficient progress.", Answer.ANSWERED),
    ],
)
def test_the_catalogue_is_not_said_to_fit_no_children(table, says, answer):
    analysis = analyse(with_provision(table, BOOST), usual_rules())
    told = with_names(enquire(analysis, usual_rules()), usual_rules(), ()).evidence[EvidenceKind.CATALOGUE]

    assert (told.says, told.lines, told.answer) == (says, (), answer)


def test_one_child_is_one_child():
    assert "1 of 1 child is flagged" in warned_sentence(Warned(4, "reading", 1, 1), usual_rules())


def test_a_group_of_two_characteristics_with_too_few_children_is_named_once():
    table = (
        "pupil | year group | ethnicity | Summer 2008 | Summer 2009\nAn | 4 | WBRI | 2a | 2b\nBo | 4 | APKN | 2a | 3b"
    )
    text = planned(table)

    (few,) = [line for line in text.splitlines() if "Fewer than 11 children on a side" in line]
    assert few.count("White British") == 1


def test_reception_is_called_so_where_no_result_of_it_is_left_to_judge():
    with pytest.raises(NothingToJudgeError, match="in Summer 2009, year Reception"):
        analyse(register(KEEPING_UP), usual_rules(), filters=Filters(years=frozenset({0})))
