"""How the child process and its parent talk: frames of marshalled lists, texts and numbers, each after its length."""

from __future__ import annotations

import marshal
import struct
from typing import IO, Any

_LENGTH = struct.Struct("<Q")
MOST_FRAME = 256_000_000


class BrokenWireError(Exception):
    """The other side has gone, or says what it cannot mean."""


def send(stream: IO[bytes], *parts: Any) -> None:  # noqa: ANN401  # texts, numbers and lists of them
    """Write one frame."""
    frame = marshal.dumps(parts)
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)


def receive(stream: IO[bytes]) -> tuple[object, ...]:
    """Read one frame. Raises BrokenWireError where there is none."""
    head = stream.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else MOST_FRAME + 1
    frame = stream.read(length) if length <= MOST_FRAME else b""
    if len(frame) != length:
        raise BrokenWireError
    parts: tuple[object, ...] = marshal.loads(frame)  # noqa: S302  # our own child's, which runs our own code
    return parts
