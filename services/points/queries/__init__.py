"""Selects over this service's own read models, nothing else."""
