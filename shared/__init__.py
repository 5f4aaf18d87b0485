"""The kernel: knows no service."""
