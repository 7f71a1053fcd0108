"""The report with names as a page: four sheets of paper for a school, and the rest in folds."""
