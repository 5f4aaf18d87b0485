"""A look at a case: who saw what of it, when, and by which right."""
