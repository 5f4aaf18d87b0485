"""The time bank as people use it: what they have, what they give, what the pools hold."""
