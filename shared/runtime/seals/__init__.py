"""Sealing logs, checking them against their seals, and letting others witness both."""
