"""From a command to its answer: loaded, decided and appended in groups."""
