"""The dispatch catalogue of a district: which unit handles what, where; one stream."""
