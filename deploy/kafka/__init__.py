"""Apache Kafka itself, without containers: its official jars, one or three brokers on loopback."""
