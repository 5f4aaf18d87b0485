"""Telling people: what is owed to petitioners goes out by the ports of this installation."""
