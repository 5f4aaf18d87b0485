"""Duty posts over HTTP: assigned, checked in to, judged, and read."""
