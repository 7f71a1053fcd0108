"""Microsoft's compound files (the old .xls, .doc, .msg): the streams inside, as far as they can be followed."""

from __future__ import annotations

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # numbers above are marks: free, end of a chain
_ENTRY = 128
_SECTORS, _SMALL_SECTOR = (512, 4096), 64
_STREAM = 2
_ROOT = 5
_FIRST_TABLES = 109


class CompoundFile:
    """The streams by name. A damaged file raises ValueError, IndexError or struct.error."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size = 1 << struct.unpack_from("<H", content, 30)[0]
        self.small_size = 1 << struct.unpack_from("<H", content, 32)[0]
        if self.size not in _SECTORS or self.small_size != _SMALL_SECTOR:
            raise ValueError(self.size)
        directory, _, self.smallest, small_table = struct.unpack_from("<IIII", content, 48)
        self.table = self._allocation()
        self.small_table = self._numbers(self._chain(small_table))
        self.entries = self._entries(self._chain(directory))

    @property
    def names(self) -> set[str]:
        """The names of all streams and folders."""
        return {name for name, _, _, _ in self.entries}

    def stream(self, name: str) -> bytes:
        """The bytes of the first stream of that name; empty when there is none."""
        for entry, kind, start, length in self.entries:
            if entry == name and kind == _STREAM:
                return (self._chain(start) if length >= self.smallest else self._small(start))[:length]
        return b""

    def _sector(self, number: int) -> bytes:
        return self.content[(number + 1) * self.size : (number + 2) * self.size]

    def _allocation(self) -> list[int]:
        """For each sector the number of the next."""
        tables = list(struct.unpack_from(f"<{_FIRST_TABLES}I", self.content, 76))
        further = struct.unpack_from("<I", self.content, 68)[0]
        while further < _LAST_SECTOR and len(tables) * self.size < len(self.content):
            numbers = self._numbers(self._sector(further))
            tables += numbers[:-1]
            further = numbers[-1]
        used = [number for number in tables if number < _LAST_SECTOR][: len(self.content) // self.size]
        return self._numbers(b"".join(map(self._sector, used)))

    def _chain(self, start: int) -> bytes:
        sectors: list[bytes] = []
        while start < _LAST_SECTOR and len(sectors) * self.size <= len(self.content):
            sectors.append(self._sector(start))
            start = self.table[start]
        return b"".join(sectors)

    def _small(self, start: int) -> bytes:
        """A short stream: its pieces lie in the stream of the root."""
        root = next(self._chain(start) for _, kind, start, _ in self.entries if kind == _ROOT)
        pieces: list[bytes] = []
        while start < _LAST_SECTOR and len(pieces) * self.small_size <= len(root):
            pieces.append(root[start * self.small_size : (start + 1) * self.small_size])
            start = self.small_table[start]
        return b"".join(pieces)

    @staticmethod
    def _numbers(sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))

    @staticmethod
    def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
        """The name, kind, first sector and length of each entry."""
        entries = []
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind:
                entries.append((name, kind, start, size))
        return entries
