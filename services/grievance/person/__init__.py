"""A person as the case service knows one: an id, until erased. Pure."""
