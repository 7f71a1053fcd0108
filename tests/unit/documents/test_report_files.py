"""Where the files of a report go is known before anything is read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from registers import register, usual_rules
from siptrack.analysis.analyse import analyse
from siptrack.analysis.shareable import share
from siptrack.documents.report.files import CHILDREN, ReportMaterial, Wanted, certain_places, outputs

TWO = "pupil | year group | class | Summer 2008 | Summer 2009\nAnn | 4 | 4T | 2a | 2c\nBob | 4 | 4T | 2c | 3a"


@pytest.mark.parametrize(("children", "pages"), [("none", ()), ("named", (1,)), ("all", (1, 2))])
@pytest.mark.parametrize("word", [False, True])
@pytest.mark.parametrize("template", ["", "Ours.xlsx"])
def test_every_place_is_certain_but_those_of_the_children_after_the_first_of_all(children, pages, word, template):
    rules = usual_rules()
    analysis = analyse(register(TWO), rules)
    shared = share(analysis, rules, rules.sharing.modes["governors"])
    own = SimpleNamespace(name=template) if template else None
    wanted = Wanted(children, every=False, word=word, template=template)
    made = list(outputs(ReportMaterial(analysis, rules, shared, wanted, own)))

    certain = certain_places(wanted)
    assert sorted({*certain, *(CHILDREN / f"pupil-{page:03d}.html" for page in pages)}) == sorted(made)
    assert {place for place in certain if place.parent == CHILDREN} == {
        CHILDREN / f"pupil-{page:03d}.html" for page in pages[:1] if children == "all"
    }
    assert made[0].name == "report.html"
