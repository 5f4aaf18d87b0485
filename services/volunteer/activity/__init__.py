"""One aggregate: an activity, who signed up, who came, what came of it."""
