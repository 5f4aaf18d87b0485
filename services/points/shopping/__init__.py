"""The shop as people use it: what there is, what they chose, their codes."""
