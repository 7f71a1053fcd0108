"""The cells of tables, which stand in siptrack.school.cells: for the documents that are still to be moved."""

from __future__ import annotations

from siptrack.school.cells import Cell, cells_of, number, place_of, plain, records, text

__all__ = ["Cell", "cells_of", "number", "place_of", "plain", "records", "text"]
