"""A register and the rules to an analysis: pure arithmetic, no files, no clock, no print."""
