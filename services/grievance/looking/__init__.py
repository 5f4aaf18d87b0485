"""Who looked: put on record before anything is shown, and read by those who watch over it."""
