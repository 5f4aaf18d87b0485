"""Households over HTTP: registered and changed one by one, read for any part of the map."""
