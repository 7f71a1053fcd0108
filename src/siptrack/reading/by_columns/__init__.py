"""A long file of plain rows read by columns, with the register that reading it row by row would give."""
