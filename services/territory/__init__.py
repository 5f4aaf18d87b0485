"""Where everything lies: the map and its past, residents, posts, units, facilities."""
