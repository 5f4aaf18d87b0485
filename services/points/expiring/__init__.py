"""What time alone does to points: what ended is put on record, what is about to end is told."""
