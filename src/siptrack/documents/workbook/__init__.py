"""The workbook with names: a cover, the clear findings, and with `--all` every table."""
