"""By what points are given, taken, kept and spent, version by version. Pure."""
