"""The documents that people read, a folder each: its facts (view.py), its words and their order (page.jinja)."""
