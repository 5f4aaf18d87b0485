"""Clearing of time between communities, a month at a time (通存通兑). Pure."""
