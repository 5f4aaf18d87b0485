"""The volunteer service: hours that can be trusted, and the time bank."""
