"""The lines of enquiry: the questions with what the data says, and their page."""
