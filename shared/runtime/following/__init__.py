"""From other services to here: a topic read without loss, its gaps closed from the feed."""
