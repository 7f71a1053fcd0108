"""The vocabulary of the school: term, place, problem, scale, pupil, register. Imports nothing of siptrack."""
