"""Every sentence that siptrack prints about children, groups and data, so that whoever answers for tone can read them all.

`flags` speaks of a child, `gaps` of groups, `problems` of the data, `overall` of the whole; `numbers` writes figures.
"""
