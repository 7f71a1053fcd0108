"""The school's own review, as it was recorded, with what the data give beside it."""
