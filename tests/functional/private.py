"""What must not be in anything that leaves the school: every name, number and date of birth of the sample schools."""

from __future__ import annotations

import re
from functools import cache

from running import SAMPLES

from siptrack.reading.read import read
from siptrack.rules.load import load


@cache
def secrets_of(school: str) -> frozenset[str]:
    """Every surname, forename, UPN, date of birth and other key of a pupil, and every file name."""
    pupils = read([SAMPLES / school], load()).pupils
    columns = [name for name in ("pupil", "upn", "surname", "forename", "date_of_birth") if name in pupils]
    texts = {str(text) for name in columns for text in pupils[name] if str(text)}
    births = {text for text in texts if re.fullmatch(r"\d{4}-\d\d-\d\d", text)}
    british = {"/".join(reversed(text.split("-"))) for text in births}
    files = {path.name for path in (SAMPLES / school).iterdir()}
    return frozenset(texts | british | files)


def leaked(school: str, *texts: str) -> list[str]:
    """What of it is in these texts."""
    words = {word.casefold() for text in texts for word in re.findall(r"[^\W_]+", text)}
    whole = "\n".join(texts).casefold()
    folded = [secret.casefold() for secret in secrets_of(school)]
    return sorted(
        secret for secret in folded if (secret in words if re.fullmatch(r"[^\W_]+", secret) else secret in whole)
    )
