"""How far a classifier may be believed, and which photos to look at next."""
