"""The invented district's volunteers."""
