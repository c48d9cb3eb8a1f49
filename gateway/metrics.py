"""What the door counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from shared.service.metrics import BUCKETS

REQUESTS = Histogram("bangfu_gateway_request_seconds", "Time to answer a request", ["service", "operation", "status"],
                     buckets=BUCKETS)
IN_FLIGHT = Gauge("bangfu_gateway_requests_in_flight", "Requests being answered now", multiprocess_mode="livesum")
TIMEOUTS = Counter("bangfu_gateway_rpc_timeouts_total", "Calls that no service answered in time", ["service"])
AWAY = Counter("bangfu_gateway_rpc_away_total", "Calls to a service or broker that was away", ["service"])
