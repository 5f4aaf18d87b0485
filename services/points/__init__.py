"""The points service: points that buy something, the points supermarket, honours."""
