"""What changed between two sets of rule files, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from siptrack.rules.document import FROM, Entry
from siptrack.rules.model import Change

_NOT_A_RULE = ("checked",)


def changes(before: Mapping[str, Entry], now: Mapping[str, Entry]) -> list[Change]:
    """Every change, by file, in the order of the files."""
    found: list[Change] = []
    for file in dict.fromkeys((*before, *now)):
        found += _changes(file, (), before.get(file), now.get(file))
    return found


def _changes(file: str, path: tuple[str, ...], before: Entry | None, now: Entry | None) -> Iterator[Change]:
    if path and path[-1] in _NOT_A_RULE:
        return
    if before is None or now is None:
        if before is not None or now is not None:
            yield Change(file, path, _text(before), _text(now))
        return
    old, new = before.value, now.value
    if before.forms or now.forms or before.valued or now.valued:
        if _text(before) != _text(now):
            yield Change(file, path, _text(before), _text(now))
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            yield from _changes(file, (*path, name), old.get(name), new.get(name))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _of_lists(file, path, old, new)
    elif _text(before) != _text(now):
        yield Change(file, path, _text(before), _text(now))


def _of_lists(file: str, path: tuple[str, ...], old: tuple[Entry, ...], new: tuple[Entry, ...]) -> Iterator[Change]:
    """The items that went and came; only their order, where that is all that changed."""
    was, is_now = [_text(item) or "" for item in old], [_text(item) or "" for item in new]
    went = [text for text in was if text not in is_now]
    came = [text for text in is_now if text not in was]
    if went or came:
        yield Change(file, path, ", ".join(went) or None, ", ".join(came) or None, words=True)
    elif was != is_now:
        yield Change(file, path, ", ".join(was), ", ".join(is_now))


def _text(entry: Entry | None) -> str | None:
    """An entry in one line: `2 from Autumn 2026 (agreed with governors)` for a threshold."""
    if entry is None:
        return None
    if isinstance(entry.value, str):
        return entry.value
    if entry.forms:
        return ", then ".join(map(_form, entry.forms))
    if isinstance(entry.value, tuple):
        return ", ".join(_text(item) or "" for item in entry.value)
    return _form(entry)


def _form(entry: Entry) -> str:
    """A rule's names and values, its value, date and source in the order in which one would say them."""
    assert isinstance(entry.value, Mapping)  # noqa: S101  # texts and lists are compared before
    parts_by_name = {name: _text(part) or "" for name, part in entry.value.items()}
    parts = [parts_by_name.pop("value", "")]
    if FROM in parts_by_name:
        parts.append(f"from {parts_by_name.pop(FROM)}")
    source = parts_by_name.pop("source", "")
    parts.append("; ".join(f"{name}: {text}" for name, text in parts_by_name.items()))
    if source:
        parts.append(f"({source})")
    return " ".join(filter(None, parts))
