"""A notice to a petitioner: that something happened to their case is owed to them."""
