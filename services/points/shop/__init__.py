"""A points supermarket: where it is, whether it is open. Pure."""
