"""The draft of the single plan: so far how a priority is worded; the rest is still in siptrack.reports."""
