"""The manual's page of today's programmes is what the rules say."""

from __future__ import annotations

from catalogue_page import PAGE, page

from siptrack.rules.load import load


def test_the_page_of_the_catalogue_is_what_the_rules_say():
    assert PAGE.read_text(encoding="utf-8") == page(load()), "run: python tests/documents/catalogue_page.py"
