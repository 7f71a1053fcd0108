# ruff: noqa: E501  # a table is as wide as it is
"""One child, one verdict: the same story of a child who works below the year group, told on every scale that can tell it.

A Year 5 child does the work of Year 3, or of Year 2; each column is a scale, each cell what was written then and now. A
scale that cannot show a story has a dot. What each scale calls a third of a year's work: one band or step of three; two
steps of six; three tenths. On National Curriculum levels a year's work is 3 points; on P scales and pre-key-stage
standards, which are no year's work, one grade a year is what can be asked.
"""

import pytest
from typed_tables import reported

SCALES = {
    "Sonar": "point-in-time-sonar",
    "point in time": "point-in-time",
    "E D S": "emerging-developing-secure",
    "three steps": "three-steps",
    "steps": "steps",
    "decimal": "decimal-years",
    "levels": "nc-levels",
    "points": "nc-points",
    "PK": "teacher-assessment",
    "P": "nc-levels",
}

IN_A_WHOLE_YEAR = """
    story, from Summer to Summer            | Sonar     | point in time               | E D S                       | three steps | steps     | decimal    | levels    | points   | PK         | P        || verdict
    loses ground                            | 3At > 3B  | 3 On track > 3 Just below   | 3 Secure > 3 Developing     | 3S > 3D     | 3s > 3w   | 3.5 > 3.2  | 2b > 2c   | 15 > 14  | PK3 > PK2  | P5 > P4  || insufficient
    stands still                            | 3At > 3At | 3 On track > 3 On track     | 3 Developing > 3 Developing | 3D > 3D     | 3w > 3w   | 3.5 > 3.5  | 2b > 2b   | 15 > 15  | PK3 > PK3  | P5 > P5  || insufficient
    stands still two years below            | 2At > 2At | 2 On track > 2 On track     | 2 Developing > 2 Developing | 2D > 2D     | 2w > 2w   | 2.5 > 2.5  | 1a > 1a   | 11 > 11  | PK1 > PK1  | P2i > P2i || insufficient
    does a third of a year's work           | 3At > 3S  | 3 Just below > 3 On track   | 3 Developing > 3 Secure     | 3D > 3S     | 3w > 3s   | 3.5 > 3.8  | .         | 15 > 16  | .          | .        || insufficient
    does a third of a year's, two below     | 2At > 2S  | 2 Just below > 2 On track   | 2 Developing > 2 Secure     | 2D > 2S     | 2w > 2s   | 2.5 > 2.8  | .         | 11 > 12  | .          | .        || insufficient
    moves on to the next year's work        | 3At > 4B  | 3 On track > 4 Just below   | 3 Developing > 4 Emerging   | 3D > 4E     | 3w > 4b   | 3.5 > 4.2  | 2b > 2a   | 15 > 17  | .          | .        || expected
    does a year's work                      | 3At > 4At | 3 On track > 4 On track     | 3 Developing > 4 Developing | 3D > 4D     | 3w > 4w   | 3.5 > 4.5  | .         | 15 > 18  | PK3 > PK4  | P5 > P6  || expected
    does a year's work two years below      | 2At > 3At | 2 On track > 3 On track     | 2 Developing > 3 Developing | 2D > 3D     | 2w > 3w   | 2.5 > 3.5  | .         | 11 > 14  | PK1 > PK2  | P2i > P2ii || expected
    does a year's work and a third          | 3At > 4S  | 3 On track > 4 Greater depth | 3 Developing > 4 Secure     | 3D > 4S     | 3w > 4s   | 3.5 > 4.8  | .         | .        | .          | .        || accelerated
    does two years' work                    | 2At > 4At | 2 On track > 4 On track     | 2 Developing > 4 Developing | 2D > 4D     | 2w > 4w   | 2.5 > 4.5  | 1a > 2a   | 11 > 17  | .          | .        || accelerated
"""

