"""The map of a district: one stream, from the district down to its buildings."""
