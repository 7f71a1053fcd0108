"""The look back: who joined, left and stayed on the list, what was agreed, and what came of it."""
