"""A small world in one process: the real relay, readers and chain, on a clock, a network, a broker
and databases that are made up and driven by one seed."""
