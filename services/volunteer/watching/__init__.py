"""The fraud board: hours that cannot be, or that nobody can answer for."""
