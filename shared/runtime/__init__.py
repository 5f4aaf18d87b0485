"""Processes made of the rooms below: execute, group commit, projection runner, HTTP."""
