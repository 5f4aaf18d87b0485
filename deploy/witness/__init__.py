"""A witness: signs the checkpoints of logs that it sees grow, elsewhere, with a key of its own."""
