"""Points as people use them: given and taken at the counter, shared at home, told line by line."""
