"""Everything on one machine: PostgreSQL, a broker, a web process, a worker, one supervisor."""
