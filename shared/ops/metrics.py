"""What is measured of every process, in Prometheus's base units."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

GROUP_SIZE = Histogram(
    "linli_append_group_size", "Commands per append", buckets=(1, 4, 16, 64, 128, 256, 500)
)
CONFLICTS = Counter("linli_append_conflicts_total", "Commands decided again after a conflict")
REJECTIONS = Counter("linli_commands_rejected_total", "Commands refused by a rule", ["code"])
REQUESTS = Histogram(
    "linli_http_request_duration_seconds", "Time to answer", ["service", "method", "status"]
)
POSITION = Gauge("linli_cursor_position", "How far a subscription has come", ["subscription"])
LAG = Gauge("linli_cursor_lag_events", "Events a subscription is behind its log", ["subscription"])
TOPIC_LAG = Gauge(
    "linli_topic_lag_records",
    "Records of the partitions a process reads whose effect is not committed; NaN while unknown",
    ["service", "topic"],
)
PARKED = Counter(
    "linli_events_parked_total", "Events a subscription could not take", ["subscription"]
)
GAPS = Counter(
    "linli_gaps_total", "Gaps in a topic that were closed from the feed", ["subscription"]
)
RELAYED = Counter("linli_relayed_total", "Contracts published", ["topic"])
RELAY_LAG = Gauge("linli_relay_lag_seconds", "Age of the oldest event not yet published", ["log"])
SEALED = Gauge(
    "linli_sealed_events",
    "Events under the latest checkpoint",
    ["log"],
    multiprocess_mode="livemax",
)
UNSOUND = Gauge(
    "linli_unsound_position",
    "The first position of a log that does not hold; 0 while all do",
    ["log"],
    multiprocess_mode="livemax",
)
TASKS = Gauge("linli_tasks", "Tasks of the event loop", multiprocess_mode="liveall")
