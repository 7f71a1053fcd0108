"""What to offer where a name is refused: all that are known where they are few, else those that come near."""

from __future__ import annotations

from collections.abc import Collection, Iterable

MOST = 5
_ALIKE = 0.65  # of 1: how much of two words agrees, as difflib has it


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known names that come near a word, the nearest first: those it is a part of, then those spelt alike."""
    from difflib import get_close_matches

    written = {name.casefold(): name for name in reversed(list(known))}
    wanted = word.strip().casefold()
    holding = sorted((name for name in written if wanted in name), key=lambda name: (name.find(wanted), len(name)))
    alike = get_close_matches(wanted, written, n=MOST, cutoff=_ALIKE)
    return [written[name] for name in dict.fromkeys((*(holding if len(wanted) > 1 else ()), *alike))][:MOST]


def instead(word: str, known: Iterable[str], what: str = "Known") -> str:
    """A sentence for the end of a refusal: what can be written in place of a word. `what` names those known."""
    every = list(dict.fromkeys(known))
    if len(every) > MOST + 1 and (found := near(word, every)):
        return did_you_mean(found)
    return f"{what}: {few(every)}." if every else f"{what}: none."


def did_you_mean(names: Collection[str]) -> str:
    """The question with these names in it."""
    quoted = [f"'{name}'" for name in names]
    return f"Did you mean {either(quoted)}?"


def few(names: Collection[str]) -> str:
    """The first few of the names, and how many more there are where it is not one alone."""
    more = len(names) - MOST
    return f"{', '.join(list(names)[:MOST])}, and {more} more" if more > 1 else ", ".join(names)


def either(names: Collection[str]) -> str:
    """`a`, `a or b`, `a, b or c`; of many the first few, and how many more there are."""
    if more := max(0, len(names) - MOST):
        return f"{', '.join(list(names)[:MOST])}, or one of {more} more"
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
