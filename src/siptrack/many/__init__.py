"""Many schools, one after another or at once: found, judged each by itself, kept, and set beside each other."""
