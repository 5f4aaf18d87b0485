"""Duty posts: who looks after a place, and whether they are there."""
