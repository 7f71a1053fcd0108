"""What is odd in the data, and what to ask about the judgements in it."""
