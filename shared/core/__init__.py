"""The vocabulary of the house: pure, synchronous, no I/O."""
