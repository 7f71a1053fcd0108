"""`python -m siptrack` is the same as `siptrack`."""

from siptrack.commands import main

main()
