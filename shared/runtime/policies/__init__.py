"""From events to commands: what one service does because of another."""
