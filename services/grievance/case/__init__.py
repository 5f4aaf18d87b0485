"""The case: one petition from filing to close, and again when it is reopened. Pure."""
