"""What somebody says they did for points, and what a second person says to it. Pure."""
