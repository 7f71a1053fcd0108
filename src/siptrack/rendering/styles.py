"""The styles of the screen, in one place, so that nobody needs to tell colours apart to read a report.

Weight comes first and colour second, and whatever a colour says stands there in words as well (an error is called an
error): nothing is lost with NO_COLOR, in a pipe, on paper, or to an eye that does not see the colour. The colours lie
between blue and yellow, which the 1 man in 12 with a red-green deficiency sees as others do; red is used once, in bold,
where it is much darker than the yellow beside it and not only redder; green is nowhere. After Okabe and Ito, Color
Universal Design, 2008. They are the terminal's own colours, so that a user's theme for high contrast is kept.
"""

from __future__ import annotations

STRONG = "bold"  # titles, and the names of children
WARNING = "yellow"  # what to know before reading on, and queries of the data
ERROR = "bold red"  # a file that could not be used, and errors of the data
QUIET = "dim"  # cells, rules and notes, which can be skipped
WORKING = "cyan"  # the bar while somebody waits
