"""A place that serves a district: what it is for, how it is used, what belongs to it."""
