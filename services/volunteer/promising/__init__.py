"""Promises: what recurs, established, kept, and noticed where it is missed."""
