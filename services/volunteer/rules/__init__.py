"""The figures by which hours and stars are judged, with their sources. Pure."""
