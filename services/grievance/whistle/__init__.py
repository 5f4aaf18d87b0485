"""A whistle: units are called to a place, and who comes is on record."""
