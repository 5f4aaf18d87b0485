"""What is told of a territory beside its place: who manages it, its figures, what it adopted."""
