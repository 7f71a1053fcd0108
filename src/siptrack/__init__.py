"""siptrack reads a primary school's assessment spreadsheets and names the children making insufficient progress."""

__version__ = "0.1.0"
