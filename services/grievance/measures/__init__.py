"""How well orders were handled: what is counted of them, and the figures made of that. Pure."""
