"""The document of many schools: each beside the others, and what to ask."""
