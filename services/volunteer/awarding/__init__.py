"""Stars over HTTP: applied for, on public notice, awarded, revoked, and read."""
