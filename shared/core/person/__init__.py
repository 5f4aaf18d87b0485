"""A person as every service that keeps keys knows one: an id, until erased. Pure."""
