"""Clearing over HTTP: who owes whom in a month, and that it is agreed."""
