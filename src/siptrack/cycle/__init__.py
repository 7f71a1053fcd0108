"""What a term leads to: who joined and left the list, what was agreed and what came of it, and what provision did."""
