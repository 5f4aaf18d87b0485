"""The volunteer service."""
