"""What opens a school year: who the children are, how they stand, who carries over, and what is missing."""
