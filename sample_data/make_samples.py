"""Makes the two invented schools of `sample_data/`, and the answers that siptrack must give for them.

Run as `python sample_data/make_samples.py`. The files come out the same, byte for byte, every time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import agreements
import attendance
import circumstances
import courses
import levels_school
import levels_stories
import plans
import provision_levels
import provision_today
import reading_ages
import reviews
import since_truth
import targets
import teaching_levels
import teaching_today
import teaching_truth
import today_school
import today_stories
import truth
from children import term_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provision_sheet import Planted, Spell
    from roll import School

HERE = Path(__file__).parent

COMMENT = """
What is true of {name}, worked out by `sample_data/make_samples.py`
from the invented children themselves, without siptrack. Made, not typed: change the script, not this file.

insufficient   every child on roll and subject in which progress is insufficient now, with the windows in which it is;
               this list is complete
planted        children whose stories were written by hand, and the verdict in each window
gaps           some comparisons at age-related expectations (ARE), real ones and lucky ones; not a complete list.
               on_roll counts children, assessed those with a grade now (not A, D or an empty cell)
leavers        children with results who are not in the pupil list
since          every child and subject on the list of insufficient progress in either of the last two terms, what became
               of them and for how many terms in a row; and what the meeting agreed, with what came of it
plan           the plan drafted a year before and filled in: each priority, with its dates, its CPD and whether the
               results support it now; each criterion counted again on the same children, and what came of each action
targets        those written by hand, and every target with whether the child is on course at the present rate
A child is named by UPN, or as "Surname, Forename" where there is no UPN.
"""

ATTENDANCE = """
review         the stages of the self-review that came back, and what is known of each next step
attendance     children on roll whose attendance is recorded, and of them those who miss 10 % of it or more
reading_ages   each test beside the child's own age, what was gained, and who is far behind in the newest
circumstances  service children, children who were ever in care and young carers on roll
"""

COURSES = """
courses        what truly becomes of a child in a subject, whatever was written down: every child and subject that does
               not simply keep up, with the term in which the child was first here; stories and drawn children alike
"""


def answers(school: School, current: int, ruler: truth.Ruler, gaps: Sequence[truth.Gap]) -> truth.Answer:
    """All that is true of one school."""
    return {
        "term": term_label(current),
        "pupils_on_roll": len(school.on_roll),
        "leavers": [child.key for child in school.leavers],
        "planted": truth.planted(school.told, current, ruler),
        "gaps": [truth.gap_answer(gap, school.on_roll, current, ruler) for gap in gaps],
        "insufficient": truth.insufficient(school.on_roll, current, ruler),
    }


PROVISION = """
What is true of the provision of {name}, worked out by `sample_data/make_samples.py`. Made, not typed: change
the script, not this file.

planted        interventions, and what must be said of each: moved more, could not be told, no fair comparison, or that
               nobody attends
nothing        a child with insufficient progress and no provision
five_at_once   a child in five interventions in the last term
rows           rows of the sheet, all of them of children in the results
"""


TEACHING = """
What is true of what {name} recorded of teaching and CPD, worked out by
`sample_data/make_samples.py` without siptrack. Made, not typed: change the script, not this file.

observations, cpd     rows of the two records, all of them understood
without_any_record    a class of which nothing was recorded in the last school year
classes               a class and subject: its records, how the same children stood before (`then`) and after, and
                      whether the two point in different directions
cpd_followed_by       CPD in a subject: how the same children of each year group stood before and after, and the
                      year groups in which more of them were at age-related expectations (`moved`)
"""


def provision_answers(planted: Sequence[Planted], spells: Sequence[Spell], nothing: str, many: str) -> truth.Answer:
    """All that is true of one school's provision."""
    return {
        "rows": len(spells),
        "nothing": nothing,
        "five_at_once": many,
        "planted": [one.answer(spells) for one in planted],
    }


