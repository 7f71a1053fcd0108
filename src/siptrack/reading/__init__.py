"""Files to a register. Text becomes a term, a grade, a yes or no here and nowhere else."""
