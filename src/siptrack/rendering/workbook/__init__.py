"""Workbooks, for people who work on in them."""
