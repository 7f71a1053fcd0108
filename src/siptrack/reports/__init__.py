"""An analysis in words, tables and files: what leaves the program, and nothing that is worked out anew."""
