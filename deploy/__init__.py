"""How Linli is put on machines: one machine here, many machines in the files beside it."""
