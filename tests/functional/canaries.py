"""What of a sample school must never leave it, and the search for it in whatever was written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
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
    """The secrets of a school that stand in these texts."""
    words = {word.casefold() for text in texts for word in re.findall(r"[^\W_]+", text)}
    whole = "\n".join(texts).casefold()
    folded = [secret.casefold() for secret in secrets_of(school)]
    return sorted(
        secret for secret in folded if (secret in words if re.fullmatch(r"[^\W_]+", secret) else secret in whole)
    )


def texts_in(content: bytes) -> Iterator[str]:
    """Every text that the bytes of a file may hold; of an archive, such as a workbook, all that is packed in it.

    What is packed is noise, in which a short name stands by chance.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment.decode("utf-8", errors="replace")
            for name in archive.namelist():
                yield name
                yield from texts_in(archive.read(name))
        return
    yield content.decode("utf-8", errors="replace")
    yield content.decode("utf-16-le", errors="replace")
