"""The ruler as a page to read: the rules in force, and what changed since a ruler was saved."""

from __future__ import annotations

from collections.abc import Sequence

from siptrack.documents.rules import manual_words as wording_of_scales
from siptrack.documents.rules import words as wording
from siptrack.documents.rules.manual import Block, as_markdown, lay_blocks, scale_page
from siptrack.documents.rules.national import rules_blocks as national_blocks
from siptrack.rendering.page import Page
from siptrack.rendering.safe_text import json_document
from siptrack.rules.model import Change, Rules
from siptrack.school.scale import Scale
from siptrack.school.term import Term
from siptrack.version import VERSION


def rules_page(rules: Rules, changes: Sequence[Term], term: Term | None) -> list[Block]:
    """The rules in force, in short; a scale's own page says the rest."""
    choices = [line for scale in rules.scales.values() for line in wording.choice_line(scale)]
    modes = rules.sharing.modes.values()
    return [
        Block(wording.title(term), level=1),
        Block(wording.hash_line(rules)),
        Block(wording.dates_line(changes)),
        Block(wording.SCALES, level=2),
        _table(("scale", "what it is", "years", "tolerance"), list(map(wording.scale_line, rules.scales.values()))),
        Block(wording.more_of_a_scale()),
        Block(wording_of_scales.DISAGREE, level=2),
        _table(("setting", "in force", "by whom"), choices),
        Block(wording.BRIDGES, level=2),
        _table(("bridge", "from and to", "source"), list(map(wording.bridge_line, rules.bridges))),
        Block(wording.FLAGS, level=2),
        _table(("flag", "meaning"), list(map(wording.flag_line, rules.flags.flags.values()))),
        Block(wording.NATIONAL, level=2),
        *national_blocks(rules),
        Block(wording.LIMITS, level=2),
        _table(("limit", "value"), wording.limits(rules)),
        Block(wording.SHARING, level=2),
        _table(("with", "limit", "source"), [line for mode in modes for line in wording.sharing_lines(mode)]),
        Block(wording.FILES, level=2),
        _table(("file", "sha256"), [(file.name, file.sha256) for file in rules.ruler.files]),
    ]


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Block:
    return Block(headings=headings, rows=tuple(rows))


def as_text(blocks: Sequence[Block], *, width: int | None, colour: bool) -> str:
    """A page for a screen or a pipe."""
    page = Page(width, colour=colour)
    lay_blocks(page, blocks)
    return page.text()


def page_of(scale: Scale, rules: Rules, form: str, *, width: int | None, colour: bool) -> str:
    """A scale's page as text or Markdown."""
    blocks = scale_page(scale, rules)
    return as_markdown(blocks) if form == "markdown" else as_text(blocks, width=width, colour=colour)


def differences_page(differences: Sequence[Change]) -> list[Block]:
    """What changed since a ruler was saved, in words."""
    sentences = [
        (wording.word_list_sentence if differs.words else wording.change_sentence)(
            differs.file, differs.path, differs.before, differs.now
        )
        for differs in differences
    ]
    return [Block(wording.count_of_changes(len(sentences))), *([Block(items=tuple(sentences))] if sentences else [])]


def differences_as_json(differences: Sequence[Change], rules: Rules) -> str:
    """What changed since a ruler was saved, for other programs."""
    document = {
        "schema": "siptrack/rules-diff/1",
        "version": VERSION,
        "ruler": rules.ruler.sha256,
        "changes": [
            {"file": changed.file, "path": list(changed.path), "before": changed.before, "now": changed.now}
            for changed in differences
        ],
    }
    return json_document(document)
