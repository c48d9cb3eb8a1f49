"""What the kit counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

OPERATIONS = Histogram("bangfu_operation_seconds", "Time to answer an operation in the service",
                       ["service", "operation", "status"], buckets=BUCKETS)
HANDLING = Histogram("bangfu_event_handling_seconds", "Time to handle an event", ["service", "type"], buckets=BUCKETS)
HANDLED = Counter("bangfu_events_handled_total", "Events handled", ["service", "type"])
RETRIED = Counter("bangfu_events_retried_total", "Failed attempts that will be tried again", ["service", "type"])
PARKED = Counter("bangfu_events_parked_total", "Events parked for an operator", ["service", "type"])
PUBLISHED = Counter("bangfu_events_published_total", "Events the broker has confirmed", ["service"])
UNPUBLISHED_AGE = Gauge("bangfu_outbox_oldest_unpublished_seconds", "Age of the oldest unpublished event", ["service"])
PARKED_NOW = Gauge("bangfu_parked_messages", "Events that wait for an operator now", ["service"])
