"""Provision: who has what, what it takes, what became of the children, and what the catalogue offers."""
