"""Figures of a territory: hours by month, service and team."""
