"""Every sentence that siptrack prints about children, groups and data, so that one reader can answer for their tone.

`flags` and `clauses` speak of a child, `gaps` of groups, `problems` of the data, `overall` of the whole; `numbers`
writes figures.
"""
