"""What the page of provision says where there is little to say, and how sure it is where there is something."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest

from providing import provided, with_provision
from registers import usual_rules
from shipped import shipped_schema
from siptrack.analysis.analyse import Filters, analyse
from siptrack.cycle.provision import provide
from siptrack.cycle.provision_tables import SUGGESTIONS, NoMaterial
from siptrack.documents.provision.impact import ImpactBeside, ImpactRow
from siptrack.documents.provision.view import of_provision, provision_document
from siptrack.rendering.template import sentence
from siptrack.rendering.terminal import as_text

HEADINGS = "pupil | year group | class | children | Spring 2008 | Summer 2008 | Autumn 2008 | Spring 2009 | Summer 2009"
KEPT_UP = "2a | 2a | 3c | 3c"
GIVEN = "pupil | intervention | subject | from | to"
SIX = "\n".join([GIVEN, *(f"in {child} | Boost | reading | Summer 2009 | Summer 2009" for child in range(1, 7))])
SLOW = "in | 4 | 4A | 2 | 2b | 2b | 2b | 2b | 2b"


def text_of(found, *, suggest: bool = False, detail: bool = False, rules=None) -> str:
    """The page, as a pipe has it."""
    document = provision_document(found, rules or usual_rules(), suggest=suggest, detail=detail)
    return as_text(document, width=None, colour=False)


def page(results: str, provision: str, headings: str = HEADINGS, **wanted) -> str:
    return text_of(provided(f"{headings}\n{results}", provision, rules=wanted.get("rules") or usual_rules()), **wanted)


def six(after: str, others: str, count: int = 6) -> str:
    """Six children in it, and some in nothing who had gone the same way, with what each came to."""
    return f"in | 4 | 4A | 6 | {KEPT_UP} | {after}\nout | 4 | 4A | {count} | {KEPT_UP} | {others}"


def row_of(text: str, intervention: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"{intervention}  ")]
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_the_finding_comes_first_and_each_intervention_has_a_line():
    said = page(six("3b", "3c"), SIX).splitlines()

    assert said[2:5] == [
        "In short",
        "  6 children make insufficient progress: 6 of them without provision this school year.",
        ("  Boost, reading: its 6 children moved 2 points more than comparable children (95 % interval +1.3 to +2.8)."),
    ]
    assert row_of("\n".join(said), "Boost") == ["Boost", "6", "-", "-", "2 points more (+1.3 to +2.8)"]


def test_what_both_sides_did_and_were_expected_to_do_is_told_on_request_with_its_interval_and_chance():
    said = page(six("3b", "3c"), SIX, detail=True)

    assert "Boost, reading: its children moved more than comparable children, by more than chance shows." in said
    assert "6 children moved +1 point against the line; their marks before let expect +0.3. " in said
    assert "6 comparable children moved -1 point; theirs let expect +0.3." in said
    assert "came further than expected beside the comparable children, by 2 points (95 % interval +1.3 to +2.8)" in said
    assert "Chance alone shows as much less than 1 time in 1,000." in said


def test_what_such_children_show_without_help_stands_beside_what_was_seen_with_its_numbers():
    ahead = "ahead | 4 | 4A | 10 | 3b | 3b | 3a | 3a | 3a"

    said = page(f"{six('3b', '3b')}\n{ahead}", SIX, detail=True)

    assert "Cannot tell whether 1 intervention made a difference: the last table says why." in said
    assert row_of(said, "Boost")[-1].startswith("cannot tell (")
    assert "cannot tell whether it made a difference" in said
    assert "So they came no further than expected beside the comparable children (95 % interval" in said
    assert "All in nothing in these year groups moved -0.3 points (16 of them), so about +1.3 points comes of" in said


def test_children_who_came_less_far_are_said_to_have_by_how_much():
    said = page(six("3c", "3b"), SIX, detail=True)

    assert "came less far than expected beside the comparable children, by 2 points" in said
    assert row_of(said, "Boost")[-1].startswith("2 points less (")


def test_too_few_is_an_answer_and_says_how_many_are_needed():
    said = page(six("3b", "3c"), "\n".join(SIX.splitlines()[:5]), detail=True)

    assert row_of(said, "Boost")[-1] == "4 children, 6 are needed"
    assert "Compared with nobody, 4 children moved +1 point against the line." in said
    assert "No intervention can be compared with children who were in none." in said


def test_where_the_answer_hangs_on_how_they_were_chosen_both_are_told():
    falling = "in | 4 | 4A | 6 | 3c | 3c | 2a | 2a | 2a\nout | 4 | 4A | 6 | 3c | 3c | 2a | 2a | 3c"

    said = page(falling, SIX, detail=True)

    assert row_of(said, "Boost")[-1] == "earlier courses do not overlap"
    assert "If they were chosen for their marks, +1.8 points was to be expected of them meanwhile" in said
    assert "if because they were known to be going that way," in said
    assert "Marks do not tell which; comparable children moved +1 point." in said


def test_each_child_is_named_with_how_many_stand_beside_it_only_when_asked():
    results = f"{six('3b', '3c')}\ntop | 4 | 4A | 2 | 4a | 4a | 4a | 4a | 4a"
    tops = (f"top {child} | Boost | reading | Summer 2009 | Summer 2009" for child in (1, 2))
    given = "\n".join([SIX, *tops])

    assert "in 1: " not in page(results, given)
    detail = page(results, given, detail=True)
    assert "in 1: +1 point; 6 comparable children: -1 point (Spring 2009 to Summer 2009)" in detail
    assert "No comparable child: top 1; top 2" in detail


def test_children_who_are_compared_are_followed_afterwards():
    headings = HEADINGS.replace("Spring 2008", "Autumn 2007 | Spring 2008")
    results = "in | 4 | 4A | 6 | 2a | 2a | 2a | 3c | 3b | 3b\nout | 4 | 4A | 6 | 2a | 2a | 2a | 3c | 3c | 3b"

    said = page(results, SIX.replace("Summer 2009", "Spring 2009"), headings, detail=True)

    assert "Afterwards (6 children) they moved -1 point, the comparable children +1 point." in said


def test_a_sheet_without_rows_says_so():
    said = page(SLOW, GIVEN, suggest=True, detail=True)

    assert "The sheet of provision has no row about these children." in said
    assert "Insufficient progress, and no provision this school year: 2 children" in said
    assert "  4A, Year 4: in 1 (reading" in said


def test_who_has_something_else_who_has_much_and_what_is_hardly_attended_are_told_once_each():
    given = """
        pupil | intervention | subject | need | wave | planned | attended | minutes | cost | from | to
        in 1  | Sums | maths | Maths | 2 | 10 | 2 | 30 | 40 | Summer 2009 | .
        Much  | Sums | maths | Maths | 2 | 10 | 1 | 30 | 40 | Summer 2009 | .
        Much  | Talk | .     | .     | . | .  | . | .  | .  | Summer 2009 | .
        Much  | Read | reading | .   | . | .  | . | .  | .  | Summer 2009 | .
        Many  | Sums | maths | Maths | 2 | 10 | 2 | 30 | 40 | Summer 2009 | .
        Many  | Talk | .     | .     | . | .  | . | .  | .  | Summer 2009 | .
        Many  | Read | reading | .   | . | .  | . | .  | .  | Summer 2009 | .
        Many  | Write | writing | .  | . | .  | . | .  | .  | Summer 2009 | .
        Many  | Garden | .   | .     | . | .  | . | .  | .  | Summer 2009 | .
        Many  | Old | .      | .     | . | .  | . | .  | .  | Autumn 2006 | Autumn 2006
    """
    results = f"""
        {SLOW}
        Much | 4 | 4A | 1 | 2b | 2b | 2b | 2b | 2b
        Many | 4 |    | 1 | 2b | 2b | 3c | 3c | 3b
    """.strip()
    said = page(results, given, detail=True)

    assert (
        "  3 children make insufficient progress: 1 of them without provision this school year, 1 with provision for "
        "something else only."
    ) in said
    assert "  Much provision: Much: 3 interventions (Read, Sums, Talk); progress in reading is insufficient." in said
    assert "  Many at once: Many: 5 interventions (Garden, Read, Sums, Talk, Write)." in said
    assert "  Hardly attended: Sums: 5 of 30 (17 %) sessions attended." in said
    assert "Insufficient progress, and provision for something else only: 1 child" in said
    assert row_of(said, "Sums")[:4] == ["Sums", "3", "17 %", "£40"]
    (of_map,) = [line.split() for line in said.splitlines() if line.startswith("Year 4") and " Sums " in line]
    assert of_map[2:] == ["Maths", "2", "Sums", "3", "3", *["5", "of", "30", "(17", "%)"], "3", "£120"]
    assert "1 row of other school years: --table map." in said


def test_those_whom_their_marks_hardly_name_are_counted_and_named_on_request():
    rules = usual_rules()
    listed = rules.evidence.listed._replace(hardly=100)
    hardly = rules._replace(evidence=rules.evidence._replace(listed=listed))

    assert "  4A, Year 4: 2 probably chance\n" in page(SLOW, GIVEN, rules=hardly)
    assert "  4A, Year 4: in 1 (reading" in page(SLOW, GIVEN, rules=hardly, detail=True)
    one_early = f"{SLOW}\nNew | 4 | 4A | 1 | . | 3c | . | . | 3c"
    assert "  4A, Year 4: New (reading early); 2 probably chance\n" in page(one_early, GIVEN, rules=hardly)


@pytest.mark.parametrize(
    ("results", "says"),
    [
        ("Ann | 4 | 4T | 1 | . | . | . | 2a | 3c", "Cannot tell who makes insufficient progress"),
        (
            "Ann | 4 | 4T | 1 | . | 2a | . | . | 3b",
            "No child whose progress can be judged makes insufficient progress.",
        ),
    ],
)
def test_who_has_what_is_not_claimed_of_children_of_whom_nothing_is_known(results, says):
    assert says in page(results, f"{GIVEN}\nAnn | Boost | reading | Summer 2009 | Summer 2009")


def test_an_intervention_in_two_subjects_has_one_line_with_both():
    given = f"{GIVEN}\nin 1 | Boost | reading | Summer 2009 | .\nin 1 | Boost | maths | Summer 2009 | ."

    assert row_of(page(SLOW, given), "Boost")[-1] == "maths: no results in its subject; reading: it has not ended"


def test_of_many_interventions_compared_it_is_said_how_many_seem_to_differ_by_luck():
    rules = usual_rules()
    lucky = rules.groups._replace(small=rules.groups.small._replace(false_alarms=60))
    found = provided(f"{HEADINGS}\n{six('3b', '3c')}", SIX)

    said = text_of(found, rules=rules._replace(groups=lucky))

    assert "If none of the 1 compared made a difference, about 1 would seem to by luck." in said


@pytest.mark.parametrize(
    ("chance", "often"), [(0.0001, "less than 1 time in 1,000"), (0.004, "0.4 %"), (0.375, "38 %")]
)
def test_how_often_chance_shows_as_much_is_told_in_plain_numbers(chance, often):
    blank = dict.fromkeys(ImpactRow._fields, 0)
    one = ImpactBeside("Boost", "point", ImpactRow(**{**blank, "chance": chance}))

    said = sentence("difference", one, usual_rules().groups.small, template="provision/words.jinja")

    assert often in said


def test_a_ratio_gain_whose_band_has_a_limit_that_was_not_read_says_so_and_no_other_does():
    given = """
        pupil | intervention | subject | start | end | entry_months | exit_months | from | to
        in 1 | Recovery | reading | 2009-01-10 | 2009-06-10 | 70 | {} | Spring 2009 | Summer 2009
    """

    useful, remarkable = (text_of(provided(f"{HEADINGS}\n{SLOW}", given.format(age))) for age in (84, 94))

    assert "Recovery: reading or spelling ages of 1 child rose by 14 months in 5, a ratio gain of 2.8, which" in useful
    assert "Brooks would call useful. Ages rise" in useful
    assert "would call remarkable (the limit of this name was not read: do not rest anything on it)." in remarkable


CATALOGUE = """
    pupil | year group | class | children | writing Summer 2008 | writing Summer 2009 | gender
    Low   | 5 | 5K | 1 | 3c | 3c | boys
    Fits  | 3 |    | 1 | 1a | 1a | boys
    At    | 4 | 4A | 1 | 4b | 4b | girls
    Club  | 6 | 6W | 1 | 2a | 2a | girls
