"""A school's own workbook, filled in: its placeholders become figures and tables, and everything else stays."""
