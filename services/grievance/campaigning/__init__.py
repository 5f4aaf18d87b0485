"""Campaigns over HTTP: opened, their cases and results, and read."""
