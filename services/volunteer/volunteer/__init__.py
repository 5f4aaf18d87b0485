"""One aggregate: a volunteer, registered once, known by the id of the resident."""
