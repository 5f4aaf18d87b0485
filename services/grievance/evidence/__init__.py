"""A case as evidence: one file that a third party can check without us, and read."""
