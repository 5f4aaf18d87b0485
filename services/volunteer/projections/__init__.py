"""Read models of the volunteer service: one file, one table, one cursor."""
