"""The summary without names: two pages for governors or the public, the same on a screen, and its workbook."""
