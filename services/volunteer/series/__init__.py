"""Series: what is to happen again and again, and whether it did."""
