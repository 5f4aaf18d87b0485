"""What every process needs and no rule may touch: settings, logs, metrics, health."""
