"""PostgreSQL, and the only place that writes to it."""
