"""The points of the sample district, as they came and went over two years."""
