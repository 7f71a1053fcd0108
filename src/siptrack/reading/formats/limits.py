"""How much a file may ask for: far beyond any school's, and little enough for any school's computer.

What is counted decides, and so alike on every computer: bytes, cells, characters. Memory and time are there for what no
count foresees.
"""

from __future__ import annotations

WAY_ROUND = "save each school, or each school year, as a file of its own and give siptrack them all"
MOST_BYTES = 100_000_000  # of a file as it lies on the disk
MOST_CELLS = 5_000_000  # of a file, its rows counted as one each: 370,000 results of nine columns are 3.7 million
MOST_LONG_CELLS = 120_000_000  # of a file read by its columns: nine million results of eleven columns, in 1 GiB
MOST_HELD_CELLS = 28_000_000  # of such a file whose children are held all at once: 2.3 million results, in 1 GiB
MOST_DISTINCT = 3_000_000  # different texts of such a file: of a million pupils the UPN, and what else is each one's
MOST_CHARACTERS = 100_000_000  # of a file's cells together: five million cells of twenty
MOST_ROWS = 1_048_576  # of a sheet, as in Excel
MOST_COLUMNS = 16_384
MOST_LINE = 4_000_000  # bytes of a row of a CSV file, whose cells may run over several lines
MOST_MERGED = 200_000  # merged cells of a sheet
MOST_SLOWLY = 500_000  # cells of a sheet that the fast reader cannot read
MOST_MEMBERS = 2_000  # of a zip archive
MOST_UNPACKED = 400_000_000
LARGE_MEMBER = 20_000_000  # of an archive; those that say what is where are never so large
MOST_RATIO = 100  # of a large member, unpacked to packed: a real sheet of a million rows has 12
MOST_PROCESSOR_SECONDS = 40  # for a file, in the child process, where the system counts them
MOST_SECONDS = 60.0  # by the clock, should the child hang
MOST_MEMORY = 1_500_000_000  # of the child process, where the system can be told so
