"""Pages of points, the points supermarket and honours."""
