"""A seat and those who hold it: a grid's worker, a building's head, the mediators. Pure."""
