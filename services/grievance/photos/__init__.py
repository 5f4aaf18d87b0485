"""Photos that residents file with a petition: cleaned of what they tell unseen, sealed, kept."""
