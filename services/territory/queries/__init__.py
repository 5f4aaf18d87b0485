"""Selects over this service's own read models, nothing else.

`codes` is always the territories that are asked about, None for all; `moment` the time.
"""
