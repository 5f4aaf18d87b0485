"""Read models of the points service: one file, one table, one cursor."""
