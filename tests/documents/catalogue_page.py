"""The page of today's programmes, from the rules: `python tests/documents/catalogue_page.py` writes it anew."""

from __future__ import annotations

from pathlib import Path

from siptrack.cycle.catalogue import years_of
from siptrack.documents.labels import subject_label
from siptrack.rendering.template import sentence
from siptrack.rules.load import load
from siptrack.rules.model import Rules
from siptrack.school.provision import Material, OfferedTo

PAGE = Path(__file__).parents[2] / "docs" / "catalogue.md"
KINDS = {
    OfferedTo.CHILDREN: "## For chosen children\n\nThose with a caution are offered after the others.",
    OfferedTo.CLASSES: "## For whole classes\n\nOffered to nobody: no answer to one child's progress.",
    OfferedTo.NOBODY: "## Not offered\n\nThe latest trial shows no gain, or a loss. A school that has one is asked.",
}
ABOUT = """# The catalogue of today

<!-- Made by tests/documents/catalogue_page.py from config/provision.yaml. Change the rules, not this page. -->

What `siptrack provision` knows of catch-up programmes, read {read}. Months are
the Education Endowment Foundation's (EEF) additional months' progress against a comparison group, and security is in
its words; useful, substantial and remarkable are the words of interventionsforliteracy.org.uk. When each is offered,
and to whom, is told under [Provision](provision.md#the-catalogue).
"""
HEAD = "| programme | subject | years | who enters | how it is given | result | cost | caution | source |"


def page(rules: Rules) -> str:
    """The whole page."""
    programmes = [one for one in rules.provision.catalogue.values() if one.stated]
    parts = [ABOUT.format(read=rules.provision.read)]
    for kind, about in KINDS.items():
        rows = [_row(one, rules) for one in programmes if one.offered_to is kind]
        parts.append("\n".join([about, "", HEAD, "| --- " * HEAD.count(" | ") + "| --- |", *rows, ""]))
    said = [f"- {one.says[0].upper()}{one.says[1:]}." for one in rules.provision.no_programme.values()]
    return "\n".join([*parts, "## Groups without a programme\n", *said, ""])


def _row(material: Material, rules: Rules) -> str:
    stated = material.stated
    assert stated is not None
    cells = (
        material.title,
        ", ".join(subject_label(subject, rules) for subject in material.subjects) or "-",
        "; ".join(filter(None, (years_of(material, rules), material.note))) or "-",
        stated.enters,
        f"{stated.group}; {stated.sessions}",
        sentence("published", stated, rules.provision.not_stated, template="provision/words.jinja"),
        stated.cost,
        material.caution or "-",
        material.source,
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(load()), encoding="utf-8")
