"""What the boards count, and how: the rule book of the measures. Pure."""
