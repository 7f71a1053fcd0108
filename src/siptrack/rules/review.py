"""The stages of development, and how a filled review is recognised, from review.yaml."""

from __future__ import annotations

from siptrack.rules.document import suggestion
from siptrack.rules.section import RuleSection, headings_of
from siptrack.school.errors import RulesError
from siptrack.school.questions import QuestionRules
from siptrack.school.review import ReviewRules, Stage

_BESIDE = ("heading", "reviewed")  # columns that say what a row is about
_WRITTEN = ("stage", "evidence", "dated", "step", "who", "by_when", "last", "last_step", "came")
_LONGEST_LIST = 255  # letters of a list that a cell of a workbook can offer


def build_review(part: RuleSection, enquiry: QuestionRules) -> ReviewRules:
    """The stages, columns and headings of a review.

    Raises RulesError for a heading that questions.yaml has not, and for stages that a cell cannot offer.
    """
    part.text("source", "")
    columns = part.section("columns")
    shorter = part.each("headings", _spellings)
    for key in shorter:
        if key not in enquiry.headings:
            mark = part.section("headings").entry.keys.get(key, part.entry.mark)
            known = list(enquiry.headings)
            raise RulesError(
                f"{mark}: '{key}' in {part.where} is no heading of questions.yaml.{suggestion(key, known)}"
            )
    rules = ReviewRules(
        stages=_stages(part),
        columns={name: columns.built(name, headings_of) for name in (*_BESIDE, *_WRITTEN)},
        headings={text: (text, *shorter.get(key, ())) for key, text in enquiry.headings.items()},
        own=part.built("own", headings_of),
    )
    columns.done()
    return rules


def _stages(part: RuleSection) -> dict[str, Stage]:
    """The stages, as a spreadsheet can offer them in a cell: joined by commas, and not too long."""
    stages = part.each("stages", _stage)
    labels = [stage.label for stage in stages.values()]
    if not labels or any("," in label for label in labels) or len(",".join(labels)) > _LONGEST_LIST:
        raise RulesError(
            f"{part.names['stages'].mark}: the labels of 'stages' in {part.where} must be a few words without commas, "
            f"with {_LONGEST_LIST} letters in all at most."
        )
    return stages


def _stage(key: str, part: RuleSection) -> Stage:
    return Stage(key, part.text("label"), part.text("means"), part.words("spellings"), part.text("source"))


def _spellings(_: str, part: RuleSection) -> tuple[str, ...]:
    part.text("source", "")
    return part.words("spellings", needed=True)
