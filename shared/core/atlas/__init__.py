"""The map of a district through time: what lies where, what became of what. Pure."""
