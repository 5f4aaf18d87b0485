"""Hours in figures: per person, team, month and service, as a file."""