def make_levels(levels: Path) -> None:
    """The school of levels and its answers."""
    hollybank = levels_school.school()
    agreements.find_key_stage_1(hollybank)
    levels_school.write(levels, hollybank)
    given = provision_levels.rows(hollybank)
    provision_levels.write(levels, given)
    told = provision_answers(provision_levels.PLANTED, given, provision_levels.NOTHING, provision_levels.FIVE_AT_ONCE)
    truth.write(levels / "provision-truth.yaml", PROVISION.format(name=levels_school.NAME), told)
    teaching_levels.write(levels)
    seen, trained = teaching_levels.SEEN, teaching_levels.TRAINED
    told = teaching_truth.answers(hollybank, seen, trained, teaching_levels.PLANTED, levels_school.RULER)
    truth.write(levels / "teaching-truth.yaml", TEACHING.format(name=levels_school.NAME), told)
    found = answers(hollybank, levels_stories.LAST, levels_school.RULER, levels_school.GAPS)
    then, now, ruler = agreements.LEVELS_MEETING, levels_stories.LAST, levels_school.RULER
    found["since"] = since_truth.answer(hollybank, agreements.LEVELS, then, now, ruler)
    agreements.write_levels(levels, hollybank, levels_school.NAME)
    plans.write(levels, hollybank, plans.LEVELS, ruler)
    found["plan"] = plans.answer(hollybank, plans.LEVELS, trained, ruler)
    set_for = targets.levels(hollybank)
    targets.write_levels(levels, set_for, levels_school.NAME)
    found["targets"] = targets.answer(set_for, targets.LEVELS, now, targets.LEVELS_TERM, ruler, targets.LEVELS_STEP)
    truth.write(levels / "truth.yaml", COMMENT.format(name=levels_school.NAME), found)


def make_today(today: Path) -> None:
    """The school of today and its answers."""
    larkrise = today_school.school()
    given = provision_today.school_with_provision(larkrise)
    today_school.write(today, larkrise)
    provision_today.write(today, given)
    told = provision_answers(provision_today.PLANTED, given, provision_today.NOTHING, provision_today.FIVE_AT_ONCE)
    truth.write(today / "provision-truth.yaml", PROVISION.format(name=today_school.NAME), told)
    teaching_today.write(today)
    seen, trained = teaching_today.SEEN, teaching_today.TRAINED
    told = teaching_truth.answers(larkrise, seen, trained, teaching_today.PLANTED, today_school.RULER)
    truth.write(today / "teaching-truth.yaml", TEACHING.format(name=today_school.NAME), told)
    found = answers(larkrise, today_stories.LAST, today_school.RULER, today_school.GAPS)
    then, now, ruler = agreements.TODAY_MEETING, today_stories.LAST, today_school.RULER
    found["since"] = since_truth.answer(larkrise, agreements.TODAY, then, now, ruler)
    agreements.write_today(today, larkrise, today_school.NAME)
    plans.write(today, larkrise, plans.TODAY, ruler)
    found["plan"] = plans.answer(larkrise, plans.TODAY, trained, ruler)
    set_for = targets.today(larkrise)
    targets.write_today(today, set_for)
    found["targets"] = targets.answer(set_for, targets.TODAY, now, targets.TODAY_TERM, ruler, targets.TODAY_STEP)
    reviews.write(today)
    found["review"] = reviews.answer()
    found["attendance"] = attendance.answer(larkrise)
    found["circumstances"] = circumstances.answer(larkrise)
    reading_ages.write(today, larkrise)
    found["reading_ages"] = reading_ages.answer(larkrise)
    found["courses"] = courses.answer(larkrise.children)
    truth.write(today / "truth.yaml", COMMENT.format(name=today_school.NAME) + ATTENDANCE + COURSES, found)


def main() -> None:
    """Write both schools and their answers."""
    for make, folder in ((make_levels, HERE / "levels"), (make_today, HERE / "today")):
        folder.mkdir(exist_ok=True)
        make(folder)


if __name__ == "__main__":
    main()
