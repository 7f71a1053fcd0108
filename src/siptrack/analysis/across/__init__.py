"""Schools beside each other: what each gives to it, and what is worked out of all of them."""
