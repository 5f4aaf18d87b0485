"""One aggregate: a team, its members in and out, its leader."""
