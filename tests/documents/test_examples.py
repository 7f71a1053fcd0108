"""The examples in the manual do what it says: each is run, and prints what stands below it."""

from __future__ import annotations

import os
import re

import pytest
from examples import BLOCK, EXAMPLES, RUN, SHELL, missing_tools, with_output

NOT_RUN_HERE = {"powerquery": "Power Query runs only inside Excel and Power BI"}


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a shell of Unix")
@pytest.mark.parametrize("languages", [SHELL, ("r",)], ids=" ".join)
@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.name)
def test_every_example_prints_what_stands_below_it(page, languages):
    text = page.read_text(encoding="utf-8")
    if missing := missing_tools(text, languages):
        pytest.skip(f"not installed: {', '.join(missing)}")

    assert with_output(text, languages) == text


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.name)
def test_no_example_is_left_out_of_those_run_but_for_a_reason(page):
    text = page.read_text(encoding="utf-8")
    languages = re.findall(r"^```([a-z]+)$", text, re.MULTILINE)

    assert set(languages) <= {*RUN, "text", *NOT_RUN_HERE}
    assert len(BLOCK.findall(text)) == sum(language in RUN for language in languages)
    assert [reason for language, reason in NOT_RUN_HERE.items() if language in languages and reason not in text] == []
