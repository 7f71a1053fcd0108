"""What a term leads to, worked out from an analysis: pure, as the analysis is."""