"""


def test_what_is_offered_stands_by_material_with_the_children_whom_it_fits():
    said = text_of(provided(CATALOGUE.strip(), GIVEN), suggest=True)

    assert (
        "  Year 5 Further Literacy Support (FLS) [ref: 0584-2002] (Wave 2; Year 5; entry 2a or 3c in Year 4): Low (5K, "
        "writing, 3c in Summer 2008)"
    ) in said
    assert "  Every Child a Writer (ECaW) (Year 3 to Year 4): Fits (writing)" in said
    assert "historical now" in said
    assert "  Nothing is offered to 1 child in a subject in which they stand at expectations." in said
    assert "  Nothing fits 1 child in a subject: by name with --detail." in said
    assert "  Nothing fits 1 child in a subject: Club (writing)." in text_of(
        provided(CATALOGUE.strip(), GIVEN), suggest=True, detail=True
    )


def test_a_clear_gap_stands_with_its_materials_and_one_without_any_says_so():
    results = """
        pupil | year group | gender | fsm | children | writing Summer 2008 | writing Summer 2009
        Boy   | 4 | boys  | fsm     | 20 | 2b | 2b
        Girl  | 4 | girls | not_fsm | 20 | 3b | 3a
    """.strip()
    rules = usual_rules()
    kept = {key: one for key, one in rules.provision.catalogue.items() if key in ("talk-for-writing", "black-children")}
    few = rules._replace(provision=rules.provision._replace(catalogue=kept))
    none = rules._replace(
        provision=rules.provision._replace(catalogue={"black-children": kept["black-children"]._replace(until=None)})
    )

    for_boys = text_of(provided(results, GIVEN, rules=few), suggest=True, rules=few)
    nothing = text_of(provided(results, GIVEN, rules=none), suggest=True, rules=none)

    assert "whose gap is clear in writing: Talk for Writing [ref: 00607-2008]" in for_boys
    assert "  Nothing fits a group whose gap is clear: " in nothing
    assert "boys (writing)" in nothing
    assert "historical" not in nothing


def test_where_too_many_share_a_grade_who_is_lowest_is_not_guessed():
    results = "in | 1 | 1A | 30 | W | W | W | W | W"

    said = page(results, GIVEN, suggest=True)
    named = page(results, GIVEN, suggest=True, detail=True)

    unsure = "Every Child a Reader (ECaR) is for the lowest of a year group. Cannot tell for 30 children who are: too "
    assert f"  {unsure}many share a grade." in said
    assert "too many share a grade (in 1; " in named


def test_of_the_lowest_each_is_named_with_the_material():
    results = "low | 1 | 1A | 1 | W | W | W | W | W\nin | 1 | 1A | 29 | W | W | 1c | 1c | 1b"

    assert "(Wave 3; Year 1; lowest 5 %): low (1A, reading)" in page(results, GIVEN, suggest=True)


def of_today(year: int = 2026, given: str = GIVEN, results: str = "Ann | 6 | 6T | EXS | WTS", **wanted) -> str:
    """The page of a school that judges by working towards, at and above what is expected."""
    table = f"pupil | year group | class | maths Summer {year - 1} | maths Summer {year}\n{results}"
    rules = usual_rules()
    return text_of(provide(analyse(with_provision(table, given, "teacher-assessment"), rules), rules), **wanted)


def test_between_the_catalogues_of_two_times_nothing_is_offered_and_that_is_said():
    said = of_today(2021, suggest=True)

    assert "The catalogue has materials until 2011 and from 2024, and Summer 2021 is between: none is offered." in said


def test_programmes_are_offered_by_subject_with_whom_they_are_for_and_those_with_a_caution_last():
    said = of_today(suggest=True).splitlines()

    begins = said.index("Maths: 1 child")
    assert said[begins + 1] == "6T (Year 6): Ann."
    assert said[begins + 2] == (
        "  Tutor Trust (Year 6; 1 child). For: below age-expected, in the teacher's judgement. Result: +3 months in "
        "105 schools (security high; 2018); EEF Promising (2019); trialled in Manchester and Leeds."
    )
    numbers_count = "  Numbers Count (Year 1 to Year 6; 1 child). For: the lowest attaining."
    assert said[begins + 3] == f"{numbers_count} Caution: expensive, and measured in 2011."
    cautious = ["Caution:" in line for line in said[begins + 2 :] if line.startswith("  ") and " child). For" in line]
    assert cautious == sorted(cautious)
    assert "FFT Reciprocal Reading" not in "\n".join(said)


def test_how_a_programme_is_given_what_it_costs_and_its_source_are_told_on_request():
    said = of_today(suggest=True, detail=True)

    assert "Given by: tutor, groups of 3. Sessions: 12 of 1 hour. Cost: £112 a child. Source: EEF, " in said
    assert (
        "Numbers Count (Year 1 to Year 6; 1 child). For: the lowest attaining. Result: effect 0.33, about 7 weeks (sec"
        in said
    )
    assert (
        "Success@Arithmetic (Year 5 to Year 6; 1 child). For: weak written calculation. Result: no result stated. "
        in said
    )


def test_the_lowest_of_a_year_group_are_named_with_a_programme_of_today():
    results = "Low | 6 | 6T | EXS | WTS\nUp 1 | 6 | 6T | EXS | EXS\nUp 2 | 6 | 6T | EXS | EXS\n" + "\n".join(
        f"More {child} | 6 | 6T | EXS | EXS" for child in range(1, 10)
    )
    two = results.replace("Up 1 | 6 | 6T | EXS | EXS", "Up 1 | 6 | 6T | EXS | WTS")

    assert "Catch Up Numeracy (Year 2 to Year 6; lowest 20 %): Low; Up 1. Caution: no better" in of_today(
        results=two, suggest=True
    )


PROGRAMMES = """
    pupil | intervention | material | subject | from | to
    Ann | AR | accelerated-reader | reading | Spring 2026 | .
    Ann | Third Space Learning | third-space-learning | maths | Spring 2026 | .
    Ann | PALS-UK | pals-uk | reading | Spring 2026 | .
