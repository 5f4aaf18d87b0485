"""The roster of a building: its households, one stream a building."""
