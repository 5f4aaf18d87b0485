"""What petitioners do without a login: file, follow by number and code, answer, ask again."""
