"""Pseudonyms: keyed, the same for the same key, and never one for two children."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from siptrack.commands.key_file import make_key, read_key
from siptrack.documents import pseudonyms as module
from siptrack.documents.pseudonyms import pseudonyms
from siptrack.school.errors import InputError, OutputError

KEY = bytes(range(32))
CHILDREN = [f"child {number}" for number in range(300)]


def test_a_pseudonym_is_the_start_of_the_keyed_hash():
    whole = hmac.new(KEY, b"child 1", hashlib.sha256).hexdigest()

    assert pseudonyms(["child 1"], KEY) == {"child 1": whole[:12]}
    assert pseudonyms(["child 1"], KEY[::-1])["child 1"] != whole[:12]


def test_they_are_longer_where_two_children_would_have_the_same(monkeypatch):
    monkeypatch.setattr(module, "_DIGITS", 1)
    found = pseudonyms(CHILDREN, KEY)

    assert len(set(found.values())) == len(CHILDREN)
    assert {len(one) for one in found.values()} == {5}


def test_a_folder_is_no_key_and_none_is_made_where_there_is_no_folder(tmp_path):
    with pytest.raises(InputError):
        read_key(tmp_path)
    with pytest.raises(OutputError):
        make_key(tmp_path / "nowhere" / "key")
