"""Teaching and CPD as the school recorded them, beside the progress of the same classes."""
