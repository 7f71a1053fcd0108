"""Reports as pages for a browser: each one file that needs nothing else, and runs nothing."""
