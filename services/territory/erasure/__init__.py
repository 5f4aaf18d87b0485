"""An erasure that was asked for: which services have to answer, which have. One for each id."""
