"""The rules in force, a scale by itself, and what changed since a ruler was saved."""
