"""From events to read models: folded, written, rebuilt, built for another time."""
