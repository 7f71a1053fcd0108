"""How much a file may ask for: far beyond any school's, and little enough for any school's computer."""

from __future__ import annotations

MOST_BYTES = 100_000_000  # of a file as it lies on the disk
MOST_CELLS = 5_000_000  # of a file: 370,000 results of nine columns are 3.3 million
MOST_ROWS = 1_048_576  # of a sheet, as in Excel
MOST_COLUMNS = 16_384
MOST_MEMBERS = 2_000  # of a zip archive
MOST_UNPACKED = 400_000_000
LARGE_MEMBER = 20_000_000
MOST_RATIO = 100  # of a large member, unpacked to packed: a real sheet of a million rows has 12
MOST_SECONDS = 8.0  # for a file, in the child process
MOST_MEMORY = 450_000_000  # of the child process
