"""One aggregate: an honour of one holder for one year, from the nomination to its end."""
