"""The register of residents as people use it: what they may ask, what they get."""
