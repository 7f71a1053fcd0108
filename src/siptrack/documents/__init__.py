"""What siptrack has to say, a document at a time.

What people read is a folder each: its facts (view.py), its words and their order (page.jinja). What other programs read
is declared in the registry, and filled in contents.
"""
