"""Read models: one file, one table, one cursor."""
