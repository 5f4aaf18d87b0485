"""From the log to other services: contracts on a topic and on the feed."""
