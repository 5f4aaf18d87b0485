"""The published language: the events that other services may see, and how they travel."""
