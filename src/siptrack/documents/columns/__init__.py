"""How the sheets and their columns were understood."""
