"""The first page of an analysis: what a head takes in in five minutes, each child on one line."""
