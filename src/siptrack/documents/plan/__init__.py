"""The draft of the single plan: its page, and the workbook to fill in."""
