"""The catalogue holds what the guidance lists, word for word, and a school's own entries in the same form."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from siptrack.reading.spelling import words
from siptrack.rules.load import load
from siptrack.school.provision import OfferedTo

CONFIG = Path(__file__).parents[3] / "config" / "provision.yaml"
GUIDANCE = {  # section 4 of DCSF 00614-2009BKT-EN: title and reference, as printed there
    "Talk for Writing": "00607-2008",
    "Helping children to achieve age-related expectations": "00014-2007",
    "Year 3 Literacy Support": "00042-2007",
    "Year 5 Further Literacy Support (FLS)": "0584-2002",
    "What works for pupils with literacy difficulties?": "00688-2007",
    "Support for Spelling": "00171-2009",
    "Social and emotional aspects of learning: Improving behaviour, improving learning (primary)": "0110-2005",
    "Excellence and Enjoyment: social and emotional aspects of learning": "1378-2005",
    "Social and emotional aspects of development (EYFS)": "00707-2008",
    "Promoting and supporting positive behaviour in primary schools": "00153-2009",
    "Every Child a Reader (ECaR)": "00034-2008",
    "Excellence and Enjoyment: learning and teaching for bilingual children in the primary years": "0013-2006",
    "New Arrivals Excellence programme (NAEP)": "00650-2007",
    "Learning and teaching for Black children in the primary years": "00058-2008",
    "Raising the attainment of Pakistani, Bangladeshi, Somali and Turkish heritage pupils": "00043-2008",
    "Raising the achievement of Gypsy, Roma and Traveller pupils": "00102-2008",
    "Gifted and Talented education: Guidance on addressing underachievement": "00378-2009",
    "Dyslexia and speech, language and communication needs": "00070-2008",
    "Supporting children on the autism spectrum": "00041-2009",
}
APP = "Primary Framework: headteacher seminars and class teacher/practitioner CPD, including the use of APP"
WITHOUT_A_REFERENCE = {
    APP,
    f"{APP} and Support for Writing",
    "Every Child a Writer (ECaW)",
    "Primary Framework including links to Early Years Foundation Stage (EYFS)",
    "Behaviour and Attendance (BandA)",
    "Inclusion Development Programme (IDP)",
    "Every Child Counts pilot (ECC)",
    "ethnicity, social class and gender achievement",
}


NOTES_SHIP_NOTHING = ("[U]", "recalled", "unverified")


def of_today():
    """The programmes of today."""
    return [one for one in load().provision.catalogue.values() if one.since is not None]


def test_the_materials_of_the_guidance_stand_in_the_catalogue_word_for_word():
    catalogue = load().provision.catalogue.values()
    ours = {one.title: one.reference for one in catalogue if one.until is not None and one.priority != "wave-2"}

    assert {title: ref for title, ref in ours.items() if ref} == GUIDANCE
    assert {title for title, ref in ours.items() if not ref} == WITHOUT_A_REFERENCE


def test_the_priorities_are_those_of_the_guidance():
    priorities = load().provision.priorities

    assert priorities["writing-ks2-boys"] == (
        "To improve rates of progress through Key Stage 2 in writing, particularly for boys"
    )
    assert priorities["social-and-emotional"].startswith("To improve the social and emotional skills of children to")
    assert priorities["close-the-gap"].startswith("To close the gap in achievement between identified underperforming")


def test_social_and_emotional_materials_are_never_offered_because_of_results():
    of_feelings = [one for one in load().provision.catalogue.values() if one.priority == "social-and-emotional"]

    assert len(of_feelings) == 7
    assert [one.key for one in of_feelings if one.from_attainment] == []


def test_everything_the_national_strategies_made_is_marked_as_historical_and_has_a_source():
    catalogue = load().provision.catalogue.values()

    assert [one.key for one in catalogue if one.since is None and one.until != 2011] == []
    assert [one.key for one in catalogue if not one.source] == []
    held = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    assert [key for key, one in held["priorities"].items() if not one["source"]] == []
    assert held["ratio_gain"]["source"]


def test_every_programme_of_today_has_a_source_and_of_each_thing_a_fact_or_that_it_is_not_stated():
    programmes, not_stated = of_today(), load().provision.not_stated

    assert len(programmes) == 23 + 4 + 11  # for chosen children, for whole classes, and not to offer
    assert [one.key for one in programmes if one.since != 2024 or one.until is not None] == []
    assert [one.key for one in programmes if one.stated is None or not all(one.stated[:-1])] == []
    assert [one.key for one in programmes if "." not in one.source] == []
    texts = {one.key: f"{one.stated} {one.caution} {one.note} {one.source}" for one in programmes}
    assert [key for key, text in texts.items() if any(mark in text for mark in NOTES_SHIP_NOTHING)] == []
    told = [one for one in programmes if one.stated.result != not_stated]
    assert [one.key for one in told if one.stated.dated.strip("0123456789") not in ("", "October ", not_stated)] == []
    assert [
        one.key for one in programmes if one.stated.result == not_stated and one.stated.security != not_stated
    ] == []


def test_four_programmes_of_today_are_offered_without_a_caution_and_no_other_is():
    to_children = [one for one in of_today() if one.offered_to is OfferedTo.CHILDREN]

    assert [one.key for one in to_children if not one.caution] == [
        *("neli", "reciprocal-reading", "1stclass-number-1", "tutor-trust")
    ]
    assert [one.key for one in to_children if one.years is None or not one.subjects] == []
    assert [one.key for one in of_today() if one.offered_to is OfferedTo.GROUPS] == []


def test_no_programme_of_a_time_has_a_name_of_another_of_it():
    for of_time in (of_today(), [one for one in load().provision.catalogue.values() if one.until]):
        spelt: dict[str, set[str]] = {}
        for one in of_time:
            for name in one.names:
                spelt.setdefault(words(name), set()).add(one.key)
        assert {name: keys for name, keys in spelt.items() if len(keys) > 1} == {}


def test_the_limits_of_the_ratio_gain_are_those_read_and_the_last_is_marked_unsure():
    ratio = load().provision.ratio_gain

    assert [band.name for band in ratio.bands if not band.sure] == ["remarkable"]
    assert [ratio.called(one).name for one in (-1, 0, 1.3, 1.4, 2, 3, 4, 9)] == [
        *("very small", "very small", "very small", "modest", "useful", "substantial", "remarkable", "remarkable")
    ]


def test_a_school_adds_its_own_in_the_same_form(tmp_path):
    settings = tmp_path / "siptrack.yaml"
    settings.write_text(
        """provision:
  thresholds:
    fewest: {value: 8, source: "agreed with governors"}
  catalogue:
    book-club:
      title: "Book Club"
      offered_to: children
      subjects: [reading]
      years: "3-4"
      groups: ["fsm=fsm"]
      entry: {scale: teacher-assessment, year_group: 2, grades: ["WTS"], says: "WTS at the end of Year 2"}
      source: "our own"
""",
        encoding="utf-8",
    )

    rules = load(settings).provision

    own = rules.catalogue["book-club"]
    assert (own.offered_to, own.years, own.groups, own.until) == (
        OfferedTo.CHILDREN,
        range(3, 5),
        (("fsm", "fsm"),),
        None,
    )
    assert own.from_attainment
    assert rules.fewest == 8
    assert "talk-for-writing" in rules.catalogue


@pytest.mark.parametrize(
    "key", ["thresholds", "ratio_gain", "not_stated", "read", "no_programme", "priorities", "catalogue"]
)
def test_each_part_of_the_rules_of_provision_stands_in_its_file(key):
    assert key in yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
