"""The examples in the manual do what it says: each is run, and prints what stands below it."""

from __future__ import annotations

import os
import re
import shutil

import pytest
from examples import BLOCK, EXAMPLES, ROOT, missing_tools, run, with_output

NOT_RUN_HERE = {"powerquery": "Power Query runs only inside Excel and Power BI"}


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a shell of Unix")
@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.name)
def test_every_example_prints_what_stands_below_it(page):
    text = page.read_text(encoding="utf-8")
    if missing := missing_tools(text):
        pytest.skip(f"not installed: {', '.join(missing)}")

    assert with_output(text) == text


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.name)
def test_no_example_is_left_out_of_those_run_but_for_a_reason(page):
    text = page.read_text(encoding="utf-8")
    languages = re.findall(r"^```([a-z]+)$", text, re.MULTILINE)

    assert set(languages) <= {"sh", "python", "text", "r", *NOT_RUN_HERE}
    assert len(BLOCK.findall(text)) == sum(language in ("sh", "python") for language in languages)
    assert [reason for language, reason in NOT_RUN_HERE.items() if language in languages and reason not in text] == []


def test_the_example_in_r_counts_what_the_example_of_jq_counts(tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    text = EXAMPLES[0].read_text(encoding="utf-8")
    (code,) = re.findall(r"```r\n(.*?)```", text, re.DOTALL)
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")

    assert run(["Rscript", "-e", code], tmp_path)
