"""What the dashboard shows: selects over its own read models, nothing else."""
