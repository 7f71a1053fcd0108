"""File formats to tables of text. What a stranger's file could make slow, large or fatal runs in a child process."""
