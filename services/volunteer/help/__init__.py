"""Requests for help: asked, matched, accepted, done, confirmed by the receiver; and paid. Pure."""
