"""A campaign: a place is cleaned up on a day, and what came of it is on record."""
