"""A page of the manual about a scale, made from its rules, so that the manual cannot say anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from siptrack.documents.labels import THRESHOLDS
from siptrack.documents.rules import manual_words as wording
from siptrack.rendering.model import ColumnHead
from siptrack.rendering.numbers import plain_number
from siptrack.rendering.page import Page
from siptrack.rendering.safe_text import markdown_cell
from siptrack.rules.model import Rules
from siptrack.school.safe_text import safe_text
from siptrack.school.scale import Limit, Scale
from siptrack.school.term import Season

NONE = "none"


@dataclass(frozen=True)
class Block:
    """A piece of a page: a heading, a paragraph, a list or a table."""

    words: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def as_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as a Markdown page."""
    return "\n".join(filter(None, map(_markdown, blocks)))


def _markdown(block: Block) -> str:
    words = safe_text(block.words)
    if block.level:
        return f"{'#' * block.level} {words}\n"
    if block.items:
        return "".join(f"- {safe_text(item)}\n" for item in block.items)
    if block.headings:
        lines = (block.headings, ("---",) * len(block.headings), *(map(markdown_cell, row) for row in block.rows))
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"{words}\n"


def lay_blocks(page: Page, blocks: Sequence[Block]) -> None:
    """The blocks on a page of text."""
    for before, block in zip((Block(level=1), *blocks), blocks, strict=False):
        if block.level:
            page.heading(block.words)
            continue
        if block.headings or before.headings:
            page.gap()
        if block.headings:
            page.table([ColumnHead(heading) for heading in block.headings], block.rows)
        else:
            for item in block.items:
                page.say(f"- {item}", hang=2)
            if block.words:
                page.say(block.words)


def scale_page(scale: Scale, rules: Rules) -> list[Block]:
    """What a scale is, how it is recognised, what its grades are worth, and where its lines lie, with their sources."""
    return [
        Block(wording.title(scale), level=1),
        Block(scale.about),
        Block(items=tuple(wording.facts(scale))),
        *_choices(scale),
        *_grades(scale),
        *_line(scale, rules),
        *_thresholds(scale, rules),
        *_special(scale, rules),
        Block(wording.SOURCES, level=2),
        Block(scale.source),
    ]


def _choices(scale: Scale) -> Iterator[Block]:
    """The settings on which schools disagree, with how to decide them."""
    if scale.choices:
        yield Block(wording.DISAGREE, level=2)
    for choice in scale.choices:
        yield Block(choice.question)
        yield Block(
            headings=("option", "says", "who has it so"),
            rows=tuple((wording.option_name(option, choice), option.says, option.source) for option in choice.options),
        )
        yield Block(wording.how_to_choose(scale, choice))


def _grades(scale: Scale) -> Iterator[Block]:
    yield Block(wording.GRADES, level=2)
    if scale.numbers is not None:
        yield Block(wording.numbers(scale.numbers))
    if scale.points_a_year:
        yield Block(wording.year_groups(scale))
    if scale.grades:
        yield Block(
            headings=("grade", "points", "meaning", "also written"),
            rows=tuple(
                (grade.code, _points(grade.points), grade.meaning, ", ".join(grade.spellings)) for grade in scale.grades
            ),
        )
    if scale.codes:
        yield Block(
            headings=("code", "meaning", "in percentages", "also written"),
            rows=tuple(
                (code.code, code.meaning, wording.counted(code), ", ".join(code.spellings)) for code in scale.codes
            ),
        )


def _points(points: float | None) -> str:
    return NONE if points is None else plain_number(points)


def _line(scale: Scale, rules: Rules) -> Iterator[Block]:
    """The reference line by year group and season, with the grade there, if one lies on it."""
    yield Block(wording.LINE, level=2)
    if not scale.reference:
        yield Block(wording.no_line())
        return
    years = sorted({year for year, _ in scale.reference})
    yield Block(
        headings=("year group", *(season.label for season in Season)),
        rows=tuple((rules.years.label(year), *(_at(scale, year, season) for season in Season)) for year in years),
    )
    yield Block(wording.about_line(scale))


def _at(scale: Scale, year: int, season: Season) -> str:
    points = scale.reference.get((year, season))
    if points is None:
        return NONE
    own = points - scale.points_a_year * year
    grade = next((grade.code for grade in scale.grades if grade.points == own), "")
    shown = _points(points)
    return f"{shown} ({grade})" if grade and grade != shown else shown


def _thresholds(scale: Scale, rules: Rules) -> Iterator[Block]:
    yield Block(wording.LIMITS, level=2)
    values: Mapping[str, str] = {
        name: _limit(value, rules) if isinstance(value := getattr(scale, name), Limit) else plain_number(value)
        for name in THRESHOLDS
    }
    yield Block(
        headings=("name", "points", "meaning", "source"),
        rows=tuple(
            (name, values[name], meaning, "" if values[name] == NONE else scale.cited[name].source)
            for name, meaning in THRESHOLDS.items()
        ),
    )


def _limit(limit: Limit, rules: Rules) -> str:
    usual = NONE if limit.usual is None else plain_number(limit.usual)
    by_year = "; ".join(f"{rules.years.label(year)}: {plain_number(value)}" for year, value in limit.by_year.items())
    return f"{usual}; {by_year}" if by_year else usual


def _special(scale: Scale, rules: Rules) -> Iterator[Block]:
    """Small steps, grades never compared, wide grades, prior attainment, and what to know when reading a report."""
    more = list(wording.special(scale, list(rules.groups.prior.groups.values())))
    if more:
        yield Block(wording.MORE, level=2)
        yield Block(items=tuple(more))
