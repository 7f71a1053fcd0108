"""Word documents, for schools that write in them."""
