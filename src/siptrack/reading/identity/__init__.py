"""Which rows are one child, whatever files and systems they stand in."""
