"""Workbooks: what stands on which sheet, and how a sheet is written."""
