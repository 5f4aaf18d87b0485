"""Help over HTTP: asked for, taken, done, confirmed, and read."""
