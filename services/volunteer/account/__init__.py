"""A person's service hours and the time they bring: served, approved, saved, spent. Pure."""
