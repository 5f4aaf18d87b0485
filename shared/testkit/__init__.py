"""Imported by tests, never by services."""
