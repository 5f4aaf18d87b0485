"""Certificates: issued, printed, and checked by whoever is shown one."""
