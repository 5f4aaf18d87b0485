"""Volunteers over HTTP."""
