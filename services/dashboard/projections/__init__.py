"""Read models: one file, one table, one cursor a partition of the topic it is kept from."""
