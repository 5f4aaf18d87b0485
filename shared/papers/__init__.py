"""Papers to print: pages of A4 in Chinese, the same bytes for the same words."""
