"""Hours as people put them on record, look into them and approve them."""
