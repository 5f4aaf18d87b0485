"""What somebody earned, holds and owes in points, lot by lot. Pure."""
