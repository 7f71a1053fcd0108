"""The lines of enquiry: so far the questions with what the data says; the page is still in siptrack.reports."""
