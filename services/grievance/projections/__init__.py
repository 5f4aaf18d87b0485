"""Read models of the case service: one file, one table, one cursor. Pure."""