FROM_AUTUMN_TO_SUMMER = """
    story, from Autumn to Summer            | Sonar     | point in time               | E D S                       | three steps | steps     | decimal    | levels    | points   | PK         | P        || verdict
    loses ground                            | 3At > 3B  | 3 On track > 3 Just below   | 3 Secure > 3 Developing     | 3S > 3D     | 3s > 3w   | 3.5 > 3.2  | 2b > 2c   | 15 > 14  | PK3 > PK2  | P5 > P4  || insufficient
    does a third of a year's work           | 3At > 3S  | 3 Just below > 3 On track   | 3 Developing > 3 Secure     | 3D > 3S     | 3w > 3s   | 3.6 > 4.0  | .         | 15 > 16  | PK3 > PK4  | P5 > P6  || expected
    moves on to the next year's work        | 3At > 4B  | 3 On track > 4 Just below   | 3 Developing > 4 Emerging   | 3D > 4E     | 3w > 4b   | 3.5 > 4.2  | 2b > 2a   | 15 > 17  | .          | .        || expected
    does a whole year's work                | 3At > 4At | 3 On track > 4 On track     | 3 Developing > 4 Developing | 3D > 4D     | 3w > 4w   | 3.5 > 4.5  | .         | .        | .          | .        || accelerated
    stands still on steps through the year  | .         | .                           | .                           | 3D > 3D     | 3w > 3w   | 3.5 > 3.5  | 2b > 2b   | 15 > 15  | .          | .        || insufficient
    stands still on bands                   | 3At > 3At | 3 On track > 3 On track     | 3 Developing > 3 Developing | .           | .         | .          | .         | .        | PK3 > PK3  | P5 > P5  || too soon for a small step
"""

IN_A_WHOLE_KEY_STAGE = """
    story, from Year 2 to the end of Year 5 | Sonar     | point in time               | E D S                       | three steps | steps     | decimal    || verdict
    does a year's work in three years       | 1At > 2At | 1 On track > 2 On track     | 1 Developing > 2 Developing | 1D > 2D     | 1w > 2w   | 1.5 > 2.5  || insufficient
    does two years' work in three           | 1At > 3At | 1 On track > 3 On track     | 1 Developing > 3 Developing | 1D > 3D     | 1w > 3w   | 1.5 > 3.5  || insufficient
    does three years' work but for a term   | 1S > 4B   | 1 Greater depth > 4 On track | 1 Secure > 4 Developing    | 1S > 4D     | 1s > 4w   | 1.8 > 4.5  || expected
    does three years' work                  | 1At > 4At | 1 On track > 4 On track     | 1 Developing > 4 Developing | 1D > 4D     | 1w > 4w   | 1.5 > 4.5  || expected
"""


def stories(table: str) -> list[tuple[str, str, str, str, str]]:
    """Each cell: the story, the scale's heading, what was written then and now, and the verdict."""
    head, *rows = [[cell.strip() for cell in line.replace("||", "|").split("|")] for line in table.strip().splitlines()]
    return [
        (story, heading, *cell.split(" > "), verdict)
        for story, *cells, verdict in rows
        for heading, cell in zip(head[1:-1], cells, strict=True)
        if cell != "."
    ]


def told(heading: str, window: str, then: str, start: str, now: str) -> str:
    table = f"pupil | year group | {then} | Summer 2025 || {window}\nAnn | 5 | {start} | {now} || ."
    return reported(table, scale=SCALES[heading])["Ann"][window]


@pytest.mark.parametrize(("story", "heading", "start", "now", "verdict"), stories(IN_A_WHOLE_YEAR))
def test_in_a_whole_year(story, heading, start, now, verdict):
    assert told(heading, "this year", "Summer 2024", start, now) == verdict, story


@pytest.mark.parametrize(("story", "heading", "start", "now", "verdict"), stories(FROM_AUTUMN_TO_SUMMER))
def test_from_autumn_to_summer(story, heading, start, now, verdict):
    assert told(heading, "this year", "Autumn 2024", start, now) == verdict, story


@pytest.mark.parametrize(("story", "heading", "start", "now", "verdict"), stories(IN_A_WHOLE_KEY_STAGE))
def test_in_a_whole_key_stage(story, heading, start, now, verdict):
    assert told(heading, "key stage", "Summer 2022", start, now) == verdict, story
