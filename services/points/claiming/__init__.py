"""Points that people claim for what they did, and who says that it is so."""
