"""A territory's pool of time: given by who has too much, drawn for who has none. Pure."""
