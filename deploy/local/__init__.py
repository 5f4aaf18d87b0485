"""Everything on one machine: PostgreSQL, one web process, one worker process, one supervisor."""
