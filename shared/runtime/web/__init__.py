"""What every HTTP API of ours shares: who asks, what was asked, what went wrong."""
