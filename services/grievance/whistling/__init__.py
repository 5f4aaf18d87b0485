"""Whistles over HTTP: blown, answered, ended, and read."""
