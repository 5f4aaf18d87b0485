"""The read side across services: read models kept from what other services tell."""
