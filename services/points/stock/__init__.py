"""An item on the shelves of one shop: its price, and every piece that came and went. Pure."""
