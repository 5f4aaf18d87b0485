"""The sample district: invented, the same everywhere for the same seed, in the shape of the
founding documents S0 to S4."""
