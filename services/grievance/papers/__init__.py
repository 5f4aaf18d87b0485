"""Papers and photos that show what a step says: looked through, cleaned, sealed, kept."""