"""


def test_of_a_programme_whose_latest_trial_shows_no_gain_the_school_is_asked_what_it_sees():
    said, suggested = of_today(given=PROGRAMMES), of_today(given=PROGRAMMES, suggest=True)

    assert (
        "  AR (Accelerated Reader). Here: no results in its subject. Published: no gain (0 months) in 181 schools "
        "(security not stated; 2021). What does the school see that the trial did not? (Source: EEF, education"
    ) in said
    assert (
        "Third Space Learning. Here: it has not ended. Published: no gain in 64 schools (security and date not st"
        in said
    )
    pals = "Published: +2 months in 114 schools, FSM +1 (security moderate to high; October 2024)."
    assert pals in said
    assert f"{pals} What" not in said
    assert suggested.count("Accelerated Reader") == 1


def test_a_programme_given_in_two_subjects_has_what_came_of_it_in_each():
    given = """
        pupil | intervention | material | subject | from | to
        Ann | FFT Wave 3 | fft-wave-3 | maths | Spring 2026 | .
        Ann | FFT Wave 3 | fft-wave-3 | reading | Spring 2026 | .
    """

    here = (
        "  FFT Wave 3. Here: maths: it has not ended; reading: no results in its subject. Published: ratio gain 4.8 in "
    )
    assert here in of_today(given=given)


def test_groups_for_which_nothing_is_to_be_had_stand_in_one_line_and_of_eal_it_says_why():
    table = """
        pupil | year group | gender | fsm | eal | children | writing Summer 2026 | reading Summer 2026
        A | 4 | boys  | fsm     | eal     | 20 | WTS | WTS
        B | 4 | girls | fsm     | not_eal | 20 | EXS | WTS
        C | 4 | boys  | not_fsm | not_eal | 20 | WTS | EXS
        D | 4 | girls | not_fsm | eal     | 20 | EXS | EXS
    """.strip()
    rules, eal = usual_rules(), Filters(groups=frozenset({("eal", "eal")}))
    written = with_provision(table, GIVEN, "teacher-assessment")

    said = text_of(provide(analyse(written, rules), rules), suggest=True)
    asked = text_of(provide(analyse(written, rules, filters=eal), rules, eal), suggest=True)

    assert "  Nothing fits a group whose gap is clear: children on FSM (reading); boys (writing)." in said
    assert "EAL" not in said
    assert "  For children with EAL: no programme to offer but the Nuffield Early Language Intervention" in asked


def test_a_programme_of_today_says_nothing_of_an_earlier_term():
    said = of_today(2021, given=PROGRAMMES.replace("2026", "2021"))

    assert "Published" not in said


def test_of_a_child_who_stands_nowhere_that_is_known_nothing_is_offered():
    found = provided(CATALOGUE.strip(), GIVEN)
    row = {**dict.fromkeys(SUGGESTIONS.names), "pupil": "Ann", "subject": "maths"}
    row["reason"] = NoMaterial.STANDING_UNTOLD.value
    nowhere = replace(found, suggestions=SUGGESTIONS.of([[row[name] for name in SUGGESTIONS.names]]))

    said = text_of(nowhere, suggest=True)
    assert "Cannot tell where 1 child stands in a subject, so nothing is offered there." in said


def test_the_json_is_what_its_schema_says():
    found = provided(f"{HEADINGS}\n{six('3b', '3c')}", SIX)

    jsonschema.validate(of_provision(found, usual_rules()).document(), shipped_schema("provision"))
