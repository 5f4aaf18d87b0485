"""Units, posts, facilities, profiles and the dispatch catalogue, as clients meet them."""
